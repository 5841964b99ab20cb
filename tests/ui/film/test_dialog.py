"""The film dialog: every format, every failure, and leaving it at any moment."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget

from curvegui.environment import extra_line
from curvegui.figure.film.film import FilmOptions, film_pieces
from curvegui.figure.formats import FilmFormat, formats
from curvegui.ui.film import dialog as film_dialog
from curvegui.ui.film.dialog import SWITCHES, FilmDialog, film_choices
from tests.figure.runs import short_run
from tests.help.films import read_film
from tests.help.writing import names_in

pytestmark = pytest.mark.costly

QUICK = FilmOptions(side_px=96, seconds=1, frames_per_second=10)


class Filmer:
    """Someone with the dialog open."""

    def __init__(self, qtbot, monkeypatch, dialog):
        self.qtbot, self._monkeypatch, self.dialog = qtbot, monkeypatch, dialog
        self.saved = []
        dialog.saved.connect(lambda *args: self.saved.append(args))

    def find(self, key):
        return self.dialog.findChild(QWidget, f"film.{key}")

    def choose(self, key, value):
        box = self.find(key)
        box.setCurrentIndex(box.findData(value))

    def press(self, key):
        QTest.mouseClick(self.find(key), Qt.MouseButton.LeftButton)

    def press_save(self, path):
        """Press Save, and choose this path in the file dialog."""
        self._monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        self.press("save")

    def wait_until(self, condition):
        self.qtbot.waitUntil(condition)

    def save(self, path):
        self.press_save(path)
        self.wait_until(lambda: bool(self.saved))

    def message(self):
        """What comes up."""
        self.wait_until(self.find("message").isVisible)
        return self.find("message").text()


@pytest.fixture
def parent(qtbot):
    """A window; in the end nothing is painted or written any more, and the folder tells."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    yield window
    for dialog in window.findChildren(FilmDialog):
        dialog.close()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def open_dialog(qtbot, monkeypatch, tmp_path, parent):
    def opened(choices=QUICK, animated=False):
        where = {"folder": tmp_path, "name": "heart-600", "parent": parent}
        dialog = FilmDialog(short_run(), "classic", choices, **where, animated=animated)
        dialog.open()
        return Filmer(qtbot, monkeypatch, dialog)

    return opened


@pytest.fixture
def filmer(open_dialog):
    return open_dialog()


@pytest.fixture
def slow(monkeypatch):
    """Films that stop after a few pieces, until they may go on; the first event says that they have come so far."""
    reached, go_on = threading.Event(), threading.Event()

    def pieces(*what):
        real = film_pieces(*what)
        try:
            for number, done in enumerate(real):
                if number == 8:
                    reached.set()
                    go_on.wait()
                yield done
        finally:
            real.close()

    monkeypatch.setattr(film_dialog, "film_pieces", pieces)
    yield reached, go_on
    go_on.set()


def is_open(parent):
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return parent.findChild(FilmDialog) is not None


def let_end(go_on):
    go_on.set()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents()


# Saving


@pytest.mark.parametrize("ending", formats(FilmFormat))
def test_every_format_is_saved_and_the_dialog_closes(filmer, parent, tmp_path, ending):
    filmer.choose("format", ending)
    filmer.save(tmp_path / f"mine.{ending}")
    assert read_film(tmp_path / f"mine.{ending}").frames.shape[1:] == (96, 96, 3)
    assert names_in(tmp_path) == [f"mine.{ending}"]
    assert filmer.saved[0][0] == str(tmp_path / f"mine.{ending}")
    assert not is_open(parent)


def test_the_file_dialog_begins_with_the_runs_name_in_the_last_folder(filmer, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: asked.append(args) or ("", ""))
    filmer.choose("format", "mp4")
    filmer.press("save")
    assert Path(asked[0][2]) == tmp_path / "heart-600.mp4"
    assert filmer.find("save").isEnabled()
    assert filmer.dialog.isVisible()


def test_what_is_changed_while_it_is_saved_counts_for_the_next_film_only(filmer, slow, tmp_path):
    reached, go_on = slow
    filmer.press_save(tmp_path / "heart.gif")
    filmer.wait_until(reached.is_set)
    filmer.find("trail").setChecked(False)
    assert not filmer.find("save").isEnabled()
    go_on.set()
    filmer.wait_until(lambda: bool(filmer.saved))
    assert film_choices(filmer.saved[0][1]).trail


# Cancelling and leaving


@pytest.mark.parametrize("how", ["button", "Esc"])
def test_cancel_stops_the_film_and_leaves_the_dialog_and_the_old_file(filmer, slow, tmp_path, how):
    reached, go_on = slow
    (tmp_path / "heart.gif").write_bytes(b"old")
    filmer.press_save(tmp_path / "heart.gif")
    filmer.wait_until(reached.is_set)
    assert len(names_in(tmp_path)) == 2
    if how == "button":
        filmer.press("cancel")
    else:
        QTest.keyClick(filmer.dialog, Qt.Key.Key_Escape)
    assert not filmer.find("cancel").isEnabled()
    go_on.set()
    assert filmer.message() == "Cancelled: nothing was saved."
    assert not filmer.find("message").property("error")
    assert names_in(tmp_path) == ["heart.gif"]
    assert (tmp_path / "heart.gif").read_bytes() == b"old"
    assert filmer.dialog.isVisible()
    assert not filmer.find("progress").isVisible()
    assert not filmer.find("cancel").isVisible()
    filmer.save(tmp_path / "heart.gif")
    assert (tmp_path / "heart.gif").read_bytes()[:3] == b"GIF"


@pytest.mark.parametrize("how", ["close button", "window", "parent"])
def test_leaving_in_the_middle_leaves_nothing_behind(filmer, parent, slow, tmp_path, how):
    reached, go_on = slow
    filmer.press_save(tmp_path / "heart.gif")
    filmer.wait_until(reached.is_set)
    if how == "close button":
        filmer.press("close")
    elif how == "window":
        filmer.dialog.close()
    else:
        for dialog in parent.findChildren(FilmDialog):  # as the main window does when it closes
            dialog.close()
    assert not is_open(parent)
    let_end(go_on)
    assert names_in(tmp_path) == []


# Failing


def test_no_such_folder_says_what_to_do_and_the_dialog_stays_usable(filmer, tmp_path):
    filmer.press_save(tmp_path / "none" / "heart.gif")
    message = filmer.message()
    assert "There is no such folder. Choose another one." in message
    assert filmer.find("message").property("error")
    assert filmer.find("message").accessibleName() == message
    assert not filmer.find("progress").isVisible()
    filmer.save(tmp_path / "heart.gif")
    assert names_in(tmp_path) == ["heart.gif"]


def test_without_pyav_mp4_says_what_installs_it_and_cannot_be_saved(filmer, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    assert [filmer.find("format").itemData(index) for index in range(3)] == list(formats(FilmFormat))
    filmer.choose("format", "mp4")
    assert filmer.message() == f"MP4 videos need PyAV. To install it:\n{extra_line('video')}"
    assert filmer.find("message").textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert not filmer.find("save").isEnabled()
    filmer.choose("format", "gif")
    assert not filmer.find("message").isVisible()
    assert filmer.find("save").isEnabled()


# The preview


def test_with_reduced_motion_the_preview_is_still(open_dialog):
    filmer = open_dialog()
    preview = filmer.dialog.preview
    filmer.wait_until(lambda: not preview.image.isNull())
    assert not preview.findChild(QTimer).isActive()


# By keyboard and for those who do not see


def test_everything_in_it_has_a_name_and_can_be_reached_with_tab(filmer):
    names, widget = [], filmer.find("format")
    for _ in range(60):
        if widget.objectName().startswith("film.") and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(widget.objectName().removeprefix("film."))
            assert widget.accessibleName() or widget.text()
        widget = widget.nextInFocusChain()
    assert set(names) >= {"format", "look", "time", "seconds", "rate", "size", *SWITCHES, "close", "save"}
    assert filmer.find("progress").accessibleName()
