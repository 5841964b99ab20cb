"""What films are written with: one class for each format, which takes a frame after the other."""

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
    """A format needs a library that is not there; the message says how to get it."""


class Output(Protocol):
    """A file that is open for writing."""

    def write(self, data: bytes, /) -> int:
        """Write all of the data."""
        ...

    def tell(self) -> int:
        """Where the file stands."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go somewhere else in it."""
        ...


@dataclass(frozen=True)
class Sheet:
    """What a film is to be like.

    Attributes
    ----------
    side_px : int
        Of its square frames.
    frames_per_second : int
    loop : bool
        Whether it begins again at its end, where the format can say so.
    description : str
        Goes into the file's own description.
    """

    side_px: int
    frames_per_second: int
    loop: bool
    description: str = ""


class Animation(ABC):
    """A film on its way into a file; the frames come in order, and one is in memory at a time.

    Parameters
    ----------
    file : Output
        Empty.
    sheet : Sheet

    Attributes
    ----------
    label : str
        What people call the format.
    most_frames_per_second : int
    loops : bool
        Whether it can say that it begins again.
    even_sides : bool
        Whether its sides must be even.
    wants_samples : bool
        Whether it has to see some typical frames before the first.
    """

    label: ClassVar[str]
    most_frames_per_second: ClassVar[int] = 60
    loops: ClassVar[bool] = True
    even_sides: ClassVar[bool] = False
    wants_samples: ClassVar[bool] = False

    def __init__(self, file: Output, sheet: Sheet) -> None:
        self._file, self._sheet = file, sheet
        self._ticks = 0
        self._open = ExitStack()

    @classmethod
    def missing(cls) -> str:
        """What has to be installed for it, as a sentence; empty where nothing has."""
        return ""

    @abstractmethod
    def begin(self, samples: Sequence[Pixels]) -> None:
        """Write what comes before the first frame.

        Parameters
        ----------
        samples : sequence of Pixels
            Typical frames of any size, none where they are not wanted.

        Raises
        ------
        MissingLibraryError
        """

    @abstractmethod
    def add(self, pixels: Pixels, ticks: int) -> Iterator[None]:
        """Add a frame that is shown for so many times 1 / ``frames_per_second`` s; a piece of work at a time.

        The pixels may change when the iterator has ended.
        """

    @abstractmethod
    def end(self) -> Iterator[None]:
        """Write what is left to write, a piece of work at a time."""

    def close(self) -> None:
        """Let go of everything, also in the middle."""
        self._open.close()

    def _duration(self, ticks: int, units: int) -> int:
        """A frame's duration in so many units a second, such that rounding never adds up."""
        per_tick = units / self._sheet.frames_per_second
        start = round(self._ticks * per_tick)
        self._ticks += ticks
        return round(self._ticks * per_tick) - start


@dataclass(frozen=True, eq=False)
class Change:
    """The smallest rectangle with all pixels that differ, of at least one pixel.

    Attributes
    ----------
    left, top : int
        Where it lies; even, as WebP can write no other.
    pixels : ndarray of uint32, shape (height, width)
    differs : ndarray of bool, shape (height, width)
    """

    left: int
    top: int
    pixels: Pixels
    differs: NDArray[np.bool_]


class ChangeFinder:
    """Compares each frame with the one before; the first differs everywhere."""

    def __init__(self) -> None:
        self._before: Pixels | None = None

    def find(self, pixels: Pixels) -> Change:
        """What differs in the next frame."""
        before, self._before = self._before, pixels.copy()
        if before is None:
            return Change(0, 0, pixels, np.ones(pixels.shape, np.bool_))
        differs = pixels != before
        top, bottom = _span(differs.any(axis=1))
        left, right = _span(differs.any(axis=0))
        return Change(left, top, pixels[top:bottom, left:right], differs[top:bottom, left:right])


def _span(wanted: NDArray[np.bool_]) -> tuple[int, int]:
    """From an even index to behind the last one wanted; the first alone, where none is."""
    indices = np.flatnonzero(wanted)
    return (int(indices[0]) // 2 * 2, int(indices[-1]) + 1) if len(indices) else (0, 1)
