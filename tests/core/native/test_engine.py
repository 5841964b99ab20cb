"""The engine in C gives what the NumPy engine gives; where the library is not built, there is none."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import Cancelled
from curvegui.core.engine import threads as workers
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.engines import ENGINES
from curvegui.core.learner.target import training_data
from curvegui.core.native import library as native_library
from curvegui.core.native.engine import NativeEngine
from curvegui.core.native.library import has_kernel
from curvegui.core.native.points import SharedNetwork
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import initial_parameters, parameter_count
from curvegui.core.optimizers.descent import Descent
from tests.core.networks import PAIRS, Case, assert_close, cases, random_case

HEART = (1, 6, 7, 2)
AROUND_TILES = [1, 2, 7, 8, 9, 31, 32, 33, 100, 231, 232, 233, 1_000, 5_000]
SOME_LAYERS = [(1, 2), (1, 1, 2), (1, 5, 3, 3, 2), (1, 64, 31, 2), (1, 2, 2, 2, 2, 2, 2)]


def _native(case: Case, precision: str = "double") -> NativeEngine:
    arguments = case.sizes, case.activation, case.output_activation, case.t, case.y
    engine = NativeEngine(*arguments, precision=precision)
    engine.parameters = case.parameters
    return engine


def _heart(points: int = 100, seed: int = 1) -> Case:
    return Case(HEART, "logistic", "logistic", initial_parameters(HEART, seed), *training_data(points))


def _assert_same(case: Case) -> None:
    expected, found = case.engine(), _native(case)
    gradient, steepest = expected.gradient(), float(expected.output_slopes().max())
    lost = 4 * np.finfo(np.float64).eps / steepest if steepest > 0 else 0.0  # of 1 - a², where all outputs saturate
    tolerance = (1e-12 + lost) * max(1e-3, np.abs(gradient).max())
    np.testing.assert_allclose(found.gradient(), gradient, rtol=0, atol=tolerance)
    curve, cost = expected.evaluate()
    np.testing.assert_allclose(found.evaluate()[0], curve, rtol=1e-12, atol=1e-14)
    assert found.evaluate()[1] == pytest.approx(cost, rel=1e-12)
    np.testing.assert_allclose(found.output_slopes(), expected.output_slopes(), rtol=1e-12, atol=1e-13)
    assert found.points == expected.points
    assert np.array_equal(found.parameters, expected.parameters)


def test_it_is_there_and_knows_every_activation() -> None:
    assert not ENGINES["c"].obstacle()
    assert all(map(has_kernel, ACTIVATIONS))
    assert not has_kernel("staircase")


@pytest.mark.parametrize("points", AROUND_TILES)
@pytest.mark.parametrize("sizes", SOME_LAYERS)
def test_it_agrees_with_the_engine_however_many_points(sizes: tuple[int, ...], points: int) -> None:
    _assert_same(random_case(sizes, "logistic", "tanh", points, seed=points))


@pytest.mark.parametrize(("hidden", "output"), PAIRS)
@pytest.mark.parametrize("points", [50, 700])
def test_it_agrees_with_the_engine_for_every_activation(hidden: str, output: str, points: int) -> None:
    _assert_same(random_case(HEART, hidden, output, points, seed=3))


@settings(max_examples=40, deadline=None)
@given(case=cases(max_neurons=12))
@example(case=random_case((1, 12, 12, 8, 2), "linear", "tanh", 1, seed=6))  # slopes of 2e-5 and less
def test_it_agrees_with_the_engine_for_any_layers(case: Case) -> None:
    _assert_same(case)


@settings(max_examples=30, deadline=None)
@given(
    case=cases(),
    first=st.integers(0, 10_000),
    noise=st.sampled_from([0.0, 0.3, 1.0]),
    seed=st.integers(0, 2**63),
    data=st.data(),
)
def test_a_hundred_iterations_are_those_of_the_engine(
    case: Case, first: int, noise: float, seed: int, data: st.DataObject
) -> None:
    places = st.integers(0, parameter_count(case.sizes) - 1)
    frozen = tuple(sorted(data.draw(st.sets(places, max_size=5))))

    def after(engine: Engine | NativeEngine) -> FloatArray:
        engine.freeze(frozen)
        engine.run(first, 100, 0.05, noise, seed)
        return engine.parameters

    expected, found = after(case.engine()), after(_native(case))
    allowed = 1e-10 * max(1.0, float(np.abs(expected).max()))
    off = np.abs(found - expected).max()
    assert off <= allowed or off <= 10 * _neighbours(case, after)
    kept = list(frozen)
    assert np.array_equal(found[kept], case.parameters[kept])


def _neighbours(case: Case, after: Callable[[Engine], FloatArray]) -> float:
    """How far off the engine is from where it would be, had its start another last bit: iterations magnify rounding."""
    expected, off = after(case.engine()), []
    for number in range(8):
        signs = np.random.default_rng(number).choice([-1, 1], case.parameters.size)
        moved = replace(case, parameters=case.parameters * (1 + np.finfo(float).eps * signs))
        off.append(float(np.abs(after(moved.engine()) - expected).max()))
    return max(off)


def test_what_was_frozen_moves_again_once_it_is_not() -> None:
    engine = _native(_heart())
    engine.freeze((0, 5))
    engine.freeze(())
    engine.run(0, 1, 7, 1, 1)

    assert (engine.parameters != initial_parameters(HEART, 1)).all()


@pytest.mark.parametrize(("hidden", "output"), PAIRS)
def test_single_precision_is_right_to_its_own_digits(hidden: str, output: str) -> None:
    case = random_case(HEART, hidden, output, 300, seed=3)
    expected, found = case.engine(), _native(case, "single")

    assert_close(found.gradient(), expected.gradient(), relative=1e-5)
    assert_close(found.evaluate()[0], expected.evaluate()[0], relative=1e-5)
    assert found.gradient().dtype == found.parameters.dtype == found.evaluate()[0].dtype == np.float64


@pytest.mark.parametrize("precision", ["double", "single"])
@pytest.mark.parametrize("points", [100, 1_000])
def test_a_run_that_is_driven_away_is_seen_and_does_not_spoil_the_next(points: int, precision: str) -> None:
    case = random_case(HEART, "relu", "linear", points, seed=1)
    engine = _native(case, precision)
    engine.run(0, 200, 1e30, 1000, 1)

    assert not engine.is_finite()
    assert not np.isfinite(engine.evaluate()[1])
    assert not np.isfinite(engine.gradient()).all()
    engine.output_slopes()

    engine.parameters = case.parameters
    assert np.array_equal(engine.gradient(), _native(case, precision).gradient())
    assert engine.is_finite()


def test_before_each_is_called_every_few_milliseconds() -> None:
    engine, calls = _native(_heart()), []
    engine.before_each = lambda: calls.append(1)
    engine.run(50, 20_000, 7, 1, 1)

    assert 3 <= len(calls) <= 50


def test_what_was_drawn_is_a_copy_and_no_iterations_change_nothing() -> None:
    engine = _native(_heart())
    engine.run(0, 0, 7, 1, 1)
    assert np.array_equal(engine.parameters, initial_parameters(HEART, 1))

    curve, slopes = engine.evaluate()[0], engine.output_slopes()
    before = curve.copy(), slopes.copy()
    engine.run(0, 50, 7, 1, 1)
    engine.evaluate()

    assert np.array_equal(curve, before[0])
    assert np.array_equal(slopes, before[1])


def test_engines_in_many_threads_do_not_disturb_each_other() -> None:
    def run(seed: int) -> bytes:
        engine = _native(_heart(), "double")
        engine.run(0, 3_000, 7, 1, seed)
        return engine.parameters.tobytes()

    alone = [run(seed) for seed in range(6)]
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(run, range(6))) == alone


SHARED = random_case((1, 40, 31, 2), "logistic", "tanh", 11_003, seed=1)


@pytest.mark.parametrize("precision", ["double", "single"])
def test_much_work_is_the_same_to_the_last_bit_on_any_number_of_cores(
    precision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for cores in (1, 2, 5):
        monkeypatch.setattr(workers, "cores", lambda cores=cores: cores)
        engine = _native(SHARED, precision)
        engine.run(0, 5, 1.0, 1.0, 1)
        results.append(engine.parameters.tobytes())

    assert isinstance(engine._network, SharedNetwork)
    assert len(set(results)) == 1


def test_much_work_gives_what_the_numpy_engine_gives() -> None:
    _assert_same(SHARED)
    expected, found = SHARED.engine(), _native(SHARED)
    for engine in (expected, found):
        list(engine.run_to_checkpoints(0, (1,), Descent(0.1, 1.0, 1)))

    np.testing.assert_allclose(found.parameters, expected.parameters, rtol=0, atol=1e-10)


def test_before_each_is_called_before_every_iteration_of_much_work() -> None:
    engine, calls = _native(SHARED), []
    engine.before_each = lambda: calls.append(1)
    engine.run(0, 3, 1.0, 1.0, 1)

    assert len(calls) == 3


def test_much_work_that_runs_away_is_not_warned_about() -> None:
    engine = _native(replace(SHARED, activation="relu", output_activation="linear"))
    engine.run(0, 20, 1e30, 1000, 1)
    engine.gradient()

    assert not engine.is_finite()


@pytest.mark.parametrize(
    ("case", "descent", "goes"),
    [
        (_heart(), Descent(1.0, 1.0, 1), True),
        (_heart(), Descent(1.0, 1.0, 1, optimizer="lbfgs"), False),
        (_heart(), Descent(1.0, 1.0, 1, optimizer="adam"), True),
        (_heart(), Descent(1.0, 1.0, 1, batch=20), True),
        (SHARED, Descent(1.0, 1.0, 1), False),
    ],
)
def test_engines_go_side_by_side_where_they_need_the_interpreter_seldom(
    case: Case, descent: Descent, goes: bool
) -> None:
    assert _native(case).goes_beside_others(descent) is goes
    assert not case.engine().goes_beside_others(descent)


@pytest.mark.parametrize("points", [100, 30_000])
def test_it_steps_by_factors_from_outside_as_numpy_does(points: int) -> None:
    case = _heart(points)
    expected, found = case.engine(), _native(case)
    factors = 7 * (1 + np.random.RandomState(2).randn(20, 6))
    for engine in (expected, found):
        engine.step_by(factors)

    assert_close(found.parameters, expected.parameters)


def test_factors_from_outside_are_gone_once_somebody_ends_the_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("curvegui.core.native.engine.CALL_WORK", 1)  # a call for each step
    engine, other = _native(_heart()), _native(_heart())

    def end_the_second() -> None:
        if not np.array_equal(engine.parameters, other.parameters):
            raise Cancelled

    engine.before_each = end_the_second
    with pytest.raises(Cancelled):
        engine.step_by(np.full((20, 6), 7.0))
    engine.before_each, engine.parameters = int, other.parameters
    for each in (engine, other):
        each.run(0, 5, 1.0, 0.0, 0)

    assert np.array_equal(engine.parameters, other.parameters)


def test_a_cost_is_the_same_in_however_many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _native(_heart(5_000)).evaluate()[1]
    monkeypatch.setattr("curvegui.core.native.points.PIECE_WORK", 1)

    assert _native(_heart(5_000)).evaluate()[1] == whole


@pytest.mark.parametrize(
    ("t", "y", "sizes", "names"),
    [
        (np.zeros((1, 5)), np.zeros((2, 4)), (1, 3, 2), ("tanh", "tanh")),
        (np.zeros((1, 4)), np.zeros((3, 4)), (1, 3, 2), ("tanh", "tanh")),
        (np.zeros((2, 4)), np.zeros((2, 4)), (2, 3, 2), ("tanh", "tanh")),
        (np.zeros((1, 0)), np.zeros((2, 0)), (1, 3, 2), ("tanh", "tanh")),
        (np.zeros((1, 4)), np.zeros((2, 4)), (1, 3, 2), ("staircase", "tanh")),
    ],
)
def test_what_does_not_belong_together_is_refused_before_the_library_sees_it(
    t: FloatArray, y: FloatArray, sizes: tuple[int, ...], names: tuple[str, str]
) -> None:
    with pytest.raises(ValueError, match=r"Points of shapes|The library computes no"):
        NativeEngine(sizes, *names, t, y)


def test_parameters_factors_and_frozen_ones_of_another_network_are_refused_and_change_nothing() -> None:
    engine = _native(_heart())
    with pytest.raises(ValueError, match="Parameters of shape"):
        engine.parameters = np.zeros(76)
    with pytest.raises(ValueError, match="Factors of shape"):
        engine.step_by(np.zeros((3, 5)))
    with pytest.raises(IndexError):
        engine.freeze((77,))

    assert np.array_equal(engine.parameters, initial_parameters(HEART, 1))


def test_without_a_library_the_reason_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native_library, "library", lambda: None)
    native_library.functions.cache_clear()
    try:
        with pytest.raises(ImportError):
            native_library.functions("double")
    finally:
        native_library.functions.cache_clear()


def test_large_mini_batches_are_dealt_out_to_all_cores_as_numpy_deals_them() -> None:
    descent = Descent(0.1, 1.0, 1, batch=10_500)
    expected, found = SHARED.engine(), _native(SHARED)
    for engine in (expected, found):
        engine.descend(0, 2, descent)
        engine.step_by(np.full((1, 6), 0.01))

    np.testing.assert_allclose(found.parameters, expected.parameters, rtol=0, atol=1e-10)
