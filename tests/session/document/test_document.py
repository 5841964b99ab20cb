"""The document: what is saved comes back, what is not saved is known, and no failure costs anything."""

from contextlib import contextmanager
from dataclasses import replace
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QThreadPool

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk import atomic
from curvegui.files.format.container import Unknown
from curvegui.files.project.project import load, save
from curvegui.session.document import document as saver
from curvegui.session.document import file as document_file
from curvegui.session.document.document import Document
from curvegui.session.document.file import Appearance, Mode
from curvegui.session.run.delivery import Phase

BOTH_ENGINES = True

PLAIN = Appearance("classic", {"target": True, "trail": True})
DARK = Appearance("dark", {"target": True, "trail": False})


class Watched(Document):
    """A document that shows what is wanted, as a window does, and somebody who uses it.

    ``told`` has what it told, and of which file or in which words; ``changes`` counts how often it said that it
    changed.
    """

    def __init__(self, session, folder, qtbot, settle):
        super().__init__(session, folder)
        self.session, self._qtbot, self._settle = session, qtbot, settle
        self.told, self.readings, self.changes = [], [], 0
        self.saved.connect(lambda path: self.told.append(("saved", path)))
        self.opened.connect(lambda path: self.told.append(("opened", path)))
        self.failed.connect(lambda sentence: self.told.append(("failed", sentence)))
        self.found_changed.connect(lambda path: self.told.append(("found changed", path)))
        self.read.connect(self.readings.append)
        self.changed.connect(self._count)
        self.appearance_wanted.connect(self._show)
        self.show_as(PLAIN)

    def _show(self, wanted):
        known = {name: shown for name, shown in wanted.layers.items() if name in PLAIN.layers}
        look = wanted.look if wanted.look in {"classic", "dark"} else self.appearance.look
        self.show_as(Appearance(look, {**self.appearance.layers, **known}))

    def _count(self):
        self.changes += 1

    def outcome(self, act):
        """Do something and wait until its outcome is told."""
        before = len(self.told)
        act()
        self._qtbot.waitUntil(lambda: len(self.told) > before)
        return self.told[-1]

    def keep_in(self, path):
        """Save under a name, successfully."""
        assert self.outcome(lambda: self.save_as(path)) == ("saved", str(path))

    def learn(self, iterations):
        self.session.step(iterations)
        self._settle(self.session)

    def reading_of(self, path, mode=Mode.FILE):
        """Read a file, and do nothing with it."""
        before = len(self.readings)
        self.open(path, mode)
        self._qtbot.waitUntil(lambda: len(self.readings) > before)
        return self.readings[-1]

    def go_on_with(self, path, mode=Mode.FILE):
        """Read a file and take it up."""
        found = self.reading_of(path, mode)
        assert self.outcome(lambda: self.take_up(found)) == ("opened", str(path))
        self._settle(self.session)
        return self


@pytest.fixture
def open_document(open_session, settle, qtbot, tmp_path):
    """Open documents, each with a session of its own, as windows do; all share the folder for locks."""
    documents = []

    def open_with(**settings):
        session = open_session(**settings)
        settle(session)
        documents.append(Watched(session, tmp_path / "data" / "locks", qtbot, settle))
        return documents[-1]

    yield open_with
    QThreadPool.globalInstance().waitForDone()
    for document in documents:
        document.close()


@pytest.fixture
def document(open_document):
    return open_document()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "heart.curvegui"


# Saving and opening


def test_a_run_comes_back_to_the_last_bit_and_goes_on_as_it_would_have(document, open_document, path):
    document.session.edit(noise=2)
    document.learn(250)
    document.session.edit(aggression=3)
    document.learn(57)
    document.show_as(DARK)
    document.keep_in(path)
    other = open_document().go_on_with(path, Mode.READ_ONLY)
    assert other.session.phase is Phase.PAUSED
    assert (other.session.config, other.session.iteration) == (document.session.config, 307)
    assert other.appearance == DARK
    assert not other.is_changed
    for each in (document, other):
        each.learn(100)
    assert np.array_equal(other.session.snapshot.parameters, document.session.snapshot.parameters)
    assert other.session.received.costs.since(-1).tolist() == document.session.received.costs.since(-1).tolist()
    assert np.array_equal(
        other.session.received.trail.since(-1).curves, document.session.received.trail.since(-1).curves
    )


def test_opening_leaves_the_run_alone_until_it_is_taken_up(document, path, settle):
    document.learn(10)
    document.keep_in(path)
    document.learn(10)
    found = document.reading_of(path)
    assert document.session.iteration == 20
    document.take_up(found)
    settle(document.session)
    assert document.session.iteration == 10


@pytest.mark.slow
def test_a_run_is_saved_while_it_learns_at_full_speed(document, reach, path):
    document.session.run()
    for count in range(1, 4):
        reach(document.session, 500 * count)
        document.outcome(lambda: document.save_as(path) if document.path is None else document.save())
        assert document.session.phase is Phase.LEARNING
        assert load(path).record.iteration >= 500 * count


def test_saves_in_a_row_leave_the_latest_run(document, path, qtbot):
    for iterations in (5, 5):
        document.save_as(path)
        document.learn(iterations)
    document.save_as(path)
    qtbot.waitUntil(lambda: len(document.told) == 3)
    assert document.told == [("saved", str(path))] * 3
    assert load(path).record.iteration == 10
    assert not document.is_changed
    assert not document.is_saving


def test_what_a_newer_version_wrote_survives_a_round_trip(document, path, tmp_path):
    document.keep_in(tmp_path / "first.curvegui")
    newer = Unknown({("config", "rhythm"): "adam", ("lesson",): 7}, {"momenta": np.arange(3.0)})
    project = load(tmp_path / "first.curvegui")
    save(path, replace(project, name="Ann's heart", look="sepia", layers={"stars": True}, unknown=newer))
    document.go_on_with(path)
    document.learn(5)
    document.outcome(document.save)
    kept = load(path)
    assert (kept.name, kept.look, kept.layers["stars"], kept.layers["target"]) == ("Ann's heart", "sepia", True, True)
    assert dict(kept.unknown.values) == dict(newer.values)
    assert np.array_equal(kept.unknown.arrays["momenta"], np.arange(3.0))


# Whether there are changes


def test_watching_changes_nothing_and_acting_does(document, reach, settle):
    document.session.run()
    reach(document.session, 300)
    document.session.pause()
    settle(document.session)
    document.show_as(DARK)
    assert not document.is_changed
    document.session.edit(noise=2)
    assert document.is_changed
    document.session.undo()
    assert document.is_changed


@pytest.mark.parametrize("act", [lambda s: s.step(1), lambda s: s.reset(), lambda s: s.reset_with_seed(7)])
def test_a_step_or_a_reset_is_an_act(document, act):
    act(document.session)
    assert document.is_changed


def test_iteration_settings_and_look_are_compared_with_what_was_saved(document, path, settle):
    document.learn(10)
    document.keep_in(path)
    assert not document.is_changed
    document.session.edit(speed=500.0)
    assert document.is_changed
    document.session.undo()
    settle(document.session)
    assert not document.is_changed
    document.show_as(DARK)
    assert document.is_changed
    document.show_as(PLAIN)
    assert not document.is_changed
    document.learn(1)
    assert document.is_changed


def test_another_run_at_the_same_iteration_with_the_same_settings_is_a_change(document, path, settle):
    """The setting was turned and turned back on the way."""
    before = document.session.config
    document.learn(20)
    document.keep_in(path)
    document.session.reset()
    document.session.edit(aggression=1)
    document.learn(10)
    document.session.edit(aggression=7)
    document.learn(10)
    assert (document.session.iteration, document.session.config) == (20, before)
    assert document.is_changed


def test_new_is_untitled_unchanged_and_lets_go_of_the_file(document, open_document, path):
    document.learn(10)
    document.keep_in(path)
    document.session.edit(noise=2)
    document.new()
    assert (document.path, document.is_changed, document.title) == (None, False, "Heart")
    assert document.session.config == TrainingConfig()
    assert document.session.history.undo_label is None
    assert not open_document().go_on_with(path).run_file.read_only


def learned_on(session, config):
    trainer = Trainer(config)
    trainer.advance(10)
    return trainer.record()


def restore(session, before):
    """As after a lesson, which has begun another run."""
    session.begin(session.config.changed(hidden=(3,)), "Lesson", paused=True)
    session.open(learned_on(session, session.config), "Restore", of=before)


ANOTHER = {
    "a curve from the list": lambda s: s.reset("Curve", curve="star"),
    "a curve with its seed": lambda s: s.edit(curve="star", seed=7),
    "a lesson on the same curve": lambda s: s.begin(s.config.changed(seed=7), "Lesson", paused=True),
    "a recorded run": lambda s: s.open(learned_on(s, s.config.changed(noise=0)), "Sweep"),
    "a reset on another target": lambda s: (s.edit(curve="star"), s.reset()),
    "a reset amid a morph": lambda s: (
        s.morphing.add("circle"),
        s.morphing.go_to(0.5),
        s.morphing.release(),
        s.reset(),
    ),
    "a curve, and the first again": lambda s: (s.reset("Curve", curve="star"), s.reset("Curve", curve="heart")),
}
THE_SAME = {
    "a reset": lambda s: s.reset(),
    "a new seed": lambda s: s.reset_with_seed(7),
    "a seed": lambda s: s.edit(seed=7),
    "other layers": lambda s: s.edit(hidden=(3, 3)),
    "a weight": lambda s: s.set_all_parameters(s.snapshot.parameters + 1, "Weights"),
    "another target": lambda s: s.edit(curve="star"),
    "a remedy": lambda s: (s.go_on_from(5, "Best", aggression=1), s.pause()),
    "a run restored": lambda s: restore(s, s.number),
    "a lesson undone": lambda s: (s.begin(s.config.changed(seed=7), "Lesson"), s.undo()),
}


@pytest.mark.parametrize("act", ANOTHER.values(), ids=ANOTHER)
def test_another_run_is_never_saved_over_the_file_and_undo_brings_the_run_back_with_it(
    document, open_document, path, settle, act
):
    document.learn(10)
    document.keep_in(path)
    act(document.session)
    assert (document.path, document.run_file.suggestion, document.is_changed) == (None, None, True)
    with pytest.raises(ValueError, match="no file"):
        document.save()
    other = open_document()
    other.forget(other.reading_of(path))
    assert not other.readings[-1].is_in_use
    while document.session.history.undo_label:
        document.session.undo()
    settle(document.session)
    assert (document.path, document.is_changed, document.session.iteration) == (path, False, 10)
    assert other.reading_of(path).is_in_use
    document.learn(1)
    assert document.outcome(document.save) == ("saved", str(path))


@pytest.mark.parametrize("act", THE_SAME.values(), ids=THE_SAME)
def test_what_goes_on_from_the_run_in_the_file_or_begins_it_again_is_saved_there(document, path, settle, act):
    document.learn(10)
    document.keep_in(path)
    act(document.session)
    settle(document.session)
    assert document.path == path
    assert document.outcome(document.save) == ("saved", str(path))
    assert not document.is_changed


def test_a_file_that_another_window_has_taken_meanwhile_is_not_saved_over_after_undo(document, open_document, path):
    document.learn(10)
    document.keep_in(path)
    document.session.reset(curve="star")
    other = open_document().go_on_with(path)
    document.session.undo()
    document.learn(1)
    outcome, sentence = document.outcome(document.save)
    assert (outcome, "open in another window" in sentence) == ("failed", True)
    other.learn(5)
    assert other.outcome(other.save) == ("saved", str(path))
    other.close()
    assert document.outcome(document.save) == ("found changed", str(path))
    assert load(path).record.iteration == 15


def test_a_save_that_ends_when_another_run_is_there_is_of_the_run_that_undo_brings_back(document, path, settle):
    document.learn(10)
    document.save_as(path)
    document.session.reset(curve="star")
    assert document.outcome(lambda: None) == ("saved", str(path))
    assert (document.path, document.is_changed, load(path).record.config.curve) == (None, True, "heart")
    document.session.undo()
    settle(document.session)
    assert (document.path, document.is_changed) == (path, False)


def test_a_file_that_another_run_was_saved_over_on_purpose_is_the_other_runs_after_undo_too(document, path):
    document.learn(10)
    document.keep_in(path)
    document.session.reset(curve="star")
    document.keep_in(path)
    document.session.undo()
    assert (document.path, document.is_changed) == (None, True)
    document.session.redo()
    assert document.path == path


def test_whether_to_replace_a_file_is_not_asked_of_a_run_that_is_not_there_any_more(document, path):
    document.keep_in(path)
    path.write_bytes(b"another program's")
    document.save()
    document.session.reset(curve="star")
    outcome, sentence = document.outcome(lambda: None)
    assert (outcome, "another program" in sentence) == ("failed", True)
    assert path.read_bytes() == b"another program's"


def test_a_run_that_is_put_in_place_is_worth_a_question_only_if_it_is_work_or_replaces_changes(document, path, settle):
    document.learn(10)
    document.keep_in(path)
    trainer = Trainer(TrainingConfig(noise=0))
    document.put(trainer.record(), "Experiment")
    assert (document.path, document.is_changed, document.session.config.noise) == (None, False, 0)
    document.session.undo()
    document.session.edit(noise=2)
    document.put(trainer.record(), "Experiment")
    assert document.is_changed  # what it replaced is in no file


def test_revert_goes_back_to_the_file(document, path, settle):
    document.learn(10)
    document.keep_in(path)
    document.session.edit(noise=2)
    document.learn(10)
    assert document.outcome(document.revert) == ("opened", str(path))
    settle(document.session)
    assert (document.session.iteration, document.session.config.noise) == (10, 1)
    assert not document.is_changed
    assert document.path == path
    document.session.edit(noise=3)
    assert document.outcome(document.save) == ("saved", str(path))  # it still has its lock


@pytest.fixture
def slow_disk(monkeypatch):
    """What lets a read, or a write, end only when it is left."""
    pool = QThreadPool.globalInstance()
    before = pool.maxThreadCount()
    pool.setMaxThreadCount(max(before, 2))  # one of them is held up

    @contextmanager
    def until_left(module, name):
        is_quick, real = Event(), getattr(module, name)

        def slowly(*args):
            result = real(*args) if name == "read_file" else None  # what it read is old by then
            is_quick.wait()
            return result or real(*args)

        with monkeypatch.context() as patch:
            patch.setattr(module, name, slowly)
            try:
                yield
            finally:
                is_quick.set()

    yield until_left
    pool.setMaxThreadCount(before)


@pytest.mark.parametrize("leave", [lambda _: None, Document.new], ids=["same run", "new"])
def test_what_is_changed_after_a_revert_while_its_file_is_read_stays(document, path, slow_disk, leave):
    document.learn(10)
    document.keep_in(path)
    document.session.edit(noise=2)
    stayed = []
    document.not_reverted.connect(stayed.append)
    with slow_disk(saver, "read_file"):
        document.revert()
        leave(document)
        of = document.path
        document.session.edit(noise=3)
    document._qtbot.waitUntil(lambda: bool(stayed))
    assert (document.path, document.session.config.noise, document.is_changed) == (of, 3, True)
    assert document.session.history.undo_label is not None
    assert path.name in stayed[0]


@pytest.mark.parametrize("ends", ["before", "after"])
def test_a_save_after_a_revert_wins_and_the_file_is_what_the_window_shows(document, path, slow_disk, qtbot, ends):
    document.keep_in(path)
    document.session.edit(noise=2)
    stayed = []
    document.not_reverted.connect(stayed.append)
    if ends == "before":
        with slow_disk(saver, "read_file"):
            document.revert()
            assert document.outcome(document.save) == ("saved", str(path))
    else:
        with slow_disk(saver, "write_file"):
            document.revert()
            document.save()
            qtbot.waitUntil(lambda: bool(stayed))
        assert document.outcome(lambda: None) == ("saved", str(path))
    qtbot.waitUntil(lambda: bool(stayed))
    assert document.session.config.noise == load(path).record.config.noise == 2
    assert not document.is_changed
    document.session.edit(noise=3)
    assert document.outcome(document.save) == ("saved", str(path))


def test_a_morph_that_plays_keeps_no_run_from_being_reverted(document, path, slow_disk, reach, settle):
    document.keep_in(path)
    document.session.morphing.add("circle")
    document.session.morphing.set_iterations(2_000)
    document.session.morphing.play()
    with slow_disk(saver, "read_file"):
        document.revert()
        reach(document.session, document.session.iteration + 1_000)
    assert document.outcome(lambda: None) == ("opened", str(path))
    settle(document.session)
    assert not document.is_changed


def test_reverting_to_a_file_that_is_gone_changes_nothing(document, path):
    document.keep_in(path)
    document.learn(10)
    path.unlink()
    outcome, sentence = document.outcome(document.revert)
    assert outcome == "failed"
    assert "There is no such file" in sentence
    assert (document.session.iteration, document.is_changed) == (10, True)


# What goes wrong


def test_a_file_that_is_no_project_is_refused_and_nothing_changes(document, path):
    document.learn(10)
    path.write_bytes(b"PK\x03\x04 nothing of the kind")
    outcome, sentence = document.outcome(lambda: document.open(path))
    assert (outcome, path.name in sentence) == ("failed", True)
    assert (document.session.iteration, document.path) == (10, None)


@pytest.mark.parametrize("operation", ["fsync", "full", "rename"])
def test_a_save_that_fails_keeps_the_file_and_the_changes(document, path, monkeypatch, operation):
    document.learn(10)
    document.keep_in(path)
    kept = path.read_bytes()
    document.learn(10)

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    target = {"fsync": (atomic.os, "fsync"), "full": (atomic, "write_all"), "rename": (atomic.Path, "replace")}
    with monkeypatch.context() as patch:
        patch.setattr(*target[operation], fail)
        outcome, sentence = document.outcome(document.save)
    assert outcome == "failed"
    assert "The disk is full" in sentence
    assert path.read_bytes() == kept
    assert document.is_changed
    assert document.outcome(document.save) == ("saved", str(path))
    assert load(path).record.iteration == 20


def test_whatever_goes_wrong_is_told_in_words(document, path, monkeypatch):
    def fail(*_):
        raise MemoryError

    monkeypatch.setattr("curvegui.files.project.project.save", fail)
    assert document.outcome(lambda: document.save_as(path)) == (
        "failed",
        "“heart.curvegui” could not be saved: MemoryError.",
    )


def test_without_a_run_there_is_nothing_to_save(document, path, monkeypatch):
    monkeypatch.setattr("curvegui.core.run.trainer.Trainer.record", lambda *_: 1 / 0)
    outcome, sentence = document.outcome(lambda: document.save_as(path))
    assert (outcome, "no run" in sentence) == ("failed", True)
    assert not document.is_saving


# Other programs, other windows


def test_a_file_that_another_program_has_changed_is_not_written_unless_that_is_wanted(document, path):
    document.keep_in(path)
    document.learn(10)
    path.write_bytes(b"another program's")
    assert document.outcome(document.save) == ("found changed", str(path))
    assert path.read_bytes() == b"another program's"
    assert document.is_changed
    assert document.outcome(lambda: document.save(may_replace=True)) == ("saved", str(path))
    assert load(path).record.iteration == 10
    document.learn(1)
    assert document.outcome(document.save) == ("saved", str(path))


def test_a_file_that_was_removed_is_written_again(document, path):
    document.keep_in(path)
    path.unlink()
    assert document.outcome(document.save) == ("saved", str(path))
    assert path.exists()


@pytest.fixture
def other_name(path, tmp_path):
    """Another way to the same file."""
    (tmp_path / "link").symlink_to(tmp_path)
    return tmp_path / "link" / path.name


def test_the_second_window_is_told_that_a_file_is_open(document, open_document, path, other_name):
    document.keep_in(path)
    second = open_document()
    assert second.reading_of(other_name).is_in_use
    assert not second.reading_of(path, Mode.COPY).is_in_use


def test_read_only_keeps_the_path_and_a_copy_has_none(document, open_document, path):
    document.keep_in(path)
    second = open_document().go_on_with(path, Mode.READ_ONLY)
    assert (second.path, second.run_file.read_only, second.is_changed) == (path, True, False)
    third = open_document().go_on_with(path, Mode.COPY)
    assert (third.path, third.run_file.read_only, third.is_changed) == (None, False, False)
    assert third.title == "heart copy"
    assert third.run_file.suggestion == path.with_name("heart copy.curvegui")
    third.learn(1)
    assert third.is_changed


def test_a_file_that_is_open_elsewhere_is_not_saved_over(document, open_document, path, other_name):
    document.keep_in(path)
    kept = path.read_bytes()
    second = open_document(seed=7)
    outcome, sentence = second.outcome(lambda: second.save_as(other_name))
    assert (outcome, "open in another window" in sentence) == ("failed", True)
    assert path.read_bytes() == kept
    assert second.path is None


@pytest.mark.parametrize("leave", ["close", "new", "save_as"])
def test_the_file_is_free_when_the_first_window_has_left_it(document, open_document, path, tmp_path, leave):
    document.keep_in(path)
    if leave == "save_as":
        document.keep_in(tmp_path / "other.curvegui")
    else:
        getattr(document, leave)()
    assert not open_document().go_on_with(path).readings[0].is_in_use


def test_a_reading_that_is_forgotten_frees_the_file_but_never_the_one_that_is_open(document, open_document, path):
    document.keep_in(path)
    document.forget(document.reading_of(path))
    second = open_document()
    assert second.reading_of(path).is_in_use
    document.close()
    second.forget(second.reading_of(path))
    assert not document.reading_of(path).is_in_use


def test_a_file_that_is_read_again_while_another_curve_is_chosen_stays_this_window_s(document, open_document, path):
    document.keep_in(path)
    reading = document.reading_of(path)
    document.session.reset("Curve", curve="star")
    document.take_up(reading)
    assert (document.path, document.run_file.read_only) == (path, False)
    assert open_document().reading_of(path).is_in_use


# Odd moments


def test_the_latest_wish_is_read(document, tmp_path, qtbot):
    paths = [tmp_path / f"{count}.curvegui" for count in range(3)]
    for path in paths:
        document.keep_in(path)
    document.new()
    for path in paths:
        document.open(path)
    qtbot.waitUntil(lambda: bool(document.readings))
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.processEvents()
    assert [reading.path for reading in document.readings] == [paths[-1]]


def test_a_save_that_ends_when_another_run_is_there_does_not_rename_it(document, path):
    document.learn(10)
    document.save_as(path)
    document.new()
    assert document.outcome(lambda: None) == ("saved", str(path))
    assert document.path is None
    assert load(path).record.iteration == 10
    lock = document_file.Locks(document._folder).lock(path)
    assert lock.acquire()
    lock.release()


def test_a_save_after_a_save_as_goes_to_the_new_file_and_asks_nothing(document, path, tmp_path, slow_disk, qtbot):
    document.keep_in(path)
    other = tmp_path / "other.curvegui"
    with slow_disk(saver, "write_file"):
        document.save_as(other)
        document.session.edit(noise=3)
        document.save()
    qtbot.waitUntil(lambda: not document.is_saving)
    assert document.told[1:] == [("saved", str(other))] * 2
    assert (document.path, document.is_changed) == (other, False)
    assert (load(other).record.config.noise, load(path).record.config.noise) == (3, 1)


def test_a_save_after_a_save_as_that_fails_never_claims_that_another_program_was_there(
    document, path, qtbot, monkeypatch
):
    document.keep_in(path)
    other = path.with_name("other.curvegui")
    other.write_bytes(b"agreed to be replaced")
    write, calls = saver.write_file, []

    def fail_at_first(*args):
        calls.append(args)
        if len(calls) == 1:
            raise OSError(28, "No space left on device")
        return write(*args)

    monkeypatch.setattr(saver, "write_file", fail_at_first)
    document.save_as(other)
    document.save()
    qtbot.waitUntil(lambda: not document.is_saving)
    assert [outcome for outcome, _ in document.told[1:]] == ["failed", "saved"]
    assert document.path == other


def test_a_picture_is_opened_as_a_copy_so_that_it_stays_a_picture(document, path, tmp_path, settle):
    document.keep_in(path)
    picture = path.rename(tmp_path / "heart.png")  # what a reader of pictures will bring
    document.new()
    settle(document.session)
    document.go_on_with(picture)
    assert (document.path, document.title, document.run_file.suggestion) == (None, "heart", path)


def test_a_file_that_is_still_being_saved_when_its_window_closes_is_free_afterwards(document, open_document, path):
    document.outcome(lambda: (document.save_as(path), document.close()))
    assert not open_document().reading_of(path).is_in_use
