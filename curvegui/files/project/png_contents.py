"""Whether a PNG can be read to its end. Libpng, which Qt has read it, says what is wrong on the terminal.

What libpng gives up at is looked for before: in the chunks that it cannot do without, and in the rows of pixels.
"""

import struct
import zlib
from collections.abc import Iterator

from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory
from curvegui.files.project.in_picture import END, FIRST, PIXELS, SIGNATURE, chunks

HEADER = struct.Struct(">IIBBBBB")
PALETTE, LARGEST_PALETTE = b"PLTE", 3 * 256
LONGEST_SIDE = 1_000_000  # that libpng reads
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # of each kind of colours
DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}  # bits a channel
BY_PALETTE = 3
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced picture: its first column and row, and from each to the next."""
FILTERS = bytes(range(5))  # a row begins with one of these
BLOCK_BYTES = 1_000_000  # inflated at a time


def is_damaged_png(data: bytes, most_pixels: int) -> bool:
    """Whether bytes begin as a PNG and do not go on as one; the pixels of a larger one are not looked through."""
    if not data.startswith(SIGNATURE):
        return False
    try:
        return not _is_whole(Memory(data), most_pixels)
    except (ProjectError, zlib.error):
        return True


def _is_whole(source: Memory, most_pixels: int) -> bool:
    critical = [chunk for chunk in chunks(source) if chunk.kind[:1].isupper()]  # the others can be done without
    kinds = [chunk.kind for chunk in critical]
    if kinds[0] != FIRST or kinds.count(FIRST) > 1 or PIXELS not in kinds or {*kinds} - {FIRST, PALETTE, PIXELS, END}:
        return False
    data = critical[0].read(source)
    palettes = [chunk.length for chunk in critical[: kinds.index(PIXELS)] if chunk.kind == PALETTE]
    if len(data) != HEADER.size:
        return False
    width, height, bits, kind, compression, filtering, interlacing = HEADER.unpack(data)  # bits a channel
    has_size = all(0 < side <= LONGEST_SIDE for side in (width, height))
    is_known = bits in DEPTHS.get(kind, ()) and interlacing in (0, 1)
    has_colours = len(palettes) == 1 and palettes[0] % 3 == 0 and 0 < palettes[0] <= LARGEST_PALETTE
    is_usual = compression == filtering == 0
    if not (has_size and is_known and is_usual and (kind != BY_PALETTE or has_colours)):
        return False
    if width * height > most_pixels:
        return True
    packed = (chunk.read(source) for chunk in critical if chunk.kind == PIXELS)
    return _has_all_rows(_inflated(packed), _strides(width, height, bits * CHANNELS[kind], interlacing))


def _strides(width: int, height: int, bits: int, interlacing: int) -> Iterator[tuple[int, int]]:
    """How many bytes a row has, its filter included, and how many such rows there are, for each pass."""
    for x, y, right, down in PASSES if interlacing else [(0, 0, 1, 1)]:
        columns, rows = -(-(width - x) // right), -(-(height - y) // down)
        if columns > 0 and rows > 0:
            yield 1 + -(-columns * bits // 8), rows


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflating = zlib.decompressobj()
    for part in packed:
        left = part
        while left and not inflating.eof:
            yield inflating.decompress(left, BLOCK_BYTES)
            left = inflating.unconsumed_tail


def _has_all_rows(blocks: Iterator[bytes], strides: Iterator[tuple[int, int]]) -> bool:
    """Whether no row is missing, and each begins with the number of a filter."""
    block = b""
    for stride, rows in strides:
        left, begins = stride * rows, 0  # bytes of this pass; where the next row begins
        while left:
            while not block:
                found = next(blocks, None)
                if found is None:
                    return False
                block = found
            piece, block = block[:left], block[left:]
            if piece[begins::stride].strip(FILTERS):
                return False
            left, begins = left - len(piece), (begins - len(piece)) % stride
    next(blocks, None)  # the checksum may come after them
    return True
