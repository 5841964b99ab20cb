"""The experiments: each shows what it is about, and promises no more than its run keeps."""

from functools import cache

import numpy as np
import pytest

from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.diagnosis.finding import RunState
from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.network.network import layer_blocks
from curvegui.core.run.look_ahead import signs_of
from curvegui.core.run.operations import PlannedOperations, operations_between
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.languages import available
from curvegui.files.disk.resources import resource
from curvegui.files.lesson.condition import Condition
from curvegui.ui.help.keys import guide_text
from curvegui.ui.tour import EXPERIMENTS
from tests.help.lessons import read_lesson

TRIED = {"noise-helps": {"noise": 0.4}, "grow-without-forgetting": {"hidden": (7, 7)}, "too-small": {"hidden": (8,)}}
"""What their tasks say to change."""


@cache
def step_of(name):
    return read_lesson(resource("lessons", "experiments", f"{name}.md")).steps[0]


def config_of(name):
    return TrainingConfig(**step_of(name).settings)


def begun(name):
    """The run as it is opened."""
    trainer = Trainer(config_of(name))
    trainer.advance(step_of(name).learned)
    return trainer


def tried(trainer, name):
    """The run with what the task says to change."""
    config = trainer.config.changed(**TRIED[name])
    if config.hidden == trainer.config.hidden:
        trainer.apply(config)
        return trainer
    operations = operations_between(trainer.config.hidden, config.hidden)
    return Trainer.going_on(PlannedOperations.planned(trainer.config, *operations).on(trainer.record()))


def compared(name, **plan):
    """The networks of a comparison with the run's settings."""
    return Ensemble(WallPlan(**plan).configs(config_of(name)))


def found(trainer):
    return diagnose(signs_of(trainer)).condition


def usual_cost(trainer, iterations):
    """The cost that a run has most of the time from now on."""
    costs = []
    for _ in range(10):
        trainer.advance(iterations // 10)
        costs.append(trainer.snapshot().cost)
    return float(np.median(costs))


@pytest.mark.parametrize("code", available())
def test_each_is_a_lesson_with_one_question_in_every_language(code):
    headings, folder = guide_text(()).splitlines(), ("lessons", "experiments")
    for name in EXPERIMENTS:
        path = resource("languages", code, *folder, f"{name}.md") if code != "en" else resource(*folder, f"{name}.md")
        (step,), own = read_lesson(path).steps, step_of(name)
        assert step.question.right == own.question.right
        assert (step.settings, step.learned, step.look) == (own.settings, own.learned, own.look)
        assert isinstance(step.until, Condition)
        assert step.until == own.until
        assert {f"## {own.chapter}", f"### {own.chapter}"} & {*headings}


def test_their_titles_in_the_menu_are_those_of_their_files():
    assert {
        name: read_lesson(resource("lessons", "experiments", f"{name}.md")).title for name in EXPERIMENTS
    } == EXPERIMENTS
    assert {path.stem for path in resource("lessons", "experiments").iterdir()} == EXPERIMENTS.keys()


def test_saturated():
    trainer = begun("saturated")
    before = trainer.snapshot().cost
    trainer.apply(trainer.config.changed(aggression=100.0))
    trainer.advance(100)
    assert found(trainer) is RunState.SATURATED
    assert trainer.snapshot().cost > 10 * before


@pytest.mark.slow
def test_a_vanishing_gradient():
    trainer = begun("vanishing-gradient")
    first, *_, last = layer_blocks(trainer.config.sizes, trainer.engine.gradient())
    assert np.abs(last).max() > 1_000 * np.abs(first).max()
    trainer.advance(2_000)
    assert found(trainer) is RunState.VANISHING
    assert signs_of(trainer).passed_back < 1e-3


@pytest.mark.slow
def test_learnt_by_heart():
    trainer = begun("learnt-by-heart")
    trainer.advance(2_000)
    now = trainer.snapshot()
    assert now.cost < 1e-4
    assert now.test_cost > 100 * now.cost


@pytest.mark.slow
def test_only_luck():
    networks = compared("only-luck", count=8)
    networks.advance(5_000)
    costs = networks.costs
    assert max(costs) > 2 * min(costs)


@pytest.mark.slow
def test_too_small():
    trainer = begun("too-small")
    trainer.advance(3_000)
    before = trainer.snapshot().cost
    assert found(trainer) is RunState.TOO_SMALL
    trainer.advance(3_000)
    assert trainer.snapshot().cost > 0.9 * before
    larger = tried(trainer, "too-small")
    larger.advance(4_000)
    assert larger.snapshot().cost < before / 3


@pytest.mark.slow
def test_noise_helps_and_too_much_does_not():
    runs = [begun("noise-helps") for _ in range(3)]
    runs[1] = tried(runs[1], "noise-helps")
    runs[2].apply(runs[2].config.changed(noise=1.0))
    for trainer in runs:
        trainer.advance(1_000)
    without, little, much = (usual_cost(trainer, 1_000) for trainer in runs)
    assert little < without / 2
    assert much > without


@pytest.mark.slow
def test_grow_without_forgetting():
    trainer = begun("grow-without-forgetting")
    larger, before = tried(trainer, "grow-without-forgetting"), trainer.snapshot()
    np.testing.assert_allclose(larger.snapshot().fit, before.fit, atol=1e-9)
    larger.advance(3_000)
    assert larger.snapshot().cost < before.cost / 3


@pytest.mark.slow
def test_a_race_of_optimisers():
    networks = compared("race-of-optimisers", varied="optimizer")
    networks.advance(200)
    costs = {config.optimizer: cost for config, cost in zip(networks.configs, networks.costs, strict=True)}
    assert costs["levenberg-marquardt"] < min(costs["adam"], costs["lbfgs"]) / 10
    networks.advance(1_800)
    later = dict(zip(costs, networks.costs, strict=True))
    assert later["levenberg-marquardt"] == min(later.values())
    assert max(later["adam"], later["lbfgs"]) < later["descent"] / 2
    seconds = dict(zip(costs, networks.iteration_seconds, strict=True))
    assert seconds["levenberg-marquardt"] > 2 * seconds["descent"]
