"""Taking a run away as a line of text, and bringing one back from the clipboard."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import CLASSIC
from curvegui.figure.picture.export import render_bytes
from curvegui.files.project.in_picture import embedded
from curvegui.files.project.project import Project, load, save
from curvegui.files.project.text_line import line_of, project_of
from curvegui.ui.curves.curve_input import MOST_TEXT
from curvegui.ui.share.dialog import ShareDialog
from curvegui.ui.share.moment import Moment


def learn_300(person):
    person.learn(300)


TOO_LONG = "0.5 0.5\n" * (MOST_TEXT // 8 + 1)  # a table that would be read otherwise


@pytest.fixture
def learned(visit):
    """Someone before a run of 300 iterations that is paused."""
    return visit(learn_300, speed=FULL_SPEED)


def clipboard():
    return QGuiApplication.clipboard()


def copied(person):
    with person.qtbot.waitSignal(person.window.features["share"].copied):
        person.choose("run.copy_text")
    return clipboard().text()


def paste(person, text="", mime=None):
    if mime is None:
        clipboard().setText(text)
    else:
        clipboard().setMimeData(mime)
    person.choose("run.paste")


def answer(person, button):
    """Answer the question whether to save."""
    person.wait_until(lambda: person.window.findChild(QMessageBox, "unsaved"))
    person.window.findChild(QMessageBox, "unsaved").button(button).click()


@pytest.mark.slow
def test_a_copied_line_holds_the_moment_that_is_shown_and_in_the_past_the_past(learned):
    line = copied(learned)
    assert len(line) < 700
    found = project_of(line).record
    assert found.iteration == 300
    assert np.allclose(found.parameters, learned.session.snapshot.parameters, rtol=0, atol=1e-13)

    learned.wait_until(lambda: not learned.window.findChildren(Moment))  # each ends with its answer

    learned.session.time.look_back(120)
    learned.wait_until(lambda: learned.session.time.past is not None)
    trainer = Trainer(learned.session.config, learned.session.wanted)
    trainer.advance(120)
    found = project_of(copied(learned)).record
    assert found.iteration == 120
    assert np.allclose(found.parameters, trainer.parameters, rtol=0, atol=1e-13)


def other_run():
    trainer = Trainer(TrainingConfig(seed=77))
    trainer.advance(200)
    return Project(trainer.record(), name="other")


def pasted(person):
    """Paste the line of an infinity."""
    trainer = Trainer(TrainingConfig(curve="infinity"))
    trainer.advance(200)
    paste(person, line_of(Project(trainer.record())))
    answer(person, QMessageBox.StandardButton.Discard)
    person.wait_until(lambda: person.session.snapshot and person.session.snapshot.config.curve == "infinity")


def test_a_pasted_line_leaves_the_look_and_the_layers_and_its_title_follows_the_curve(learned, tmp_path):
    pasted(learned)
    assert learned.window.windowTitle() == "Infinity[*] – CurveGUI"
    learned.window.features["curves"].learn("circle")
    assert learned.window.windowTitle() == "Circle[*] – CurveGUI"

    learned.choose("look.dark")
    learned.choose("view.axes")
    axes = learned.window.services.display.now.axes
    pasted(learned)
    assert (learned.window.services.display.now.look_key, learned.window.services.display.now.axes) == ("dark", axes)
    document = learned.window.features["documents"].document
    with learned.qtbot.waitSignal(document.saved):
        document.save_as(tmp_path / "pasted.curvegui")
    kept = load(tmp_path / "pasted.curvegui")
    assert (kept.look, kept.layers["axes"]) == ("dark", axes)


def test_a_pasted_picture_brings_its_run_back(learned, tmp_path):
    mime = QMimeData()
    figure = Moment.shown(learned.window.services).figure
    mime.setData("image/png", embedded(render_bytes(figure, CLASSIC, FigureOptions(), side_px=80), other_run()))
    paste(learned, mime=mime)
    answer(learned, QMessageBox.StandardButton.Discard)
    learned.wait_until(lambda: learned.session.snapshot and learned.session.snapshot.iteration == 200)


def test_a_pasted_file_is_opened_as_a_file(learned, tmp_path):
    path = tmp_path / "other.curvegui"
    save(path, other_run())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    paste(learned, mime=mime)
    answer(learned, QMessageBox.StandardButton.Discard)
    learned.wait_until(lambda: learned.window.features["documents"].document.path == path)


def test_junk_is_refused_with_a_reason_and_a_pasted_line_is_opened_when_the_question_has_been_answered(learned):
    before = learned.session.snapshot
    for text in (None, "", "junk", "curvegui1:700:abc", "curvegui9:4:aaaa", TOO_LONG):
        if text is None:  # there is nothing, not even an empty text
            clipboard().clear()
            learned.choose("run.paste")
        else:
            paste(learned, text)
        learned.wait_until(lambda: learned.window.findChild(QMessageBox, "trouble"))
        box = learned.window.findChild(QMessageBox, "trouble")
        assert box.text()
        assert ("too long" in box.text()) == (text is TOO_LONG)
        box.close()
        learned.wait_until(lambda: not learned.window.findChild(QMessageBox, "trouble"))
        assert learned.session.snapshot is before

    for button in (QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard):
        assert learned.session.config.seed != 77
        paste(learned, f"Look:\n> {line_of(other_run())}\nNice!")
        answer(learned, button)
        learned.wait_until(lambda: learned.window.findChild(QMessageBox, "unsaved") is None)
    learned.wait_until(lambda: learned.session.snapshot and learned.session.snapshot.iteration == 200)
    assert learned.session.config.seed == 77
    assert learned.window.features["documents"].document.path is None


def test_before_the_first_snapshot_there_is_nothing_to_take_away(person):
    person.session.snapshot = None
    person.choose("run.copy_text")
    person.choose("data.save")
    person.choose("code.save")
    assert person.window.findChild(ShareDialog) is None
