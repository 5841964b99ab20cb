"""WebP films: every pixel exactly as it was painted, and of each frame only what has changed.

Pillow packs the pixels; the frames are put together here, as Pillow would keep all of them in memory.
https://developers.google.com/speed/webp/docs/riff_container
"""

import io
import struct
from collections.abc import Iterator, Sequence

import numpy as np

from curvegui.files.film.animation import Animation, ChangedArea, ChangeFinder, FilmSpec, Output, Pixels

METHOD, EFFORT = 1, 25  # of 6 and 100: half the bytes of none, and the next step takes twice as long
PICTURE_CHUNKS = {b"VP8L", b"VP8 ", b"ALPH"}
ANIMATED_WITH_ALPHA = 0x12
OPAQUE = np.uint32(0xFF000000)
BACKGROUND = b"\xff\xff\xff\xff"  # nobody sees it: the first frame covers all


class WebpAnimation(Animation):
    """A WebP, for the web: all colours exactly."""

    def __init__(self, file: Output, spec: FilmSpec) -> None:
        super().__init__(file, spec)
        self._changes = ChangeFinder()

    def begin(self, samples: Sequence[Pixels]) -> None:
        side = _three_bytes(self._spec.side_px - 1)
        canvas = bytes([ANIMATED_WITH_ALPHA, 0, 0, 0]) + side + side
        loops = struct.pack("<H", 0 if self._spec.loop else 1)  # 0 is for ever
        head = _chunk(b"VP8X", canvas) + _chunk(b"ANIM", BACKGROUND + loops)
        self._file.write(b"RIFF" + bytes(4) + b"WEBP" + head)  # its length follows when it is known

    def add(self, pixels: Pixels, ticks: int) -> Iterator[None]:
        change = self._changes.find(pixels)
        packed = _packed(change)
        yield
        height, width = change.pixels.shape
        numbers = change.left // 2, change.top // 2, width - 1, height - 1, self._duration(ticks, units=1000)
        frame = b"".join(_three_bytes(number) for number in numbers) + bytes(1)  # over the one before, and stays
        self._file.write(_chunk(b"ANMF", frame + packed))
        yield

    def end(self) -> Iterator[None]:
        length = self._file.tell()
        self._file.seek(4)
        self._file.write(struct.pack("<I", length - 8))
        yield


def _three_bytes(number: int) -> bytes:
    return number.to_bytes(3, "little")


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)


def _packed(change: ChangedArea) -> bytes:
    """The chunks of a still WebP that shows what has changed and is transparent elsewhere."""
    from PIL import Image

    height, width = change.pixels.shape
    seen = np.where(change.differs, change.pixels | OPAQUE, np.uint32(0))
    whole = io.BytesIO()
    image = Image.frombuffer("RGBA", (width, height), seen.tobytes(), "raw", "BGRA", 0, 1)
    image.save(whole, "WEBP", lossless=True, method=METHOD, quality=EFFORT)
    return b"".join(_chunk(name, data) for name, data in _chunks(whole.getvalue()) if name in PICTURE_CHUNKS)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents of a WebP's chunks."""
    at = 12
    while at < len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2
