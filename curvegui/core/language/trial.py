"""Languages to test with, made from the English: whatever is not said in them is not translated, or not at its place.

Where there is the template, as in a checkout, what is not in it is not said in them either: no translator knows of it.
They are not offered to people; ``--language brackets`` and the variable ``CURVEGUI_LANGUAGE`` choose them.
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass

from curvegui.core.language.direction import FROM_THE_RIGHT

WORD = 12  # letters
PLACES = re.compile(r"\{[^{}]*\}|<[^<>]*>|&\w+;")


def _long(text: str) -> str:
    """Longer by two fifths, and at least by three letters, as German is; in words, which can be wrapped."""
    count = max(3, len(PLACES.sub("", text)) * 2 // 5)
    return " ".join([text, *("~" * min(WORD, count - begin) for begin in range(0, count, WORD))])


CHANGES: dict[str, Callable[[str], str]] = {
    "x": lambda text: "x",
    "double": lambda text: f"{text} {text}",
    "long": _long,
    "brackets": lambda text: f"[{text}]",
    "rtl": lambda text: FROM_THE_RIGHT + text.replace("\n", f"\n{FROM_THE_RIGHT}"),
}


@dataclass(frozen=True)
class Trial:
    """A `Language` that changes the English: of all texts, or of those that are ``known``, each with its context."""

    code: str
    known: Container[tuple[str, str]] | None = None
    signs: tuple[str, str] = ".", ","

    @property
    def locale(self) -> str:
        """Numbers are as in English."""
        return "en_US"

    @property
    def right_to_left(self) -> bool:
        """Only one of them is."""
        return self.code == "rtl"

    def say(self, context: str, text: str) -> str:
        """The text, changed."""
        return CHANGES[self.code](text) if self._changes(context, text) else text

    def say_count(self, context: str, one: str, many: str, n: int) -> str:
        """As in English."""
        text = one if n == 1 else many
        return CHANGES[self.code](text) if self._changes(context, one) else text

    def _changes(self, context: str, text: str) -> bool:
        return bool(text) and (self.known is None or (context, text) in self.known)
