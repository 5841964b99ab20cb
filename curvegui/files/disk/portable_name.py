"""File names that every system takes, made from whatever people call things."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 80  # characters: leaves room for a number, an ending and a long folder on every system
MOST_BYTES = 180  # of 255 that a name may have
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')  # on Windows; everywhere else only the slash is
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)  # devices on Windows


def portable_stem(name: str, otherwise: str) -> str:
    """A file name without its ending, as close to ``name`` as every system allows; ``otherwise`` if nothing is left."""
    plain = unicodedata.normalize("NFC", name).encode("utf-8", "ignore").decode()
    printable = "".join(letter if letter.isprintable() else " " for letter in FORBIDDEN.sub(" ", plain))
    stem = " ".join(printable.split())[:LONGEST]
    stem = stem.encode()[:MOST_BYTES].decode("utf-8", "ignore").strip(" .")  # none is hidden, none ends in a point
    return f"{otherwise} {stem}".strip() if not stem or RESERVED.match(stem) else stem


def unused_name(stem: str, ending: str, taken: Collection[str]) -> str:
    """A file name that is not ``taken``, numbered if need be; names that differ only in capitals count as the same."""
    used = {name.casefold() for name in taken}
    name, number = f"{stem}{ending}", 1
    while name.casefold() in used:
        number += 1
        name = f"{stem} {number}{ending}"
    return name
