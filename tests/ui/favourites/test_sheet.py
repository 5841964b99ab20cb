"""The dialog of the contact sheet: what is put on it, how large it is, and that it is saved whole or not at all."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSpinBox, QWidget

from curvegui.figure.picture.contact_sheet import SheetGrid
from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.session.stored.favourites import Favourites
from curvegui.ui.favourites.sheet import sheet_dialog
from tests.ui.favourites.fits import broken, fill, made_up


@pytest.fixture
def favourites(tmp_path, qapp, qtbot):
    fill(tmp_path / "favourites", *"abcde")
    made = Favourites(FavouritesFolder(tmp_path / "favourites"))
    made.open()
    qtbot.waitUntil(lambda: made.is_complete)
    yield made
    QThreadPool.globalInstance().waitForDone()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def open_dialog(favourites, newcomer):
    def open_with(everything=None, chosen=()):
        everything = list(favourites.items.values()) if everything is None else everything
        made = sheet_dialog(newcomer.window.services, favourites, selected=chosen, all=everything)
        made.show()
        return made

    yield open_with
    QThreadPool.globalInstance().waitForDone()


def part(dialog, name, kind=QComboBox):
    return dialog.findChild(kind, f"sheet.{name}") or dialog.findChild(kind, f"share.{name}")


def size_of(dialog):
    return part(dialog, "size", QLabel).text()


def save(dialog, path, qtbot):
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.save(path)
    assert saved.args == [str(path)]


def test_all_are_put_on_it_as_large_as_it_says(open_dialog, tmp_path, qtbot):
    dialog = open_dialog()
    part(dialog, "columns", QSpinBox).setValue(3)
    grid = SheetGrid(5, 3, 2)
    assert size_of(dialog) == f"2 rows, {2 * grid.width_px:,} × {2 * grid.height_px:,} pixels"
    save(dialog, tmp_path / "sheet.png", qtbot)
    image = QImage(str(tmp_path / "sheet.png"))
    assert (image.width(), image.height()) == (2 * grid.width_px, 2 * grid.height_px)
    assert image.text("Description") == "5 curves drawn by neural networks"


def test_those_that_are_selected_are_offered_first_and_broken_ones_left_out(open_dialog, favourites, tmp_path, qtbot):
    chosen = [favourites.items["a.curvegui"], broken(), favourites.items["b.curvegui"]]
    dialog = open_dialog(chosen=chosen)
    assert part(dialog, "which").currentText() == "Selected (2)"
    save(dialog, tmp_path / "sheet.svg.png", qtbot)
    assert QImage(str(tmp_path / "sheet.svg.png")).text("Description").startswith("2 curves")


def test_a_png_that_would_be_too_long_is_refused_in_words(open_dialog, favourites, tmp_path, qtbot):
    many = [favourites.items["a.curvegui"]] * 100
    dialog = open_dialog(everything=many)
    part(dialog, "columns", QSpinBox).setValue(1)
    assert size_of(dialog) == "100 rows, too long for a PNG"
    dialog.save(tmp_path / "sheet.png")
    message = part(dialog, "message", QLabel)
    qtbot.waitUntil(message.isVisible)
    assert "Choose about 11 columns, or PDF." in message.text()
    assert part(dialog, "save", QPushButton).isEnabled()
    assert not (tmp_path / "sheet.png").exists()


def test_with_nothing_to_put_on_it_nothing_can_be_saved(open_dialog):
    dialog = open_dialog(everything=[broken()])
    assert part(dialog, "message", QLabel).text() == "No favourite can be read."
    assert not part(dialog, "save", QPushButton).isEnabled()


def test_one_that_is_gone_meanwhile_is_left_out(open_dialog, favourites, tmp_path, qtbot):
    dialog = open_dialog(everything=[*favourites.items.values(), made_up("gone")])
    save(dialog, tmp_path / "sheet.png", qtbot)
    assert QImage(str(tmp_path / "sheet.png")).text("Description").startswith("5 curves")


def test_every_control_has_a_name(open_dialog):
    dialog = open_dialog()
    for name in ("which", "ending", "columns", "caption"):
        assert part(dialog, name, QWidget).accessibleName()
