"""One object of a manifest, each of whose values is checked as it is read; and the error for unusable files."""

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
    """Values by name; ``where`` is what the object is called in the manifest, for messages.

    All methods raise ``ProjectError`` if a value is missing and has no default, or is not of its type.
    """

    def __init__(self, values: Mapping[str, Any], where: str = "") -> None:
        self._values = values
        self._where = f"{where}." if where else ""

    def section(self, name: str) -> "Section":
        """An object inside of this one."""
        return Section(self.mapping(name), f"{self._where}{name}")

    def mapping(self, name: str) -> dict[str, Any]:
        """An object as it stands."""
        value = self._values.get(name)
        return value if isinstance(value, dict) else self._refuse(name)

    def optional_mapping(self, name: str) -> dict[str, Any] | None:
        """The same, or None where there is none."""
        return None if self._values.get(name) is None else self.mapping(name)

    def objects(self, name: str, most: int) -> "list[Section]":
        """A list of at most ``most`` objects; empty if it is missing."""
        value = self._values.get(name, [])
        if not isinstance(value, list) or len(value) > most or not all(isinstance(each, dict) for each in value):
            self._refuse(name)
        return [Section(each, f"{self._where}{name}") for each in value]

    def whole(self, name: str, default: int | None = None, low: int = 0) -> int:
        """A whole number, not below ``low``."""
        value = self._values.get(name, default)
        return value if type(value) is int and value >= low else self._refuse(name)

    def number(self, name: str, default: float | None = None) -> float:
        """A number."""
        value = self._values.get(name, default)
        return float(value) if type(value) in {int, float} else self._refuse(name)

    def optional_number(self, name: str) -> float | None:
        """A number, or None where there is none."""
        return None if self._values.get(name) is None else self.number(name)

    def flag(self, name: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._values.get(name, default)
        return value if isinstance(value, bool) else self._refuse(name)

    def text(self, name: str, default: str | None = None) -> str:
        """A line of text."""
        value = self._values.get(name, default)
        return value if isinstance(value, str) and len(value) <= LONGEST_TEXT else self._refuse(name)

    def _refuse(self, name: str) -> Any:
        raise damaged(tr("its “{where}{name}” cannot be used", where=self._where, name=name))


def clean_text(text: str) -> str:
    """Text as `Section.text` accepts it: without lone surrogates, and not too long."""
    return text.encode("utf-8", "replace").decode()[:LONGEST_TEXT]
