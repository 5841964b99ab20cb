"""Pictures, posters, cards and panels: what was chosen is remembered, and files that can hold the run have it."""

import re

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.formats import PictureFormat, formats
from curvegui.figure.poster.style import A3_PX, HIGH_WITHOUT_LINE, LAYOUTS
from curvegui.files.disk.languages import VARIABLE
from curvegui.files.project.in_picture import CARRIERS, extracted
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import project_of
from curvegui.ui.look.language import speak_in_window
from curvegui.ui.share.form import USUAL_SCALE
from tests.ui.person import menu_at

pytestmark = [
    pytest.mark.costly,
    pytest.mark.qt_log_ignore(r"This plugin does not support (raise\(\)|grabbing the keyboard)", extend=True),
]


# The run in a picture


def test_the_run_is_offered_in_formats_that_can_and_what_is_wanted_stays(share_at):
    sharer = share_at("picture.save")
    run = sharer.find("contain_run")
    assert run.isChecked() and "Drop the picture" in run.toolTip()
    for wanted in (True, False):
        for ending in formats(PictureFormat):
            sharer.choose(ending=ending)
            can = ending in CARRIERS
            assert run.isEnabled() == can and run.isChecked() == (can and wanted)
            assert bool(sharer.find("why_not").text()) != can
            tip = " ".join(run.toolTip().split())
            assert run.accessibleDescription() == (sharer.find("why_not").text() or tip)
            assert sharer.form.values["contain_run"] == wanted
        sharer.choose(ending="png")
        run.click()
    sharer.wait_until(lambda: sharer.dialog._moment.has_arrived)
    sharer.dialog._moment.project = Project(Trainer(TrainingConfig(hidden=(100, 100), points=2)).record())
    sharer.form.refresh()
    assert not run.isEnabled() and "too large" in sharer.find("why_not").text()


def test_as_on_the_canvas_the_canvas_says_size_look_and_layers(share_at):
    sharer = share_at("picture.save")
    sharer.choose(as_on_canvas=True)
    size = sharer.person.window.canvas.size() * sharer.find("scale").value()
    assert f"{size.width():,} × {size.height():,}" in sharer.find("size").text()
    assert not sharer.find("look").isEnabled() and not sharer.find("trail").isEnabled()
    sharer.choose(as_on_canvas=False)
    assert sharer.find("look").isEnabled() and not sharer.form["as_on_canvas"]


@pytest.fixture
def german(english_again, monkeypatch):
    monkeypatch.setenv(VARIABLE, "de")
    speak_in_window("system")


def test_in_large_letters_no_row_lies_over_another(german, share_at):
    sharer = share_at("poster.save")
    sharer.person.window.services.display.see(text_size=200)
    sharer.dialog.close()
    sharer = sharer.again()
    caption, run = sharer.find("caption"), sharer.find("contain_run")
    for height in (568, 584, 600):
        sharer.dialog.resize(1100, height)
        for ending in ("svg", "pdf", "webp"):
            sharer.choose(ending=ending)
            for _ in range(9):  # one part after the other is laid out
                QApplication.processEvents()
            assert caption.mapTo(sharer.form, caption.rect().bottomLeft()).y() < run.y()


# Posters and cards


def test_a_poster_has_the_layout_that_was_chosen_and_brings_its_run_back(share_at, tmp_path):
    sharer = share_at("poster.save")
    sharer.choose(layout="landscape", paper="white", scale=1)
    data = sharer.save(tmp_path / "poster.png")
    image = QImage.fromData(data)
    assert (image.width(), image.height()) == (A3_PX[1], A3_PX[0])
    assert image.pixelColor(2, 2).name() == "#ffffff"
    assert extracted(data).record.iteration == 500


@pytest.mark.slow
def test_a_pdf_is_an_a3_page_and_says_that_it_cannot_hold_the_run(share_at, tmp_path):
    sharer = share_at("poster.save")
    sharer.choose(layout="portrait", ending="pdf")
    assert not sharer.find("contain_run").isEnabled()
    data = sharer.save(tmp_path / "poster.pdf")
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data).groups())
    assert (width, height) == pytest.approx((297 / 25.4 * 72, 420 / 25.4 * 72), abs=1)


def test_a_card_has_the_line_that_brings_the_run_back_and_says_its_size_without_it(share_at, tmp_path):
    sharer = share_at("poster.save")
    sharer.choose(layout="card", scale=1)
    with_line = QImage.fromData(sharer.save(tmp_path / "card.png"))  # at once: it waits for the run
    words = LAYOUTS["card"].words.toRect()
    marks = {with_line.pixel(x, y) for y in range(words.bottom() - 90, words.bottom() - 30) for x in range(60, 600)}
    assert len(marks) > 10
    sharer = sharer.again()
    sharer.wait_until(lambda: sharer.form.poster.words.line)
    assert project_of(sharer.form.poster.words.line).record.iteration == 500
    assert "1,090" in sharer.find("size").text()
    sharer.form._take_line("x" * 2_000)
    assert f"{HIGH_WITHOUT_LINE:,}" in sharer.find("size").text()


def test_a_poster_is_copied_and_the_choices_are_kept(share_at, tmp_path):
    sharer = share_at("poster.save")
    sharer.choose(palette="cividis", paper="white", scale=1, fit=True)
    QGuiApplication.clipboard().clear()
    sharer.press("copy")
    sharer.wait_until(lambda: not QGuiApplication.clipboard().image().isNull())
    assert QGuiApplication.clipboard().image().width() == LAYOUTS["square"].width
    sharer.save(tmp_path / "poster.png")
    sharer = sharer.again()
    chosen = {"scale": 1, "palette": "cividis", "paper": "white", "fit": True, "layout": "square", "caption": True}
    assert sharer.form.values.items() >= chosen.items()
    sharer.choose(layout="portrait", scale=4)
    before = QGuiApplication.clipboard().image()
    sharer.press("copy")
    sharer.dialog.close()  # drops what is on its way
    assert QGuiApplication.clipboard().image() == before


# Panels


def pictured(sharer):
    sharer.wait_until(lambda: sharer.form._picture is not None)


@pytest.mark.slow
def test_each_panel_is_saved_as_strokes_and_as_pixels_and_copied(share_at, tmp_path):
    sharer = share_at("picture.cost")
    person = sharer.person
    for part, widget in (("cost", "timeline"), ("network", "network.diagram"), ("maths", "maths.equation")):
        sharer.choose(part=part, ending="svg")
        pictured(sharer)
        assert person.shows(widget)  # its panel is open now
        text = sharer.save(tmp_path / f"{part}.svg").decode()
        assert text.count("<path") + text.count("<polyline") > 5
        assert "<image" not in text
        sharer = sharer.again(f"picture.{part}")
        pictured(sharer)
        saved = QImage.fromData(sharer.save(tmp_path / f"{part}.png"))
        assert saved.width() >= USUAL_SCALE * person.find(widget).width()
        QGuiApplication.clipboard().clear()
        person.choose(f"picture.copy_{part}")
        person.wait_until(lambda: not QGuiApplication.clipboard().image().isNull())
        assert abs(QGuiApplication.clipboard().image().width() - saved.width()) <= 2 * USUAL_SCALE * 20
        sharer = sharer.again()
    sharer.dialog.close()
    view = person.find("timeline").viewport()
    menu = menu_at(view, view.rect().center())
    assert {"context.picture.cost", "context.picture.copy_cost"} <= {each.objectName() for each in menu.actions()}
    menu.close()
    panel = person.window.features["study"].panel("maths")
    menu = menu_at(panel, panel.rect().center())
    assert "action.picture.maths" in {each.objectName() for each in menu.actions()}
    menu.close()
    assert QApplication.activePopupWidget() is None


def test_a_hidden_plot_is_not_pictured(share_at):
    sharer = share_at("picture.cost")
    sharer.dialog.close()
    sharer.person.choose("view.watch")
    sharer.person.choose("picture.copy_cost")
    assert "not shown" in sharer.person.window.toast.words
    sharer = sharer.again()
    assert "not shown" in sharer.message()
    assert not sharer.part("save").isEnabled()
