"""A catalogue: the texts of one language in a ``.po`` file, made into what the standard library's `gettext` reads.

It is made when it is needed, in some hundredths of a second, so that nothing need be compiled where the app is built,
installed or run from a checkout. Beside it, languages to test with, made from the English.
"""

import json
import re
import struct
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from curvegui.core.language.text import FROM_THE_RIGHT, Language

LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?(".*")')
CHARSET = b"Content-Type: text/plain; charset=UTF-8\n"
MAGIC, HEAD_BYTES, ROW_BYTES = 0x950412DE, 28, 8  # of gettext's binary format


class CatalogueError(ValueError):
    """Says what is wrong with a catalogue, and in which line, for those who write catalogues."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(f"line {line}: {words}")
        self.line = line


@dataclass
class CatalogueEntry:
    """One text: its ``parts`` by their keywords, and the number of its first line."""

    line: int
    flags: frozenset[str]
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def context(self) -> str:
        """Which of two meanings the text has; mostly empty."""
        return self.parts.get("msgctxt", "")

    @property
    def text(self) -> str:
        return self.parts.get("msgid", "")

    @property
    def said(self) -> dict[int, str]:
        """The translations of the text, by the number of the plural form."""
        forms = {name: words for name, words in self.parts.items() if name.startswith("msgstr")}
        return {int(name[7:-1] or 0): words for name, words in forms.items()}


def read_entries(text: str) -> Iterator[CatalogueEntry]:
    """The entries of a ``.po`` file, in its order. Raises ``CatalogueError``."""
    entry: CatalogueEntry | None = None
    keyword, flags = "", frozenset[str]()
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if line.startswith("#,"):
            flags |= {flag.strip() for flag in line[2:].split(",")}
        if not line or line.startswith("#"):
            continue
        found = LINE.fullmatch(line)
        if found is not None and found[1]:
            if entry is None or found[1] == "msgctxt" or (found[1] == "msgid" and keyword != "msgctxt"):
                if entry is not None:
                    yield entry
                entry, flags = CatalogueEntry(number, flags), frozenset()
            keyword = found[1]
        if found is None or entry is None:
            raise CatalogueError(number, "this is none of the lines that a catalogue consists of")
        try:
            entry.parts[keyword] = entry.parts.get(keyword, "") + json.loads(found[2], strict=False)
        except ValueError:
            raise CatalogueError(number, 'a text stands in double quotes, with \\n, \\t, \\" and \\\\') from None
    if entry is not None:
        yield entry


def language_of(code: str, text: str) -> Language:
    """The language of a ``.po`` file. Raises ``CatalogueError``."""
    try:
        return Language(code, GNUTranslations(BytesIO(_compiled(read_entries(text)))))
    except CatalogueError:
        raise
    except (ValueError, LookupError) as error:
        raise CatalogueError(1, f"the head cannot be read: {error}") from None


def _compiled(entries: Iterable[CatalogueEntry]) -> bytes:
    """The texts whose translation is sure, in gettext's binary format; the head, whose text is empty, is first."""
    texts = dict[bytes, bytes]()
    for entry in entries:
        forms = [words for _, words in sorted(entry.said.items())]
        if all(forms) and "fuzzy" not in entry.flags:
            context = f"{entry.context}\x04" if entry.context else ""
            plural = f"\0{entry.parts['msgid_plural']}" if "msgid_plural" in entry.parts else ""
            texts[f"{context}{entry.text}{plural}".encode()] = "\0".join(forms).encode()
    texts[b""] = CHARSET + texts.get(b"", b"")
    keys = sorted(texts)
    strings = [*keys, *(texts[key] for key in keys)]
    tables, at = [MAGIC, 0, len(keys), HEAD_BYTES, HEAD_BYTES + ROW_BYTES * len(keys), 0, 0], 0
    begin = HEAD_BYTES + ROW_BYTES * len(strings)
    for each in strings:
        tables += [len(each), begin + at]
        at += len(each) + 1
    return struct.pack(f"<{len(tables)}I", *tables) + b"".join(each + b"\0" for each in strings)


# Languages to test with: whatever is not said in them is not translated, or not in the right way. They are not offered
# to people; ``--language brackets`` and the variable ``CURVEGUI_LANGUAGE`` choose them.

WORD = 12  # letters
PLACEHOLDERS = re.compile(r"\{[^{}]*\}|<[^<>]*>|&\w+;")


def _long(text: str) -> str:
    """A text longer by two fifths, at least by three letters, as German is; by words, so that it can be wrapped."""
    count = max(3, len(PLACEHOLDERS.sub("", text)) * 2 // 5)
    return " ".join([text, *("~" * min(WORD, count - begin) for begin in range(0, count, WORD))])


CHANGES: dict[str, Callable[[str], str]] = {
    "x": lambda text: "x",
    "double": lambda text: f"{text} {text}",
    "long": _long,
    "brackets": lambda text: f"[{text}]",
    "rtl": lambda text: FROM_THE_RIGHT + text.replace("\n", f"\n{FROM_THE_RIGHT}"),
}


class _TrialTexts(NullTranslations):
    def __init__(self, code: str, known: Container[tuple[str, str]] | None) -> None:
        super().__init__()
        self._code, self._known = code, known

    def info(self) -> dict[str, str]:
        return {"x-locale": "en_US", "x-direction": self._code}

    def _changed(self, context: str, text: str, shown: str) -> str:
        return CHANGES[self._code](shown) if self._known is None or (context, text) in self._known else shown

    def gettext(self, message: str) -> str:
        return self._changed("", message, message)

    def pgettext(self, context: str, message: str) -> str:
        return self._changed(context, message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._changed("", msgid1, super().ngettext(msgid1, msgid2, n))


def trial(code: str, known: Container[tuple[str, str]] | None = None) -> Language:
    """A language that changes the English: all texts, or those that are ``known``, each with its context. Where the
    template is at hand, as in a checkout, ``known`` are its texts: translators see no others."""
    return Language(code, _TrialTexts(code, known))
