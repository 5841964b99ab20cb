"""The dialog for posters and cards: layouts, formats and colours, and the run that comes with them."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from curvegui.figure.poster.style import A3_PX, HIGH_WITHOUT_LINE, LAYOUTS
from curvegui.files.project.in_picture import extracted
from curvegui.files.project.text_line import project_of
from curvegui.ui.picture.dialog import PosterDialog
from curvegui.ui.picture.form import PosterChoices


class Designer:
    """Someone with the dialog open."""

    def __init__(self, person, monkeypatch):
        self.person, self._monkeypatch = person, monkeypatch
        person.choose("poster.save")
        (self.dialog,) = [each for each in person.window.findChildren(PosterDialog) if each.isVisible()]

    def find(self, key):
        return self.dialog.findChild(object, f"poster.{key}")

    def choose(self, **values):
        for key, value in values.items():
            box = self.find(key)
            box.setCurrentIndex(box.findData(value))

    def save(self, path):
        self._monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        with self.person.qtbot.waitSignal(self.dialog.saved):
            QTest.mouseClick(self.find("save"), Qt.MouseButton.LeftButton)
        return path.read_bytes()


@pytest.fixture
def designer(visit, monkeypatch):
    return Designer(visit(lambda person: person.learn(500)), monkeypatch)


def test_a_png_has_the_layout_that_was_chosen_and_brings_its_run_back(designer, tmp_path):
    designer.choose(layout="landscape", paper="white", scale=1)
    data = designer.save(tmp_path / "poster.png")
    image = QImage.fromData(data)
    assert (image.width(), image.height()) == (A3_PX[1], A3_PX[0])
    assert image.pixelColor(2, 2).name() == "#ffffff"
    assert extracted(data).record.iteration == 500
    assert designer.person.window.toast.words.endswith("poster.png")


@pytest.mark.slow
def test_a_pdf_is_an_a3_page_and_says_that_it_cannot_hold_the_run(designer, tmp_path):
    designer.choose(layout="portrait", ending="pdf")
    assert not designer.find("contain_run").isEnabled()
    data = designer.save(tmp_path / "poster.pdf")
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data).groups())
    assert (width, height) == pytest.approx((297 / 25.4 * 72, 420 / 25.4 * 72), abs=1)


def test_a_card_has_the_line_that_brings_the_run_back(designer, tmp_path):
    designer.choose(layout="card", scale=1)
    designer.person.wait_until(lambda: designer.dialog.poster.words.line)
    assert project_of(designer.dialog.poster.words.line).record.iteration == 500
    with_line = QImage.fromData(designer.save(tmp_path / "card.png"))
    words = LAYOUTS["card"].words.toRect()
    marks = {with_line.pixel(x, y) for y in range(words.bottom() - 90, words.bottom() - 30) for x in range(60, 600)}
    assert len(marks) > 10


def test_a_card_says_its_size_also_where_the_line_is_too_long(designer):
    designer.choose(layout="card", scale=1)
    designer.person.wait_until(lambda: designer.dialog.poster.words.line)
    assert "1,090" in designer.find("size").text()
    designer.dialog._take_line("x" * 2_000)
    assert f"{HIGH_WITHOUT_LINE:,}" in designer.find("size").text()


def test_it_is_copied_and_the_choices_are_kept(designer, tmp_path):
    designer.choose(palette="cividis", paper="white", scale=1)
    QGuiApplication.clipboard().clear()
    designer.find("fit").click()
    QTest.mouseClick(designer.find("copy"), Qt.MouseButton.LeftButton)
    designer.person.wait_until(lambda: not QGuiApplication.clipboard().image().isNull())
    assert QGuiApplication.clipboard().image().width() == LAYOUTS["square"].width
    designer.save(tmp_path / "poster.png")
    kept = PosterChoices.from_text(designer.person.window.services.preferences.present.poster)
    assert kept == PosterChoices(scale=1, palette="cividis", paper="white", fit=True)
    assert PosterChoices.from_text('{"palette": "mud"}') == PosterChoices()


def test_closing_it_drops_what_is_on_its_way(designer, tmp_path):
    designer.choose(layout="portrait", scale=4)
    QTest.mouseClick(designer.find("copy"), Qt.MouseButton.LeftButton)
    before = QGuiApplication.clipboard().image()
    designer.dialog.close()
    assert QGuiApplication.clipboard().image() == before
