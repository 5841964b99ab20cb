"""One favourite, as a list shows it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from curvegui.files.project.summary import Summary

Curves = tuple[NDArray[np.float32], NDArray[np.float32], str]
"""The target and the fit, each of shape (2, n), and the name of the look."""


@dataclass(frozen=True)
class Entry:
    """A file in the folder, not yet read."""

    path: Path
    modified: int  # in nanoseconds
    size: int  # in bytes


@dataclass(frozen=True)
class Favourite:
    """A favourite as a list shows it."""

    entry: Entry
    summary: Summary | None  # None where the file cannot be read
    problem: str = ""  # why it cannot

    @property
    def key(self) -> str:
        """Its file name, which no other one has."""
        return self.entry.path.name

    @property
    def name(self) -> str:
        """What people call it."""
        return (self.summary.name if self.summary else "") or self.entry.path.stem

    @property
    def date(self) -> str:
        """When it was kept, in UTC: ``2026-11-24T18:20:00Z``."""
        if self.summary and self.summary.saved_at:
            return self.summary.saved_at
        return datetime.fromtimestamp(self.entry.modified / 1e9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
