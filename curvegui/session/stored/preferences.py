"""What the app remembers of a person's choices, in one small JSON file."""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from curvegui.core.language.text import tr
from curvegui.files.disk.shared_file import Codec, SharedFile, SharedFileError
from curvegui.session.jobs.job import FileWriter, nothing

MAX_BYTES = 1_000_000  # a window layout takes a few thousand
SOON_MS = 500  # after a change, it is written with those that have followed
UNASKED = "geometry", "views"  # kept as they stand when a window goes, though nobody has touched them

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """Choices that outlast the window."""

    look: str = "ember"  # of the canvas; Classic for who has chosen none in a file from before Ember
    theme: str = "system"  # of the window; or "light", "dark", "contrast", "contrast-light"
    language: str = "system"  # or the code of one that there is
    motion: str = "system"  # as the system has it; or "reduced": nothing moves that need not; or "full"
    geometry: str = ""  # the window's size and position, as Qt saves them, in base64
    views: str = ""  # which of the four was shown, and how each was left, as JSON
    picture_folder: str = ""  # where the last picture was saved
    report_folder: str = ""  # where the last report, data, code, text or sound was saved
    share: str = "picture"  # the kind of what was shared last
    picture: str = ""  # the options of the last picture, as JSON
    film: str = ""  # those of the last film
    poster: str = ""  # those of the last poster
    gallery: str = ""  # which curves the gallery shows and for how long, as JSON
    favourites: str = ""  # how they are shown, as JSON
    target: bool = True  # this and the next two are on the canvas
    trail: bool = True
    axes: bool = False
    residuals: bool = False  # arrows on the canvas: to the training points
    pulls: bool = False  # arrows on the canvas: where the cost pulls the curve
    errors: bool = False  # the error along t, under the canvas
    before: bool = False  # the run before, behind the present one
    lines_seen: bool = False  # which line on the canvas is which
    log_time: bool = True  # the timeline gives early training more room
    sweep: str = ""  # where the last sweep was carried out, as JSON
    tour: str = ""  # where lessons were left, as JSON; empty until the tour has been offered once
    puzzles: str = ""  # the functions that were put together, with spaces between
    text_size: int = 100  # percent of the system's
    start_view: str = ""  # which view the window opens with; empty for the one that was shown last
    start_curve: str = ""  # which preset a window begins with; empty for the usual one
    start_paused: bool = False
    files_open: str = "apart"  # those from outside, in a window of their own; or "here"
    engine: str = "auto"  # or one of `ENGINES`
    precision: str = "double"
    autosave_s: int = 10  # between two copies of the run; 0 for none


class PreferencesFile(QObject):
    """Reads and writes the preferences; ``present`` are those that were loaded, with what has changed since.

    A value that is missing or of another type in the file is the default; no file stops the app. Only what has changed
    is written: what another window has chosen, or only another version knows, stays. ``is_known``: the file has been
    read. Until then, a window keeps nothing unasked that would replace what is in the file."""

    troubled = Signal(str)  # a sentence: the file cannot be used
    found = Signal()  # what could not be read by `load` is in ``present`` now

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.present, self.is_known = Preferences(), False
        self._is_awaited = False  # what is in the file, which could not be read by `load`
        self._changes = 0  # so far: an answer to what was asked before one does not have it
        self._file, self._writer = SharedFile(path, tr("Your preferences"), CODEC), FileWriter(self)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._write_behind)
        # what is in the way as they are loaded is for the window, which is made after that
        self._writer.troubled.connect(self.troubled, Qt.ConnectionType.QueuedConnection)

    def load(self) -> Preferences:
        """The saved preferences; if the file cannot be read now, the present ones, and the file is read again later."""
        saved = self._now(self._file.write)  # what was noted and could not be written is in it, or stays present
        if saved is None:
            self._is_awaited = not self.is_known
            self._write_behind()
        else:
            self.present, self.is_known, self._is_awaited = _preferences_of(saved), True, False
        return self.present

    def remember(self, **changes: Any) -> None:
        """Change some preferences, which are soon written in the background, or at once with the next `save`."""
        before, self.present = self.present, replace(self.present, **changes)
        if self.present != before:
            new = {name: value for name, value in changes.items() if getattr(before, name) != value}
            spared = set[str]() if self.is_known else set(UNASKED)
            self._note(lambda saved: saved | {name: new[name] for name in new if name not in spared & saved.keys()})

    def revise(self, name: str, step: Callable[[str], str]) -> None:
        """Change a part of a text whose other parts other windows may have changed: ``step`` maps old text to new."""
        changed: dict[str, Any] = {name: step(getattr(self.present, name))}
        self.present = replace(self.present, **changed)
        self._note(lambda saved: saved | {name: step(saved[name] if isinstance(saved.get(name), str) else "")})

    def _note(self, step: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        look = self.present.look  # or a file that does not say it would seem to be from before Ember
        self._file.note(lambda saved: step(saved) if saved else {"look": look} | step(saved))
        self._changes += 1
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _write_behind(self) -> None:
        self._writer.write(self._file, partial(self._take, self._changes) if self._is_awaited else nothing)

    def _take(self, changes: int, saved: dict[str, Any]) -> None:
        """Take over the file's content, once; not if a newer change is missing there: its answer is on the way."""
        if self._is_awaited and changes == self._changes:
            self._is_awaited = False
            self.present = _preferences_of(saved)
            self.found.emit()

    def save(self, preferences: Preferences | None = None) -> None:
        """Write at once what has changed, or all of other preferences; this waits for the disk, at most two seconds."""
        self._soon.stop()
        if preferences is not None:
            self.present = preferences
            self._changes += 1
            self._file.note(lambda saved: saved | asdict(preferences))
        self._now(self._file.write)

    def _now(self, work: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
        """Do work on the file in this thread; return its content, or None where that fails, which is reported."""
        try:
            found = work()
        except SharedFileError as error:
            logger.warning("%s", error)
            self._writer.report(str(error))
            return None
        self._writer.report(self._file.take_notice())
        return found


def _preferences_of(saved: dict[str, Any]) -> Preferences:
    if saved and not isinstance(saved.get("look"), str):
        saved = saved | {"look": "classic"}
    if saved.get("reduced_motion") is True:  # before it could follow the system
        saved = {"motion": "reduced"} | saved
    usual = asdict(Preferences())
    return Preferences(**{name: saved[name] for name in usual if type(saved.get(name)) is type(usual[name])})


def _decoded(data: bytes) -> dict[str, Any]:
    saved = json.loads(data)
    if not isinstance(saved, dict):
        raise ValueError(tr("It is no object"))
    return saved


CODEC = Codec[dict[str, Any]](_decoded, lambda saved: json.dumps(saved, indent=2).encode(), dict, MAX_BYTES)
