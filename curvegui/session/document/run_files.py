"""The files that runs are saved in: of the present run, and of each that Undo or Redo can bring back."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import tr
from curvegui.core.run.record import RunRecord
from curvegui.session.document.file import Stamp
from curvegui.session.document.file_lock import FileLock
from curvegui.session.document.state import Appearance, Baseline, Origin
from curvegui.session.run.session import Session


@dataclass(eq=False)
class RunFile:
    """The file that a run is saved in, and what the run was when it was last saved or opened; of a new run, nothing.

    Without a ``path``, ``suggestion`` is where to save first if a person agrees. ``curve`` is the one that the run had
    when it was last saved or opened, or has begun with. ``is_touched`` is whether anything has been changed since.
    """

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

    def save_to(self, path: Path, record: RunRecord, appearance: Appearance, stamp: Stamp | None) -> None:
        """Note where the run has been saved, and as what."""
        self.path, self.read_only, self.suggestion, self.is_recovered = path, False, None, False
        self.baseline, self.curve, self.stamp = Baseline.of(record, appearance), record.config.curve, stamp

    def leave(self) -> None:
        """Forget the file: another run has been saved in it."""
        self.path = self.baseline = self.stamp = self.lock = None
        self.read_only, self.is_touched = False, True


class RunFiles:
    """Knows which run belongs to which file, whoever has begun the run.

    A run that goes on from one with a file belongs to that file, which then has both; so does a run that begins again
    with the same curve, as after a reset. Any other run has no file, until Undo brings back one that has.
    """

    def __init__(self, session: Session) -> None:
        self._session, self.now = session, RunFile(session.config.curve)
        self._of_runs = {session.number: self.now}
        self._next: RunFile | None = None

    def expect(self, run_file: RunFile) -> None:
        """Set the file of the run that begins next."""
        self._next = run_file

    def follow(self) -> bool:
        """Make ``now`` the file of the present run; returns whether that is another file than before."""
        session, before = self._session, self.now
        run = session.number
        if run not in self._of_runs:
            self._of_runs[run] = self._next or self._inherited() or RunFile(session.config.curve)
            self._next = None
        runs = session.history.runs() | {run}
        self._of_runs = {each: run_file for each, run_file in self._of_runs.items() if each in runs}
        self.now = self._of_runs[run]
        return self.now is not before

    def _inherited(self) -> RunFile | None:
        """The file of the run that the present one goes on from, or begins again with the same curve."""
        before = self._session.predecessor
        found = None if before.run is None else self._of_runs.get(before.run)
        return None if found is None or (before.is_restart and found.curve != self._session.config.curve) else found

    def take_from_others(self, path: Path, owner: RunFile) -> None:
        """Let the file at ``path``, which has been written, belong to ``owner`` alone."""
        for each in self._of_runs.values():
            if each is not owner and each.path == path:
                each.leave()


class RunOfDocument(QObject):
    """The present run of a session and its file: what the title and closing say. ``appearance`` is the canvas's."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._files, self.appearance = session, RunFiles(session), Appearance()

    @property
    def run_file(self) -> RunFile:
        """The file of the present run."""
        return self._files.now

    @property
    def path(self) -> Path | None:
        """The file that Save writes to, if there is one."""
        return self.run_file.path

    @property
    def read_only(self) -> bool:
        """Whether the file is open for reading only."""
        return self.run_file.read_only

    @property
    def suggestion(self) -> Path | None:
        """Without a file, where to save first if a person agrees."""
        return self.run_file.suggestion

    @property
    def origin(self) -> Origin:
        """What the run was opened as."""
        return self.run_file.origin

    @property
    def title(self) -> str:
        """The name of its file, or of the file that it came from, or else of its curve."""
        if self.path is not None:
            return self.path.name
        name = self.suggestion.stem if self.suggestion else self._session.config.curve_title
        return tr("{name} (recovered)", name=name) if self.run_file.is_recovered else name

    @property
    def is_changed(self) -> bool:
        """Whether something differs from its file; without a file, whether a person has changed anything."""
        baseline = self.run_file.baseline
        if baseline is None:
            return self.run_file.is_touched
        return baseline.differs(self._session.config, self._session.snapshot, self.appearance)

    @property
    def is_in_file(self) -> bool:
        """Whether a file has all of it."""
        return self.run_file.baseline is not None and not self.is_changed

    @property
    def is_only_learning(self) -> bool:
        """Whether the run learns on, and nothing else has changed since the save that ended last was asked for."""
        baseline = self.run_file.baseline
        is_same = baseline and baseline.appearance == self.appearance and not self.run_file.is_touched
        return bool(is_same) and self._session.phase.is_learning
