"""How a text is said in the language that was chosen, of which there is one for the whole process.

A text is English where it is written, with named placeholders: ``tr("{n:,} points", n=n)``. In a table at the level of
a module it is marked, and said where it is shown: ``WORDS = mark("Nothing yet.")``, ``tr(WORDS)``. The texts of records
such as actions and settings need no mark: their class is decorated by ``said``.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Sequence
from functools import reduce
from gettext import NullTranslations
from numbers import Real
from string import Formatter
from typing import Any, TypeVar

Record = TypeVar("Record")
STOPS = ". ", "。"  # at the end of a sentence
WITHIN = "within a sentence"
ENGLISH = "en"


class Language:
    """A language other than English: its texts, from `gettext`, and the facts in the head of its catalogue.

    ``code`` is such as "de"; ``locale``, such as "de" or "ar_AE", has its numbers and dates. ``signs`` are its decimal
    sign, and the sign that groups the digits of large numbers.
    """

    def __init__(self, code: str, texts: NullTranslations) -> None:
        head = texts.info()
        self.code, self.texts = code, texts
        self.locale = head.get("x-locale", code)
        self.right_to_left = head.get("x-direction") == "rtl"
        quoted = head.get("x-decimal-sign", '"."'), head.get("x-group-sign", '","')  # as one may be a space
        self.signs = quoted[0][1:-1], quoted[1][1:-1]


class _Chosen:
    """The one owner of the chosen language; None is English, for which nothing is loaded."""

    language: Language | None = None


def speak(language: Language | None) -> Language | None:
    """Say everything in another language from now on, and return the language before; texts already said stay."""
    before, _Chosen.language = _Chosen.language, language
    return before


def spoken() -> str:
    """The code of the language that was chosen: "en", "de"."""
    return _Chosen.language.code if _Chosen.language else ENGLISH


def spoken_locale() -> str:
    """The locale whose numbers and dates the language has."""
    return _Chosen.language.locale if _Chosen.language else "en_US"


def is_right_to_left() -> bool:
    """Whether lines of this language begin at the right."""
    return _Chosen.language is not None and _Chosen.language.right_to_left


def in_own_order(value: str) -> str:
    """A value of numbers and signs outside of any text of `tr`, protected from being turned around."""
    return isolated(value) if is_right_to_left() else value


def tr(text: str, /, **values: Any) -> str:
    """A text in the chosen language, with values for its named placeholders."""
    language = _Chosen.language
    return _filled(language, language.texts.gettext(text) if language and text else text, text, values)


def tr_in(context: str, text: str, /, **values: Any) -> str:
    """A text in the chosen language, for a word with two meanings: ``context`` says which meaning."""
    language = _Chosen.language
    return _filled(language, language.texts.pgettext(context, text) if language and text else text, text, values)


def tr_n(one: str, many: str, n: int, /, **values: Any) -> str:
    """A text about ``n`` things; the placeholder ``{n}`` is for the number."""
    language, text = _Chosen.language, one if n == 1 else many
    said = language.texts.ngettext(one, many, int(n)) if language else text  # a number of NumPy's is none for gettext
    return _filled(language, said, text, {"n": n, **values})


def mark(text: str, /) -> str:
    """Mark a text to be said later, by ``tr``: the text goes into the catalogues, and is returned as it is."""
    return text


def mark_in(context: str, text: str, /) -> str:
    """Mark a text to be said later, by ``tr_in`` with this context."""
    return text


def lowered(words: str) -> str:
    """Words as they stand within a sentence: with a small letter, except in German, where nouns keep their capitals."""
    return words if spoken() == "de" else f"{words[:1].lower()}{words[1:]}"


def capitalised(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def in_quotes(words: str) -> str:
    """A name or text of somebody's, between the quotation marks of the language."""
    return tr("“{words}”", words=words)


def in_row(words: Sequence[str]) -> str:
    """Words in a row, without an "and": "W2, W3, b3"."""
    return reduce(lambda row, each: tr("{row}, {next}", row=row, next=each), words) if words else ""


def listed(words: Sequence[str]) -> str:
    """Words in a row: "W2, W3 and b3"."""
    if len(words) < 2:
        return "".join(words)
    return tr("{others} and {last}", others=in_row(words[:-1]), last=words[-1])


def either(words: Sequence[str]) -> str:
    """One of some words: "PNG, SVG or PDF"."""
    if len(words) < 2:
        return "".join(words)
    return tr("{others} or {last}", others=in_row(words[:-1]), last=words[-1])


def unstopped(words: str) -> str:
    return words.rstrip("".join(STOPS).strip())


def first_sentence(words: str) -> str:
    """The first sentence of a text, with its full stop."""
    end = min((index for index in (words.find(stop) for stop in STOPS) if index >= 0), default=len(words) - 1)
    return words[: end + 1].rstrip()


EXPONENT = re.compile(r"(?<=\d)e\+?(-?)0*(?=\d)")


def localised(number: str) -> str:
    """A number as Python writes it, "1,234.5", with the signs of the language and without zeros in its exponent."""
    language, number = _Chosen.language, EXPONENT.sub(r"e\1", number)
    return number if language is None else _signs(number, language)


def _signs(number: str, language: Language) -> str:
    decimal, group = language.signs
    return number.translate({ord("."): decimal, ord(","): group})


class _Said:
    """A field that is said in the chosen language whenever the field is read; the record keeps the English."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, record: object, owner: type) -> str:
        if record is None:
            raise AttributeError(self._name)
        return tr(record.__dict__[self._name])

    def __set__(self, record: object, text: str) -> None:
        record.__dict__[self._name] = text


def said(*names: str, within: tuple[str, ...] = ()) -> Callable[[type[Record]], type[Record]]:
    """Decorate a dataclass whose fields of these ``names`` are texts for people, so that they are read translated.

    The texts are English where a record is made, and need no mark; `english` is for files, names and comparisons.
    Fields ``within`` sentences have another form there, by `within`: English begins it with a small letter.
    """

    def decorate(record: type[Record]) -> type[Record]:
        for name in names:
            setattr(record, name, _Said(name))
        return record

    return decorate


def english(record: object, name: str) -> str:
    return str(record.__dict__[name])


def within(record: object, name: str = "label") -> str:
    """A field of a `said` record as it stands within a sentence: "the noise", "heart"."""
    return tr_in(WITHIN, english(record, name).lower())


class _Filling(Formatter):
    """``str.format``, but with the language's signs in numbers."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> Any:
        written = format(value, format_spec)
        is_number = isinstance(value, Real) and not isinstance(value, bool)  # also one of NumPy's
        said = _signs(written, self._language) if is_number else written
        return isolated(said) if self._language.right_to_left else said


def _filled(language: Language | None, said: str, text: str, values: dict[str, Any]) -> str:
    if language is None:
        return text.format(**values) if values else text
    try:
        whole = _Filling(language).vformat(said, (), values) if values else said
    except (LookupError, ValueError, AttributeError, TypeError):  # a translation must not break what it is said in
        return text.format(**values)
    if not language.right_to_left:
        return whole
    brought = {line for value in values.values() if isinstance(value, str) for line in value.split("\n")[1:]}
    return from_the_right(whole, brought)  # lines that a value brings are begun already, or are to be copied


# Lines that are read from the right, with numbers, names and code in them that are read from the left

FROM_THE_RIGHT = "\u200f"  # a mark without width: the line begins at the right
ISOLATE, END = "\u2068", "\u2069"  # around what has an order of its own
LEADING_TAGS = re.compile(r"(?:\s*<[^<>]*>)*")
TAG = re.compile(r"<[^<>]*>")
OF_THE_RIGHT = {"R", "AL"}
MIXED = re.compile(r"[-−+'’]\d|[A-Za-z][^A-Za-z\s]|[^A-Za-z\s][A-Za-z]|[A-Za-z].*\s|\d\s*[^\w\s.,]")
"""A value whose signs would move to its other end, or whose parts change places: −0.5, W1[2, 1], J_W3, 3 × 4."""
PATH = re.compile(r"[/\\]|://")  # to be copied as it is


def isolated(value: str) -> str:
    """A value within a line that is read from the right, kept in its own order; not a value of several lines."""
    if not MIXED.search(value) or PATH.search(value) or any(each in value for each in ("<", "\n", ISOLATE)):
        return value
    return f"{ISOLATE}{value}{END}"


def from_the_right(text: str, as_they_are: Container[str] = ()) -> str:
    """A text whose lines begin at the right even where their first letter is read from the left, except lines
    ``as_they_are``."""
    return "\n".join(line if line in as_they_are else _begun(line) for line in text.split("\n"))


def _begun(line: str) -> str:
    directions = [unicodedata.bidirectional(each) for each in TAG.sub("", line)]
    strong = [each for each in directions if each == "L" or each in OF_THE_RIGHT]
    if not strong or strong[0] != "L" or OF_THE_RIGHT.isdisjoint(strong):
        return line
    tags = LEADING_TAGS.match(line)
    start = tags.end() if tags is not None else 0
    return f"{line[:start]}{FROM_THE_RIGHT}{line[start:]}"


# Python code that is given to people: what they read in it is said in the language, and code stays code

READ_IN_CODE = re.compile(r'(?P<docstring>""")(.+?)"""|(?P<comment># )([^\n]+)|(?P<string>")([^"\n]+)"', re.DOTALL)
NAMED = re.compile(r"\\\{(name|factor)\\\}")  # of a marked text, in a pattern: any other braces are those of the code


def said_in_code(code: str, texts: Iterable[str]) -> str:
    """Code whose comments, docstrings and strings are translated where they are among these marked texts. The
    placeholders ``{name}`` and ``{factor}`` of a text stand for anything. In English, the code stays as it was."""
    if spoken() == ENGLISH:
        return code
    patterns = {text: re.compile(NAMED.sub(r"(?P<\1>[\\w/]+)", re.escape(text))) for text in texts}

    def say(found: re.Match[str]) -> str:
        words = next(found[group] for group in (2, 4, 6) if found[group] is not None)
        for text, pattern in patterns.items():
            if (match := pattern.fullmatch(words)) is not None:
                return found[0].replace(words, tr(text, **match.groupdict()), 1)
        return found[0]

    return READ_IN_CODE.sub(say, code)


def as_comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.strip("\n").splitlines())
