"""Autosaves: written while there is something to keep, a few generations, never in the way, gone after a clean end."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QThreadPool, QTimer

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk import atomic
from curvegui.files.project.project import load
from curvegui.session.document import autosave as autosave_folder
from curvegui.session.document import document as saver
from curvegui.session.document.autosave import GENERATIONS, LEAVING_S, Autosave, AutosaveFolder, light
from curvegui.session.document.document import Document
from curvegui.session.document.file import unmarked
from curvegui.session.document.recovery import find_crashes
from curvegui.session.jobs.job import Job
from tests.help.patience import patience_s

BOTH_ENGINES = True

NEVER_MS = 86_400_000


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def root(tmp_path):
    return tmp_path / "autosave"


class FileWriter(Autosave):
    """An autosave, and somebody whose run it keeps. ``told`` has what failed."""

    def __init__(self, session, root, qtbot, settle):
        self.clock = Clock()
        self.document = Document(session, root.parent / "locks", session)
        super().__init__(session, self.document, AutosaveFolder(root), session, clock=self.clock)
        self.session, self.root, self._qtbot, self._settle_session = session, root, qtbot, settle
        self.told = []
        self.failed.connect(self.told.append)
        self.begin()

    def begin(self, *every_s):
        super().begin(*every_s)
        if self._timer.isActive():
            self._timer.setInterval(NEVER_MS)  # time passes here when it is told to

    def learn(self, iterations):
        self.session.step(iterations)
        self._settle_session(self.session)

    def tick(self):
        """Let ten seconds pass, and do what the timer does."""
        self.clock.now += 10.0
        self._timer.timeout.emit()

    def after(self, act):
        """Do something that leads to an autosave, and wait for its end; the iterations that are kept then."""
        with self._qtbot.waitSignal(self.became_idle):
            act()
        return kept(self.root)

    def save_to(self, path):
        """Save to a file of the person's own."""
        with self._qtbot.waitSignal(self.document.saved):
            self.document.save_as(path)


@pytest.fixture
def autosave(session, root, qtbot, settle):
    made = FileWriter(session, root, qtbot, settle)
    yield made
    made.end(keep=False)
    QThreadPool.globalInstance().waitForDone()


def kept(root):
    """The iterations of what is kept, the newest first."""
    return [load(path).record.iteration for path in sorted(root.glob("window-*/*.curvegui"), reverse=True)]


# When


def test_nothing_is_written_while_there_is_nothing_to_keep(autosave, session, root, reach):
    session.run()
    reach(session, 100)
    autosave.tick()
    assert not autosave.is_busy
    assert not root.exists()


def test_changes_are_kept_and_only_once(autosave, root):
    autosave.learn(10)
    autosave.after(autosave.tick)
    assert kept(root) == [10]
    autosave.tick()
    assert not autosave.is_busy
    autosave.learn(1)
    autosave.after(autosave.tick)
    assert kept(root) == [11, 10]


@pytest.mark.parametrize("wanted", [10, 30])
def test_a_crash_loses_no_more_than_is_wanted_where_a_copy_takes_a_third_of_that(autosave, monkeypatch, wanted):
    write, losses = AutosaveFolder.write, []

    def write_slowly(*args):
        autosave.clock.now += wanted / 3
        write(*args)
        losses.append(autosave.clock.now - autosave._safe_at)

    Autosave.begin(autosave, wanted)
    timer = autosave.findChild(QTimer)
    every_s = timer.interval() / 1_000
    monkeypatch.setattr(AutosaveFolder, "write", write_slowly)
    begun = autosave.clock.now
    for number in range(1, 5):
        autosave.learn(1)
        autosave.clock.now = begun + number * every_s
        autosave.after(timer.timeout.emit)
    assert max(losses) <= wanted
    assert autosave.told == []


def test_a_copy_that_does_not_come_to_its_end_is_said_once_a_minute(autosave, session, monkeypatch):
    monkeypatch.setattr(session, "capture", lambda *_: None)
    autosave.learn(1)
    for _ in range(12):
        autosave.tick()
    assert ["would lose" in each for each in autosave.told] == [True, True]


def test_a_computer_that_slept_is_no_slow_disk(autosave):
    autosave.learn(10)
    autosave.clock.now += 10_000.0
    autosave.after(autosave.tick)
    assert autosave.told == []


def test_the_latest_generations_stay(autosave, root):
    for _ in range(GENERATIONS + 2):
        autosave.learn(10)
        autosave.after(autosave.keep)
    assert kept(root) == [50, 40, 30]


@pytest.mark.parametrize("leave", ["reset", "begin", "open"])
def test_a_run_is_kept_before_it_is_left(autosave, session, root, leave):
    autosave.learn(30)
    acts = {
        "reset": session.reset,
        "begin": lambda: session.begin(TrainingConfig()),
        "open": lambda: session.open(Trainer(TrainingConfig()).record()),
    }
    autosave.after(acts[leave])
    assert kept(root) == [30]


def test_a_run_that_somebody_only_watched_is_kept_before_it_is_left_too(autosave, session, reach, root):
    session.run()
    reach(session, 100)
    autosave.after(session.reset)
    assert kept(root)[0] >= 100


def test_leafing_through_seeds_does_not_write_each_of_them(autosave, session, root):
    autosave.learn(10)
    autosave.after(session.reset)
    autosave.learn(10)
    session.reset()
    assert not autosave.is_busy
    autosave.clock.now += LEAVING_S
    autosave.learn(30)
    autosave.after(session.reset)
    assert kept(root) == [30, 10]


def test_a_run_that_has_learned_nothing_or_is_in_its_file_is_not_kept(autosave, session, root, tmp_path):
    session.reset()
    autosave.learn(10)
    autosave.save_to(tmp_path / "heart.curvegui")
    session.reset()
    assert not root.exists()
    assert not autosave.is_busy


def test_a_run_that_has_just_been_taken_up_is_kept_before_it_is_seen(autosave, session, root):
    autosave.learn(10)
    autosave.after(autosave.keep)
    trainer = Trainer(session.config)
    trainer.advance(30)
    session.open(trainer.record())
    assert autosave.after(autosave.keep) == [30, 10]


def test_what_is_left_while_the_disk_is_busy_is_kept_too(autosave, session, root):
    autosave.clock.now += LEAVING_S
    autosave.learn(10)
    autosave.keep()
    autosave.learn(10)
    autosave.clock.now += LEAVING_S
    autosave.after(session.reset)
    assert kept(root) == [20, 10]


def test_of_what_the_disk_is_too_slow_for_the_latest_is_kept(autosave, root, monkeypatch, qtbot):
    release, write = threading.Event(), AutosaveFolder.write
    monkeypatch.setattr(AutosaveFolder, "write", lambda *args: release.wait() and write(*args))
    with qtbot.waitSignals([autosave.session.captured] * 4):
        for _ in range(4):
            autosave.learn(10)
            autosave.keep()
    autosave.after(release.set)
    assert kept(root) == [40, 10]


def test_what_is_kept_goes_when_the_run_is_saved(autosave, root, tmp_path, qtbot):
    autosave.learn(10)
    autosave.after(autosave.keep)
    autosave.save_to(tmp_path / "heart.curvegui")
    qtbot.waitUntil(lambda: not list(root.glob("window-*/*.curvegui")))
    autosave.learn(10)
    assert autosave.after(autosave.tick) == [20]


def test_what_is_being_written_when_the_run_is_saved_goes_too(autosave, root, tmp_path, monkeypatch, qtbot):
    pool = QThreadPool.globalInstance()
    pool.setMaxThreadCount(max(pool.maxThreadCount(), 2))  # one of them is held up below
    release, write = threading.Event(), AutosaveFolder.write
    monkeypatch.setattr(AutosaveFolder, "write", lambda *args: release.wait() and write(*args))
    with qtbot.waitSignals([autosave.session.captured] * 2):
        for _ in range(2):
            autosave.learn(10)
            autosave.keep()
    autosave.save_to(tmp_path / "heart.curvegui")
    with qtbot.waitSignal(autosave.became_idle):
        release.set()
    qtbot.waitUntil(lambda: not list(root.glob("window-*/*.curvegui")))


def test_a_copy_of_what_was_changed_during_a_slow_save_stays_and_older_ones_go(
    autosave, session, root, *, tmp_path, monkeypatch, qtbot
):
    pool = QThreadPool.globalInstance()
    pool.setMaxThreadCount(max(pool.maxThreadCount(), 2))  # one of them is held up below
    release, write = threading.Event(), saver.write_file
    monkeypatch.setattr(saver, "write_file", lambda *args: release.wait() and write(*args))
    autosave.learn(10)
    autosave.after(autosave.keep)
    autosave.document.save_as(tmp_path / "heart.curvegui")
    autosave.learn(10)
    assert autosave.after(autosave.keep) == [20, 10]
    with qtbot.waitSignal(autosave.document.saved):
        release.set()
    qtbot.waitUntil(lambda: len(list(root.glob("window-*/*.curvegui"))) < 2)
    assert pool.waitForDone()
    assert kept(root) == [20]
    assert load(tmp_path / "heart.curvegui").record.iteration == 10
    autosave.tick()
    assert not autosave.is_busy  # it is known that there is one
    autosave.save_to(tmp_path / "heart.curvegui")
    qtbot.waitUntil(lambda: not list(root.glob("window-*/*.curvegui")))


def test_a_copy_of_just_what_is_being_saved_goes_with_that_save(autosave, root, tmp_path, monkeypatch, qtbot):
    release, write = threading.Event(), saver.write_file
    monkeypatch.setattr(saver, "write_file", lambda *args: release.wait() and write(*args))
    autosave.learn(10)
    autosave.document.save_as(tmp_path / "heart.curvegui")
    assert autosave.after(autosave.keep) == [10]
    with qtbot.waitSignal(autosave.document.saved):
        release.set()
    qtbot.waitUntil(lambda: not list(root.glob("window-*/*.curvegui")))


# What


def test_it_says_which_file_the_run_belongs_to_and_that_stays_out_of_the_file_itself(autosave, root, tmp_path):
    path = tmp_path / "heart.curvegui"
    autosave.save_to(path)
    autosave.learn(10)
    autosave.after(autosave.keep)
    (found,) = root.glob("window-*/*.curvegui")
    project, saved_in = unmarked(load(found))
    assert saved_in == path
    assert dict(project.unknown.values) == {}


@pytest.mark.slow
def test_a_very_large_record_is_thinned_and_its_end_stays_exact(monkeypatch):
    trainer = Trainer(TrainingConfig(hidden=(50, 50)))
    trainer.advance(1_000)
    record = trainer.record()
    assert light(record) is record
    monkeypatch.setattr(autosave_folder, "MOST_BYTES", 150_000)
    thin = light(record)
    assert sum(each.nbytes for each in (thin.keyframes, thin.costs, thin.trail.curves)) < 150_000
    assert np.array_equal(thin.parameters, record.parameters)


# The end


def test_after_a_clean_end_nothing_is_left(autosave, root):
    autosave.learn(10)
    autosave.after(autosave.keep)
    autosave.end(keep=False)
    QThreadPool.globalInstance().waitForDone()
    assert list(root.iterdir()) == []


def test_what_is_being_written_at_a_clean_end_goes_too(autosave, session, root, qtbot):
    autosave.learn(10)
    with qtbot.waitSignal(session.captured):
        autosave.keep()
    autosave.end(keep=False)
    QThreadPool.globalInstance().waitForDone()
    assert list(root.glob("*")) == []


def test_what_nobody_could_be_asked_about_is_kept_and_found(autosave, root):
    autosave.learn(10)
    autosave.after(autosave.keep)
    autosave.end(keep=True)
    QThreadPool.globalInstance().waitForDone()
    (crash,) = find_crashes(root)
    assert [each.summary.iteration for each in crash.generations] == [10]
    crash.discard()


# Faults


@pytest.mark.slow
@pytest.mark.parametrize("operation", ["mkdir", "write", "rename"])
def test_a_failure_is_told_once_keeps_what_is_there_and_mends_itself(autosave, root, monkeypatch, caplog, operation):
    autosave.learn(10)
    autosave.after(autosave.keep)

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    target = {"mkdir": (atomic.Path, "mkdir"), "write": (atomic, "write_all"), "rename": (atomic.Path, "replace")}
    with monkeypatch.context() as patch:
        patch.setattr(*target[operation], fail)
        for _ in range(2):
            autosave.learn(10)
            autosave.after(autosave.keep)
    assert kept(root) == [10]
    assert len(autosave.told) == 1
    assert autosave.told[0].startswith("Autosave is not working")
    assert "Errno" not in autosave.told[0]
    assert "could not be written" in caplog.text
    autosave.after(autosave.keep)
    assert kept(root) == [30, 10]


def test_without_a_folder_for_it_nothing_is_kept_and_nothing_breaks(autosave, root):
    root.write_text("in the way")
    autosave.learn(10)
    autosave.after(autosave.keep)
    assert root.read_text() == "in the way"


def test_what_is_on_its_way_at_the_end_is_not_written(autosave, root, qtbot):
    autosave.learn(10)
    with qtbot.waitSignal(autosave.session.captured):
        autosave.keep()
        autosave.end(keep=False)
    QThreadPool.globalInstance().waitForDone()
    assert not root.exists()


def test_a_save_and_an_autosave_are_written_however_many_walls_films_and_trainings_are_at_work(
    autosave, root, tmp_path
):
    release, begun, many = threading.Event(), threading.Semaphore(0), QThreadPool.globalInstance().maxThreadCount() + 2
    try:
        for _ in range(many):
            Job(lambda: begun.release() or release.wait(), is_long=True).start()
        for _ in range(many):
            assert begun.acquire(timeout=patience_s())
        autosave.save_to(tmp_path / "heart.curvegui")
        autosave.learn(10)
        assert autosave.after(autosave.keep) == [10]
        assert not release.is_set()
    finally:
        release.set()
