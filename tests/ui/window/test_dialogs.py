"""Every dialog and every box of the window acts once, however often a key is pressed while the window is busy."""

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

import curvegui
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project
from curvegui.session.document.autosave import AutosaveFolder
from curvegui.session.document.file import marked
from curvegui.ui.dialogs import question
from curvegui.ui.dialogs.question import Dialog, MessageBox
from curvegui.ui.documents.recovery import Recovery
from curvegui.ui.favourites.compare import CompareDialog
from curvegui.ui.favourites.sheet import sheet_dialog
from curvegui.ui.help.licences import LicencesWindow
from curvegui.ui.tour.predictions import PredictionSummary
from curvegui.ui.tour.words import LessonTrouble
from tests.ui.favourites.fits import made_up
from tests.ui.favourites.test_compare import compared
from tests.ui.person import Key
from tests.ui.window.test_room import DIALOGS

pytestmark = pytest.mark.qt_log_ignore(r"support raise\(\)", extend=True)

MORE = "help.log", "file.open", "file.save_as", "curve.import", "curve.save_points"
PAIRS = (Key.Key_Return, Key.Key_Return), (Key.Key_Escape, Key.Key_Escape), (Key.Key_Escape, Key.Key_Return)


def chosen(id_):
    return lambda person: person.window.services.actions[id_].trigger()


def recovered(person):
    folder = AutosaveFolder(person.window.services.log.parent / "autosave")
    record = Trainer(TrainingConfig()).record()
    folder.write(marked(Project(record), None))
    folder.close(keep=True)
    person.window.findChild(Recovery).look()


def sheet(person):
    favourites = person.window.features["favourites"].favourites
    sheet_dialog(person.window.services, favourites, selected=[], all=[made_up("a")]).open()


OPENERS = (
    *map(chosen, (*DIALOGS, *MORE)),
    lambda person: question.large(person.window, "a").ask(),
    lambda person: question.trouble(person.window, "a").open(),
    recovered,
    sheet,
    lambda person: CompareDialog(compared(made_up("a"), 0.8), compared(made_up("b"), 0.5), person.window).show(),
    lambda person: PredictionSummary("Title", [], person.window).show(),
    lambda person: LicencesWindow([Path(__file__)], person.window).open(),
    lambda person: LessonTrouble("lesson.md", ["Line 1"], person.window).open(),
)


def visible():
    return {each for each in QApplication.topLevelWidgets() if each.isVisible() and isinstance(each, QDialog)}


def heard(dialog):
    """How often each signal of a dialog is emitted."""
    counts = Counter()
    own = {name for each in type(dialog).__mro__ for name, what in vars(each).items() if isinstance(what, Signal)}
    for name in own & {*dir(dialog)} - {"destroyed", "objectNameChanged"}:
        getattr(dialog, name).connect(lambda *_, name=name: counts.update([name]))
    return counts


def press(dialog, key):
    QTest.keyClick(dialog.focusWidget() or dialog, key)


def kinds_of(base):
    return {base, *(kind for each in base.__subclasses__() for kind in kinds_of(each))}


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: "-".join(key.name[4:] for key in pair))
def test_a_key_pressed_twice_finds_every_dialog_gone_the_second_time(newcomer, qtbot, monkeypatch, pair):
    monkeypatch.setattr("curvegui.ui.share.dialog.ask_path", lambda *_: None)
    seen, trouble = set(), []
    for open_one in OPENERS:
        before = visible()
        open_one(newcomer)
        qtbot.waitUntil(lambda before=before: bool(visible() - before))
        for dialog in visible() - before:
            seen.update(type(dialog).__mro__)
            if isinstance(dialog, QFileDialog) and pair[0] is Key.Key_Return:
                continue  # nothing is chosen there, and Qt asks about that
            counts = heard(dialog)
            press(dialog, pair[0])
            has_ended, then = not dialog.isVisible(), counts.copy()
            press(dialog, pair[1])
            if has_ended and counts != then:
                trouble.append((type(dialog).__name__, dialog.objectName(), counts - then))
        for left in visible() - before:
            left.close()
        QThreadPool.globalInstance().waitForDone()
    assert trouble == []
    unseen = {
        kind for kind in (kinds_of(Dialog) | kinds_of(MessageBox)) - seen if kind.__module__.startswith("curvegui")
    }
    assert unseen == set()  # a new one belongs to the openers


def test_there_is_no_dialog_and_no_box_of_another_kind():
    sources = Path(curvegui.__file__).parent.rglob("*.py")
    other = re.compile(r"class \w+\((QDialog|QMessageBox)\)|= (QDialog|QMessageBox)\(")
    assert [path.name for path in sources if other.search(path.read_text("utf-8"))] == ["question.py"]


def test_one_that_is_shown_again_acts_again(qtbot):
    dialog, ends = Dialog("shown.again", "", is_kept=True), []
    qtbot.addWidget(dialog)
    dialog.finished.connect(ends.append)
    for _ in range(2):
        dialog.show()
        dialog.accept()
        dialog.accept()
        dialog.reject()
    assert ends == [1, 1]
