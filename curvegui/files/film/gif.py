"""GIF films: one palette for all frames, no dither, and of each frame only what has changed.

Pillow packs the pixels; the frames are put together here, as Pillow would keep all of them in memory.
"""

import io
import struct
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from curvegui.files.film.animation import Animation, ChangeFinder, Output, Pixels, Sheet
from curvegui.files.film.palette import Quantiser, shared_palette

COLOURS = 255
UNCHANGED = 255  # the index that shows what was there before
HEADER = struct.Struct("<6sHHBBB")
FULL_TABLE = 0xF7  # there is a palette for all frames, of 256 colours, 8 bits a channel
LOOP_FOR_EVER = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
FRAME = struct.Struct("<BBBBHBB BHHHHB")
KEEP_AND_SEE_THROUGH = 0b000_001_01  # what is drawn stays, and one index is transparent
END = b"\x3b"


class GifAnimation(Animation):
    """Plays everywhere, in 255 colours."""

    label = "GIF animation"
    words = "a film of the learning, which plays everywhere"
    most_frames_per_second = 50  # browsers slow down what is faster
    wants_samples = True

    def __init__(self, file: Output, sheet: Sheet) -> None:
        super().__init__(file, sheet)
        self._changes = ChangeFinder()
        self._shown = np.full((sheet.side_px, sheet.side_px), UNCHANGED, np.uint8)

    def begin(self, samples: Sequence[Pixels]) -> None:
        palette = shared_palette(samples, COLOURS)
        self._quantiser = Quantiser(palette)
        side = self._sheet.side_px
        table = palette.tobytes().ljust(3 * 256, b"\0")
        self._file.write(HEADER.pack(b"GIF89a", side, side, FULL_TABLE, 0, 0) + table)
        if self._sheet.loop:
            self._file.write(LOOP_FOR_EVER)
        self._file.write(_comment(self._sheet.description))

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


def _comment(text: str) -> bytes:
    """A text that programs may show, in blocks of at most 255 bytes."""
    data = text.encode()
    blocks = [data[start : start + 255] for start in range(0, len(data), 255)]
    return b"\x21\xfe" + b"".join(bytes([len(block)]) + block for block in blocks) + b"\0" if blocks else b""


def _packed(indices: NDArray[np.uint8]) -> bytes:
    """The indices as a GIF has them: taken out of a whole GIF of this one frame."""
    from PIL import Image

    whole = io.BytesIO()
    Image.fromarray(indices).save(whole, "GIF", optimize=False, interlace=0)
    data = whole.getvalue()
    return data[_start_of_image(data) : -len(END)]


def _start_of_image(data: bytes) -> int:
    """Where the first frame's packed pixels begin in a GIF."""
    at = HEADER.size + _table_bytes(data[10])
    while data[at] == 0x21:  # extensions: a label, blocks, and an empty block
        at += 2
        while data[at]:
            at += 1 + data[at]
        at += 1
    return at + 10 + _table_bytes(data[at + 9])


def _table_bytes(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
