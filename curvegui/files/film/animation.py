"""What all film formats have in common: they take frame after frame, and some want only the area that has changed."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint32]
"""A frame or a part of one, shape (height, width): 0xffRRGGBB in each."""


class MissingLibraryError(ImportError):
    """A format needs a library that is not installed; the message says how to get it."""


class Output(Protocol):
    """A file that is open for writing."""

    def write(self, data: bytes, /) -> int: ...  # all of the data
    def tell(self) -> int: ...
    def seek(self, offset: int, whence: int = 0, /) -> int: ...


@dataclass(frozen=True)
class FilmSpec:
    """The size, the speed and the description of a film, and whether it is repeated."""

    side_px: int  # of its square frames
    frames_per_second: int
    loop: bool  # whether it begins again at its end, where the format can say so
    description: str = ""  # goes into the file's own description


class Animation(ABC):
    """A film that is being written to an empty file; the frames come in order, and one is in memory at a time."""

    wants_samples: ClassVar[bool] = False  # whether it has to see some typical frames first

    def __init__(self, file: Output, spec: FilmSpec) -> None:
        self._file, self._spec = file, spec
        self._ticks = 0
        self._open = ExitStack()

    @classmethod
    def missing(cls) -> str:
        """A sentence that says what has to be installed for this format; empty if nothing."""
        return ""

    @abstractmethod
    def begin(self, samples: Sequence[Pixels]) -> None:
        """Write what comes before the first frame; ``samples`` are typical frames of any size, if the format wants
        them. Raises ``MissingLibraryError``."""

    @abstractmethod
    def add(self, pixels: Pixels, ticks: int) -> Iterator[None]:
        """Add a frame that is shown for ``ticks`` / ``frames_per_second`` s; each step of the iterator does a piece of
        the work. The pixels may change when the iterator has ended."""

    @abstractmethod
    def end(self) -> Iterator[None]:
        """Write the rest; each step of the iterator does a piece of the work."""

    def close(self) -> None:
        """Let go of everything, also in the middle."""
        self._open.close()

    def _duration(self, ticks: int, units: int) -> int:
        """A frame's duration in units of 1 / ``units`` s, rounded such that errors never add up."""
        per_tick = units / self._spec.frames_per_second
        start = round(self._ticks * per_tick)
        self._ticks += ticks
        return round(self._ticks * per_tick) - start


@dataclass(frozen=True, eq=False)
class ChangedArea:
    """The smallest rectangle with all pixels that differ from the frame before, at least one pixel large."""

    left: int  # even, like top: WebP can write no other
    top: int
    pixels: Pixels  # shape (height, width)
    differs: NDArray[np.bool_]  # shape (height, width)


class ChangeFinder:
    """Compares each frame with the one before; the first differs everywhere."""

    def __init__(self) -> None:
        self._before: Pixels | None = None

    def find(self, pixels: Pixels) -> ChangedArea:
        """The area of a frame that differs from the frame before."""
        before, self._before = self._before, pixels.copy()
        if before is None:
            return ChangedArea(0, 0, pixels, np.ones(pixels.shape, np.bool_))
        differs = pixels != before
        top, bottom = _span(differs.any(axis=1))
        left, right = _span(differs.any(axis=0))
        return ChangedArea(left, top, pixels[top:bottom, left:right], differs[top:bottom, left:right])


def _span(wanted: NDArray[np.bool_]) -> tuple[int, int]:
    """The even start and the end of the indices that are wanted; (0, 1) if none is."""
    indices = np.flatnonzero(wanted)
    return (int(indices[0]) // 2 * 2, int(indices[-1]) + 1) if len(indices) else (0, 1)
