"""The document: which file the run belongs to, and whether there are changes that are not saved."""

from collections import deque
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import tr
from curvegui.core.learner.morphing import Morph
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.document.file import (
    Appearance,
    Baseline,
    ChangedOnDiskError,
    FileLock,
    Locks,
    Mode,
    Origin,
    Reading,
    Stamp,
    read_file,
    write_file,
)
from curvegui.session.jobs.job import Job
from curvegui.session.run.session import Session


@dataclass(eq=False)
class RunFile:
    """The file that a run is saved in, and what the run was when it was last saved or opened; of a new run, nothing.
    Without a ``path``, ``suggestion`` is the path that Save offers first. ``curve`` is the curve that the run then had,
    or has begun with. ``is_touched``: something has been changed since."""

    curve: str | Curve
    path: Path | None = None
    read_only: bool = False
    suggestion: Path | None = None
    is_recovered: bool = False
    is_touched: bool = False
    origin: Origin = field(default_factory=Origin)
    baseline: Baseline | None = None
    stamp: Stamp | None = None
    lock: FileLock | None = None  # acquired while the run is the present one


@dataclass(frozen=True, eq=False)
class Order:
    """A save that was asked for: the ``number`` of the save, and after how many changes (``acts``) by a person."""

    path: Path
    run_file: RunFile
    appearance: Appearance
    may_replace: bool
    acts: int
    number: int


class Document(QObject):
    """Opens and saves the run of a session, and follows it. Whatever touches a disk is done in the background.

    Save writes to ``path``, unless the file is ``read_only``. A run that goes on from a run with a file belongs to
    the same file; so does a run that begins again with the same curve, as after a reset. Any other run has no file,
    until Undo brings back a run with one. ``appearance`` is the canvas's, ``folder`` is for locks. ``orders`` counts
    the saves, and ``safe`` says which of them the file is from."""

    changed = Signal()  # another name, or unsaved changes where there were none, or the reverse
    read = Signal(object)  # Reading: a file was read and checked; `take_up` it, or `forget` it
    opened = Signal(str)  # the path of the file that the run came from
    saved = Signal(str)  # the path
    failed = Signal(str)  # a sentence; neither the run nor the file has changed
    not_reverted = Signal(str)  # a sentence: what was changed or saved while the file was read stays
    found_changed = Signal(str)  # the path of a file that was not replaced, since another program has changed it
    appearance_wanted = Signal(object)  # Appearance: of a project that is being opened; answer with `show_as`

    def __init__(self, session: Session, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self.appearance = session, Appearance()
        self.run_file = RunFile(session.config.curve)  # of the present run
        self._of_runs = {session.number: self.run_file}
        self._expected: RunFile | None = None  # the file of the run that begins next
        self.times_saved = self.orders = self.safe = self._acts = 0
        self._folder, self._was_changed = folder, False
        self._reverting: tuple[Origin, int, int] | None = None  # what a file is read for that is taken up unasked
        self._held: FileLock | None = None  # of the present run's file: one at a time, and none when it is closed
        self._is_closed = False
        self.is_reading = False
        self._wish: tuple[Path, Mode] | None = None  # which file to read after the one that is being read
        self._orders: list[Order] = []  # that have not been carried out yet
        self._waiting: deque[tuple[Order, RunRecord]] = deque()
        self._writing: tuple[Order, RunRecord] | None = None
        self._session.captured.connect(self._take_record)
        self._session.about_to_leave.connect(self._leave_recovered)
        self._session.acted.connect(self._note_act)
        self._session.snapshot_ready.connect(self._check)
        self._session.config_changed.connect(self._check)

    # What it is

    @property
    def path(self) -> Path | None:
        return self.run_file.path

    @property
    def title(self) -> str:
        if self.path is not None:
            return self.path.name
        name = self.run_file.suggestion.stem if self.run_file.suggestion else self._session.config.curve_title
        return tr("{name} (recovered)", name=name) if self.run_file.is_recovered else name

    @property
    def is_changed(self) -> bool:
        """Whether the run or its look differs from its file; without a file, whether a person has changed anything."""
        baseline = self.run_file.baseline
        if baseline is None:
            return self.run_file.is_touched
        return baseline.differs(self._session.config, self._session.snapshot, self.appearance)

    @property
    def is_in_file(self) -> bool:
        return self.run_file.baseline is not None and not self.is_changed

    @property
    def is_only_learning(self) -> bool:
        """Whether the run learns on, and nothing else has changed since the save that ended last was asked for."""
        baseline, is_learning = self.run_file.baseline, self._session.phase.is_learning
        is_untouched = is_learning and not self.run_file.is_touched
        return is_untouched and baseline is not None and baseline.appearance == self.appearance

    @property
    def is_saving(self) -> bool:
        return bool(self._orders)

    def show_as(self, appearance: Appearance) -> None:
        self.appearance = appearance
        self._check()

    @Slot()
    def _note_act(self) -> None:
        """Follow what a person does: the file of the run that is present now is the document's."""
        self._acts += 1
        session, before = self._session, self.run_file
        run = session.number
        if run not in self._of_runs:
            self._of_runs[run] = self._expected or self._inherited() or RunFile(session.config.curve)
            self._expected = None
        runs = session.history.runs() | {run}
        self._of_runs = {each: run_file for each, run_file in self._of_runs.items() if each in runs}
        self.run_file = self._of_runs[run]
        self.run_file.is_touched = True
        if self.run_file is not before:
            lock = self.run_file.lock
            if lock is None or lock is not self._held:  # it may have been let go of, and another window has it by now
                self._hold(lock if lock is not None and lock.acquire() else None)
            self._announce()
        else:
            self._check()

    def _inherited(self) -> RunFile | None:
        """The file of the run before, if the present run goes on from it, or begins again with the same curve."""
        before = self._session.predecessor
        found = None if before.run is None else self._of_runs.get(before.run)
        return None if found is None or (before.is_restart and found.curve != self._session.config.curve) else found

    @Slot()
    def _leave_recovered(self) -> None:
        if self.run_file.is_recovered:
            self.run_file.is_recovered = False
            self._announce()

    @Slot()
    def _check(self) -> None:
        if self.is_changed != self._was_changed:
            self._announce()

    def _announce(self) -> None:
        self._was_changed = self.is_changed
        self.changed.emit()

    # Opening

    def open(self, path: Path, mode: Mode = Mode.FILE) -> None:
        """Read a file; the signal ``read`` brings its `Reading`, and nothing has changed yet."""
        self._reverting = None
        if self.is_reading:
            self._wish = path, mode
            return
        self.is_reading = True
        job = Job(partial(read_file, path.absolute(), mode, Locks(self._folder, self._held)))
        job.ended.connect(self._take_reading)
        job.start()

    @Slot(object, object)
    def _take_reading(self, reading: Reading | None, error: Exception | None) -> None:
        """Bring the `Reading` of a file, unless another file is wanted by now."""
        self.is_reading = False
        (wish, self._wish), reverting = (self._wish, None), self._reverting
        if wish is not None:
            if reading is not None:
                self.forget(reading)
            self.open(*wish)
            self._reverting = reverting
        elif reading is not None:
            if self._reverting is None:
                self.read.emit(reading)
            elif self._reverting == self._moment and not self.is_saving:
                self.take_up(reading)
            else:
                self.forget(reading)
                words = tr("“{name}” was not reverted: you have made or saved changes since.", name=reading.path.name)
                self.not_reverted.emit(words)
        else:
            self.failed.emit(str(error) or type(error).__name__)

    def revert(self) -> None:
        """Go back to the run in the file; what has changed until now is lost."""
        if self.path is None:
            return
        self.hold_still()
        self.open(self.path, Mode.READ_ONLY if self.run_file.read_only else Mode.FILE)
        self._reverting = self._moment

    def hold_still(self) -> None:
        """Stop a morph that plays: each of its steps would count as a change by a person."""
        self._session.morphing.stop()

    @property
    def _moment(self) -> tuple[Origin, int, int]:
        return self.run_file.origin, self.times_saved, self._acts

    def forget(self, reading: Reading) -> None:
        if reading.lock is not None and reading.lock is not self._held:
            reading.lock.release()

    def take_up(self, reading: Reading) -> None:
        """Replace the present run by the run of a file that was read, paused."""
        project, mode = reading.project, reading.mode
        is_recovered, path = mode is Mode.RECOVERED, reading.path if mode in (Mode.FILE, Mode.READ_ONLY) else None
        run_file = RunFile(project.record.config.curve, path, mode is Mode.READ_ONLY, reading.suggestion, is_recovered)
        run_file.stamp, run_file.lock = reading.stamp, reading.lock
        if reading.lock is not None and not reading.lock.acquire():  # it was let go of meanwhile, and another has it
            run_file.read_only = True
        self._hold(None if run_file.read_only else reading.lock)
        self._expected = run_file
        self._session.open(project.record)
        saved = Appearance(project.look, project.layers, project.morph)
        self.appearance_wanted.emit(saved)
        run_file.origin = Origin(project.name, saved, self.appearance, project.unknown)
        run_file.baseline = None if is_recovered else Baseline.of(project.record, self.appearance)
        run_file.is_touched = is_recovered
        self._announce()
        if mode is not Mode.PASTED:
            self.opened.emit(str(reading.path))

    def new(self) -> None:
        self._session.begin(TrainingConfig())
        self._session.morphing.take(Morph())
        self._set_touched(False)

    def put(self, record: RunRecord, label: str, is_work: bool = False) -> None:
        """Replace the present run by another, perhaps to be saved; Undo brings back the present run and its file."""
        was_changed = self.is_changed
        if self._session.open(record, label):  # else it is there already, perhaps in a file by now
            self._set_touched(was_changed or is_work)

    def _set_touched(self, is_touched: bool) -> None:
        self.run_file.is_touched = is_touched
        self._announce()

    # Saving

    def save(self, may_replace: bool = False) -> None:
        """Save the run to its file, changed or not if it ``may_replace``. Raises ``ValueError`` if there is none."""
        if self.path is None or self.run_file.read_only:
            raise ValueError(tr("There is no file to save to."))
        last = self._orders[-1] if self._orders else None  # whose file is the document's by then
        self._order(last.path if last is not None and last.run_file is self.run_file else self.path, may_replace)

    def save_as(self, path: Path) -> None:
        self._order(path, may_replace=True)

    def _order(self, path: Path, may_replace: bool) -> None:
        self.orders += 1
        order = Order(path, self.run_file, self.appearance, may_replace, self._acts, self.orders)
        self._orders.append(order)
        self._session.capture(order)

    @Slot(object, object)
    def _take_record(self, question: object, record: RunRecord | None) -> None:
        if not isinstance(question, Order):
            return
        if record is None:
            self._orders.remove(question)
            self.failed.emit(tr("There is no run to save. Press Reset to start one."))
            return
        self._waiting.append((question, record))
        self._write_next()

    def _write_next(self) -> None:
        if self._writing is not None or not self._waiting:
            return
        order, record = self._writing = self._waiting.popleft()
        is_its_own = order.path == order.run_file.path  # else the stamp is of another file
        expected = order.run_file.stamp if is_its_own and not order.may_replace else None
        locks, origin = Locks(self._folder, self._held), order.run_file.origin
        job = Job(lambda: write_file(order.path, origin.project(record, order.appearance), locks, expected))
        job.ended.connect(self._finish)
        job.start()

    @Slot(object, object)
    def _finish(self, written: tuple[Stamp | None, FileLock] | None, error: Exception | None) -> None:
        assert self._writing is not None
        (order, record), self._writing = self._writing, None
        self._orders.remove(order)
        if written is not None:
            self._take_over(order, record, *written)
        elif isinstance(error, ChangedOnDiskError) and self.path == order.path:  # else Save would write another run
            self.found_changed.emit(str(order.path))
        else:
            name, reason = order.path.name, type(error).__name__
            self.failed.emit(str(error) or tr("“{name}” could not be saved: {reason}.", name=name, reason=reason))
        self._write_next()

    def _take_over(self, order: Order, record: RunRecord, stamp: Stamp | None, lock: FileLock) -> None:
        run_file = order.run_file
        for each in self._of_runs.values():
            if each is not run_file and each.path == order.path:
                each.path = each.baseline = each.stamp = each.lock = None
                each.read_only, each.is_touched = False, True
        run_file.path, run_file.read_only, run_file.suggestion, run_file.is_recovered = order.path, False, None, False
        run_file.baseline, run_file.curve = Baseline.of(record, order.appearance), record.config.curve
        run_file.stamp, run_file.lock, run_file.is_touched = stamp, lock, self._acts != order.acts
        if run_file is self.run_file:
            self._hold(lock)
            self.safe = order.number
            self._announce()
        elif lock is not self._held:  # another run is there by now
            lock.release()
        self.times_saved += 1
        self.saved.emit(str(order.path))

    def close(self) -> None:
        self._is_closed = True
        self._hold(None)

    def _hold(self, lock: FileLock | None) -> None:
        """Release the lock that is held, and hold another lock, which is acquired already."""
        if self._held is not None and self._held is not lock:
            self._held.release()
        if lock is not None and self._is_closed:  # a file that was still being saved
            lock.release()
        self._held = None if self._is_closed else lock
