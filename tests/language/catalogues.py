"""The template that translators begin with, catalogues brought up to date with it, and what is wrong with one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from unicodedata import bidirectional

from curvegui.core.language.catalogue import CatalogueEntry, language_of, read_entries
from curvegui.core.language.text import OF_THE_RIGHT
from tests.language.extract import PACKAGE, Text, found

STRONG = {"L", *OF_THE_RIGHT}
FOLDER = PACKAGE.parent / "resources" / "languages"
TEMPLATE = FOLDER / "curvegui.pot"
HEAD = """# The texts of CurveGUI. `python -m tests.language --write` makes this file; do not change it by hand.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Own-Name: \\n"
"X-Decimal-Sign: \\".\\"\\n"
"X-Group-Sign: \\",\\"\\n"
"""
TRANSLATED_AT = "PO-Revision-Date"
FIELDS = {  # that gettext asks for, beside those in the template's head
    "Project-Id-Version": "CurveGUI",
    TRANSLATED_AT: "",
    "Last-Translator": "The CurveGUI authors",
    "Language-Team": "none",
    "Language": "",
    "MIME-Version": "1.0",
    "Content-Transfer-Encoding": "8bit",
}
TAGS = re.compile(r"<[^<>]*>|&\w+;")
KEY = re.compile(r"&(?=[^\W_])(?!\w+;)")
ENDING = re.compile(r"(?<![\w.])\.(?=[A-Za-z{])")
PRINTF = re.compile(r"%(?:\([a-z_]+\))?[rs]")


def quoted(text: str) -> str:
    """A text as a catalogue has it, a line of it in each line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    parts = [part for part in re.split(r"(?<=\\n)", escaped) if part]
    return f'"{escaped}"' if len(parts) <= 1 else "\n".join(['""', *(f'"{part}"' for part in parts)])


def written(text: Text, files: set[str], said: dict[int, str] | None = None, plurals: int = 2, flag: str = "") -> str:
    """An entry, with what it is in another language, or nothing."""
    lines = [f"#: {each}" for each in sorted(files)]
    lines += [f"#, {flag}"] if flag else []
    lines += [f"msgctxt {quoted(text.context)}"] if text.context else []
    lines.append(f"msgid {quoted(text.text)}")
    given = said or {}
    if text.many:
        lines.append(f"msgid_plural {quoted(text.many)}")
        lines += [f"msgstr[{form}] {quoted(given.get(form, ''))}" for form in range(plurals)]
    else:
        lines.append(f"msgstr {quoted(given.get(0, ''))}")
    return "\n".join(lines) + "\n"


def in_order() -> list[tuple[Text, set[str]]]:
    """All texts, those of one place together."""
    return sorted(found().texts.items(), key=lambda each: (min(each[1]), each[0].text, each[0].context))


def template() -> str:
    """The template as it should be."""
    return "\n".join([HEAD, *(written(text, files) for text, files in in_order())])


def merged(old: str, code: str) -> str:
    """A catalogue with all texts that there are now: what it said of them stays, and what is gone goes."""
    known = {(each.context, each.text): each for each in read_entries(old)}
    plurals = plurals_in(head_of(known.values()))
    head = old[: old.index("\n\n")] + "\n" if "\n\n" in old else HEAD
    head = head.removeprefix(HEAD.partition("\n")[0] + "\n")  # which is about the template
    parts = [_completed(head, code)]
    for text, files in in_order():
        entry = known.get((text.context, text.text))
        flag = "fuzzy" if entry is not None and "fuzzy" in entry.flags else ""
        parts.append(written(text, files, entry.said if entry else None, plurals, flag))
    return "\n".join(parts)


def head_of(entries: Iterable[CatalogueEntry]) -> dict[str, str]:
    """The fields of a catalogue's head, which is what its empty text stands for."""
    lines = next((each.said.get(0, "") for each in entries if not each.text), "").split("\n")
    return {name: value.strip() for name, sign, value in (line.partition(":") for line in lines) if sign}


def plurals_in(head: Mapping[str, str]) -> int:
    """How many forms the language has for a number of things."""
    found = re.search(r"nplurals=(\d)", head.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


def _completed(head: str, code: str) -> str:
    """The head of a catalogue with all fields: those that are missing begin it."""
    values = FIELDS | {"Language": code, TRANSLATED_AT: datetime.now(UTC).strftime("%Y-%m-%d %H:%M+0000")}
    missing = [f'"{name}: {value}\\n"\n' for name, value in values.items() if f'"{name}: ' not in head]
    start, _, fields = head.partition("msgstr ")
    return "".join([f'{start}msgstr ""\n', *missing, fields.removeprefix('""\n')])


def faults(path: Path) -> Iterator[str]:
    """What is wrong with a catalogue, with the line of each; nothing where it is whole."""
    text = path.read_text(encoding="utf-8")
    language = language_of(path.parent.name, text)
    entries = list(read_entries(text))
    head = head_of(entries)
    if not head.get("X-Own-Name"):
        yield "1: X-Own-Name is missing: the name of the language in itself"
    for name in FIELDS.keys() - head.keys():
        yield f"1: {name} is not in the head, as gettext asks: --merge completes it"
    if head.get("Language", path.parent.name) != path.parent.name:
        yield f"1: the language is that of the folder, {path.parent.name}"
    wanted = {(each.context, each.text): each for each in found().texts}
    known = {(each.context, each.text): each for each in entries if each.text}
    if len(known) < len(entries) - 1:
        yield "0: a text is there twice"
    for key in known.keys() - wanted.keys():
        yield f"{known[key].line}: this text is no longer in the app: {key[1]!r}"
    for key, text in wanted.items():
        if key not in known:
            yield f"0: missing: {key[1]!r}"
        else:
            yield from (f"{known[key].line}: {each}" for each in _of_entry(text, known[key], plurals_in(head)))
    if language.right_to_left:
        for entry in known.values():
            turned = (line for said in entry.said.values() for line in said.split("\n") if is_turned(line))
            yield from (f'{entry.line}: ".py" would be "py.", put U+200E before it: {line!r}' for line in turned)


def is_turned(line: str) -> bool:
    """Whether in a line from the right a name such as ".py" stands where its dot would be at the other end of it."""
    directions = [bidirectional(sign) for sign in line]
    if OF_THE_RIGHT.isdisjoint(directions):
        return False
    before = ([each for each in directions[: dot.start()] if each in STRONG] for dot in ENDING.finditer(line))
    return any(strong[-1:] != ["L"] for strong in before)


def _of_entry(text: Text, entry: CatalogueEntry, plurals: int) -> Iterator[str]:
    forms = range(plurals) if text.many else range(1)
    if "fuzzy" in entry.flags:
        yield f"not sure (fuzzy): {text.text!r}"
    for form in forms:
        said = entry.said.get(form, "")
        if not said.strip():
            yield f"not translated: {text.text!r}"
            continue
        yield from _of_said(text, said)


def _of_said(text: Text, said: str) -> Iterator[str]:
    english = {text.text, text.many or text.text}
    try:
        places = places_of(said)
    except ValueError as error:
        yield f"a place is not written right ({error}): {said!r}"
        return
    allowed = [places_of(each) for each in english]
    if not any(places == each or (text.many and places <= each and each - places <= {"n"}) for each in allowed):
        yield f"places {sorted(places)} instead of {sorted(allowed[0])}: {said!r}"
    if not any(sorted(TAGS.findall(said)) == sorted(TAGS.findall(each)) for each in english):
        yield f"other tags than in English: {said!r}"
    if not any(sorted(PRINTF.findall(said)) == sorted(PRINTF.findall(each)) for each in english):
        yield f"other %(places)s than in English: {said!r}"
    if len(KEY.findall(said)) > 1:
        yield f"more than one &: {said!r}"
    if text.text[:1].isspace() != said[:1].isspace() or text.text[-1:].isspace() != said[-1:].isspace():
        yield f"a space at the beginning or the end: {said!r}"


def places_of(text: str) -> set[str]:
    """The named places of a text; raises ``ValueError`` where one is not written right."""
    if "{" not in text:
        return set()
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return set()  # braces that are no places, as in an example of code
    return {name + (f"!{kind}" if kind else "") for _, name, _, kind in parts if name}


def names_in(text: str) -> set[str]:
    """The names alone."""
    return {each.partition("!")[0] for each in places_of(text)}
