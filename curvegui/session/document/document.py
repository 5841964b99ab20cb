"""The document: which file the run belongs to, and whether there are changes that are not saved."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.language.text import tr
from curvegui.core.learner.morphing import Morph
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.document.file import Locks, Mode, ProjectReader, Reading, Stamp, Written
from curvegui.session.document.file_lock import HeldLock
from curvegui.session.document.saver import Order, ProjectSaver
from curvegui.session.document.state import Appearance, Baseline, Origin
from curvegui.session.run.session import Session

HANDED_OVER = (  # to the document of a window that takes another one's place
    *("path", "read_only", "suggestion", "appearance", "origin", "times_saved", "orders", "safe"),
    *("_baseline", "_touched", "_is_recovered", "_held", "_stamp"),
)


class Document(QObject):
    """Opens and saves the run of a session, and follows it. What touches a disk is done in the background.

    Save writes to ``path``, unless the document is ``read_only``; without a path, ``suggestion`` is where to save first
    if a person agrees. ``appearance`` is the canvas's at present, and ``origin`` what the document was opened as.
    ``folder`` is for locks. ``orders`` counts the saves, ``safe`` is which of them the file is from, ``reader`` reads.
    """

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
        self.path: Path | None = None
        self.read_only = False
        self.suggestion: Path | None = None
        self.appearance, self.origin = Appearance(), Origin()
        self.times_saved = self.orders = self.safe = self._acts = 0
        self._session, self._folder = session, folder
        self._baseline: Baseline | None = None
        self._touched = self._was_changed = self._is_recovered = False
        self._reverting: tuple[Origin, int, int] | None = None  # what a file is read for that is taken up unasked
        self._held = HeldLock()
        self._stamp: Stamp | None = None
        self.reader = ProjectReader(self)
        self._saver = ProjectSaver(session, self._conditions, self)
        self._connect()

    def _connect(self) -> None:
        self.reader.read.connect(self._show_reading)
        self.reader.failed.connect(self.failed)
        self.reader.dropped.connect(self.forget)
        self._saver.written.connect(self._take_over)
        self._saver.failed.connect(self.failed)
        self._saver.found_changed.connect(self.found_changed)
        self._session.about_to_leave.connect(self._leave_recovered)
        self._session.acted.connect(self._note_act)
        self._session.snapshot_ready.connect(self._check)
        self._session.config_changed.connect(self._check)

    def take_over(self, before: "Document") -> None:
        """Be what another document has been until now, with its file, which that one holds no more."""
        for name in HANDED_OVER:
            setattr(self, name, getattr(before, name))
        before._held = HeldLock()
        self._announce()

    # What it is

    @property
    def title(self) -> str:
        """The name of its file, or of the file that it came from, or else of its curve."""
        if self.path is not None:
            return self.path.name
        name = self.suggestion.stem if self.suggestion else self._session.config.curve_title
        return tr("{name} (recovered)", name=name) if self._is_recovered else name

    @property
    def is_changed(self) -> bool:
        """Whether something differs from its file; without a file, whether a person has changed anything."""
        if self._baseline is None:
            return self._touched
        return self._baseline.differs(self._session.config, self._session.snapshot, self.appearance)

    @property
    def is_in_file(self) -> bool:
        """Whether a file has all of it."""
        return self._baseline is not None and not self.is_changed

    @property
    def is_only_learning(self) -> bool:
        """Whether the run learns on, and nothing else has changed since the save that ended last was asked for."""
        is_same = self._baseline and self._baseline.appearance == self.appearance and not self._touched
        return bool(is_same) and self._session.phase.is_learning

    @property
    def is_saving(self) -> bool:
        """Whether a save is on its way."""
        return self._saver.is_busy

    def show_as(self, appearance: Appearance) -> None:
        """Take note of what the canvas looks like now."""
        self.appearance = appearance
        self._check()

    @Slot()
    def _note_act(self) -> None:
        self._touched = True
        self._acts += 1
        self._check()

    @Slot()
    def _leave_recovered(self) -> None:
        if self._is_recovered:
            self._is_recovered = False
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
        """Read a file: ``read`` brings it, and nothing has changed yet."""
        self._reverting = None
        self.reader.start(path.absolute(), mode, Locks(self._folder, self._held.lock))

    def revert(self) -> None:
        """Go back to what is in the file; what has changed until now is lost."""
        if self.path is None:
            return
        self.hold_still()
        self.open(self.path, Mode.READ_ONLY if self.read_only else Mode.FILE)
        self._reverting = self._moment

    def hold_still(self) -> None:
        """Let no morph play on: each of its steps is a change, as one of a person's is."""
        self._session.morphing.stop()

    @property
    def _moment(self) -> tuple[Origin, int, int]:
        return self.origin, self.times_saved, self._acts

    @Slot(object)
    def _show_reading(self, reading: Reading) -> None:
        if self._reverting is None:
            self.read.emit(reading)
        elif self._reverting == self._moment and not self.is_saving:
            self.take_up(reading)
        else:
            self.forget(reading)
            name = reading.path.name
            self.not_reverted.emit(tr("“{name}” was not reverted: you have made or saved changes since.", name=name))

    @Slot(object)
    def forget(self, reading: Reading) -> None:
        """Drop a file that was read."""
        self._held.forget(reading.lock)

    def take_up(self, reading: Reading) -> None:
        """Replace the present run by the run of a file that was read, paused."""
        project, mode = reading.project, reading.mode
        self._session.open(project.record)
        has_file = mode in (Mode.FILE, Mode.READ_ONLY)
        self.path, self.read_only = reading.path if has_file else None, mode is Mode.READ_ONLY
        self._is_recovered = mode is Mode.RECOVERED
        self.suggestion, self._stamp = reading.suggestion, reading.stamp
        self._held.hold(reading.lock)
        kept = Appearance(project.look, project.layers, project.morph)
        self.appearance_wanted.emit(kept)
        self.origin = Origin(project.name, kept, self.appearance, project.unknown)
        self._baseline = None if self._is_recovered else Baseline.of(project.record, self.appearance)
        self._touched = self._is_recovered
        self._announce()
        if mode is not Mode.PASTED:
            self.opened.emit(str(reading.path))

    def new(self) -> None:
        """Begin an untitled run with the default settings, in place of the present one."""
        self._session.begin(TrainingConfig())
        self._session.morphing.take(Morph())
        self._leave_file(touched=False)

    def put(self, record: RunRecord, label: str, is_work: bool = False) -> None:
        """Replace the present run by an untitled one, perhaps to be saved; Undo brings it back, untitled too."""
        was_changed = self.is_changed
        if self._session.open(record, label):  # else it is there already, perhaps in a file by now
            self._leave_file(touched=was_changed or is_work)

    def _leave_file(self, touched: bool) -> None:
        self.path, self.read_only, self.suggestion, self._is_recovered = None, False, None, False
        self._held.hold(None)
        self.origin, self._baseline, self._stamp, self._touched = Origin(), None, None, touched
        self._announce()

    # Saving

    def save(self, may_replace: bool = False) -> None:
        """Save the run as it stands now to its file.

        What another program has written there is only replaced if ``may_replace``. Raises ``ValueError`` if the
        document has no file, or is read-only.
        """
        if self.path is None or self.read_only:
            raise ValueError(tr("There is no file to save to."))
        last = self._saver.last  # whose file is the document's by then
        self._order(last.path if last is not None and last.origin is self.origin else self.path, may_replace)

    def save_as(self, path: Path) -> None:
        """Save the run as it stands now to another file, which is the document's file from then on."""
        self._order(path, may_replace=True)

    def _order(self, path: Path, may_replace: bool) -> None:
        self.orders += 1
        self._saver.start(Order(path, self.origin, self.appearance, may_replace, self._acts, self.orders))

    def _conditions(self, order: Order) -> tuple[Locks, Stamp | None]:
        expected = None if order.may_replace or order.path != self.path else self._stamp  # of that path
        return Locks(self._folder, self._held.lock), expected

    @Slot(object, object, object)
    def _take_over(self, order: Order, record: RunRecord, written: Written) -> None:
        if order.origin is self.origin:
            self.path, self.read_only, self.suggestion, self._is_recovered = order.path, False, None, False
            self._stamp, self._touched = written.stamp, self._acts != order.acts
            self._held.hold(written.lock)
            self._baseline, self.safe = Baseline.of(record, order.appearance), order.number
            self._announce()
        else:  # another run has been opened meanwhile
            self._held.forget(written.lock)
        self.times_saved += 1
        self.saved.emit(str(order.path))

    def close(self) -> None:
        """Let other windows have the file, now and for good."""
        self._held.close()
