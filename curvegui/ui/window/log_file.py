"""The log: a file in the app's own data folder. If the file cannot be written, only errors go to stderr."""

import errno
import logging
import os
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from curvegui.core.language.text import first_sentence, tr
from curvegui.core.regular_file import regular_handle
from curvegui.files.disk.atomic import HINTS

LOG_BYTES = 1_000_000


class LogFile(QObject):
    """The log file; ``troubled`` says in a sentence, once and from any thread, that no more can be logged."""

    troubled = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.path = folder / "curvegui.log"
        self.trouble = ""

    def begin(self) -> None:
        handler: logging.Handler
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handler = _Handler(self)
        except OSError as error:
            self.report(error)
            handler = logging.StreamHandler() if sys.stderr else logging.NullHandler()
            handler.setLevel(logging.ERROR)  # a warning is told in the window
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
        logging.getLogger("curvegui").setLevel(logging.INFO)

    def report(self, error: OSError) -> None:
        if not self.trouble:
            hint = first_sentence(tr(HINTS.get(error.errno or 0, "")))
            reason = hint if hint and error.errno != errno.EINVAL else f"{error.strerror or error}."
            self.trouble = tr(
                "The log cannot be written: {path}. {reason} Your work is safe.", path=self.path, reason=reason
            )
            self.troubled.emit(self.trouble)

    def report_to(self, listener: Any) -> None:
        self.troubled.connect(listener, Qt.ConnectionType.QueuedConnection)
        if self.trouble:
            listener(self.trouble)


class _Handler(RotatingFileHandler):
    """Writes to a regular file only, as opening a pipe would block; errors go to the log instead of stderr."""

    def __init__(self, log: LogFile) -> None:
        self._log = log
        super().__init__(log.path, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", errors="backslashreplace")

    def _open(self) -> TextIOWrapper:
        handle = regular_handle(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        return os.fdopen(handle, "a", encoding=self.encoding, errors=self.errors)

    def handleError(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            self._log.report(error)
        else:
            super().handleError(record)
