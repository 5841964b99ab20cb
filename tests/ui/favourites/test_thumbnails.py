"""Thumbnails are painted between frames, what is looked at first, and are remembered within bounds."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool

from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.files.project.project import save
from curvegui.session.stored.favourites import Favourites
from curvegui.ui.favourites import thumbnails as favourites_thumbnails
from curvegui.ui.favourites.thumbnails import Thumbnails
from tests.files.projects import tiny_project
from tests.ui.favourites.fits import fill, is_idle
from tests.ui.person import colours


@pytest.fixture
def favourites(tmp_path, qapp, qtbot):
    fill(tmp_path / "favourites", *"abcdef", look="dark")
    (tmp_path / "favourites" / "junk.curvegui").write_bytes(b"junk")
    made = Favourites(FavouritesFolder(tmp_path / "favourites"))
    made.open()
    qtbot.waitUntil(lambda: made.is_complete)
    yield made
    QThreadPool.globalInstance().waitForDone()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def thumbnails(favourites):
    made = Thumbnails(favourites, favourites)
    made.set_size(80, 1.0)
    return made


@pytest.fixture
def painted(thumbnails, qtbot):
    """Ask until there is one of the right size, and return it."""

    def wait(favourite, width=80):
        def is_there():
            found = thumbnails.pixmap(favourite)
            return found is not None and found.width() == width

        qtbot.waitUntil(is_there)
        return thumbnails.pixmap(favourite)

    return wait


def test_one_that_is_asked_for_is_painted_with_its_own_look_and_told(favourites, thumbnails, qtbot, painted):
    favourite = favourites.items["a.curvegui"]
    with qtbot.waitSignal(thumbnails.painted) as told:
        assert thumbnails.pixmap(favourite) is None
    assert told.args == ["a.curvegui"]
    image = painted(favourite).toImage()
    assert tuple(colours(image)[40, 3]) == (20, 24, 29)
    assert image.pixelColor(0, 0).alpha() == 0  # its corners are round


def test_the_last_one_that_was_looked_at_is_painted_first(favourites, thumbnails, qtbot):
    order = []
    thumbnails.painted.connect(order.append)
    for key in "abc":
        thumbnails.pixmap(favourites.items[f"{key}.curvegui"])
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == ["c.curvegui", "b.curvegui", "a.curvegui"]
    assert is_idle(thumbnails)


def test_a_file_that_changes_is_painted_again(favourites, thumbnails, painted, qtbot):
    favourite = favourites.items["a.curvegui"]
    before = painted(favourite).toImage()
    save(favourite.entry.path, tiny_project(look="light"))
    favourites.refresh()
    qtbot.waitUntil(lambda: favourites.items["a.curvegui"] != favourite)
    changed = favourites.items["a.curvegui"]
    assert thumbnails.pixmap(changed).toImage() == before
    qtbot.waitUntil(lambda: thumbnails.pixmap(changed).toImage() != before)


def test_one_that_cannot_be_read_is_asked_for_once(favourites, thumbnails, qtbot, painted):
    junk = favourites.items["junk.curvegui"]
    assert thumbnails.pixmap(junk) is None
    qtbot.waitUntil(lambda: is_idle(thumbnails))
    painted(favourites.items["a.curvegui"])
    assert thumbnails.pixmap(junk) is None


def test_no_more_are_remembered_than_there_is_room_for(favourites, thumbnails, painted, monkeypatch):
    monkeypatch.setattr(favourites_thumbnails, "MOST_BYTES", 2 * 80 * 80 * 4)
    for key in "abc":
        painted(favourites.items[f"{key}.curvegui"])
    assert thumbnails.pixmap(favourites.items["b.curvegui"]) is not None
    assert thumbnails.pixmap(favourites.items["a.curvegui"]) is None
