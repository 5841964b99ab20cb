"""The engine in C goes down with every optimiser as NumPy's does."""

import numpy as np
import pytest

from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.target import training_data
from curvegui.core.native.engine import NativeEngine
from curvegui.core.native.library import library
from curvegui.core.network.network import initial_parameters, parameter_count
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent
from tests.core.networks import assert_close
from tests.help.new_things import add_optimizer

pytestmark = pytest.mark.skipif(library() is None, reason="needs the engine in C: python packaging/native.py")

SIZES = (1, 6, 7, 2)
RATES = {"descent": 7.0, "momentum": 0.7, "nesterov": 0.7, "rmsprop": 0.01, "adam": 0.1}


def _engines(points: int, activation: str = "logistic") -> tuple[Engine, NativeEngine]:
    arguments = SIZES, activation, "logistic", *training_data(points)
    both = Engine(*arguments), NativeEngine(*arguments)
    for engine in both:
        engine.parameters = initial_parameters(SIZES, 2)
    return both


def test_none_of_first_order_is_left_out() -> None:
    assert list(RATES) == [name for name, entry in OPTIMIZERS.items() if entry.solver is None]


def test_numpy_makes_the_iterations_of_one_that_the_library_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    add_optimizer(monkeypatch.setattr)
    numpy, native = _engines(100)
    descent = Descent(0.01, 1.0, 3, optimizer="signs")
    for engine in (numpy, native):
        engine.freeze((2,))
        engine.descend(0, 40, descent)
        engine.descend(40, 20, descent)
    np.testing.assert_array_equal(native.parameters, numpy.parameters)
    assert [stage.state.tolist() for stage in native.run_to_checkpoints(60, [70, 80], descent)] == [
        stage.state.tolist() for stage in numpy.run_to_checkpoints(60, [70, 80], descent)
    ]


@pytest.mark.parametrize("points", [100, 2_500])
@pytest.mark.parametrize("batch", [0, 13])
@pytest.mark.parametrize("schedule", ["constant", "cosine"])
@pytest.mark.parametrize("name", RATES)
def test_those_of_first_order(name: str, schedule: str, batch: int, points: int) -> None:
    numpy, native = _engines(points)
    descent = Descent(RATES[name], 1.0, 3, optimizer=name, schedule=schedule, schedule_over=80, batch=batch)
    for engine in (numpy, native):
        engine.freeze((1, 30))
        engine.descend(60, 30, descent)
        engine.freeze(())
        engine.descend(90, 30, descent)

    assert_close(native.parameters, numpy.parameters, relative=1e-9)
    if native.state.size:
        np.testing.assert_allclose(native.state, numpy.state, rtol=1e-6, atol=1e-9)
    assert native.is_finite()


@pytest.mark.parametrize("name", [name for name, entry in OPTIMIZERS.items() if entry.solver])
def test_those_of_second_order(name: str) -> None:
    numpy, native = _engines(100)
    for engine in (numpy, native):
        engine.freeze((5,))
        engine.descend(0, 6, Descent(0.0, optimizer=name))

    assert_close(native.parameters, numpy.parameters, relative=1e-6)


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("kind", [Engine, NativeEngine])
@pytest.mark.parametrize(
    ("name", "batch", "points"),
    [*((name, batch, 40) for name in OPTIMIZERS for batch in (0, 9)), *((name, 0, 2_500) for name in RATES)],
)
def test_a_run_is_the_same_to_the_last_bit_however_it_is_cut(
    kind: type[Engine], precision: str, name: str, batch: int, points: int
) -> None:
    descent = Descent(RATES.get(name, 0.0), 1.0, 7, optimizer=name, batch=batch)

    def begun() -> Engine:
        return kind(SIZES, "tanh", "logistic", *training_data(points), precision=precision)

    whole, cut = begun(), begun()
    whole.parameters = cut.parameters = initial_parameters(SIZES, 4)
    whole.descend(0, 45, descent)
    for start, count in ((0, 1), (1, 20), (21, 24)):
        cut.descend(start, count, descent)
        cut.evaluate(), cut.gradient(), cut.output_slopes()  # looking changes nothing
        parameters, state = cut.parameters, cut.state
        cut = begun()
        cut.parameters, cut.state = parameters, state

    assert np.array_equal(cut.parameters, whole.parameters)
    assert np.array_equal(cut.state, whole.state)


def test_looking_ahead_by_plain_descent_leaves_what_an_optimiser_remembers() -> None:
    for engine in _engines(30):
        engine.descend(0, 5, Descent(0.1, optimizer="adam"))
        before = engine.state
        engine.run(5, 3, 7.0, 0.0, 1)

        assert np.array_equal(engine.state, before)


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize(
    ("name", "schedule"),
    [*((name, "constant") for name in OPTIMIZERS), *((name, "cosine") for name in RATES)],  # solvers know no schedule
)
def test_hundreds_at_once_are_those_one_by_one(
    name: str, precision: str, schedule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curvegui.core.native.engine.NOTED_NUMBERS", 2 * (3 * parameter_count(SIZES) + 80))
    rate = RATES.get(name, 0.0)
    descent = Descent(rate, 1.0, 3, optimizer=name, schedule=schedule, schedule_over=250)
    at_once, singly = (
        NativeEngine(SIZES, "tanh", "logistic", *training_data(40), precision=precision) for _ in range(2)
    )
    for engine in (at_once, singly):
        engine.parameters = initial_parameters(SIZES, 4)
        engine.freeze((2, 50))
    step = 10 if OPTIMIZERS[name].solver else 100  # tens of those that take long
    for start in (100, 360):
        ends = start + step, start + step + 3, start + 5 * step // 2
        for before, end, stage in zip(
            (start, *ends), ends, at_once.run_to_checkpoints(start, ends, descent), strict=False
        ):
            singly.descend(before, end - before, descent)
            assert np.array_equal(stage.parameters, singly.parameters)
            assert np.array_equal(stage.state, singly.state)
            assert stage.is_finite
            curve, cost = singly.evaluate()
            assert np.array_equal(stage.curve, curve)
            assert stage.cost == cost
        assert np.array_equal(at_once.state, singly.state)


def test_a_number_too_large_to_be_squared_in_single_precision_is_no_finite_one() -> None:
    engine = NativeEngine((1, 2), "linear", "linear", *training_data(40), precision="single")
    engine.parameters = np.array([1e25, 0.0, 0.0, 0.0])
    engine.freeze((0,))
    (stage,) = engine.run_to_checkpoints(0, (1,), Descent(0.1))

    assert not stage.is_finite
    assert not engine.is_finite()


@pytest.mark.parametrize("name", ["rmsprop", "adam"])
def test_what_an_optimiser_remembers_may_run_away_alone(name: str) -> None:
    """The gradient squared is beyond all numbers, the gradient is not, and a step is as long as ever."""
    engine = NativeEngine((1, 2), "linear", "linear", np.array([[0.5]]), np.array([[1e160], [0.0]]))
    engine.parameters = np.zeros(4)
    (stage,) = engine.run_to_checkpoints(0, (1,), Descent(0.1, 0.0, 0, optimizer=name))
    assert np.isfinite(stage.parameters).all()
    assert not np.isfinite(stage.state).all()
    assert not stage.is_finite
