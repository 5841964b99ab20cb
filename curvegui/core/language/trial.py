"""Languages to test with, made from the English: whatever is not said in them is not translated, or not at its place.

They are not offered to people; ``--language brackets`` and the variable ``CURVEGUI_LANGUAGE`` choose them.
"""

import re
from collections.abc import Callable
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
    """A `Language` that changes the English."""

    code: str
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
        return CHANGES[self.code](text) if text else text

    def say_count(self, context: str, one: str, many: str, n: int) -> str:
        """As in English."""
        return self.say(context, one if n == 1 else many)
