"""The submenu of the files that were open last."""

from collections import Counter
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from curvegui.session.document.recent_files import MOST, RecentFiles
from curvegui.session.jobs.job import Job


class RecentMenu(QObject):
    """Fills a menu each time it is opened, before what is in it already.

    ``menu``: its first action comes after the files. ``chosen(str)``: the path of a file that is there.
    ``missing(str)``: the path of a file that is not there any more; it is off the list.
    """

    chosen = Signal(str)
    missing = Signal(str)

    def __init__(self, menu: QMenu, recent: RecentFiles) -> None:
        super().__init__(menu)
        self._menu, self._recent = menu, recent
        self._clear = menu.actions()[-1]
        self._entries: list[QAction] = []
        menu.setToolTipsVisible(True)  # with the whole path
        menu.aboutToShow.connect(self.fill)
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Show the list as it is now."""
        for entry in self._entries:
            self._menu.removeAction(entry)
            entry.deleteLater()
        paths = self._recent.all()
        shared = {name for name, count in Counter(path.name for path in paths).items() if count > 1}
        self._entries = [self._entry(number, path, shared) for number, path in enumerate(paths, 1)]
        self._menu.insertActions(self._menu.actions()[0], self._entries)
        self._clear.setEnabled(bool(self._entries))

    def _entry(self, number: int, path: Path, shared: set[str]) -> QAction:
        text = f"{path.name} – {path.parent.name}" if path.name in shared else path.name
        entry = QAction(f"&{number % MOST}  {text.replace('&', '&&')}", self._menu)
        entry.setObjectName(f"action.recent.{number}")
        entry.setData(str(path))
        entry.setToolTip(str(path))
        entry.setToolTip(str(path))
        entry.triggered.connect(self._look)
        return entry

    @Slot()
    def _look(self) -> None:
        """See in the background whether the file is still there."""
        path = cast(QAction, self.sender()).data()
        job = Job(partial(_look, path))
        job.ended.connect(self._choose)
        job.start()

    @Slot(object, object)
    def _choose(self, found: tuple[str, bool] | None, error: Exception | None) -> None:
        if found is None:
            return
        path, is_there = found
        (self.chosen if is_there else self.missing).emit(path)


def _look(path: str) -> tuple[str, bool]:
    return path, Path(path).exists()
