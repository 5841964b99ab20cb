"""The picture dialog: every format and option, every failure, and leaving it at any moment."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from curvegui.core.run.replay import last_snapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.look import CLASSIC, LOOKS
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.formats import LARGEST_SCALE, SIDE_PX, PictureFormat, formats
from curvegui.files.project.in_picture import extracted
from curvegui.files.project.project import Project
from curvegui.ui.picture import job as picture_job
from curvegui.ui.picture.dialog import PictureDialog
from curvegui.ui.picture.form import LAYERS, PictureChoices
from tests.ui.person import picture, pixels_near

RUN = Project(Trainer(TrainingConfig(seed=9)).record())


class Saver:
    """Someone with the dialog open."""

    def __init__(self, person, monkeypatch):
        self.person, self._monkeypatch = person, monkeypatch
        person.choose("picture.save")
        (self.dialog,) = [each for each in person.window.findChildren(PictureDialog) if each.isVisible()]

    def again(self):
        """Open the next one."""
        return Saver(self.person, self._monkeypatch)

    def find(self, key):
        return self.dialog.findChild(object, f"picture.{key}")

    def choose(self, key, value):
        box = self.find(key)
        box.setCurrentIndex(box.findData(value))

    def set_layers(self, *shown):
        for layer in LAYERS:
            self.find(layer).setChecked(layer in shown)

    def press_save(self, path):
        """Press Save, and choose this path in the file dialog."""
        self._monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        QTest.mouseClick(self.find("save"), Qt.MouseButton.LeftButton)

    def save(self, path):
        with self.person.qtbot.waitSignal(self.dialog.saved):
            self.press_save(path)

    def fail(self, path):
        """Save, and return the message that comes up."""
        self.press_save(path)
        self.person.wait_until(lambda: self.find("message").isVisible())
        return self.find("message").text()


def learn_500(person):
    person.learn(500)


@pytest.fixture
def saver(visit, monkeypatch):
    """Someone with the dialog open, and a small picture chosen."""
    saver = Saver(visit(learn_500), monkeypatch)
    saver.find("scale").setValue(1)
    return saver


@pytest.fixture
def slow_disk(monkeypatch):
    """A disk that writes only when it is told to; the first event says that it has begun."""
    is_writing, go_on = threading.Event(), threading.Event()
    write = picture_job.write_bytes

    def slow(path, data):
        is_writing.set()
        go_on.wait()
        write(path, data)

    monkeypatch.setattr(picture_job, "write_bytes", slow)
    yield is_writing, go_on
    go_on.set()


def is_open(person):
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return person.window.findChild(PictureDialog) is not None


# Saving


BEGINNINGS = {"png": b"\x89PNG", "svg": b"<?xm", "pdf": b"%PDF", "webp": b"RIFF"}


@pytest.mark.slow
def test_every_format_is_saved_and_the_dialog_closes(saver, tmp_path):
    for ending in formats(PictureFormat):
        path = tmp_path / f"mine.{ending}"
        saver.choose("format", ending)
        saver.find("scale").setValue(1)
        saver.save(path)
        assert path.read_bytes()[:4] == BEGINNINGS[ending]
        assert not is_open(saver.person)
        assert saver.person.window.toast.words == f"Saved {path}"
        saver = saver.again()


def test_it_is_the_moment_at_which_it_was_opened(saver, tmp_path):
    saver.save(tmp_path / "then.png")
    later = saver.again()
    saver.person.learn(100)
    later.save(tmp_path / "now.png")
    assert QImage(str(tmp_path / "then.png")) == QImage(str(tmp_path / "now.png"))


def test_the_next_picture_begins_where_the_last_one_ended(saver, tmp_path, monkeypatch):
    saver.choose("format", "pdf")
    saver.set_layers("target", "caption")
    saver.save(tmp_path / "mine.pdf")
    again = Saver(saver.person, monkeypatch)
    assert again.dialog.choices == PictureChoices(
        ending="pdf", scale=1, background=False, target=True, trail=False, axes=False, caption=True
    )
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: asked.append(args) or ("", ""))
    QTest.mouseClick(again.find("save"), Qt.MouseButton.LeftButton)
    assert Path(asked[0][2]) == tmp_path / "heart-500.pdf"


def test_a_second_save_waits_and_what_is_changed_while_it_is_written_counts_for_the_next_picture_only(
    saver, slow_disk, tmp_path
):
    is_writing, go_on = slow_disk
    saver.press_save(tmp_path / "heart.png")
    saver.person.wait_until(is_writing.is_set)
    assert not saver.find("save").isEnabled()
    saver.find("caption").setChecked(True)
    with saver.person.qtbot.waitSignal(saver.dialog.saved) as saved:
        go_on.set()
    assert not PictureChoices.from_text(saved.args[1]).caption


# Copying


def test_the_action_copies_without_a_dialog(person):
    person.learn(200)
    QGuiApplication.clipboard().clear()
    person.choose("picture.copy")
    person.wait_until(lambda: "Copied" in person.window.toast.words)
    assert pixels_near(QGuiApplication.clipboard().image(), CLASSIC.fit.colour) > 100
    assert not is_open(person)


# Failing


def test_a_save_that_fails_says_what_to_do_in_a_message_that_covers_nothing(saver, tmp_path, monkeypatch):
    message = saver.fail(tmp_path / "none" / "heart.png")
    assert "There is no such folder. Choose another one." in message
    assert saver.find("message").property("error")
    assert saver.find("message").accessibleName() == message

    assert "<b>" in saver.fail(tmp_path / "<b>none" / "heart.png")
    assert saver.find("message").textFormat() == Qt.TextFormat.PlainText

    folder = tmp_path / "a folder with a rather long name that is not there" / "and another one in it"
    saver.fail(folder / "heart.png")
    message, preview = saver.find("message"), saver.dialog.preview
    saver.person.wait_until(lambda: message.height() >= message.heightForWidth(message.width()))
    assert message.geometry().top() > preview.geometry().bottom()
    assert message.geometry().bottom() < saver.find("save").mapTo(saver.dialog, QPoint()).y()
    assert preview.size() == preview.minimumSize()


def test_after_a_failure_the_old_file_is_whole_and_the_dialog_usable(saver, tmp_path, monkeypatch):
    (tmp_path / "folder.png").mkdir()
    assert "There is a folder of this name. Choose another name." in saver.fail(tmp_path / "folder.png")

    def no_memory(*_, **__):
        raise MemoryError("There is not enough memory for a picture.")

    with monkeypatch.context() as patch:
        patch.setattr("curvegui.ui.picture.dialog.Rendering", no_memory)
        assert saver.fail(tmp_path / "heart.png") == "There is not enough memory for a picture."
    assert saver.find("save").isEnabled()

    path = tmp_path / "heart.png"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(picture_job, "write_bytes", full_disk)
        assert "The disk is full" in saver.fail(path)
    assert path.read_bytes() == b"old"
    assert saver.find("save").isEnabled()
    saver.save(path)
    assert path.read_bytes()[:4] == b"\x89PNG"


def full_disk(path, data):
    raise OSError(28, "The disk is full. Free some space, or choose another disk.")


# Leaving


def test_leaving_while_an_8x_picture_is_painted_leaves_nothing_behind(saver, tmp_path):
    for way in ("close", "Esc"):
        saver.find("scale").setValue(8)
        saver.press_save(tmp_path / "heart.png")
        if way == "close":
            QTest.mouseClick(saver.find("close"), Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(saver.dialog, Qt.Key.Key_Escape)
        assert not is_open(saver.person)
        QThreadPool.globalInstance().waitForDone()
        assert list(tmp_path.glob("*.p*")) == []
        saver = saver.again()


def test_leaving_while_it_is_written_writes_it_to_the_end(saver, slow_disk, tmp_path):
    is_writing, go_on = slow_disk
    saver.press_save(tmp_path / "heart.png")
    saver.person.wait_until(is_writing.is_set)
    QTest.mouseClick(saver.find("close"), Qt.MouseButton.LeftButton)
    assert not is_open(saver.person)
    go_on.set()
    QThreadPool.globalInstance().waitForDone()
    assert not QImage(str(tmp_path / "heart.png")).isNull()


def test_closing_the_window_while_a_picture_is_painted_closes_the_dialog_too(saver, tmp_path):
    saver.find("scale").setValue(8)
    saver.press_save(tmp_path / "heart.png")
    saver.person.window.features["documents"].closing.allow()
    saver.person.window.close()
    assert not saver.dialog.isVisible()
    assert not is_open(saver.person)
    QThreadPool.globalInstance().waitForDone()
    assert list(tmp_path.glob("heart*")) == []


# By keyboard and for those who do not see


def test_it_can_be_used_without_a_mouse_while_training_goes_on_and_shows_and_copies_what_is_chosen(saver):
    names, widget = [], saver.find("format")
    for _ in range(40):
        if widget.objectName().startswith("picture.") and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(widget.objectName().removeprefix("picture."))
            assert widget.accessibleName() or widget.text()
        widget = widget.nextInFocusChain()
    assert set(names) >= {"format", "look", "scale", *LAYERS, "copy", "save", "close"}

    assert (saver.find("scale").minimum(), saver.find("scale").maximum()) == (1, LARGEST_SCALE) == (1, 8)
    for ending in formats(PictureFormat):
        saver.choose("format", ending)
        assert saver.find("scale").isEnabled() == formats(PictureFormat)[ending].has_pixels

    saver.press_save("")
    assert saver.dialog.isVisible()
    assert saver.find("save").isEnabled()

    assert saver.dialog.windowModality() == Qt.WindowModality.WindowModal
    assert QApplication.activeModalWidget() is saver.dialog
    before = saver.person.session.snapshot.iteration
    saver.person.session.step(10)
    saver.person.reach(before + 10)

    saver.choose("format", "png")
    layers = [layer for layer in LAYERS if saver.find(layer).isChecked()]
    saver.set_layers("background", "target", "trail")
    saver.find("scale").setValue(2)
    QTest.mouseClick(saver.find("copy"), Qt.MouseButton.LeftButton)
    saver.person.wait_until(lambda: "Copied" in saver.find("message").text())
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2 * SIDE_PX
    assert pixels_near(image, CLASSIC.fit.colour) > 500
    assert not saver.find("message").property("error")

    saver.set_layers(*layers)

    def preview():
        return picture(saver.dialog.preview)

    saver.person.wait_until(lambda: pixels_near(preview(), CLASSIC.fit.colour) > 10)
    saver.choose("look", "dark")
    saver.person.wait_until(lambda: pixels_near(preview(), LOOKS["dark"].fit.colour, within=60) > 30)
    saver.set_layers("target")
    saver.person.wait_until(lambda: pixels_near(preview(), "#ffffff", within=2) > 1_000)
    assert pixels_near(preview(), LOOKS["dark"].background.stops[0][1], within=2) == 0


# With its run


@pytest.fixture
def open_dialog(qtbot, tmp_path):
    """The dialog of a run that is known, or not yet."""

    def open_with(project=None, **choices):
        snapshot = last_snapshot(RUN.record)
        figure = Figure(TargetDrawing.of(snapshot.target), RUN.record.trail.curves, snapshot.fit)
        given = {"folder": tmp_path, "name": "heart", "project": lambda: project}
        dialog = PictureDialog(figure, "classic", PictureChoices(scale=1, **choices), **given)
        qtbot.addWidget(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # qtbot closes it
        dialog.show()
        return dialog

    return open_with


def test_a_picture_waits_for_the_run_that_it_is_to_contain(open_dialog, qtbot, tmp_path):
    dialog, path = open_dialog(), tmp_path / "heart.png"
    dialog.save(path)
    dialog._project = dialog.form._project = lambda: RUN
    with qtbot.waitSignal(dialog.saved):
        dialog.look_again()
    assert extracted(path.read_bytes()).record.iteration == RUN.record.iteration


def test_a_picture_whose_run_cannot_be_had_is_saved_and_what_is_missing_told(open_dialog, qtbot, tmp_path):
    dialog, path = open_dialog(), tmp_path / "heart.png"
    dialog.save(path)
    with qtbot.waitSignal(dialog.saved):
        dialog.look_again()
    message = dialog.findChild(object, "picture.message")
    assert QImage(str(path)).width() == SIDE_PX
    assert dialog.isVisible()
    assert "“heart.png” was saved" in message.text()
    assert "could not be recorded" in message.text()
    assert message.property("error")
    assert dialog.findChild(object, "picture.save").isEnabled()


def test_a_run_that_proves_too_large_while_it_is_saved_is_told(open_dialog, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(picture_job, "embedded", lambda data, project: None)
    dialog = open_dialog(RUN)
    with qtbot.waitSignal(dialog.saved):
        dialog.save(tmp_path / "heart.png")
    words = dialog.findChild(object, "picture.message").text()
    assert "“heart.png” was saved" in words
    assert "too large" in words
