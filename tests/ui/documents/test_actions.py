"""Files as a person meets them: what is asked, what is shown, and that nothing is lost by an answer."""

import shutil
from contextlib import contextmanager
from threading import Event

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox

from curvegui.core.settings import config
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.files.disk import atomic
from curvegui.files.project.project import load
from curvegui.session.document import document as saver
from curvegui.session.document.file import Mode
from curvegui.session.stored.recent import RecentFiles
from curvegui.ui.dialogs.paths import documents_folder
from tests.ui.document_person import answer, choose_file, dialog, is_asked, open_in, save_in, trouble
from tests.ui.person import Key, Modifier


@pytest.fixture
def visit(visit, tmp_path):
    """Visit a window that knows no file; it is not asked about its run."""
    visited = []
    yield lambda **settings: visited.append(visit(**settings)) or visited[-1]
    for person in visited:
        if shiboken6.isValid(person.window) and person.window.isVisible():
            document(person).new()


@pytest.fixture
def person(visit):
    return visit()


@pytest.fixture
def path(tmp_path):
    (tmp_path / "files").mkdir()
    return tmp_path / "files" / "heart.curvegui"


def save_100(person, path):
    """Let someone's run be in a file, at iteration 100."""
    person.learn(100)
    person.choose("file.save")
    save_in(person, path)
    return person


@pytest.fixture
def saved(person, path):
    return save_100(person, path)


@pytest.fixture
def first(newcomer, path):
    """Like ``saved``, in a window that has known no other file, and beside which others may be opened."""
    return save_100(newcomer, path)


def document(person):
    return person.window.features["documents"].document


def title(person):
    return person.window.windowTitle()


@pytest.fixture
def slow_disk(monkeypatch):
    """What lets no save end before it does."""
    write = saver.write_file

    @contextmanager
    def until_left():
        is_quick = Event()

        def write_slowly(*args):
            is_quick.wait()
            return write(*args)

        with monkeypatch.context() as patch:
            patch.setattr(saver, "write_file", write_slowly)
            try:
                yield
            finally:
                is_quick.set()

    return until_left


def full_disk(patch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    patch.setattr(atomic, "write_all", fail)


# The title


@pytest.mark.slow
def test_the_title_names_the_file_and_marks_changes_of_the_run_and_of_what_is_seen(saved, path):
    assert title(saved) == "heart.curvegui[*] – CurveGUI"
    assert saved.window.windowFilePath() == str(path)
    assert not saved.window.isWindowModified()
    saved.enter_setting("noise", "2")
    assert saved.window.isWindowModified()
    saved.choose("edit.undo")
    saved.wait_until(lambda: not saved.window.isWindowModified())
    saved.choose("theme.dark")
    assert not saved.window.isWindowModified(), "a theme belongs to no file"
    for id_ in ("look.dark", "view.axes", "view.trail"):
        saved.choose(id_)
        assert saved.window.isWindowModified(), id_
        saved.choose("file.save")
        saved.wait_until(lambda: not saved.window.isWindowModified())
    saved.learn(1)
    assert saved.window.isWindowModified()


# Saving


def test_the_first_save_asks_where_and_the_next_does_not(person, path):
    person.learn(10)
    person.press(Key.Key_S, modifiers=Modifier.ControlModifier)
    save_in(person, path)
    person.learn(10)
    person.window.activateWindow()  # as a window manager does when a dialog has gone
    person.wait_until(person.window.isActiveWindow)
    with person.qtbot.waitSignal(document(person).saved):
        person.press(Key.Key_S, modifiers=Modifier.ControlModifier)
    assert not is_asked(person)
    assert load(path).record.iteration == 20


def test_the_ending_is_ours_and_a_file_that_only_it_leads_to_is_asked_about(person, path):
    existing = path.with_name("heart.png.curvegui")
    existing.write_bytes(b"old")
    for choice in ("cancel", "replace"):
        assert existing.read_bytes() == b"old"
        person.choose("file.save")
        choose_file(person, "save_run", path.with_name("heart.png"))
        answer(person, "existing", choice)
    person.wait_until(lambda: document(person).path == existing)
    person.choose("file.save_as")
    with person.qtbot.waitSignal(document(person).saved):
        choose_file(person, "save_run", path.with_name("two"))
    assert document(person).path == path.with_name("two.curvegui")


def test_a_save_that_fails_is_told_and_the_changes_stay(saved, path, monkeypatch):
    kept = path.read_bytes()
    saved.learn(1)
    with monkeypatch.context() as patch:
        full_disk(patch)
        saved.choose("file.save")
        assert "The disk is full" in trouble(saved)
    assert path.read_bytes() == kept
    assert saved.window.isWindowModified()


def test_a_new_run_is_the_usual_one_and_is_saved_beside_the_file_that_was_open_last(first, path):
    first.wait_until(
        lambda: RecentFiles(first.window.services.log.parent / "recent.json").all() == [path]
    )  # a thread of the pool writes it down
    first.enter_setting("noise", "2")
    first.choose("file.new")
    answer(first, "unsaved", "discard")
    assert first.session.config == TrainingConfig()
    assert title(first) == "Heart[*] – CurveGUI"
    first.choose("file.save")
    files = dialog(first, "save_run", QFileDialog)
    assert files.selectedFiles() == [str(path)]
    files.reject()


def test_a_file_that_another_program_has_changed(saved, path):
    def meet(choice):
        path.write_bytes(b"another program's")
        saved.choose("file.save")
        answer(saved, "found_changed", choice)

    saved.learn(1)
    meet("cancel")
    assert path.read_bytes() == b"another program's"
    with saved.qtbot.waitSignal(document(saved).saved):
        meet("replace")
    assert load(path).record.iteration == 101
    saved.learn(1)
    meet("save_as")
    save_in(saved, path.with_name("mine.curvegui"))
    assert document(saved).path == path.with_name("mine.curvegui")
    assert path.read_bytes() == b"another program's"


# Leaving the run


def leave_by(person, way, path):
    """Close the window, begin another run, or open another file."""
    if way == "close":
        person.window.close()
    elif way == "new":
        person.choose("file.new")
    else:
        person.choose("file.open")
        choose_file(person, "open_run", path)


def has_left(person, way, other):
    if way == "close":
        return not person.window.isVisible()
    return document(person).path == (None if way == "new" else other)


def copied(path):
    """Another file to open."""
    return shutil.copy(path, path.with_name("other.curvegui"))


@pytest.fixture
def other(saved, path):
    return copied(path)


def no_question_is_left(person):
    """The box is deleted in the event loop, and until then closing asks no second time."""
    return person.window.findChild(QMessageBox, "unsaved") is None


WAYS = pytest.mark.parametrize("way", ["close", "new", "open"])


@WAYS
def test_without_changes_nothing_is_asked(saved, way, other):
    leave_by(saved, way, other)
    saved.wait_until(lambda: has_left(saved, way, other))
    assert not is_asked(saved)


@WAYS
def test_cancel_leaves_everything_as_it_was_and_discard_leaves_and_does_not_save(saved, way, other, path):
    saved.learn(1)
    leave_by(saved, way, other)
    answer(saved, "unsaved", "cancel")
    saved.wait_until(lambda: no_question_is_left(saved))
    leave_by(saved, way, other)
    saved.qtbot.keyClick(dialog(saved, "unsaved"), Key.Key_Escape)  # the same
    saved.wait_until(lambda: no_question_is_left(saved))
    assert saved.window.isVisible()
    assert document(saved).path == path
    assert saved.session.snapshot.iteration == 101
    leave_by(saved, way, other)
    answer(saved, "unsaved", "discard")
    saved.wait_until(lambda: has_left(saved, way, other))
    assert load(path).record.iteration == 100


@WAYS
def test_save_saves_and_then_leaves_but_not_when_that_fails(saved, way, other, path, monkeypatch):
    saved.learn(1)
    with monkeypatch.context() as patch:
        full_disk(patch)
        leave_by(saved, way, other)
        answer(saved, "unsaved", "save")
        assert "The disk is full" in trouble(saved)
    assert saved.window.isVisible()
    assert saved.session.snapshot.iteration == 101
    with saved.qtbot.waitSignal(document(saved).saved):
        saved.choose("file.save")
    assert not has_left(saved, way, other)  # what was given up does not happen later
    saved.learn(1)
    leave_by(saved, way, other)
    answer(saved, "unsaved", "save")
    saved.wait_until(lambda: has_left(saved, way, other))
    assert load(path).record.iteration == 102


@WAYS
@pytest.mark.parametrize("learns", [False, True])
def test_what_is_changed_while_it_is_saved_is_asked_about_too(saved, way, other, slow_disk, learns):
    path = document(saved).path
    saved.learn(1)
    leave_by(saved, way, other)
    with slow_disk():
        answer(saved, "unsaved", "save")
        saved.wait_until(lambda: no_question_is_left(saved))
        saved.session.edit(noise=3)
        if learns:
            saved.session.edit(iterations=1_000_000_000)
            saved.session.run()
    saved.wait_until(lambda: is_asked(saved) or has_left(saved, way, other))
    assert not has_left(saved, way, other)
    answer(saved, "unsaved", "save")
    saved.wait_until(lambda: has_left(saved, way, other))
    assert load(path).record.config.noise == 3


def test_an_untitled_run_is_asked_about_only_when_somebody_did_something(open_window):
    person = open_window(speed=FULL_SPEED)
    person.press(Key.Key_Space)
    person.reach(500)
    person.press(Key.Key_Space)
    person.choose("look.dark")
    person.window.close()
    assert not person.window.isVisible()


def test_an_untitled_run_asks_for_a_file_first_and_stays_where_none_is_chosen(person, path):
    person.enter_setting("noise", "2")
    person.window.close()
    answer(person, "unsaved", "save")
    dialog(person, "save_run", QFileDialog).reject()
    person.choose("file.save")
    save_in(person, path.with_name("first.curvegui"))
    assert person.window.isVisible()  # it is no longer wanted to close
    person.choose("file.new")
    person.enter_setting("noise", "3")
    person.window.close()
    answer(person, "unsaved", "save")
    save_in(person, path)
    person.wait_until(lambda: not person.window.isVisible())
    assert load(path).record.config.noise == 3


def test_a_window_that_is_closed_while_it_saves_closes_when_it_has_saved(saved, path):
    saved.learn(1)
    saved.choose("file.save")
    saved.window.close()
    assert saved.window.isVisible()
    saved.wait_until(lambda: not saved.window.isVisible())
    assert load(path).record.iteration == 101


def test_a_window_closes_at_full_speed_with_what_was_learned_when_save_was_chosen(open_window, path):
    person = open_window(speed=FULL_SPEED, iterations=1_000_000_000)
    person.wait_for_first_picture()
    person.choose("run.step_1")
    person.choose("run.toggle")
    person.reach(500)
    person.choose("file.save")
    save_in(person, path)
    person.reach(load(path).record.iteration + 100)
    person.window.close()
    answer(person, "unsaved", "save")
    person.wait_until(lambda: not person.window.isVisible())
    assert load(path).record.iteration >= 600


def test_a_window_closes_after_one_question_while_a_morph_plays(open_window, path, slow_disk):
    person = open_window(speed=FULL_SPEED, iterations=1_000_000_000)
    person.wait_for_first_picture()
    person.choose("file.save")
    save_in(person, path)
    morphing = person.session.morphing
    morphing.add("star")
    morphing.set_iterations(20_000)
    morphing.play()
    person.wait_until(lambda: morphing.now.position > 0)
    person.window.close()
    with slow_disk():
        answer(person, "unsaved", "save")
        person.wait_until(lambda: no_question_is_left(person))
        person.reach(person.session.snapshot.iteration + 5_000)
    person.wait_until(lambda: not no_question_is_left(person) or not person.window.isVisible())
    assert not person.window.isVisible()
    assert load(path).morph.keyframes[1:] == ("star",)


# Opening, and going back


def test_a_run_opens_paused_with_its_look(saved, path):
    saved.choose("look.dark")
    saved.choose("view.axes")
    saved.choose("file.save")
    saved.wait_until(lambda: not saved.window.isWindowModified())
    saved.choose("file.new")
    saved.choose("look.light")
    saved.choose("view.axes")
    saved.press(Key.Key_Space)
    open_in(saved, path)
    assert saved.action("look.dark").isChecked()
    assert saved.action("view.axes").isChecked()
    assert saved.session.snapshot.iteration == 100
    assert not saved.session.phase.is_learning
    assert not saved.window.isWindowModified()
    assert not saved.action("edit.undo").isEnabled()


def test_a_file_that_is_no_run_is_refused_and_the_run_goes_on(person, path):
    path.write_bytes(b"nonsense")
    person.learn(10)
    person.choose("file.open")
    choose_file(person, "open_run", path)
    words = trouble(person)
    assert "“heart.curvegui” could not be opened." in words
    assert "unchanged" in words
    assert person.session.snapshot.iteration == 10
    assert title(person).startswith("Heart")


def test_opening_the_file_that_is_open_after_saving_it_keeps_what_was_saved(saved, path):
    saved.learn(1)
    saved.choose("file.open")
    choose_file(saved, "open_run", path)
    with saved.qtbot.waitSignal(document(saved).saved):
        answer(saved, "unsaved", "save")
    saved.learn(1)
    assert saved.session.snapshot.iteration == 102


def test_revert_asks_and_goes_back_where_there_is_something_to_go_back_to(saved):
    assert not saved.action("file.revert").isEnabled()
    saved.learn(1)
    saved.choose("file.revert")
    answer(saved, "revert", "cancel")
    assert saved.session.snapshot.iteration == 101
    saved.choose("file.revert")
    with saved.qtbot.waitSignal(document(saved).opened):
        answer(saved, "revert", "discard")
    saved.wait_until(lambda: saved.session.snapshot and saved.session.snapshot.iteration == 100)
    assert not saved.window.isWindowModified()


def test_a_very_large_network_is_asked_about(saved, path, monkeypatch):
    saved.choose("file.new")
    monkeypatch.setattr(config, "CONFIRM_PARAMETERS", 10)
    for choice in ("cancel", "open"):
        assert document(saved).path is None
        saved.choose("file.open")
        choose_file(saved, "open_run", path)
        answer(saved, "large", choice)
    saved.wait_until(lambda: document(saved).path == path)


# Two windows on one file


@pytest.fixture
def second(first, open_window):
    someone = open_window()
    someone.wait_for_first_picture()
    return someone


def try_to_open(person, path):
    person.choose("file.open")
    choose_file(person, "open_run", path)


def test_the_second_window_may_open_read_only_and_saves_under_another_name(second, path):
    try_to_open(second, path)
    with second.qtbot.waitSignal(document(second).opened):
        answer(second, "in_use", "read_only")
    assert title(second) == "heart.curvegui[*] (read-only) – CurveGUI"
    assert not second.action("file.save").isEnabled()
    second.choose("file.save_as")
    save_in(second, path.with_name("mine.curvegui"))
    assert title(second) == "mine.curvegui[*] – CurveGUI"
    assert second.action("file.save").isEnabled()
    try_to_open(second, path)
    with second.qtbot.waitSignal(document(second).opened):
        answer(second, "in_use", "read_only")
    second.enter_setting("noise", "2")
    second.window.close()
    answer(second, "unsaved", "save")
    assert dialog(second, "save_run", QFileDialog).selectedFiles() == [str(path.with_name("heart copy.curvegui"))]
    save_in(second, path.with_name("other.curvegui"))
    second.wait_until(lambda: not second.window.isVisible())
    assert [load(path.with_name(name)).record.config.noise for name in (path.name, "other.curvegui")] == [1, 2]


def test_the_second_window_may_leave_it_or_open_a_copy_but_not_save_over_it(second, path):
    try_to_open(second, path)
    answer(second, "in_use", "cancel")
    assert title(second) == "Heart[*] – CurveGUI"
    second.choose("file.save")
    choose_file(second, "save_run", path)
    assert "open in another window" in trouble(second)
    try_to_open(second, path)
    with second.qtbot.waitSignal(document(second).opened):
        answer(second, "in_use", "copy")
    assert title(second) == "heart copy[*] – CurveGUI"
    assert document(second).path is None
    second.window.close()
    assert not second.window.isVisible()


def test_a_window_that_was_closed_frees_its_file(first, second, path):
    first.window.close()
    open_in(second, path)
    assert title(second) == "heart.curvegui[*] – CurveGUI"


# Recent files


def entries(person):
    menu = person.window.services.actions.menus["File/Open &recent"]
    menu.aboutToShow.emit()
    return {action.text().split("  ")[-1]: action for action in menu.actions() if "recent." in action.objectName()}


def test_recent_files_are_listed_the_latest_first_and_open(first, path):
    open_in(first, copied(path))
    first.wait_until(lambda: list(entries(first)) == ["other.curvegui", "heart.curvegui"])
    with first.qtbot.waitSignal(document(first).opened):
        entries(first)["heart.curvegui"].trigger()
    assert document(first).path == path


def test_the_list_shows_names_as_they_are_and_folders_where_they_are_the_same_and_can_be_cleared(first, path, tmp_path):
    first.choose("file.save_as")
    save_in(first, path.with_name("a [*] you & me.curvegui"))
    assert title(first) == "a [*][*] you & me.curvegui[*] – CurveGUI"
    first.wait_until(lambda: set(entries(first)) == {"a [*] you && me.curvegui", "heart.curvegui"})
    first.choose("file.save_as")
    save_in(first, tmp_path / "heart.curvegui")
    first.wait_until(lambda: {f"heart.curvegui – {tmp_path.name}", "heart.curvegui – files"} < set(entries(first)))
    path.unlink()
    entries(first)["heart.curvegui – files"].trigger()
    assert "“heart.curvegui” no longer exists" in trouble(first)
    first.wait_until(lambda: set(entries(first)) == {"a [*] you && me.curvegui", "heart.curvegui"})
    first.choose("file.clear_recent")
    first.wait_until(lambda: entries(first) == {})
    assert not first.action("file.clear_recent").isEnabled()


def test_a_recent_file_on_a_disk_that_does_not_answer_stays_in_the_list_and_saving_goes_on_elsewhere(person, tmp_path):
    away = tmp_path / ("x" * 300) / "away.curvegui"  # the system fails to look for it, as on a server that has gone
    person.window.features["documents"].document.opened.emit(str(away))
    person.wait_until(lambda: "away.curvegui" in entries(person))
    entries(person)["away.curvegui"].trigger()
    assert "“away.curvegui” could not be opened" in trouble(person)
    assert "away.curvegui" in entries(person)
    person.choose("file.save")
    assert dialog(person, "save_run", QFileDialog).directory().path() == str(documents_folder())


# The boxes


def test_every_question_can_be_answered_without_a_mouse(saved):
    saved.learn(1)
    saved.window.close()
    box = dialog(saved, "unsaved", QMessageBox)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.defaultButton().objectName() == "save"
    for button in box.findChildren(QAbstractButton):
        assert button.text()
    saved.qtbot.keyClick(box, Key.Key_Tab)
    assert box.focusWidget().objectName() != "save"
    box.close()


def test_what_is_recovered_is_called_so_and_nobody_is_asked_when_the_program_is_told_to_end(saved, path):
    document(saved).open(path, Mode.RECOVERED)
    saved.wait_until(lambda: title(saved) == "Heart (recovered)[*] – CurveGUI")
    assert saved.window.isWindowModified()
    saved.session.reset_with_seed(6)
    assert title(saved) == "Heart[*] – CurveGUI"  # the run is another one
    assert saved.window.isWindowModified()
    saved.window.features["documents"].closing.leave_unasked()
    saved.window.close()
    saved.wait_until(lambda: not saved.window.isVisible())
