"""What the app remembers of a person's choices, in one small JSON file."""

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from threading import Lock
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from curvegui.files.disk.atomic import WriteError, write_bytes
from curvegui.session.jobs.job import Job

MAX_BYTES = 1_000_000  # a window layout takes a few thousand
SOON_MS = 500  # after a change, it is written with those that have followed

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """Choices that outlast the window."""

    look: str = "classic"  # of the canvas
    theme: str = "system"  # of the window; or "light" or "dark"
    motion: str = "system"  # as the system has it; or "reduced": nothing moves that need not; or "full"
    geometry: str = ""  # the window's size and place, as Qt saves them, in base64
    views: str = ""  # which of the four was shown, and how each was left, as JSON
    picture_folder: str = ""  # where the last picture was saved
    report_folder: str = ""  # where the last report was saved
    picture: str = ""  # the options of the last picture, as JSON
    film: str = ""  # those of the last film
    favourites: str = ""  # how they are shown, as JSON
    target: bool = True  # this and the next two are on the canvas
    trail: bool = True
    axes: bool = False
    residuals: bool = False  # arrows on the canvas: to the training points
    pulls: bool = False  # arrows on the canvas: where the cost pulls the curve
    errors: bool = False  # the error along t, under the canvas
    before: bool = False  # the run before, behind the present one
    log_time: bool = True  # the timeline gives early training more room
    sweep: str = ""  # where the last sweep was carried out, as JSON
    tour: str = ""  # where lessons were left, as JSON; empty until the tour has been offered once
    puzzles: str = ""  # the functions that were put together, with spaces between
    text_size: int = 100  # percent of the system's
    start_view: str = ""  # which view the window opens with; empty for the one that was shown last
    start_curve: str = ""  # which preset a window begins with; empty for the usual one
    start_paused: bool = False
    engine: str = "auto"  # or one of `ENGINES`
    precision: str = "double"
    autosave_s: int = 10  # between two copies of the run; 0 for none


class PreferencesFile(QObject):
    """Reads and writes the preferences; ``present`` are those that were loaded, with what has changed since.

    A value that is missing or broken in the file is the default; no file stops the app. What only another version knows
    stays in the file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.present = Preferences()
        self._others: dict[str, Any] = {}
        self._lock, self._soon = Lock(), QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._write_behind)

    def load(self) -> Preferences:
        """The preferences kept; the default for each value that is missing or not of its type."""
        kept = self._read()
        if kept.get("reduced_motion") is True:  # before it could follow the system
            kept.setdefault("motion", "reduced")
        defaults = Preferences()
        self._others = {name: value for name, value in kept.items() if not hasattr(defaults, name)}
        self.present = Preferences(
            **{
                each.name: kept[each.name]
                for each in fields(Preferences)
                if type(kept.get(each.name)) is type(getattr(defaults, each.name))
            }
        )
        return self.present

    def remember(self, **changes: Any) -> None:
        """Change some of them; they are soon written in the background, or at once with the next `save`."""
        before, self.present = self.present, replace(self.present, **changes)
        if self.present != before and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _write_behind(self) -> None:
        Job(self._write).start()

    def _read(self) -> dict[str, Any]:
        try:
            with self.path.open("rb") as file:
                kept = json.loads(file.read(MAX_BYTES))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            logger.warning("The preferences in %s cannot be read; the defaults are used.", self.path)
            return {}
        return kept if isinstance(kept, dict) else {}

    def save(self, preferences: Preferences | None = None) -> None:
        """Write the present preferences, or others in their place. A failure is only logged: no work is lost."""
        self._soon.stop()
        self.present = preferences or self.present
        self._write()

    def _write(self) -> None:
        """Write what is present then. Called in any thread."""
        with self._lock:  # what is older never comes after what is newer
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                write_bytes(self.path, json.dumps(self._others | asdict(self.present), indent=2).encode())
            except (OSError, WriteError) as error:
                logger.warning("The preferences could not be kept in %s: %s", self.path, error)
