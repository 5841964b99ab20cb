"""What a network can reach, how an error passes back through it, and whether its steps are too large."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import Curve
from curvegui.core.diagnosis import evidence as measured
from curvegui.core.diagnosis.evidence import beyond_reach, gentler_gain, hidden_slope, largest_gap, passed_back, turns
from curvegui.core.learner.recording import Keyframe
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import Network, parameter_count
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from tests.core.networks import PAIRS, random_case


@pytest.mark.parametrize(
    ("low", "high", "output", "beyond"),
    [
        (0.1, 0.9, "logistic", 0.0),
        (0.02, 0.98, "logistic", 0.0),
        (0.1, 1.08, "logistic", 0.1),
        (-0.18, 0.9, "logistic", 0.2),
        (-0.18, 1.38, "logistic", 0.4),
        (-0.18, 0.9, "tanh", 0.0),
        (0.0, 1.08, "tanh", 0.1),
        (-1.0, 1.0, "sine", 0.0),
        (0.0, 1.5, "sine", 0.5),
        (0.0, 9.0, "relu", 0.0),
        (-0.3, 9.0, "relu", 0.3),
        (-9.0, 9.0, "linear", 0.0),
    ],
)
def test_how_far_a_curve_goes_beyond_what_an_output_can_give(low, high, output, beyond):
    points = np.array([[low, 0.5], [0.5, high]])
    assert beyond_reach(points, output) == pytest.approx(beyond, abs=1e-12)


@given(st.integers(0, 12), st.integers(0, 1))
def test_a_wave_turns_back_at_each_of_its_bends_and_a_tremble_does_not_count(bends, axis):
    t = np.linspace(0, 1, 400)
    points = np.stack([t, t])
    points[axis] = 0.5 + 0.4 * np.cos(np.pi * (bends + 1) * t) + 0.004 * np.cos(200 * t)
    assert turns(points) == bends


@pytest.mark.parametrize(("hidden", "output"), PAIRS)
def test_what_passes_back_is_the_chain_rule_s_own(hidden, output):
    case = random_case((1, 4, 3, 2), hidden, output, points=30, seed=3)
    network, sizes = case.network(), []
    for layer in (0, -1):  # of one point alone, J_b is its dC/dz
        ones = [network.jacobians(case.t[:, [k]], case.y[:, [k]])[layer][1] for k in range(30)]
        sizes.append(np.sqrt(np.mean(np.square(ones))))
    assert passed_back(network, case.t, case.y) == pytest.approx(sizes[0] / sizes[1], rel=1e-9)


def test_slopes_of_hidden_neurons_count_whatever_the_weights():
    t = np.linspace(0, 1, 50)[np.newaxis]
    sizes = (1, 3, 3, 2)
    alone = Network(sizes, np.zeros(parameter_count(sizes)))
    assert hidden_slope(alone, t) == pytest.approx(0.25)
    far_out = Network(sizes, np.full(parameter_count(sizes), 0.0))
    far_out.layers[1].biases[...] = 80
    assert hidden_slope(far_out, t) < 1e-9
    sine = Network(sizes, np.zeros(parameter_count(sizes)), "sine")
    sine.layers[0].biases[...] = np.pi  # where its slope is -1
    assert hidden_slope(sine, t) == pytest.approx(1)


def test_the_largest_gap_is_seen_between_the_points_too():
    network = Network((1, 2, 2), np.zeros(parameter_count((1, 2, 2))), output_activation="linear")
    gap, t = largest_gap(network, "circle", 2)  # the network draws the corner at 0, 0
    every = np.hypot(*training_data(400, "circle")[1])
    assert gap == pytest.approx(every.max())
    assert t == pytest.approx(every.argmax() / 400)
    corners = np.array([[0.0, 0.1, 1.0, 0.1], [0.0, 0.0, 0.0, 0.0]])
    parts = Curve("two", corners, np.array([0, 0.3, 0.6, 1]), False, np.array([False, True, True, False]))
    assert largest_gap(network, parts, 100)[0] == pytest.approx(0.1, rel=0.01)  # what was not drawn does not count


def frame_of(trainer):
    now = trainer.snapshot()
    return Keyframe(now.iteration, now.parameters, now.state)


def gain_of(trainer):
    return gentler_gain(trainer.engine, trainer.config.descent, [frame_of(trainer)])


@cache
def swinging_run(**settings):
    """A run that swings; who looks at it leaves it as it is."""
    trainer = Trainer(TrainingConfig(**{"noise": 0, "aggression": 20, "seed": 1} | settings))
    trainer.advance(2_000)
    return trainer


@pytest.mark.slow
def test_smaller_steps_gain_where_each_step_leaps_over_the_valley():
    trainer = swinging_run()
    before = trainer.parameters
    gain = gain_of(trainer)
    assert gain > 0.5
    np.testing.assert_array_equal(trainer.parameters, before)
    ways = [way_ahead(trainer, before, count, aggression) for count in (8, 16) for aggression in (20, 2)]
    assert gain == pytest.approx(min(1 - ways[1] / ways[0], 1 - ways[3] / ways[2]))
    assert gain_of(swinging_run(aggression=2)) == 0


def way_ahead(trainer, parameters, count, aggression):
    other = Trainer(trainer.config)
    other.engine.parameters = parameters
    other.engine.run(0, count, aggression, 0.0, 0)
    return other.snapshot().cost


@pytest.mark.slow
def test_the_least_gain_of_all_moments_counts():
    trainer = swinging_run()
    swinging, calm = frame_of(trainer), frame_of(Trainer(TrainingConfig()))

    def gain(*frames, rate=20.0):
        return gentler_gain(trainer.engine, Descent(rate), frames)

    assert gain(swinging, calm) < gain(swinging)
    assert gain(swinging, rate=1e-9) == 0
    other = Keyframe(0, np.zeros(3))  # from before the network has grown
    assert gain(swinging, other) == gain(swinging)
    assert gain(replace(swinging, parameters=np.full(swinging.parameters.size, np.nan))) == 0


@pytest.mark.slow
@pytest.mark.parametrize("optimizer", [name for name, entry in OPTIMIZERS.items() if entry.vectors and entry.step])
def test_an_optimiser_goes_on_with_what_it_remembered(optimizer):
    trainer = swinging_run(optimizer=optimizer, aggression=10 * OPTIMIZERS[optimizer].usual)
    frame = frame_of(trainer)
    ways = []
    for part in (1.0, 0.1):
        other = Trainer(trainer.config)
        other.engine.parameters, other.engine.state = frame.parameters, frame.state
        other.engine.descend(2_000, 8, replace(trainer.config.descent, learning_rate=part * trainer.config.aggression))
        ways.append(other.snapshot().cost)
    assert gain_of(trainer) <= max(1 - ways[1] / ways[0], 0.0)
    assert np.array_equal(trainer.snapshot().state, frame.state)
    assert np.array_equal(trainer.parameters, frame.parameters)


@pytest.mark.slow
def test_of_moments_before_the_optimiser_began_nothing_is_said():
    trainer = swinging_run(optimizer="rmsprop", aggression=0.1, seed=2)
    frame = frame_of(trainer)
    assert gain_of(trainer) > 0.5
    for state in (np.empty(0), np.array([OPTIMIZERS["adam"].code, 0.0])):
        assert gentler_gain(trainer.engine, trainer.config.descent, [frame, replace(frame, state=state)]) == 0


def test_a_perfect_fit_has_nothing_to_gain():
    case = random_case((1, 3, 2), "logistic", "linear", points=5, seed=1)
    perfect = replace(case, y=case.engine().evaluate()[0])
    assert gentler_gain(perfect.engine(), Descent(0.1), [Keyframe(0, case.parameters)]) == 0


@pytest.mark.slow
def test_a_network_on_which_it_would_take_long_is_let_go(monkeypatch):
    trainer = swinging_run()
    monkeypatch.setattr(measured, "MOST_WORK", trainer.parameters.size * 100 - 1)
    assert gain_of(trainer) == 0
