"""The files that were opened or saved last, and the own curves that were trained on last; all windows share them."""

import json
import logging
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import tr
from curvegui.files.disk.shared_file import Codec, SharedFile, SharedFileError
from curvegui.session.jobs.job import FileWriter

if TYPE_CHECKING:
    from curvegui.files.curves.kept import KeptCurves


class RecentCurves(QObject):
    """A short list of curves, the latest first, saved in a file; a curve keeps its position until the window closes."""

    changed = Signal()  # there are others in ``curves`` now
    troubled = Signal(str)  # a sentence: the file cannot be used

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.curves: tuple[Curve, ...] = ()
        self._path, self._writer = path, FileWriter(self)
        self._writer.troubled.connect(self.troubled)
        self.end = self._writer.end  # tries once more, behind a window that closes, to write what could not be written

    @cached_property
    def _file(self) -> "KeptCurves":
        from curvegui.files.curves.kept import KeptCurves

        return KeptCurves(self._path)

    @Slot()
    def load(self) -> None:
        if os.path.lexists(self._path):
            self._writer.write(self._file, self._show)

    def add(self, curve: Curve, instead_of: Curve | None = None) -> None:
        """Put a new curve first; ``instead_of`` is removed for it."""
        self._file.put_first(curve, instead_of)
        self._writer.write(self._file, self._show)

    def remove(self, curve: Curve) -> None:
        self._file.take_off(curve)
        self._writer.write(self._file, self._show)

    def _show(self, curves: tuple[Curve, ...]) -> None:
        found, before = {each: each for each in curves}, self.curves
        new = (each for each in curves if each not in before)
        self.curves = (*new, *(found[each] for each in before if each in found))
        if [(each, each.trained) for each in self.curves] != [(each, each.trained) for each in before]:
            self.changed.emit()


MOST = 10
MAX_BYTES = 1_000_000  # of the file; ten paths take a few thousand

logger = logging.getLogger(__name__)


class RecentFiles(SharedFile[list[Path]]):
    """The paths of the files that were opened or saved last, the latest first, in a file that windows share."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, tr("Your recent files"), Codec[list[Path]](_decoded, _encoded, list, MAX_BYTES))

    def all(self) -> list[Path]:
        try:
            return self.read()
        except SharedFileError as error:
            logger.info("%s", error)
            return []

    def add(self, path: Path) -> None:
        absolute = path.absolute()
        self.note(lambda saved: [absolute, *(each for each in saved if each != absolute)][:MOST])

    def remove(self, path: Path) -> None:
        self.note(lambda saved: [each for each in saved if each != path])

    def clear(self) -> None:
        self.note(lambda _: [])


def _encoded(paths: list[Path]) -> bytes:
    return json.dumps(list(map(str, paths)), indent=2).encode()


def _decoded(data: bytes) -> list[Path]:
    saved = json.loads(data)
    if not isinstance(saved, list):
        raise ValueError(tr("It is no list"))
    return [Path(each) for each in saved if isinstance(each, str) and each and "\0" not in each][:MOST]
