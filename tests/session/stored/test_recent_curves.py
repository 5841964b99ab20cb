"""The window's list of the latest curves: kept in the background, and told when it changes."""

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.files.curves.kept import KeptCurves
from curvegui.session.stored.recent import RecentCurves
from tests.help.writing import retry_timer


def curve(name):
    return curve_through(name, np.array([[0.0, 1.0], [0.0, 1.0]]), closed=False)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "curves.bin"


@pytest.fixture
def recent(qtbot, path):
    return RecentCurves(path)


def test_what_is_added_comes_first_and_is_there_the_next_time(qtbot, recent, path):
    for name in ("a", "b"):
        with qtbot.waitSignal(recent.changed):
            recent.add(curve(name))
    assert recent.curves == (curve("b"), curve("a"))

    later = RecentCurves(path)
    assert later.curves == ()
    with qtbot.waitSignal(later.changed):
        later.load()
    assert later.curves == recent.curves


def test_what_is_listed_keeps_its_place_and_is_first_the_next_time(qtbot, recent, path):
    for name in ("a", "b"):
        with qtbot.waitSignal(recent.changed):
            recent.add(curve(name))
    recent.add(curve("a"))
    qtbot.waitUntil(lambda: KeptCurves(path).read()[0] == curve("a"))
    with qtbot.waitSignal(recent.changed):
        recent.add(curve("c"))
    assert [each.name for each in recent.curves] == ["c", "b", "a"]

    later = RecentCurves(path)
    with qtbot.waitSignal(later.changed):
        later.load()
    assert [each.name for each in later.curves] == ["c", "a", "b"]


def test_what_is_removed_goes(qtbot, recent):
    with qtbot.waitSignal(recent.changed):
        recent.add(curve("a"))
    with qtbot.waitSignal(recent.changed):
        recent.remove(curve("a"))
    assert recent.curves == ()


def test_what_cannot_be_written_is_told_once_and_comes_as_soon_as_it_can_be(qtbot, recent, path):
    told = []
    recent.troubled.connect(told.append)
    path.mkdir()
    recent.add(curve("a"))
    recent.add(curve("b"))
    qtbot.waitUntil(lambda: len(told) == 1)
    retry_timer(recent).setInterval(1)
    qtbot.waitUntil(lambda: retry_timer(recent).interval() > 8)  # it has been tried again
    assert recent.curves == ()
    path.rmdir()
    qtbot.waitUntil(lambda: recent.curves == (curve("b"), curve("a")))
    assert len(told) == 1
    assert "recent curves" in told[0]


def test_a_damaged_list_is_put_aside_and_told(qtbot, recent, path):
    path.write_bytes(b"junk")
    with qtbot.waitSignal(recent.troubled) as told:
        recent.load()
    assert "curves-damaged.bin" in told.args[0]
    assert (path.parent / "curves-damaged.bin").read_bytes() == b"junk"
