"""The application on macOS, where the system hands over files while the app runs, instead of on the command line."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class FileEventApplication(QApplication):
    """Keeps the files that the system hands over until the window is complete and takes them."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__([*words])
        self._waiting: list[str] = []
        self._open: Callable[[str], None] | None = None

    def serve(self, open_first: Callable[[str], None], open_later: Callable[[str], None]) -> None:
        """Open the first file with ``open_first``, and all later files with ``open_later``."""
        self._open = open_later
        for number, path in enumerate(self._waiting):
            (open_later if number else open_first)(path)
        self._waiting.clear()

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().event(event)
        if self._open is None:
            self._waiting.append(event.file())
        else:
            self._open(event.file())
        return True
