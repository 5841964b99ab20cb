"""An index of the favourites, so that 1,000 of them need not be opened again.

It is only a cache: a file that has another time or size than noted here is read again, and an index that is not as
expected, or of another version of the app, is ignored.
"""

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from curvegui import __version__
from curvegui.core.regular_file import open_regular
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.atomic import WriteError, write_bytes
from curvegui.files.project.summary import Summary

MOST_BYTES = 32_000_000  # of 50,000 favourites
WORTH_NOTING = 30  # new ones: fewer are read in 10 ms

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Noted:
    """A file's time, in nanoseconds, and size, in bytes, and what it said."""

    modified: int
    size: int
    summary: Summary


class FavouritesIndex:
    """The index in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._noted: dict[str, Noted] = {}

    def load(self) -> None:
        """Read it, if it is there and intact."""
        try:
            with open_regular(self._path) as file:
                self._noted = _noted(json.loads(file.read(MOST_BYTES)))
        except FileNotFoundError:
            return
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            logger.info("The index in %s cannot be used; the favourites are read themselves.", self._path)

    def find(self, name: str, modified: int, size: int) -> Summary | None:
        """The summary noted for a file in this state."""
        noted = self._noted.get(name)
        is_known = noted is not None and (noted.modified, noted.size) == (modified, size)
        return noted.summary if noted is not None and is_known else None

    def save(self, noted: Mapping[str, Noted]) -> None:
        """Note these in place of all, if many are new; a failure is only logged."""
        news = sum(self.find(name, each.modified, each.size) is None for name, each in noted.items())
        if news < WORTH_NOTING:
            return
        self._noted = dict(noted)
        files = {
            name: [each.modified, each.size, _values(each.summary)]
            for name, each in noted.items()
            if isinstance(each.summary.config.curve, str)  # a curve of one's own takes as long to note as to read
        }
        try:
            write_bytes(self._path, json.dumps({"made_by": __version__, "files": files}).encode())
        except (WriteError, ValueError) as error:
            logger.info("The index of the favourites could not be written: %s", error)


def _values(summary: Summary) -> dict[str, Any]:
    return asdict(summary) | {"cost": summary.cost if math.isfinite(summary.cost) else None}


def _noted(found: dict[str, Any]) -> dict[str, Noted]:
    if found["made_by"] != __version__:
        return {}
    configs: dict[str, TrainingConfig] = {}
    return {
        name: Noted(modified, size, _summary(values, configs))
        for name, (modified, size, values) in found["files"].items()
    }


def _summary(values: dict[str, Any], configs: dict[str, TrainingConfig]) -> Summary:
    """A summary; many have the same settings, which are checked once."""
    key = json.dumps(values["config"])
    if key not in configs:
        configs[key] = TrainingConfig(**values["config"])
    cost, (iteration, best) = values["cost"], values["best"]
    fixed = {
        "config": configs[key],
        "best": (int(iteration), float(best)),
        "cost": math.inf if cost is None else float(cost),
    }
    return Summary(**(values | fixed))
