"""A catalogue: the texts of one language, read from a ``.po`` file as gettext has them.

It is read when it is needed, in some hundredths of a second, so that nothing need be compiled where the app is built,
installed or run from a checkout. What is read is a strict part of the format: one file that a person has written, or
``msgmerge`` and the editors for translators.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from gettext import c2py

KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[(\d)\])\s+(".*)')
STRING = re.compile(r'"(?:[^"\\]|\\["\\nt])*"')
ESCAPE, ESCAPED = re.compile(r'\\(["\\nt])'), {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}
PLURALS = re.compile(r"nplurals\s*=\s*([1-6])\s*;\s*plural\s*=\s*([-+*/%&|<>=!?:()\sn0-9]{1,300}?)\s*;?")
LARGEST = 4_000_000  # characters; the largest of ours has a tenth of that
TRIED = 300  # numbers of things, of which each must have a form
LONGEST_SIGN = 3  # characters, of a decimal sign


class CatalogueError(ValueError):
    """What is wrong with a catalogue, and in which line: for those who write it."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(f"line {line}: {words}")
        self.line = line


@dataclass
class Entry:
    """One text: in English, perhaps with a plural, and said in the other language as often as that has plurals."""

    line: int
    context: str = ""
    text: str = ""
    many: str | None = None
    said: dict[int, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()


class Catalogue:
    """A `Language` from a file. Raises ``CatalogueError`` where it cannot be read."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.entries = list(read_entries(text))
        head = self.entries.pop(0) if self.entries and not self.entries[0].text else None
        self.head = _fields(head.said.get(0, "") if head else "")
        self.locale = self.head.get("X-Locale", code)
        self.right_to_left = self.head.get("X-Direction") == "rtl"
        self.signs = self._sign("X-Decimal-Sign", "."), self._sign("X-Group-Sign", ",")
        self.plurals, self._form = _plurals(self.head.get("Plural-Forms", "nplurals=2; plural=(n != 1);"))
        self._texts: dict[tuple[str, str], dict[int, str]] = {}
        for entry in self.entries:
            key = entry.context, entry.text
            if not entry.text or key in self._texts:
                raise CatalogueError(entry.line, "this text is empty, or there already")
            if "fuzzy" not in entry.flags:
                self._texts[key] = {form: said for form, said in entry.said.items() if said}

    def _sign(self, name: str, usual: str) -> str:
        """A sign from the head, where it stands in quotes, as it may be a space."""
        sign = self.head.get(name, f'"{usual}"')[1:-1]
        if len(sign) > LONGEST_SIGN:
            raise CatalogueError(1, f"{name} is too long")
        return sign

    def say(self, context: str, text: str) -> str:
        """The text in this language; English where there is none."""
        return self._texts.get((context, text), {}).get(0, text)

    def say_count(self, context: str, one: str, many: str, n: int) -> str:
        """The form of a text for a number of things."""
        form = int(self._form(int(n)))  # one of NumPy's is none for gettext
        return self._texts.get((context, one), {}).get(form, one if n == 1 else many)


def read_entries(text: str) -> Iterator[Entry]:
    """The entries of a ``.po`` file, in its order."""
    if len(text) > LARGEST:
        raise CatalogueError(1, "the file is too large")
    entry, parts, flags = Entry(1), [], frozenset[str]()
    place = ""
    for line, words in enumerate(text.split("\n"), 1):
        words = words.strip()  # noqa: PLW2901
        if words.startswith("#"):
            if words.startswith("#,"):
                flags |= {flag.strip() for flag in words[2:].split(",")}
            continue
        if words.startswith('"') and place:
            parts.append(_string(line, words))
        elif words:
            _put(entry, place, "".join(parts))
            found = KEYWORD.fullmatch(words)
            if found is None:
                raise CatalogueError(line, "this is none of the lines that a catalogue consists of")
            if _begins(found[1], place):
                if place:
                    yield entry
                entry, flags = Entry(line, flags=flags), frozenset()
            place, parts = found[1], [_string(line, found[3])]
    _put(entry, place, "".join(parts))
    if place:
        yield entry


def _begins(keyword: str, place: str) -> bool:
    """Whether an entry begins with this line, after one with another keyword."""
    return keyword == "msgctxt" or (keyword == "msgid" and place != "msgctxt")


def _put(entry: Entry, place: str, words: str) -> None:
    if place.startswith("msgstr"):
        entry.said[int(place[7:-1] or 0)] = words
    elif place == "msgctxt":
        entry.context = words
    elif place == "msgid":
        entry.text = words
    elif place == "msgid_plural":
        entry.many = words


def _string(line: int, words: str) -> str:
    if not STRING.fullmatch(words):
        raise CatalogueError(line, 'a text stands in double quotes, with \\n, \\t, \\" and \\\\')
    return ESCAPE.sub(lambda found: ESCAPED[found[1]], words[1:-1])


def _fields(head: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.split("\n"))
    return {name.strip(): value.strip() for name, sign, value in pairs if sign}


def _plurals(words: str) -> tuple[int, Callable[[int], int]]:
    found = PLURALS.fullmatch(words)
    if found is None:
        raise CatalogueError(1, "the plural forms cannot be read")
    count = int(found[1])
    try:
        form = c2py(found[2])
        is_complete = all(0 <= form(n) < count for n in range(TRIED))
    except (ValueError, ArithmeticError, SyntaxError, RecursionError) as error:
        raise CatalogueError(1, f"the plural forms cannot be read: {error}") from None
    if not is_complete:
        raise CatalogueError(1, "the plural forms lead to one that there is not")
    return count, form
