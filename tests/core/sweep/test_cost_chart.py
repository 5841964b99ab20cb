"""The chart of a sweep in numbers: where each run is, which values are named, which line goes through the middle."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from curvegui.core.sweep.plan import SweepPlan, parsed_axis
from curvegui.core.sweep.table import EDGE, cost_chart, decade_texts, rows_of
from curvegui.core.sweep.task import TaskResult
from tests.core.sweeps import SMALL, plans

GOOD = TaskResult(0, 0.5, 0.25, 10, None, False, 20, 0.125)


def chart(plan, costs, diverged=()):
    results = {
        number: replace(GOOD, number=number, cost=cost, diverged=number in diverged)
        for number, cost in enumerate(costs)
    }
    return cost_chart(plan, rows_of(plan.tasks(), results))


def plan(*axes, **options):
    return SweepPlan(SMALL, tuple(map(parsed_axis, axes)), **options)


def test_a_logarithmic_setting_is_spread_by_factors_and_others_by_steps():
    by_factors, by_steps = chart(plan("aggression=0.1,1,10", "noise=0,1,4"), [0.1] * 9).panels
    assert by_factors.ticks == ((EDGE, "0.1"), (pytest.approx(0.5), "1"), (pytest.approx(1 - EDGE), "10"))
    assert [label for _, label in by_steps.ticks] == ["0", "1", "4"]
    assert by_steps.positions[:3] == pytest.approx([EDGE, EDGE + (1 - 2 * EDGE) / 4, 1 - EDGE])


def test_values_without_an_order_are_side_by_side():
    (panel,) = chart(plan("hidden=4,3-3"), [0.1, 0.2]).panels
    assert panel.ticks == ((0.25, "3-3"), (0.75, "4"))
    assert panel.positions.tolist() == [0.75, 0.25]


def test_choices_have_their_names_and_their_usual_order():
    (panel,) = chart(plan("optimizer=adam,lbfgs,descent"), [0.1, 0.2, 0.3]).panels
    assert [label for _, label in panel.ticks] == ["Steepest descent", "Adam", "L-BFGS"]
    assert panel.positions.tolist() == pytest.approx([0.5, 5 / 6, 1 / 6])


def test_of_many_values_round_ones_are_named():
    (panel,) = chart(plan("noise=0..3+13"), [0.1] * 13).panels
    assert [label for _, label in panel.ticks] == ["0", "1", "2", "3"]
    (panel,) = chart(plan("aggression=0.05..200*13"), [0.1] * 13).panels
    assert [label for _, label in panel.ticks] == ["0.1", "1", "10", "100"]


@pytest.mark.parametrize(
    ("axis", "labels"),
    [
        ("points=100,1000,20000", ["100", "1,000", "20,000"]),
        ("seed=1850,2000", ["1850", "2000"]),
        ("noise=0.25,999.6", ["0.25", "1,000"]),
        ("aggression=0.00001,1", ["1e-5", "1"]),
    ],
)
def test_numbers_are_written_out_where_they_are_neither_tiny_nor_huge(axis, labels):
    (panel,) = chart(plan(axis), [0.1] * len(labels)).panels
    assert [label for _, label in panel.ticks] == labels


def test_one_value_is_in_the_middle():
    (panel,) = chart(plan(), [0.1]).panels
    assert (panel.label, panel.positions.tolist(), panel.ticks) == ("Seed", [0.5], ((0.5, "1"),))


def test_the_line_goes_through_the_middle_of_each_value():
    whole = chart(plan("noise=0,1", seeds=3), [0.1, 1e-3, 0.01, 1, 1, 1e30], diverged={5})
    assert whole.panels[0].medians.tolist() == [[EDGE, -2], [1 - EDGE, 0]]
    assert (whole.low, whole.high) == (-3, 0)
    assert whole.panels[0].diverged.tolist() == [False] * 5 + [True]


def test_there_is_a_scale_even_where_all_ran_away_or_nothing_is_left():
    ran = chart(plan(seeds=2), [1e30, 1e30], diverged={0, 1})
    assert (ran.low, ran.high) == (0, 1)
    perfect = chart(plan(), [0.0])
    assert (perfect.low, perfect.high) == (-16, -15)


@settings(max_examples=30)
@given(plans())
def test_everything_is_within_its_panel(each):
    whole = chart(each, np.geomspace(1e-5, 1, each.count))
    assert len(whole.panels) == max(1, len(each.axes))
    for panel in whole.panels:
        assert ((panel.positions >= 0) & (panel.positions <= 1)).all()
        assert all(-1e-9 <= place <= 1 + 1e-9 for place, _ in panel.ticks)


@pytest.mark.usefixtures("german")
def test_costs_beside_their_lines_are_written_as_in_the_window():
    assert decade_texts([-2, 0, 3]) == ["0,01", "1", "1.000"]
    assert decade_texts([-5, -2, 0, 4]) == ["1e-5", "1e-2", "1", "1e4"]
