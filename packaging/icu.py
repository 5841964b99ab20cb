"""Makes the part of Qt's Unicode data that the app needs, for Linux: 4 MB instead of 31.

Qt's wheel for Linux brings all of ICU's data: calendars, currencies, names of 800 languages, encodings of mainframes.
Qt itself asks it only for the order of words and for a few encodings. What is kept is copied as it is, into a library
of the same name, with the assembler and linker that PyInstaller needs anyway.
"""

import struct
import subprocess
import sys
from pathlib import Path

MAGIC = b"\xda\x27"
FORMAT = b"CmnD"
KEPT = "cnvalias.icu", "pool.res", "res_index.res", "root.res"
ORDER = "coll/"  # of words, in all languages
ENCODING, LARGEST_ENCODING = ".cnv", 10_000  # of one byte a letter
SOURCE = """.section .rodata
.balign 16
.globl {symbol}
.type {symbol}, @object
{symbol}:
.incbin "{data}"
.size {symbol}, . - {symbol}
.section .note.GNU-stack,"",@progbits
"""


def archive_in(library: bytes) -> tuple[bytes, bytes]:
    """The header of ICU's archive in a library, and all that follows it."""
    at = library.find(FORMAT)
    while at >= 0:  # the header begins 12 bytes before the name of its format
        start = at - 12
        size = struct.unpack_from("<H", library, start)[0]
        if library[start + 2 : start + 4] == MAGIC and 0 < size < 256:
            return library[start : start + size], library[start + size :]
        at = library.find(FORMAT, at + 1)
    raise ValueError("There is no archive of ICU's in it.")


def items_of(body: bytes) -> dict[str, bytes]:
    """What is in an archive, by name: a table of names and places, and then the data."""
    (count,) = struct.unpack_from("<I", body)
    entries = [struct.unpack_from("<II", body, 4 + 8 * number) for number in range(count)]
    names = [body[place : body.index(b"\0", place)].decode("ascii") for place, _ in entries]
    starts = [start for _, start in entries]
    ends = [*starts[1:], starts[-1] + 65_536]  # the last one's size is not told, and it is never needed
    return {name: body[start:end] for name, start, end in zip(names, starts, ends, strict=True)}


def archive_of(header: bytes, items: dict[str, bytes]) -> bytes:
    """An archive of these items."""
    names = b"".join(name.encode() + b"\0" for name in sorted(items))
    place, table = 4 + 8 * len(items), b""
    start = -(-(place + len(names)) // 16) * 16
    data = bytes(start - place - len(names))
    for name in sorted(items):
        table += struct.pack("<II", place, start)
        place += len(name) + 1
        padded = items[name] + bytes(-len(items[name]) % 16)
        data += padded
        start += len(padded)
    return header + struct.pack("<I", len(items)) + table + names + data


def is_needed(place: str, size: int) -> bool:
    """Whether Qt asks for it."""
    is_encoding = place.endswith(ENCODING) and size < LARGEST_ENCODING
    return place in KEPT or place.startswith(ORDER) or is_encoding


def make(original: Path, made: Path) -> None:
    """Write a library with the part that is needed."""
    header, body = archive_in(original.read_bytes())
    items = items_of(body)
    prefix = next(iter(items)).partition("/")[0]  # such as icudt73l
    kept = {name: data for name, data in items.items() if is_needed(name.partition("/")[2], len(data))}
    made.parent.mkdir(parents=True, exist_ok=True)
    data, source, compiled = (made.with_suffix(ending) for ending in (".dat", ".s", ".o"))
    data.write_bytes(archive_of(header, kept))
    source.write_text(SOURCE.format(symbol=f"{prefix.rstrip('lbe')}_dat", data=data), encoding="ascii")
    subprocess.run(["as", "-o", compiled, source], check=True)
    subprocess.run(["ld", "-shared", "-soname", original.name, "-z", "noexecstack", "-o", made, compiled], check=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
