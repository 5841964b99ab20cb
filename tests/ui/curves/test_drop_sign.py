"""Dragging files over the window: a sign, and the first of them opens, wherever it is dropped."""

import pytest
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

from curvegui.ui.curves.drop_sign import DropSign
from tests.ui.document_person import drag_away, drag_over, drop_on, is_asked, mime, save_in, trouble
from tests.ui.person import picture


@pytest.fixture
def sign(window):
    return window.findChild(DropSign)


@pytest.fixture
def path(person, tmp_path):
    """A file that holds a run, which is not open any more."""
    kept = tmp_path / "my heart.curvegui"
    person.learn(100)
    person.choose("file.save")
    save_in(person, kept)
    person.choose("file.new")
    person.wait_until(lambda: person.session.snapshot is not None)
    return kept


def test_while_a_file_is_over_the_window_a_sign_says_what_will_happen(window, sign):
    before = picture(window)
    assert drag_over(window, mime("/x/my heart.curvegui"))
    assert sign.isVisible()
    assert sign.geometry() == window.rect()
    assert sign.words == sign.accessibleName() == "Drop to open “my heart.curvegui”"
    assert picture(window) != before
    drag_away(sign)
    assert not sign.isVisible()


@pytest.mark.parametrize("name", ["notes.docx", "film.mp4"])
def test_what_can_never_be_opened_is_refused_while_it_is_dragged(window, sign, name):
    assert not drag_over(window, mime(f"/x/{name}"))
    assert not sign.isVisible()


def test_the_sign_covers_everything_so_that_no_box_for_text_takes_the_drop(window, sign):
    drag_over(window, mime("/x/heart.curvegui"))
    for widget in (*window.findChildren(QAbstractSpinBox), *window.findChildren(QLineEdit)):
        if widget.isVisible():
            place = widget.mapTo(window, widget.rect().center())
            assert window.childAt(place) is sign


@pytest.mark.parametrize("where", ["sign", "window"])
def test_a_file_that_is_dropped_opens(person, window, sign, path, where):
    drag_over(window, mime(str(path)))
    with person.qtbot.waitSignal(window.features["documents"].document.opened):
        assert drop_on(sign if where == "sign" else window, mime(str(path)))
    assert not sign.isVisible()
    assert window.features["documents"].document.path == path


def test_of_several_files_the_first_opens(person, window, sign, path):
    files = mime(str(path), "/x/another.curvegui", "/x/third.curvegui")
    drag_over(window, files)
    assert sign.words == "Drop to open “my heart.curvegui”\nthe first of 3 files"
    with person.qtbot.waitSignal(window.features["documents"].document.opened):
        drop_on(sign, files)
    assert window.features["documents"].document.path == path


@pytest.mark.parametrize("kind", ["text", "folder", "missing"])
def test_what_cannot_be_opened_is_refused_in_a_sentence(person, window, sign, tmp_path, kind):
    dropped = tmp_path / kind
    if kind == "text":
        dropped.write_text("not a run")
    elif kind == "folder":
        dropped.mkdir()
    drag_over(window, mime(str(dropped)))
    drop_on(sign, mime(str(dropped)))
    assert f"“{kind}” could not be opened." in trouble(person)
    assert window.features["documents"].document.path is None


def test_a_drop_asks_before_changes_are_lost(person, window, sign, path):
    person.learn(1)
    drag_over(window, mime(str(path)))
    drop_on(sign, mime(str(path)))
    person.wait_until(lambda: is_asked(person))
    assert window.features["documents"].document.path is None
