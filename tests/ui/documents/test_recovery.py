"""After a crash: the copies are shown, brought back, discarded or left for later, and the app starts as usual."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QThreadPool
from PySide6.QtWidgets import QListWidget

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.atomic import new_part
from curvegui.files.project.project import Project, load
from curvegui.session.document.autosave import Autosave, AutosaveFolder
from curvegui.session.document.file import marked, unmarked
from curvegui.session.document.recovery import find_crashes
from curvegui.session.stored.recent import RecentFiles
from tests.ui.document_person import answer, dialog, is_asked, save_in, trouble
from tests.ui.person import Key, colours, picture


@pytest.fixture
def root(tmp_path):
    return tmp_path / "autosave"  # beside the log


@pytest.fixture
def crash(root, tmp_path):
    """Leave some copies behind, as a window that ended badly."""

    def leave(*iterations, path=tmp_path / "heart.curvegui", **settings):
        folder, trainer = AutosaveFolder(root), Trainer(TrainingConfig(**settings))
        for each in iterations:
            trainer.advance(each - trainer.iteration)
            folder.write(marked(Project(trainer.record(), look="dark"), path))
        folder.close(keep=True)
        return folder.path

    return leave


@pytest.fixture
def start(open_window):
    """Start the app as the program does."""

    def begin():
        person = open_window()
        person.window.features["documents"].begin()
        return person

    return begin


def left(root):
    """How many copies a next start would find of each crash."""
    crashes = find_crashes(root)
    for each in crashes:
        each.release()
    return [len(each.generations) for each in crashes]


def copies(person):
    return dialog(person, "recovery").findChild(QListWidget)


def test_without_a_crash_nothing_is_asked_and_what_a_killed_program_left_half_written_goes(start, root):
    root.mkdir()
    for folder in (root, root.parent):
        new_part(folder / "000001.curvegui")[1].close()
    person = start()
    person.reach(100)
    QThreadPool.globalInstance().waitForDone()
    assert not is_asked(person)
    assert not list(root.parent.rglob("*.part"))


def test_in_class_mode_nothing_comes_over_the_lesson_until_it_is_left(open_window, crash):
    crash(100)
    person = open_window()
    offered, documents = person.window.services.availability, person.window.features["documents"]
    offered.withhold(in_class=True)
    documents.begin()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.processEvents()  # the crash has been found
    offered.withhold({"panel.maths"}, in_class=True)
    assert not is_asked(person)
    for _ in range(2):  # however often something else is offered meanwhile
        offered.withhold()
        offered.withhold({"panel.maths"})
    dialog(person, "recovery").reject()


@pytest.mark.slow
def test_the_copies_are_shown_with_their_pictures_while_the_app_learns_as_usual(start, crash):
    crash(100, 1_200)
    person = start()
    shown = copies(person)
    assert [shown.item(row).text().split("\n")[:2] for row in range(shown.count())] == [
        ["Heart", "1,200 iterations"],
        ["Heart", "100 iterations"],
    ]
    cost, when = shown.item(0).text().split("\n")[2:]
    assert cost.startswith("Cost ")
    assert QLocale().toString(QLocale().toDate(when.split(",")[0], QLocale.FormatType.ShortFormat)) != ""
    person.reach(100)

    icons = [shown.item(row).icon().pixmap(shown.iconSize()).toImage() for row in range(2)]
    assert icons[0] != icons[1]
    assert len({tuple(colour) for colour in colours(icons[0]).reshape(-1, 3)}) > 10
    assert picture(shown).width() > shown.iconSize().width()

    words = " ".join(label.text() for label in dialog(person, "recovery").children() if hasattr(label, "text"))
    assert "“heart.curvegui” had unsaved changes." in words

    shown = dialog(person, "recovery")
    for name in ("list", "bring_back", "discard", "later"):
        widget = person.find(f"recovery.{name}")
        widget.setFocus()
        assert shown.focusWidget() is widget
        assert widget.accessibleName() or widget.text()


def bring_back(person, path):
    """Bring a copy back, and wait until it has gone, since the run is kept elsewhere."""
    shown = copies(person)
    shown.setCurrentRow(sorted(path.parent.iterdir(), reverse=True).index(path))
    person.qtbot.keyClick(shown, Key.Key_Return)
    person.wait_until(lambda: not path.exists())


def leave_unsaved(person):
    person.window.close()
    answer(person, "unsaved", "discard")
    person.wait_until(lambda: not person.window.isVisible())
    QThreadPool.globalInstance().waitForDone()


def test_a_copy_is_brought_back_as_an_unsaved_run_that_is_kept_before_it_goes(start, crash, root, tmp_path):
    older, newer = sorted(crash(100, 200).iterdir())
    person = start()
    bring_back(person, older)
    assert newer.exists()
    document = person.window.features["documents"].document
    assert person.session.snapshot.iteration == 100
    assert (document.path, document.run_file.suggestion) == (None, tmp_path / "heart.curvegui")
    assert person.window.windowTitle() == "heart (recovered)[*] – CurveGUI"
    assert person.window.isWindowModified()
    assert person.action("look.dark").isChecked()
    kept = max(each for each in root.glob("window-*/*.curvegui") if each != newer)
    project, saved_in = unmarked(load(kept))
    assert (project.record.iteration, saved_in) == (100, tmp_path / "heart.curvegui")
    QThreadPool.globalInstance().waitForDone()
    assert RecentFiles(root.parent / "recent.json").all() == []


def test_the_copies_beside_the_one_that_was_brought_back_are_offered_at_the_next_start(start, crash, root):
    older, newer = sorted(crash(100, 200).iterdir())
    person = start()
    bring_back(person, newer)
    assert person.session.snapshot.iteration == 200
    leave_unsaved(person)
    person = start()
    assert copies(person).count() == 1
    bring_back(person, older)
    assert person.session.snapshot.iteration == 100
    leave_unsaved(person)
    assert left(root) == []  # a person has seen them all


def test_saving_what_was_brought_back_settles_the_crash(start, crash, tmp_path):
    folder = crash(100, 200)
    person = start()
    bring_back(person, max(folder.iterdir()))
    person.choose("file.save")
    save_in(person, tmp_path / "saved.curvegui")
    person.wait_until(lambda: not folder.exists())


def test_what_was_brought_back_is_not_lost_before_it_is_kept(start, crash, root, monkeypatch):
    folder = crash(100)
    monkeypatch.setattr(AutosaveFolder, "write", lambda *_: 1 / 0)
    person = start()
    with person.qtbot.waitSignal(person.window.findChild(Autosave).failed):
        dialog(person, "recovery").accept()
    person.window.features["documents"].closing.leave_unasked()
    person.window.close()
    person.wait_until(lambda: not person.window.isVisible())
    QThreadPool.globalInstance().waitForDone()
    assert folder.exists()
    assert left(root) == [1]


@pytest.mark.parametrize("how", ["escape", "close the window"])
def test_later_asks_again_at_the_next_start(start, crash, root, how):
    crash(100)
    person = start()
    shown = dialog(person, "recovery")
    if how == "escape":
        person.qtbot.keyClick(shown, Key.Key_Escape)
    else:
        person.window.close()
    person.wait_until(lambda: not is_asked(person))
    assert left(root) == [1]


def test_several_crashes_are_offered_one_after_the_other_and_discard_asks_once_more_and_is_final(start, crash, root):
    folders = [crash(100), crash(200)]
    person = start()
    dialog(person, "recovery")
    person.click("recovery.discard")
    answer(person, "discard_copies", "cancel")
    assert all(folder.exists() for folder in folders)
    person.click("recovery.discard")
    answer(person, "discard_copies", "discard")
    person.wait_until(lambda: copies(person).count() == 1)
    person.click("recovery.later")
    QThreadPool.globalInstance().waitForDone()
    assert sum(folder.exists() for folder in folders) == 1
    assert left(root) == [1]


def test_a_broken_copy_is_named_and_the_others_are_offered(start, crash):
    folder = crash(100, 200)
    max(folder.iterdir()).write_bytes(b"nonsense")
    person = start()
    shown = dialog(person, "recovery")
    assert copies(person).count() == 1
    words = [label.text() for label in shown.children() if hasattr(label, "text")]
    assert any("“000002.curvegui”" in each for each in words)


def test_a_copy_that_breaks_while_it_is_offered_is_refused_and_stays(start, crash, root):
    folder = crash(100)
    person = start()
    shown = dialog(person, "recovery")
    max(folder.iterdir()).write_bytes(b"nonsense")
    shown.accept()
    assert "could not be opened" in trouble(person)
    assert folder.exists()
