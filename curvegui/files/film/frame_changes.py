"""Which part of a frame differs from the one before it: all that GIF and WebP have to write of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curvegui.files.film.animation import Pixels


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
