"""The experiments: each shows what it is named after, and its card promises no more than its run keeps."""

import numpy as np
import pytest

from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.diagnosis.finding import RunState
from curvegui.core.language.catalogue import trial
from curvegui.core.language.text import speak
from curvegui.core.network.network import layer_blocks
from curvegui.core.run.look_ahead import signs_of
from curvegui.core.settings.experiments import EXPERIMENTS
from tests.help.experiment_runs import begun, race, tried, wall


def found(trainer):
    return diagnose(signs_of(trainer)).condition


def usual_cost(trainer, iterations):
    """The cost that a run has most of the time from now on."""
    costs = []
    for _ in range(10):
        trainer.advance(iterations // 10)
        costs.append(trainer.snapshot().cost)
    return float(np.median(costs))


def test_there_are_eight_each_with_a_question_and_names_to_type():
    assert len(EXPERIMENTS) == 8
    assert "only-luck" in EXPERIMENTS
    for name, experiment in EXPERIMENTS.items():
        assert name == experiment.name
        assert name.replace("-", "").isalpha()
        assert "?" in experiment.ask
        assert "?" not in experiment.see


def test_saturated():
    trainer = begun("saturated")
    before = trainer.snapshot().cost
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
    networks = wall("only-luck", count=8)
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
    networks = race("race-of-optimisers")
    networks.advance(200)
    costs = {config.optimizer: cost for config, cost in zip(networks.configs, networks.costs, strict=True)}
    assert costs["levenberg-marquardt"] < min(costs["adam"], costs["lbfgs"]) / 10
    networks.advance(1_800)
    later = dict(zip(costs, networks.costs, strict=True))
    assert later["levenberg-marquardt"] == min(later.values())
    assert max(later["adam"], later["lbfgs"]) < later["descent"] / 2
    seconds = dict(zip(costs, networks.iteration_seconds, strict=True))
    assert seconds["levenberg-marquardt"] > 2 * seconds["descent"]


def test_their_names_are_the_same_in_every_language():
    names = [each.name for each in EXPERIMENTS.values()]
    speak(trial("brackets"))
    try:
        assert [each.name for each in EXPERIMENTS.values()] == names
    finally:
        speak(None)
