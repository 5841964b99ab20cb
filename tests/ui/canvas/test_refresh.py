"""The pace of what follows the run."""

from time import perf_counter

from curvegui.ui.canvas import refresh
from curvegui.ui.canvas.refresh import MOST_SHARE, PICTURE_S, RefreshClock


def test_the_next_picture_is_due_a_thirtieth_of_a_second_later_and_where_one_takes_long_later_still(monkeypatch):
    now = 100.0
    monkeypatch.setattr(refresh, "perf_counter", lambda: now)
    watched = RefreshClock()
    assert watched.is_due
    with watched:
        now += 0.001
    assert not watched.is_due
    now = 100.0 + PICTURE_S
    assert watched.is_due
    with watched:
        began = now
        now += 0.1
    now = began + 0.1 / MOST_SHARE - 0.01
    assert not watched.is_due
    now += 0.02
    assert watched.is_due
    assert perf_counter is not refresh.perf_counter
