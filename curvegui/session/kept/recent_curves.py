"""The person's own curves that were trained on last: read and written in the background."""

import logging
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.curve.curve import Curve
from curvegui.session.jobs.jobs import Jobs

if TYPE_CHECKING:
    from curvegui.files.curves.kept import KeptCurves

logger = logging.getLogger(__name__)


class RecentCurves(QObject):
    """A short list of curves, the latest first, saved in a file. Until the window closes, a curve keeps its place."""

    changed = Signal()  # there are others in ``curves`` now

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.curves: tuple[Curve, ...] = ()
        self._path = path
        self._jobs = Jobs(self)

    @cached_property
    def _kept(self) -> "KeptCurves":
        from curvegui.files.curves.kept import KeptCurves

        return KeptCurves(self._path)

    @Slot()
    def load(self) -> None:
        """Read the list, if there is one."""
        if self._path.exists():
            self._jobs.do(self._kept.all, self._show, self._note)

    def add(self, curve: Curve, instead_of: Curve | None = None) -> None:
        """Put a new curve first; another one can be removed for it."""
        self._jobs.do(partial(self._kept.add, curve, instead_of), self._show, self._note)

    def remove(self, curve: Curve) -> None:
        """Take a curve off the list."""
        self._jobs.do(partial(self._kept.remove, curve), self._show, self._note)

    def _show(self, curves: tuple[Curve, ...]) -> None:
        new = (each for each in curves if each not in self.curves)
        curves = (*new, *(each for each in self.curves if each in curves))
        if curves != self.curves:
            self.curves = curves
            self.changed.emit()

    def _note(self, problem: str) -> None:
        logger.warning("The latest curves are not at hand: %s", problem)
