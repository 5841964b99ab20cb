"""What libpng would give up at, and say so on the terminal, is found before: Qt reads the others without a word."""

import struct
import zlib

import numpy as np
import pytest
from PySide6.QtGui import QImage

from curvegui.files.project.in_picture import SIGNATURE
from curvegui.files.project.png_contents import CHANNELS, DEPTHS, PASSES, is_damaged_png

KINDS = [(kind, bits) for kind, depths in DEPTHS.items() for bits in sorted(depths)]
WIDTH, HEIGHT, ANY_SIZE = 11, 9, 10**12


def chunk(kind, data=b""):
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))


def rows(kind, bits, interlaced, side=(WIDTH, HEIGHT)):
    """The rows of a picture, each with its filter."""
    made = b""
    for x, y, right, down in PASSES if interlaced else [(0, 0, 1, 1)]:
        columns, count = -(-(side[0] - x) // right), -(-(side[1] - y) // down)
        if columns > 0 and count > 0:
            made += (b"\1" + bytes(-(-columns * bits * CHANNELS[kind] // 8))) * count
    return made


def png(kind=2, bits=8, interlaced=0, *, header=None, pixels=None, palette=b"\1\2\3", parts=1):
    """A picture in which parts can be wrong, though all checksums are right."""
    header = header or struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, kind, 0, 0, interlaced)
    packed = zlib.compress(rows(kind, bits, interlaced)) if pixels is None else pixels
    size = -(-len(packed) // parts)
    data = b"".join(chunk(b"IDAT", packed[place : place + size]) for place in range(0, len(packed), size))
    colours = chunk(b"PLTE", palette) if palette and kind in (2, 3, 6) else b""
    return SIGNATURE + chunk(b"IHDR", header) + colours + data + chunk(b"IEND")


@pytest.mark.parametrize(("kind", "bits"), KINDS)
@pytest.mark.parametrize("interlaced", [0, 1])
def test_each_kind_of_picture_is_read(kind, bits, interlaced, capfd):
    data = png(kind, bits, interlaced, parts=3)
    assert not is_damaged_png(data, ANY_SIZE)
    assert not QImage.fromData(data).isNull()
    assert capfd.readouterr().err == ""


def changed(place, value):
    fields = [WIDTH, HEIGHT, 8, 2, 0, 0, 0]
    fields[place] = value
    return struct.pack(">IIBBBBB", *fields)


WRONG = {
    "no width": png(header=changed(0, 0)),
    "too high": png(header=changed(1, 2_000_000)),
    "odd bits": png(header=changed(2, 4)),
    "no such kind": png(header=changed(3, 5)),
    "compressed otherwise": png(header=changed(4, 1)),
    "filtered otherwise": png(header=changed(5, 1)),
    "interlaced otherwise": png(header=changed(6, 2)),
    "a short header": png(header=b"\0" * 5),
    "no palette": png(3, 8, palette=b""),
    "an odd palette": png(3, 8, palette=b"\1\2\3\4"),
    "too many colours": png(3, 1, palette=bytes(3 * 257)),
    "a row is missing": png(pixels=zlib.compress(rows(2, 8, 0)[: -(3 * WIDTH + 1)])),
    "no pixels": png(pixels=zlib.compress(b"")),
    "no such filter": png(pixels=zlib.compress(b"\7" + rows(2, 8, 0)[1:])),
    "no such filter later": png(
        pixels=zlib.compress(rows(2, 8, 0)[: 3 * WIDTH + 1] + b"\5" + rows(2, 8, 0)[3 * WIDTH + 2 :])
    ),
    "no packed data": png(pixels=b"no such thing at all"),
    "cut packed data": png(pixels=zlib.compress(np.random.default_rng(1).bytes(500))[:90]),
    "two headers": png().replace(chunk(b"IEND"), chunk(b"IHDR", changed(2, 8)) + chunk(b"IEND")),
    "an unknown part": png().replace(chunk(b"IEND"), chunk(b"NEED", b"") + chunk(b"IEND")),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_known_before(name):
    assert is_damaged_png(WRONG[name], ANY_SIZE)


def test_whatever_is_changed_qt_reads_without_a_word_what_is_not_refused(capfd):
    random, read = np.random.default_rng(5), 0
    for turn in range(600):
        kind, bits = KINDS[turn % len(KINDS)]
        header = bytearray(struct.pack(">IIBBBBB", WIDTH, HEIGHT, bits, kind, 0, 0, turn % 2))
        pixels = bytearray(rows(kind, bits, turn % 2))
        for changed_part in (header, pixels) if turn % 3 else (pixels,):
            changed_part[random.integers(len(changed_part))] = random.integers(9)
        if turn % 5 == 0:
            pixels = pixels[: random.integers(len(pixels))]
        packed = bytearray(zlib.compress(bytes(pixels)))
        if turn % 7 == 0:
            packed[random.integers(len(packed))] = random.integers(256)
        data = png(kind, bits, header=bytes(header), pixels=bytes(packed), palette=bytes(3 * random.integers(1, 5)))
        if not is_damaged_png(data, ANY_SIZE):
            QImage.fromData(data)
            read += 1
    assert 100 < read < 600
    assert capfd.readouterr().err == ""


def test_other_files_are_no_damaged_png():
    assert not is_damaged_png(b"", 1) and not is_damaged_png(b"\xff\xd8\xff\xe0", 1)


def test_the_pixels_of_a_picture_that_is_too_large_anyway_are_not_looked_through():
    assert is_damaged_png(png(pixels=b"nothing"), WIDTH * HEIGHT)
    assert not is_damaged_png(png(pixels=b"nothing"), WIDTH * HEIGHT - 1)
