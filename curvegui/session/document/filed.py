"""What is known of a run's file, and which file each of the runs has that Undo and Redo can bring back."""

from dataclasses import dataclass, field
from pathlib import Path

from curvegui.core.curve.curve import Curve
from curvegui.core.run.record import RunRecord
from curvegui.session.document.file import Stamp
from curvegui.session.document.file_lock import FileLock
from curvegui.session.document.state import Appearance, Baseline, Origin
from curvegui.session.run.session import Session


@dataclass(eq=False)
class Filed:
    """Where a run is saved, and what it was when it was last saved or opened; of a new run, nothing.

    Without a ``path``, ``suggestion`` is where to save first if a person agrees. ``curve`` is the one that it then had,
    or has begun with. ``is_touched`` is whether something has been done with it since.
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
    lock: FileLock | None = None  # acquired while this is the run that there is

    def save_to(self, path: Path, record: RunRecord, appearance: Appearance, stamp: Stamp | None) -> None:
        """Note that the run has been saved."""
        self.path, self.read_only, self.suggestion, self.is_recovered = path, False, None, False
        self.baseline, self.curve, self.stamp = Baseline.of(record, appearance), record.config.curve, stamp

    def leave(self) -> None:
        """Have no file any more."""
        self.path = self.baseline = self.stamp = self.lock = None
        self.read_only, self.is_touched = False, True


class FiledRuns:
    """Knows whether a run is still the one that a file holds, whoever has begun it.

    What goes on from that run belongs into its file, which then has both; so does what begins again with its curve, as
    after a reset. Any other run has no file, until Undo brings back one that has.
    """

    def __init__(self, session: Session) -> None:
        self._session, self.now = session, Filed(session.config.curve)
        self._of_runs = {session.number: self.now}
        self._next: Filed | None = None

    def expect(self, filed: Filed) -> None:
        """Know the file of the run that begins next."""
        self._next = filed

    def follow(self) -> bool:
        """Be at the file of the run that there is now; whether that is another one than before."""
        session, before = self._session, self.now
        run = session.number
        if run not in self._of_runs:
            self._of_runs[run] = self._next or self._inherited() or Filed(session.config.curve)
            self._next = None
        runs = session.history.runs() | {run}
        self._of_runs = {each: filed for each, filed in self._of_runs.items() if each in runs}
        self.now = self._of_runs[run]
        return self.now is not before

    def _inherited(self) -> Filed | None:
        kin = self._session.kin
        found = None if kin.run is None else self._of_runs.get(kin.run)
        return None if found is None or (kin.is_anew and found.curve != self._session.config.curve) else found

    def take_from_others(self, path: Path, owner: Filed) -> None:
        """Let a file that has been written belong to its owner alone."""
        for each in self._of_runs.values():
            if each is not owner and each.path == path:
                each.leave()
