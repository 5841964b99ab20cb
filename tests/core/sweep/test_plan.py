"""A plan: its runs, their order, and the plan as plain values."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from curvegui.core.curve.curve import curve_through
from curvegui.core.settings.config import MAX_SEED, TrainingConfig
from curvegui.core.sweep.plan import SweepPlan, parsed_axis, plan_of
from tests.core.sweeps import SMALL, plans

ANGLES = np.linspace(0, 6, 50)
OWN = curve_through("own", np.stack([np.cos(ANGLES), np.sin(ANGLES)]), closed=False)


def plan(*axes, base=SMALL, **options):
    return SweepPlan(base, tuple(map(parsed_axis, axes)), **options)


def test_the_last_axis_changes_fastest_and_the_seed_faster_still():
    tasks = list(plan("noise=0,1", "hidden=3,4-5", seeds=2).tasks())
    assert [task.name for task in tasks[:5]] == [
        "noise 0, layers 3, seed 1",
        "noise 0, layers 3, seed 2",
        "noise 0, layers 4-5, seed 1",
        "noise 0, layers 4-5, seed 2",
        "noise 1, layers 3, seed 1",
    ]
    assert tasks[3].config == replace(SMALL, noise=0, hidden=(4, 5), seed=2)


def test_a_larger_sample_begins_with_the_smaller_one():
    few, many = (list(plan("aggression=0.1..100", "noise=0,1", sample=n).tasks()) for n in (5, 9))
    assert many[:5] == few
    assert len({task.config.aggression for task in many}) == 9


@given(plans())
def test_a_plan_goes_there_and_back(each):
    again = plan_of(json.loads(json.dumps(each.as_values())))
    assert again == each
    assert list(again.tasks()) == list(each.tasks())


@pytest.mark.parametrize(
    ("axes", "options", "words"),
    [
        (["noise=0", "noise=1"], {}, "Noise: it is varied twice"),
        (["seed=1,2"], {"seeds": 2}, "either it is varied, or each point has several"),
        ([], {"seeds": 0}, "From 1 to 100,000 seeds"),
        ([], {"sample": 0}, "From 1 to 100,000 points"),
        ([], {"sample": 5, "sample_seed": -1}, "Seed: a whole number"),
        ([], {"base": replace(SMALL, seed=MAX_SEED), "seeds": 2}, "with 2 seeds it is at most 2,147,483,646"),
        (["noise=0..1+400", "aggression=0..1+400"], {}, "has 160,000 runs; at most 100,000"),
        (["noise=0..1"], {}, "how many values"),
        (["hidden=20000-20000"], {}, "would take about"),
        (
            ["momentum=0,0.9"],
            {},
            "Momentum: it has no effect with the optimiser descent. Use it with momentum, nesterov or adam",
        ),
        (["noise=0,1", "optimizer=lbfgs,levenberg-marquardt"], {}, "Noise: it has no effect"),
        (["schedule_over=10,20"], {}, "Schedule over: it has no effect"),
    ],
)
def test_what_is_not_possible_is_said(axes, options, words):
    with pytest.raises(ValueError, match=words):
        plan(*axes, **options)


@pytest.mark.parametrize(
    "axes",
    [
        ["momentum=0,0.9", "optimizer=descent,adam"],
        ["schedule_over=10,20", "schedule=constant,step"],
        ["stop_cost=0,1"],
    ],
)
def test_a_setting_that_only_some_runs_have_may_be_varied(axes):
    assert plan(*axes).count > 1


def test_a_curve_of_ones_own_gives_way_to_a_varied_one():
    assert plan("curve=circle,heart", base=replace(SMALL, curve=OWN)).base.curve == TrainingConfig().curve


GOOD = plan("noise=0,1").as_values()


@pytest.mark.parametrize(
    "change",
    [
        {"base": 3},
        {"base": {"noise": "much"}},
        {"vary": "noise=0,1"},
        {"vary": [3]},
        {"vary": ["noise=?"]},
        {"seeds": None},
        {"seeds": 1.5},
        {"seeds": 0},
        {"sample": True},
        {"sample_seed": None},
    ],
)
def test_what_is_not_a_plan_is_refused(change):
    with pytest.raises(ValueError, match=r"\.$"):
        plan_of(GOOD | change)
