"""A few colours that stand for all the colours of a film, and which of them stands for which."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from curvegui.files.film.animation import Pixels

ROUNDS = 6  # of k-means: more change nothing that can be seen
RARE_COUNT = 0.45  # power of a colour's number of pixels: thin curves count for more than their share of the picture
BIN_BITS = 7  # of each channel, in which colours are counted
AT_ONCE = 256  # colours compared with the palette: few enough for the cache, and for BLAS to stay in this thread

Colours = NDArray[np.uint8]
"""Red, green and blue, shape (n, 3)."""


def shared_palette(samples: Sequence[Pixels], most: int) -> Colours:
    """Choose at most ``most`` colours (up to 256) from typical frames; shape (n, 3)."""
    seen = np.concatenate([sample.ravel() for sample in samples])
    palette = _median_cut(_channels(seen), most)
    means, counts = _binned(_channels(seen))
    weights = counts**RARE_COUNT
    for _ in range(ROUNDS):
        chosen = nearest(means, palette)
        weight = np.bincount(chosen, weights, len(palette))
        used = weight > 0
        for channel in range(3):
            total = np.bincount(chosen, weights * means[:, channel], len(palette))
            palette[used, channel] = total[used] / weight[used]
    return np.unique(palette.round().astype(np.uint8), axis=0)


def _median_cut(colours: Colours, most: int) -> NDArray[np.float32]:
    """Pillow's choice, which is good for large areas such as the background."""
    from PIL import Image

    strip = Image.fromarray(colours[np.newaxis])
    flat = strip.quantize(most, Image.Quantize.MEDIANCUT).getpalette() or []
    return np.array(flat, np.float32).reshape(-1, 3)[:most]


def _binned(colours: Colours) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """The mean colour of each bin that has any, shape (n, 3), and how many it has."""
    coarse = (colours >> np.uint8(8 - BIN_BITS)).astype(np.int32)
    bins = coarse @ np.array([1 << 2 * BIN_BITS, 1 << BIN_BITS, 1], np.int32)
    _, place, counts = np.unique(bins, return_inverse=True, return_counts=True)
    sums = [np.bincount(place, colours[:, channel]) for channel in range(3)]
    return (np.stack(sums, axis=1) / counts[:, np.newaxis]).astype(np.float32), counts.astype(np.float64)


def nearest(colours: NDArray[np.generic], palette: NDArray[np.generic]) -> NDArray[np.intp]:
    """The index of the nearest colour of a palette, shape (k, 3), for each of the colours, shape (n, 3)."""
    these, those = colours.astype(np.float32), palette.astype(np.float32)
    half_squares = (those**2).sum(axis=1) / 2
    found = np.empty(len(these), np.intp)
    for start in range(0, len(these), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        np.argmin(half_squares - these[part] @ those.T, axis=1, out=found[part])
    return found


class Quantiser:
    """Finds the nearest of at most 255 colours for each pixel, and remembers it."""

    def __init__(self, palette: Colours) -> None:
        self._palette = palette
        self._known = np.zeros(1 << 24, np.uint8)  # for each colour, its index plus 1; 16 MB, filled as they come

    def indices(self, pixels: Pixels) -> NDArray[np.uint8]:
        """The indices of the nearest colours, in the shape of the pixels."""
        colours = pixels & np.uint32(0xFFFFFF)
        found = self._known[colours]
        fresh = np.unique(colours[found == 0])
        if len(fresh):
            self._known[fresh] = nearest(_channels(fresh), self._palette) + 1
            found = self._known[colours]
        indices: NDArray[np.uint8] = found - np.uint8(1)
        return indices


def _channels(pixels: Pixels) -> Colours:
    """Red, green and blue of pixels, shape (n,)."""
    shifts = np.array([16, 8, 0], np.uint32)
    return (pixels[:, np.newaxis] >> shifts).astype(np.uint8)
