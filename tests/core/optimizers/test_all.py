"""Optimisers of first order: against written-out formulas, published ones, and what is known of bowls."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters
from curvegui.core.network.noise import noise_block
from curvegui.core.optimizers.all import OPTIMIZERS, StepArrays
from curvegui.core.optimizers.descent import Descent
from tests.core.networks import assert_close

HEART = (1, 6, 7, 2)
STEPPING = [name for name, entry in OPTIMIZERS.items() if entry.step is not None]
RATES = {"momentum": 0.7, "nesterov": 0.7, "rmsprop": 0.01, "adam": 0.1}


def _engine(seed: int = 1, points: int = 100) -> Engine:
    engine = Engine(HEART, "logistic", "logistic", *training_data(points))
    engine.parameters = initial_parameters(HEART, seed)
    return engine


def _written_out(name: str, gradients: list[FloatArray], rate: float, momentum: float, memory: float) -> FloatArray:
    """By how much the parameters move in all, as the papers have it."""
    moved = m = v = np.zeros_like(gradients[0])
    for t, g in enumerate(gradients, start=1):
        if name == "momentum":
            v = momentum * v + g
            moved = moved - rate * v
        elif name == "nesterov":
            v = momentum * v + g
            moved = moved - rate * (g + momentum * v)
        elif name == "rmsprop":
            v = memory * v + (1 - memory) * g**2
            moved = moved - rate * g / (np.sqrt(v) + 1e-8)
        else:
            m, v = momentum * m + (1 - momentum) * g, memory * v + (1 - memory) * g**2
            moved = moved - rate * (m / (1 - momentum**t)) / (np.sqrt(v / (1 - memory**t)) + 1e-8)
    return moved


def _steps(name: str, gradients: list[FloatArray], descent: Descent) -> FloatArray:
    """The same by the entry's own step."""
    entry = OPTIMIZERS[name]
    assert entry.step is not None
    size = gradients[0].shape
    room = StepArrays(np.zeros(size), np.zeros(size), [np.zeros(size) for _ in range(entry.vectors)])
    step, moved = entry.step(room, descent), np.zeros(size)
    for count, gradient in enumerate(gradients, start=1):
        room.gradient[:] = gradient
        step(count)
        moved -= descent.learning_rate * room.direction
    return moved


@settings(max_examples=20, deadline=None)
@given(
    name=st.sampled_from(STEPPING),
    momentum=st.floats(0, 0.99),
    memory=st.floats(0.5, 0.9999),
    seed=st.integers(0, 1_000),
)
def test_a_step_is_what_the_papers_say(name: str, momentum: float, memory: float, seed: int) -> None:
    gradients = list(np.random.default_rng(seed).standard_normal((30, 8)))
    descent = Descent(0.3, optimizer=name, momentum=momentum, memory=memory)

    found = _steps(name, gradients, descent)

    assert_close(found, _written_out(name, gradients, 0.3, momentum, memory), relative=1e-11)


@pytest.mark.parametrize("name", STEPPING)
@pytest.mark.parametrize("noise", [0.0, 1.0])
@pytest.mark.parametrize("points", [100, 2_500])
def test_an_engine_makes_these_steps_of_its_noisy_gradient(name: str, noise: float, points: int) -> None:
    engine, twin = _engine(points=points), _engine(points=points)
    descent = Descent(RATES[name], noise, 3, optimizer=name)
    owner = np.concatenate(
        [np.repeat([[layer] * before + [3 + layer]], after, axis=0).ravel()
         for layer, (before, after) in enumerate([(1, 6), (6, 7), (7, 2)])]
    )  # fmt: skip
    gradients = []
    for iteration in range(90, 115):
        factors = 1 + noise * noise_block(3, iteration // 100, 6)[iteration % 100]
        gradients.append(twin.gradient() * factors[owner])
        twin.parameters = initial_parameters(HEART, 1) + _written_out(name, gradients, RATES[name], 0.9, 0.99)
    engine.descend(90, 25, descent)

    assert_close(engine.parameters, twin.parameters, relative=1e-9)


@pytest.mark.parametrize(("curvature", "momentum"), [(1.0, 0.5), (0.1, 0.9), (3.0, 0.2)])
@pytest.mark.parametrize("name", ["momentum", "nesterov"])
def test_in_a_bowl_momentum_follows_its_closed_form(name: str, curvature: float, momentum: float) -> None:
    """Its iterations are linear there: x and the velocity are multiplied by one and the same matrix each time."""
    rate, x, count = 0.4, np.ones(1), 40
    entry = OPTIMIZERS[name]
    assert entry.step is not None
    room = StepArrays(np.zeros(1), np.zeros(1), [np.zeros(1)])
    step = entry.step(room, Descent(rate, optimizer=name, momentum=momentum))
    for iteration in range(1, count + 1):
        room.gradient[:] = curvature * x
        step(iteration)
        x = x - rate * room.direction

    velocity = np.array([curvature, momentum])
    direction = velocity if name == "momentum" else np.array([curvature, 0]) + momentum * velocity
    matrix = np.stack([np.array([1.0, 0.0]) - rate * direction, velocity])
    assert x[0] == pytest.approx(np.linalg.matrix_power(matrix, count)[0] @ [1, 0], rel=1e-10)


def test_adam_goes_the_learning_rate_at_first_however_steep_it_is() -> None:
    """The paper's own remark: the first step is the rate, whatever the gradient's scale."""
    engine = _engine()
    before, sign = engine.parameters, np.sign(engine.gradient())
    engine.descend(0, 1, Descent(0.1, optimizer="adam"))

    np.testing.assert_allclose(before - engine.parameters, 0.1 * sign, rtol=1e-2)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_state_says_whose_it_is(name: str) -> None:
    engine = _engine()
    assert engine.state.size == 0

    engine.descend(0, 3, Descent(0.01, optimizer=name))

    entry = OPTIMIZERS[name]
    assert engine.state.size == 0 if name == "descent" else engine.state[0] == entry.code
    if entry.step is not None:
        assert engine.state.size == 2 + entry.vectors * 77
        assert engine.state[1] == 3


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("other", ["momentum", "adam", "lbfgs", "levenberg-marquardt"])
def test_another_optimiser_goes_on_from_the_parameters_and_begins_anew(name: str, other: str) -> None:
    engine, fresh = _engine(), _engine()
    if other == name:
        pytest.skip("the same")
    engine.descend(0, 30, Descent(0.01, optimizer=other))
    fresh.parameters = engine.parameters

    for each in (engine, fresh):
        each.descend(30, 20, Descent(0.01, optimizer=name))

    assert engine.parameters.tobytes() == fresh.parameters.tobytes()
    assert engine.state.tobytes() == fresh.state.tobytes()


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name != "descent"])
@pytest.mark.parametrize("rest", [[], [1.0], [1.0, 2.0, 3.0]])
def test_a_state_that_does_not_fit_is_a_beginning(name: str, rest: list[float]) -> None:
    engine, fresh = _engine(), _engine()
    if name == "levenberg-marquardt" and len(rest) == 2:
        pytest.skip("that fits")
    engine.state = np.array([OPTIMIZERS[name].code, *rest])
    for each in (engine, fresh):
        each.descend(0, 12, Descent(0.01, optimizer=name))

    assert engine.parameters.tobytes() == fresh.parameters.tobytes()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_frozen_parameters_stay_and_what_is_remembered_of_them_fades(name: str) -> None:
    engine = _engine()
    engine.descend(0, 50, Descent(0.01, optimizer=name))
    frozen = (0, 5, 40, 76)
    before = engine.parameters
    engine.freeze(frozen)
    engine.descend(50, 30, Descent(0.01, optimizer=name))

    moved = engine.parameters != before
    assert not moved[list(frozen)].any()
    assert moved.sum() == 77 - len(frozen)


def test_what_is_remembered_may_not_run_away() -> None:
    engine = _engine()
    engine.state = np.concatenate([[OPTIMIZERS["adam"].code, 1.0], np.zeros(77), np.full(77, np.inf)])
    assert not engine.is_finite()

    engine.descend(0, 1, Descent(0.1, optimizer="adam"))

    assert np.isfinite(engine.parameters).all()
    assert not engine.is_finite()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_run_that_is_driven_away_does_not_warn(name: str) -> None:
    engine = Engine(HEART, "relu", "linear", *training_data())
    engine.parameters = 1e150 * initial_parameters(HEART, 1)
    engine.descend(0, 50, Descent(1e300, 1000.0, optimizer=name))
    assert not np.isfinite(engine.evaluate()[1])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_before_each_iteration_it_may_wait(name: str) -> None:
    engine, seen = _engine(), []
    engine.before_each = lambda: seen.append(engine.parameters)
    engine.descend(0, 4, Descent(0.05, optimizer=name))

    assert len(seen) == 4
    assert len({each.tobytes() for each in seen}) == 4


@pytest.mark.parametrize("schedule", ["cosine", "step"])
@pytest.mark.parametrize("name", ["descent", "adam"])
def test_a_schedule_scales_the_rate(name: str, schedule: str) -> None:
    from curvegui.core.optimizers.descent import rate_factors

    engine, twin = _engine(), _engine()
    engine.descend(95, 20, Descent(0.5, 1.0, 4, optimizer=name, schedule=schedule, schedule_over=130))
    for iteration in range(95, 115):
        (factor,) = rate_factors(schedule, 130, iteration, 1)
        twin.descend(iteration, 1, Descent(0.5 * factor, 1.0, 4, optimizer=name))

    assert_close(engine.parameters, twin.parameters, relative=1e-11)
