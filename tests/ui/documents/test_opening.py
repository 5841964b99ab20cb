"""A run that another part of the window brings has no file: saving it asks where; Undo goes back to the file."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from PySide6.QtWidgets import QFileDialog

from curvegui.core.engine.backend import Backend
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.lesson.lesson import Lesson, LessonStep
from curvegui.files.project.project import Project, save
from curvegui.session.stored.smallest import SmallestNetworks
from curvegui.ui.compare.dialog import ComparisonDialog
from tests.ui.document_person import answer, dialog, save_in

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)", extend=True)  # offscreen

OTHER = TrainingConfig(hidden=(3, 3), seed=9)


def record():
    trainer = Trainer(OTHER)
    trainer.advance(10)
    return trainer.record()


def from_a_sweep(person):
    person.choose("run.sweep")
    shown = person.window.findChild(ComparisonDialog)
    shown.shown.run_chosen.emit(record(), "seed 9")
    shown.close()


def from_the_favourites(person):
    contents = person.window.features["favourites"]
    with person.qtbot.waitSignal(contents.favourites.kept):
        contents.favourites.keep(record(), lambda *_: "Three", "classic", {})
    (key,) = contents.favourites.items
    contents.favourites.load(key)


def from_a_wall(person):
    person.choose("wall.open")
    (shown,) = person.window.findChildren(ComparisonDialog)
    shown.shown.taken_over.emit(2)
    person.wait_until(lambda: person.session.history.undo_label)
    shown.close()


def from_the_smallest_networks(person):
    person.choose("help.challenges")
    person.window.findChild(SmallestNetworks).loaded.emit(Project(record(), name="Smallest"))
    person.find("challenges").close()


def from_the_list(person):
    person.window.features["curves"].learn("butterfly")


def from_a_lesson(person):
    lesson = Lesson("Lesson", (LessonStep("One", "Look.", settings=MappingProxyType({"noise": 0.0}), begins_run=True),))
    person.window.features["tour"].take(lesson)


WAYS = from_a_sweep, from_the_favourites, from_a_wall, from_the_smallest_networks, from_the_list, from_a_lesson


@pytest.mark.parametrize("take_up", WAYS)
def test_a_run_that_is_taken_up_is_never_saved_over_the_file_that_was_open(newcomer, tmp_path, take_up):
    person, path = newcomer, tmp_path / "mine.curvegui"
    person.learn(100)
    person.choose("file.save")
    save_in(person, path)
    before, config = path.read_bytes(), person.session.config
    take_up(person)
    person.wait_until(lambda: person.session.config != config)
    assert "mine" not in person.window.windowTitle()
    assert person.window.isWindowModified()  # it may be worth a file
    person.choose("file.save")
    dialog(person, "save_run", QFileDialog).reject()
    person.wait_until(lambda: not any(each.isVisible() for each in person.window.findChildren(QFileDialog)))
    assert path.read_bytes() == before
    person.choose("edit.undo")
    person.wait_until(lambda: person.session.config == config)
    assert person.window.windowTitle().startswith(path.name)
    person.wait_until(lambda: not person.window.isWindowModified())


def test_what_is_taken_up_once_more_stays_in_the_file_that_it_was_saved_to(newcomer, tmp_path):
    documents = newcomer.window.features["documents"]
    from_a_sweep(newcomer)
    record = newcomer.session._opened[0]
    newcomer.choose("file.save")
    save_in(newcomer, tmp_path / "mine.curvegui")
    documents.put(record, "Sweep", is_work=True)
    assert documents.document.path == tmp_path / "mine.curvegui"
    assert not documents.document.is_changed


def test_closing_asks_about_a_run_that_was_taken_up(newcomer, tmp_path):
    newcomer.choose("file.save")
    save_in(newcomer, tmp_path / "mine.curvegui")
    from_a_sweep(newcomer)
    newcomer.window.close()
    answer(newcomer, "unsaved", "cancel")
    assert newcomer.window.isVisible()
    newcomer.window.features["documents"].document.new()


def of_another_engine():
    return replace(record(), backends=((0, Backend("compiled")),))


def opened_as_a_file(person, folder):
    path = folder / "other.curvegui"
    save(path, Project(of_another_engine()))
    person.window.features["documents"].open(str(path))


def opened_from_the_favourites(person, _):
    contents = person.window.features["favourites"]
    with person.qtbot.waitSignal(contents.favourites.kept):
        contents.favourites.keep(of_another_engine(), lambda *_: "Other", "classic", {})
    contents.favourites.load(next(iter(contents.favourites.items)))


@pytest.mark.parametrize(
    ("take_up", "end"), [(opened_as_a_file, "other.curvegui"), (opened_from_the_favourites, "the previous run.")]
)
def test_a_run_of_another_engine_is_said_to_be_one_before_what_was_done(newcomer, tmp_path, take_up, end):
    take_up(newcomer, tmp_path)
    toast = newcomer.window.toast
    newcomer.wait_until(lambda: toast.words.endswith(end))
    assert toast.words.startswith("Computed so far by: Compiled engine. Goes on with: ")
