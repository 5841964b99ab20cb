"""One object of a manifest, each of whose values is checked as it is read; and the error for unusable files."""

import json
import math
from collections.abc import Mapping
from typing import Any

from curvegui.core.language.text import tr

LONGEST_TEXT = 200  # characters: of a name, a version, a date


class ProjectError(ValueError):
    """A file does not hold a project that can be used; the message says why, in sentences that begin with "It"."""


def damaged(what: str) -> ProjectError:
    """The error for a file that was a project once, or that somebody has made up; ``what`` says what is wrong."""
    return ProjectError(tr("It is damaged: {what}. An older copy of it may be whole.", what=what))


class Section:
    """The values of an object by name; ``where`` is what the object is called in the manifest, for messages. All
    methods raise ``ProjectError`` if a value is missing and has no default, or is not of its type."""

    def __init__(self, values: Mapping[str, Any], where: str = "") -> None:
        self._values = values
        self._where = f"{where}." if where else ""

    def section(self, name: str) -> "Section":
        return Section(self.mapping(name), f"{self._where}{name}")

    def mapping(self, name: str) -> dict[str, Any]:
        value = self._values.get(name)
        return value if isinstance(value, dict) else self._refuse(name)

    def optional_mapping(self, name: str) -> dict[str, Any] | None:
        return None if self._values.get(name) is None else self.mapping(name)

    def objects(self, name: str, most: int) -> "list[Section]":
        """A list of at most ``most`` objects; empty if the list is missing."""
        value = self._values.get(name, [])
        if not isinstance(value, list) or len(value) > most or not all(isinstance(each, dict) for each in value):
            self._refuse(name)
        return [Section(each, f"{self._where}{name}") for each in value]

    def whole(self, name: str, default: int | None = None, low: int = 0) -> int:
        value = self._values.get(name, default)
        return value if type(value) is int and value >= low else self._refuse(name)

    def number(self, name: str, default: float | None = None) -> float:
        value = self._values.get(name, default)
        return float(value) if type(value) in {int, float} else self._refuse(name)

    def optional_number(self, name: str) -> float | None:
        return None if self._values.get(name) is None else self.number(name)

    def flag(self, name: str, default: bool | None = None) -> bool:
        value = self._values.get(name, default)
        return value if isinstance(value, bool) else self._refuse(name)

    def text(self, name: str, default: str | None = None) -> str:
        value = self._values.get(name, default)
        return value if isinstance(value, str) and len(value) <= LONGEST_TEXT else self._refuse(name)

    def _refuse(self, name: str) -> Any:
        raise damaged(tr("its “{where}{name}” cannot be used", where=self._where, name=name))


def clean_text(text: str) -> str:
    """Text as `Section.text` accepts it: without lone surrogates, and not too long."""
    return text.encode("utf-8", "replace").decode()[:LONGEST_TEXT]


MOST_BYTES = 4_000_000
MOST_LISTS = 50_000  # and objects; two bytes in a file, a few hundred in memory
MOST_VALUES = 110_000  # 250 bytes in memory, at worst
MOST_DEPTH = 20  # what was read anywhere can be written anywhere, whoever calls whom
SHARE = 0.9  # of all these is for the content; the rest is for what a container adds
LARGEST_WHOLE = 2**53  # beyond it, other programs round


def write_json(content: dict[str, Any]) -> bytes:
    """JSON in ASCII, the same for the same content; raises ``ValueError`` if a number is not finite."""
    return json.dumps(content, separators=(",", ":"), allow_nan=False).encode("ascii")


def is_readable(content: dict[str, Any]) -> bool:
    """Whether `read_json` would still accept this content with a little added to it."""
    return _is_small(write_json(content), SHARE) and _is_shallow(content)


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
    """The object in a JSON text; raises ``ProjectError`` if it is no object, too large or too deep."""
    if not _is_small(data):
        raise damaged(tr("its description is too long"))
    try:
        text = data.decode("ascii")
        found = json.loads(
            text, object_pairs_hook=_object, parse_constant=_finite, parse_int=_whole, parse_float=_finite
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


def _whole(digits: str) -> int:
    if len(digits) > 20 or abs(int(digits)) > LARGEST_WHOLE:
        raise ValueError(tr("A number is too long."))
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(tr("A number is too large."))
    return number
