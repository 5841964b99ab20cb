"""A frame shows at once what a person has done, and lets news wait with reduced motion."""

import pytest

from curvegui.figure.drawing.look import LOOKS
from curvegui.ui.canvas import frames as module
from curvegui.ui.canvas.curves_layer import CurvesLayer
from curvegui.ui.canvas.frames import ARRIVING_S, CALM_S, FULL_S, Frames


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(module, "perf_counter", lambda: now[0])
    return now


@pytest.fixture
def layer(qapp):
    return CurvesLayer(LOOKS["classic"])


@pytest.fixture
def frames(layer, clock):
    made = Frames(layer)
    assert works(made)
    return made


def works(frames):
    """Whether the next frame shows something, which is noted then."""
    shows = frames.work(lambda: None)
    if shows:
        frames.note_shown()
    return shows


def test_without_news_nothing_is_shown(frames):
    assert not works(frames)
    frames.note_arrival()
    assert works(frames)
    assert not works(frames)


def test_a_frame_that_is_full_leaves_no_time_for_others_but_never_two_in_a_row(frames, clock):
    has_time = []
    for took in (0.0, 2 * FULL_S, 2 * FULL_S, 2 * FULL_S, 0.0):
        frames.begin()
        clock[0] += took
        has_time.append(frames.has_time())
    assert has_time == [True, False, True, False, True]


def test_with_reduced_motion_news_wait_and_a_person_does_not(frames, clock):
    frames.set_reduced_motion(True)
    frames.note_arrival()
    assert works(frames)
    clock[0] += CALM_S / 2
    frames.note_arrival()
    assert not works(frames)
    frames.note_touch()
    assert works(frames)
    clock[0] += 2 * CALM_S
    frames.note_arrival()
    assert works(frames)


def test_what_waits_to_be_painted_is_painted_when_nothing_arrives_any_more(frames, layer, clock, monkeypatch):
    released = []
    monkeypatch.setattr(type(layer), "has_work", property(lambda _: True))
    monkeypatch.setattr(layer, "work", lambda seconds: released.append("worked"))
    clock[0] += 2 * ARRIVING_S
    assert frames.work(lambda: released.append("released"))
    assert released == ["released", "worked"]
