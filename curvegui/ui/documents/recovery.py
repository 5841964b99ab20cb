"""Offers the autosaved runs of windows that closed unexpectedly, one window after the other."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.regular_file import is_folder
from curvegui.files.disk.atomic import clear_below
from curvegui.session.document.file import Origin
from curvegui.session.jobs.job import Job
from curvegui.ui.actions.view import CLASS_MODE, Availability

if TYPE_CHECKING:  # loaded when there is something to look at
    from curvegui.session.document.recovery import Crash, Generation


class Recovery(QObject):
    """Looks for the autosaves of closed windows, and asks what shall become of them; in class mode, only after the
    person has left it. Before it asks, it deletes half-written files in the app's own ``folders``, except those of
    windows that still run."""

    missing = Signal()  # the copy with which the window was opened anew cannot be read
    wanted = Signal(Path)  # an autosave to open; the file stays until `forget`

    def __init__(self, root: Path, folders: Iterable[Path], availability: Availability, window: QWidget) -> None:
        super().__init__(window)
        self._availability = availability
        availability.changed.connect(self._offer_next)
        self._root, self._folders, self._window = root, frozenset(folders), window
        self._crashes: list[Crash] = []
        self._restarted: Path | None = None
        self._asked: Crash | None = None  # the crash whose dialog is open
        self._brought_back: Crash | None = None
        self._copy: Path | None = None  # the copy that was restored, until the run is in another file
        self._origin: Origin | None = None

    def look(self, restarted: Path | None = None) -> None:
        """Look for autosaves in the background; a copy that this window was ``restarted`` with opens unasked."""
        self._restarted = restarted
        job = Job(partial(_found, self._root, self._folders))
        job.ended.connect(self._find)
        job.start()

    @Slot(object, object)
    def _find(self, crashes: "list[Crash] | None", error: Exception | None) -> None:
        self._crashes = crashes or []
        own = [(crash, each) for crash in self._crashes for each in crash.generations if each.path == self._restarted]
        for crash, copy in own:
            self._crashes = [crash, *(each for each in self._crashes if each is not crash)]
            self._bring_back(copy)
        if not own and self._restarted is not None:
            self.missing.emit()
        self._offer_next()

    @Slot()
    def _offer_next(self) -> None:
        if not self._crashes or self._crashes[0] is self._asked or CLASS_MODE in self._availability:
            return
        self._asked = self._crashes[0]
        from curvegui.ui.documents.recovery_dialog import RecoveryDialog

        dialog = RecoveryDialog(self._asked, self._window)
        dialog.brought_back.connect(self._bring_back)
        dialog.discarded.connect(self._discard)
        dialog.postponed.connect(self.postpone)
        dialog.open()

    @Slot(object)
    def _bring_back(self, generation: "Generation") -> None:
        self._brought_back, self._copy = self._crashes.pop(0), generation.path
        self.postpone()  # one window takes one run; the others are for the next start
        self.wanted.emit(generation.path)

    @Slot()
    def _discard(self) -> None:
        Job(self._crashes.pop(0).discard).start()
        self._offer_next()

    @Slot()
    def postpone(self) -> None:
        for crash in self._crashes:
            crash.release()
        self._crashes = []

    def is_of(self, path: Path) -> bool:
        return self._brought_back is not None and path.parent == self._brought_back.folder

    def wait_for(self, origin: Origin) -> None:
        """Keep the restored copy until the document with its run has been autosaved or saved to another file."""
        self._origin = origin

    @Slot(object)
    def drop_copy(self, origin: Origin) -> None:
        """Delete the restored copy of a run that has been autosaved; older copies may still be wanted."""
        if self._brought_back is not None and self._copy is not None and origin is self._origin:
            Job(partial(self._brought_back.drop, self._copy)).start()
            self._copy = None

    def forget(self, origin: Origin) -> None:
        """Delete all copies of a restored run that a person has saved."""
        if self._brought_back is not None and origin is self._origin:
            Job(self._brought_back.discard).start()
            self._brought_back = self._copy = self._origin = None

    def close(self) -> None:
        self.postpone()
        if self._brought_back is not None:
            self._brought_back.release()
            self._brought_back = self._copy = None


def _found(root: Path, folders: Iterable[Path]) -> "list[Crash]":
    clear_below(folders)
    if not is_folder(root):
        return []
    from curvegui.session.document.recovery import find_crashes

    return find_crashes(root)
