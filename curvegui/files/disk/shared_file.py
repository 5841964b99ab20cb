"""A small file of the app's own that all windows share: read, changed and written so that nothing in it is lost."""

import errno
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from curvegui.core.language.text import first_sentence, mark, tr
from curvegui.core.regular_file import open_regular, why_unreadable
from curvegui.files.disk.atomic import HINTS, move_to_free_name, write_bytes
from curvegui.files.disk.lock import alone_in

PATIENCE_S = 1.0  # with another program, which needs a few milliseconds; a closing takes 2 s at most
NOT_READ = mark("{what} cannot be read: {path}. {why} The file is as it was; CurveGUI tries again later.")
NOT_WRITTEN = mark("{what} cannot be written: {path}. {why} The file is as it was; CurveGUI tries again later.")
DAMAGED = mark("{what} were damaged: the file is now “{name}” in {parent}, and a new one begins.")
NONSENSE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)

Content = TypeVar("Content")
Step = Callable[[Content], Content]

logger = logging.getLogger(__name__)


class SharedFileError(OSError):
    """A shared file cannot be read or written now; the message says what is safe."""


@dataclass(frozen=True)
class Codec(Generic[Content]):
    """How a content becomes bytes and is read again; ``empty`` makes the content of a missing file. ``decode`` raises
    one of ``NONSENSE`` for a damaged file, and ``SharedFileError`` for a file that must stay as it is."""

    decode: Callable[[bytes], Content]
    encode: Callable[[Content], bytes]
    empty: Callable[[], Content]
    most_bytes: int


class SharedFile(Generic[Content]):
    """Reads, changes and writes the file, from any thread; other programs wait meanwhile. A damaged file counts as
    empty, and gets another name: it is not lost. A file that cannot be read now is not written over:
    ``SharedFileError`` is raised. Its message says ``what`` is in the file, as in "Your recent files"."""

    def __init__(self, path: Path, what: str, codec: Codec[Content]) -> None:
        self.path, self._what, self._codec = path, what, codec
        self._mutex = Lock()
        self._noted: list[Step[Content]] = []
        self._notice = ""

    def take_notice(self) -> str:
        """A sentence for people, once, if the file was found damaged; else nothing."""
        notice, self._notice = self._notice, ""
        return notice

    def read(self) -> Content:
        """The file's content; raises ``SharedFileError`` if the file cannot be read now."""
        with self._in_words(NOT_READ):
            try:
                return self._decoded()
            except NONSENSE:
                with alone_in(self.path.parent, PATIENCE_S):
                    return self._readable()

    def change(self, step: Step[Content]) -> Content:
        """Change the file's content, and return it; raises ``SharedFileError`` if that fails: nothing has changed."""
        with self._alone():
            return self._changed([step])

    def note(self, step: Step[Content]) -> None:
        """Note a change, which the next `write` makes; returns at once."""
        self._noted.append(step)

    def write(self) -> Content:
        """Make the changes that were noted; where ``SharedFileError`` is raised, the next `write` tries again."""
        with self._alone():
            steps = self._noted[:]
            content = self._changed(steps) if steps else self.read()
            del self._noted[: len(steps)]
            return content

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other threads out of the block."""
        with self._in_words(NOT_WRITTEN):
            if not self._mutex.acquire(timeout=PATIENCE_S):
                raise OSError(errno.EBUSY, tr("The disk is busy"))
        try:
            yield
        finally:
            self._mutex.release()

    def _changed(self, steps: Sequence[Step[Content]]) -> Content:
        with self._in_words(NOT_WRITTEN), alone_in(self.path.parent, PATIENCE_S):
            with self._in_words(NOT_READ):
                content = found = self._readable()
            for step in steps:
                content = step(content)
            if content is not found:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                write_bytes(self.path, self._codec.encode(content))
            return content

    def _readable(self) -> Content:
        """The file's content; a damaged file is put aside. To be called while nobody else uses the file."""
        try:
            return self._decoded()
        except NONSENSE as error:
            logger.info("%s is damaged: %r", self.path, error)
            aside = move_to_free_name(self.path, self.path.with_stem(f"{self.path.stem}-damaged"))
            self._notice = tr(DAMAGED, what=self._what, name=aside.name, parent=self.path.parent)
            logger.warning(self._notice)
            return self._codec.empty()

    def _decoded(self) -> Content:
        try:
            with open_regular(self.path) as file:
                data = file.read(self._codec.most_bytes + 1)
        except (FileNotFoundError, NotADirectoryError):
            return self._codec.empty()
        if len(data) > self._codec.most_bytes:
            raise ValueError(tr("It is too large"))
        return self._codec.decode(data)

    @contextmanager
    def _in_words(self, failed: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno is None:  # it is in words already
                raise
            hint = first_sentence(tr(HINTS.get(error.errno or 0, "")))  # nobody can choose another place here
            why = why_unreadable(error) if failed == NOT_READ or not hint else hint
            raise SharedFileError(tr(failed, what=self._what, path=self.path, why=why)) from error
