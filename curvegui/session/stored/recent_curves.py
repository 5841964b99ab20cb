"""The person's own curves that were trained on last: read and written in the background."""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.curve.curve import Curve
from curvegui.session.jobs.file_writer import FileWriter

if TYPE_CHECKING:
    from curvegui.files.curves.kept import KeptCurves


class RecentCurves(QObject):
    """A short list of curves, the latest first, saved in a file. Until the window closes, a curve keeps its place."""

    changed = Signal()  # there are others in ``curves`` now
    troubled = Signal(str)  # a sentence: the file cannot be used

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.curves: tuple[Curve, ...] = ()
        self._path, self._writer = path, FileWriter(self)
        self._writer.troubled.connect(self.troubled)

    @cached_property
    def _kept(self) -> "KeptCurves":
        from curvegui.files.curves.kept import KeptCurves

        return KeptCurves(self._path)

    @Slot()
    def load(self) -> None:
        """Read the list, if there is one."""
        if os.path.lexists(self._path):
            self._writer.write(self._kept, self._show)

    def add(self, curve: Curve, instead_of: Curve | None = None) -> None:
        """Put a new curve first; another one can be removed for it."""
        self._kept.put_first(curve, instead_of)
        self._writer.write(self._kept, self._show)

    def remove(self, curve: Curve) -> None:
        """Take a curve off the list."""
        self._kept.take_off(curve)
        self._writer.write(self._kept, self._show)

    @Slot()
    def end(self) -> None:
        """Write, behind a window that closes, what could not be written until now."""
        self._writer.end()

    def _show(self, curves: tuple[Curve, ...]) -> None:
        found, before = {each: each for each in curves}, self.curves
        new = (each for each in curves if each not in before)
        self.curves = (*new, *(found[each] for each in before if each in found))
        if [(each, each.trained) for each in self.curves] != [(each, each.trained) for each in before]:
            self.changed.emit()
