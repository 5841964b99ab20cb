"""How points are divided, and that it is the same sums whoever makes them."""

from collections.abc import Callable, Sequence
from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.engine import numpy_engine as engine
from curvegui.core.engine import threads as workers
from curvegui.core.engine import training_points
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.engine.training_points import MAX_COLUMNS, SHARES, share_borders
from tests.core.networks import Case, assert_close, random_case

WIDE = (1, 70, 60, 2)


@given(points=st.integers(1, 200_000), neurons=st.integers(3, 40_000))
def test_every_point_is_in_exactly_one_block_and_every_block_in_one_share(points: int, neurons: int) -> None:
    shares = share_borders(points, neurons)
    borders = list(dict.fromkeys(chain(*shares)))
    widths = np.diff(borders)

    assert (borders[0], borders[-1]) == (0, points)
    assert (widths > 0).all()
    assert len(set(widths[:-1])) <= 1
    assert widths[-1] <= widths[0] <= 1.5 * MAX_COLUMNS + 16
    assert all(share[-1] == following[0] for share, following in pairwise(shares))
    assert all(len(share) > 1 for share in shares)
    assert len(shares) in {1, SHARES}


def _much_work() -> Case:
    return random_case(WIDE, "logistic", "tanh", 12_000, seed=1)


def test_the_engine_agrees_with_the_network_where_work_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_points, "FEWEST_BLOCKS", 12)
    case = _much_work()
    assert len(share_borders(case.t.size, sum(WIDE))) == SHARES

    assert_close(case.engine().gradient(), case.network().gradient(case.t, case.y))
    assert_close(case.engine().evaluate()[0], case.network().draw(case.t))


@pytest.mark.slow
@pytest.mark.parametrize("precision", ["double", "single"])
def test_it_is_the_same_run_to_the_last_bit_on_any_number_of_cores(
    precision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training_points, "FEWEST_BLOCKS", 12)
    monkeypatch.setattr(training_points, "FEWEST_OF_SINGLE", sum(WIDE))
    case, results = _much_work(), []
    for cores in (1, 2, 5):
        monkeypatch.setattr(workers, "cores", lambda cores=cores: cores)
        made = Engine(case.sizes, case.activation, case.output_activation, case.t, case.y, precision=precision)
        made.parameters = case.parameters
        made.run(0, 5, 1.0, 1.0, 1)
        results.append(made.parameters.tobytes())

    assert len(set(results)) == 1


def test_where_a_library_has_threads_of_its_own_the_engine_takes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_points, "FEWEST_BLOCKS", 12)
    made: list[int] = []

    def together(calls: Sequence[Callable[[], object]]) -> None:
        made.append(len(calls))
        workers.together(calls)

    monkeypatch.setattr(engine, "together", together)
    case = _much_work()
    expected = case.engine().gradient()
    assert made == [SHARES]
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    assert np.array_equal(case.engine().gradient(), expected)
    assert made == [SHARES]


@pytest.mark.slow
def test_numbers_that_run_away_are_not_warned_about_in_any_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training_points, "FEWEST_BLOCKS", 12)
    monkeypatch.setattr(workers, "cores", lambda: 2)
    engine = random_case(WIDE, "relu", "linear", 12_000, seed=1).engine()
    engine.run(0, 20, 1e30, 1000, 1)

    assert not engine.is_finite()
