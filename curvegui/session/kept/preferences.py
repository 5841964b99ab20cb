"""What the app remembers of how a person likes it, in one small JSON file."""

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from curvegui.files.disk.atomic import WriteError, write_bytes

MAX_BYTES = 1_000_000  # a window layout takes a few thousand

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """Choices that outlast the window."""

    look: str = "classic"
    theme: str = "system"
    reduced_motion: bool = False
    geometry: str = ""
    docks: str = ""
    picture_folder: str = ""
    picture: str = ""
    film: str = ""
    favourites: str = ""
    target: bool = True
    trail: bool = True
    axes: bool = False
    residuals: bool = False
    pulls: bool = False
    errors: bool = False
    log_time: bool = True
    curves: bool = True
    sweep: str = ""
    tour: str = ""


class PreferencesFile:
    """Reads and writes the preferences; ``present`` are those that were loaded, with what has changed since.

    A file that cannot be read counts as no preferences at all, value by value, and is never in the way.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.present = Preferences()

    def load(self) -> Preferences:
        """The preferences kept; the default for each value that is missing or not of its type."""
        kept = self._read()
        defaults = Preferences()
        self.present = Preferences(
            **{
                each.name: kept[each.name]
                for each in fields(Preferences)
                if type(kept.get(each.name)) is type(getattr(defaults, each.name))
            }
        )
        return self.present

    def remember(self, **changes: Any) -> None:
        """Change some of them, to be saved with the next ones."""
        self.present = replace(self.present, **changes)

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
        """Keep the present preferences, or others in their place.

        A failure is logged, as nothing that a person made is lost with them.
        """
        self.present = preferences or self.present
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(self.path, json.dumps(asdict(self.present), indent=2).encode())
        except (OSError, WriteError) as error:
            logger.warning("The preferences could not be kept in %s: %s", self.path, error)
