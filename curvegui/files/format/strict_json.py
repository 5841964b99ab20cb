"""JSON from a file that anyone may have written: one object, within bounds, and nothing beyond the standard."""

import json
from typing import Any, NoReturn

from curvegui.core.language.text import tr
from curvegui.files.format.section import damaged

MOST_BYTES = 4_000_000
MOST_LISTS = 50_000  # and objects; two bytes in a file, a few hundred in memory
MOST_VALUES = 110_000  # 250 bytes in memory, at worst
MOST_DEPTH = 20  # what was read anywhere can be written anywhere, whoever calls whom
ROOM = 0.9  # of all that is for the content; the rest is for what a container adds
LARGEST_WHOLE = 2**53  # beyond it, other programs round


def write_json(content: dict[str, Any]) -> bytes:
    """ASCII, the same for the same content; raises ``ValueError`` if a number is not finite."""
    return json.dumps(content, separators=(",", ":"), allow_nan=False).encode("ascii")


def is_readable(content: dict[str, Any]) -> bool:
    """Whether `read_json` would accept this content and a little more."""
    return _is_small(write_json(content), ROOM) and _is_shallow(content)


def _is_small(data: bytes, share: float = 1) -> bool:
    lists = data.count(b"[") + data.count(b"{")
    bounds = ((len(data), MOST_BYTES), (lists, MOST_LISTS), (data.count(b","), MOST_VALUES))
    return all(count <= share * most for count, most in bounds)


def _is_shallow(content: Any) -> bool:
    level = [content]
    for _ in range(MOST_DEPTH):
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [value for values in inner for value in values if isinstance(value, dict | list | tuple)]
    return not level


def read_json(data: bytes) -> dict[str, Any]:
    """The object that the text holds.

    Raises ``ProjectError`` if it is no JSON object, is too large or too deep, has a key twice, or a number that is too
    long or not finite.
    """
    if not _is_small(data):
        raise damaged(tr("its description is too long"))
    try:
        text = data.decode("ascii")
        found = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refused,
            parse_int=_whole,
            parse_float=_finite,
        )
        if "\\ud" in text.lower():
            json.dumps(found, ensure_ascii=False).encode()  # half a character is not text
    except (ValueError, RecursionError) as error:
        raise damaged(tr("its description cannot be read")) from error
    if not isinstance(found, dict) or not _is_shallow(found):
        raise damaged(tr("its description cannot be read"))
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(tr("A key is there twice."))
    return found


def _refused(name: str) -> NoReturn:
    raise ValueError(tr("{name} is not a number.", name=name))


def _whole(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) > LARGEST_WHOLE:
        raise ValueError(tr("A number is too long."))
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if number - number != 0:
        raise ValueError(tr("A number is too large."))
    return number
