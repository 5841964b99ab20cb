"""GIF films: one palette for all frames, no dither, and of each frame only what has changed.

Pillow packs the pixels; the frames are put together here, as Pillow would keep all of them in memory.
"""

import io
import struct
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from curvegui.files.film.animation import Animation, ChangeFinder, FilmSpec, Output, Pixels

ROUNDS = 6  # of k-means: more change nothing that can be seen
RARE_COUNT = 0.45  # power of a colour's number of pixels: thin curves count for more than their share of the picture
BIN_BITS = 7  # of each channel, in which colours are counted
AT_ONCE = 256  # colours compared with the palette: few enough for the cache, and for BLAS to stay in this thread
Colours = NDArray[np.uint8]
"""Red, green and blue, shape (n, 3)."""


def shared_palette(samples: Sequence[Pixels], most: int) -> Colours:
    """Choose at most ``most`` colours (up to 256) from typical frames; shape (n, 3)."""
    from PIL import Image

    seen = np.concatenate([sample.ravel() for sample in samples])
    coarse = np.uint32(0xFF >> (8 - BIN_BITS) << (8 - BIN_BITS)) * np.uint32(0x010101)
    _, first, counts = np.unique(seen & coarse, return_index=True, return_counts=True)
    strip = np.repeat(_channels(seen[first]), np.ceil(counts**RARE_COUNT).astype(int), axis=0)
    chosen = Image.fromarray(strip[np.newaxis]).quantize(most, Image.Quantize.MEDIANCUT, ROUNDS)
    return np.unique(np.array(chosen.getpalette(), np.uint8).reshape(-1, 3)[:most], axis=0)


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
    """Finds the nearest of at most 255 colours for each pixel, and remembers it for each colour."""

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


COLOURS = 255
UNCHANGED = 255  # the index that shows what was there before
HEADER = struct.Struct("<6sHHBBB")
FULL_TABLE = 0xF7  # there is a palette for all frames, of 256 colours, 8 bits a channel
LOOP_FOR_EVER = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
FRAME = struct.Struct("<BBBBHBB BHHHHB")
KEEP_AND_SEE_THROUGH = 0b000_001_01  # what is drawn stays, and one index is transparent
END = b"\x3b"


class GifAnimation(Animation):
    """A GIF: plays everywhere, in 255 colours."""

    wants_samples = True

    def __init__(self, file: Output, spec: FilmSpec) -> None:
        super().__init__(file, spec)
        self._changes = ChangeFinder()
        self._shown = np.full((spec.side_px, spec.side_px), UNCHANGED, np.uint8)

    def begin(self, samples: Sequence[Pixels]) -> None:
        palette, side = shared_palette(samples, COLOURS), self._spec.side_px
        self._quantiser = Quantiser(palette)
        table = palette.tobytes().ljust(3 * 256, b"\0")
        self._file.write(HEADER.pack(b"GIF89a", side, side, FULL_TABLE, 0, 0) + table)
        if self._spec.loop:
            self._file.write(LOOP_FOR_EVER)
        if about := self._spec.description.encode():  # a comment, which programs may show
            blocks = [about[start : start + 255] for start in range(0, len(about), 255)]
            self._file.write(b"\x21\xfe" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0")

    def add(self, pixels: Pixels, ticks: int) -> Iterator[None]:
        change = self._changes.find(pixels)
        height, width = change.pixels.shape
        shown = self._shown[change.top : change.top + height, change.left : change.left + width]
        fresh = self._quantiser.indices(change.pixels[change.differs])
        drawn = np.full((height, width), UNCHANGED, np.uint8)
        drawn[change.differs] = np.where(fresh == shown[change.differs], UNCHANGED, fresh)
        shown[change.differs] = fresh
        yield
        control = 0x21, 0xF9, 4, KEEP_AND_SEE_THROUGH, self._duration(ticks, units=100), UNCHANGED, 0
        self._file.write(FRAME.pack(*control, 0x2C, change.left, change.top, width, height, 0) + _packed(drawn))
        yield

    def end(self) -> Iterator[None]:
        self._file.write(END)
        yield


def _packed(indices: NDArray[np.uint8]) -> bytes:
    """The packed pixels of a frame, cut out of a whole GIF of this one frame."""
    from PIL import Image

    whole = io.BytesIO()
    Image.fromarray(indices).save(whole, "GIF", optimize=False, interlace=0)
    data = whole.getvalue()
    at = HEADER.size + _table_bytes(data[10])
    while data[at] == 0x21:  # extensions: a label, blocks, and an empty block
        at += 2
        while data[at]:
            at += 1 + data[at]
        at += 1
    return data[at + 10 + _table_bytes(data[at + 9]) : -len(END)]


def _table_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
