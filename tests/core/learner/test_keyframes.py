import tracemalloc
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.learner import recording as keyframes_module
from curvegui.core.learner.recording import FEWEST, KEYFRAME_EVERY, KEYFRAMES_BYTES, Keyframe, Keyframes, bytes_after

ROOM = 10  # keyframes of 4 parameters


def _frame(iteration: int, parameters: int = 4) -> Keyframe:
    return Keyframe(iteration, np.full(parameters, float(iteration)))


def _kept(iterations: Iterable[int]) -> Keyframes:
    kept = Keyframes()
    for iteration in iterations:
        kept.add(_frame(iteration))
    return kept


def _iterations(kept: Keyframes) -> list[int]:
    return [frame.iteration for frame in kept.all()]


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyframes_module, "KEYFRAMES_BYTES", ROOM * 4 * 8)


def test_one_that_is_off_the_spacing_or_not_later_than_all_is_not_kept() -> None:
    kept = _kept([0, 100, 150, 100, 50, 200])

    assert _iterations(kept) == [0, 100, 200]


def test_the_keyframe_before_an_iteration_is_the_latest_that_is_not_later() -> None:
    kept = _kept([37, 100, 200])

    assert [kept.before(iteration).iteration for iteration in (37, 99, 100, 199, 200, 10**9)] == [
        37, 37, 100, 100, 200, 200,
    ]  # fmt: skip
    with pytest.raises(LookupError, match="does not reach back to iteration 36"):
        kept.before(36)
    with pytest.raises(LookupError):
        Keyframes().before(0)


def test_what_was_taken_back_is_forgotten_and_can_be_kept_anew() -> None:
    kept = _kept(range(0, 500, 100))
    kept.forget_after(250)
    assert _iterations(kept) == [0, 100, 200]

    kept.add(_frame(300))
    assert _iterations(kept) == [0, 100, 200, 300]

    kept.forget_after(-1)
    assert len(kept) == 0


@pytest.mark.usefixtures("little_room")
@given(first=st.integers(0, 99), count=st.integers(0, 500))
def test_however_long_a_run_is_its_keyframes_stay_few_and_even_and_the_first_stays(first: int, count: int) -> None:
    kept = _kept([first, *range(100, 100 * count, 100)])
    iterations = _iterations(kept)

    assert iterations[0] == first
    assert len(kept) <= ROOM
    assert set(np.diff(iterations[1:])) <= {kept.spacing}
    assert kept.spacing in {100 * 2**times for times in range(10)}


def test_the_memory_is_bounded_for_networks_of_any_size() -> None:
    parameters = KEYFRAMES_BYTES // 8 // 3  # three of them fit
    kept, large = Keyframes(), np.zeros(parameters)
    for iteration in range(0, 10_000, 100):
        kept.add(Keyframe(iteration, large))
    assert 2 <= len(kept) <= 3

    huge = Keyframes()
    for iteration in range(0, 10_000, 100):
        huge.add(Keyframe(iteration, np.broadcast_to(0.0, KEYFRAMES_BYTES // 8 + 1)))
    assert len(huge) == FEWEST
    assert huge.all()[0].iteration == 0


@pytest.mark.parametrize("iterations", [700, 5_000])
def test_how_much_they_take_is_known_beforehand(little_room: None, iterations: int) -> None:
    kept = _kept(range(0, iterations + 1, KEYFRAME_EVERY))
    assert kept.nbytes / 2 <= bytes_after(iterations, _frame(0).nbytes) <= 2 * kept.nbytes


def test_thousands_take_little_more_memory_than_their_numbers() -> None:
    tracemalloc.start()
    kept = Keyframes()
    for iteration in range(0, 5_000 * KEYFRAME_EVERY, KEYFRAME_EVERY):
        kept.add(_frame(iteration, 77))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert taken < 1.3 * sum(frame.nbytes for frame in kept.all())
    assert 0.9 * taken < kept.nbytes < 1.1 * taken


def test_one_that_was_handed_out_stays_as_it_was_when_others_take_its_place() -> None:
    kept = _kept([0, 100, 200])
    taken = kept.before(200), kept.all()[2]
    kept.forget_after(100)
    kept.add(Keyframe(200, np.full(4, 7.0)))

    assert [frame.parameters[0] for frame in (*taken, kept.before(200))] == [200, 200, 7]
    assert not any(frame.parameters.flags.writeable for frame in taken)


def test_keyframes_that_were_kept_before_are_taken_as_they_are_and_go_on() -> None:
    kept = Keyframes.of([_frame(37), _frame(450), _frame(777)], 400)
    assert (_iterations(kept), kept.spacing) == ([37, 450, 777], 400)

    kept.add(_frame(900))
    kept.add(_frame(1_200))
    assert _iterations(kept) == [37, 450, 777, 1_200]


@pytest.mark.usefixtures("little_room")
def test_those_that_lie_askew_go_when_there_is_no_more_room() -> None:
    kept = Keyframes.of([_frame(iteration) for iteration in (7, *range(101, 1_000, 100))], 100)
    kept.add(_frame(1_000))

    assert _iterations(kept) == [7, 1_000]
