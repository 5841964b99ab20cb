"""Every text for people in the package, found in its source: what is said or marked, and the texts of records."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import curvegui
from curvegui.core.language.text import WITHIN

PACKAGE = Path(curvegui.__file__).parent
FUNCTIONS = {"tr": (0, None), "mark": (0, None), "tr_in": (1, 0), "mark_in": (1, 0), "tr_n": (0, None)}
"""Where the text stands among the arguments, and where its context."""
MAKERS = {  # functions that make records: which of their arguments are texts
    "declared": ("Setting", (1, 2), ()),
    "preset": ("Preset", (1,), ()),
    "_switch": ("ActionRecord", (1, 2), ((3, "menu"),)),
    "_choices": ("ActionRecord", (), ((1, "menu"),)),
    "ActionRecord": ("ActionRecord", (), ((1, "menu"),)),
}
"""Beside the classes that `said` decorates: the record, the places of its texts, and those of paths of menus."""
MENU = "menu"
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Text:
    """A text, or one with a plural, in a context if a word means two things."""

    context: str
    text: str
    many: str = ""


@dataclass(frozen=True)
class Saying:
    """Where a text is said: the literals, or None for what is none, and the names of the values that are given."""

    place: str
    texts: tuple[str | None, ...]
    given: frozenset[str | None]


@dataclass
class Found:
    """All texts, each with the files in which it stands, and where texts are said with values or with another one."""

    texts: dict[Text, set[str]] = field(default_factory=dict)
    sayings: list[Saying] = field(default_factory=list)

    def add(self, text: Text, file: str) -> None:
        if text.text.strip():
            self.texts.setdefault(text, set()).add(file)


def modules(of: str = "") -> Iterator[tuple[str, ast.Module]]:
    """The modules in whose source this stands, by their paths in the package: one at a time, as all take 130 MB."""
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if of in source:
            yield path.relative_to(PACKAGE).as_posix(), ast.parse(source)


def name_of(function: ast.expr) -> str:
    """The last part of what is called."""
    return getattr(function, "attr", None) or getattr(function, "id", "")


@cache
def records() -> dict[str, tuple[tuple[str, ...], frozenset[str], frozenset[str]]]:
    """The classes that `said` decorates: their fields in order, those that are texts, and those within sentences."""
    found = {}
    for _, tree in modules("@said("):
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef):
                continue
            for call in node.decorator_list:
                if isinstance(call, ast.Call) and name_of(call.func) == "said":
                    fields = tuple(each.target.id for each in node.body if isinstance(each, ast.AnnAssign))
                    within = [each.value for each in call.keywords if each.arg == "within"]
                    found[node.name] = (
                        fields,
                        frozenset(ast.literal_eval(each) for each in call.args),
                        frozenset(ast.literal_eval(within[0])) if within else frozenset(),
                    )
        for node in tree.body:  # a subclass has the texts of what it is made from
            base = name_of(node.bases[0]) if isinstance(node, ast.ClassDef) and node.bases else ""
            if base in found and node.name not in found:
                own = tuple(each.target.id for each in node.body if isinstance(each, ast.AnnAssign))
                fields, *rest = found[base]
                found[node.name] = (*fields, *(each for each in own if each not in fields)), *rest
    return found


def literal(node: ast.expr | None, constants: Mapping[str, str] = NOTHING) -> str | None:
    """The text of a literal, also of one in several parts, or of one of these ``constants``."""
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def constants_of(tree: ast.Module) -> dict[str, str]:
    """The texts that a module has given names, each with its name."""
    pairs = [
        (target, value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target, value in _paired(node.targets[0], node.value)
    ]
    return {target.id: text for target, value in pairs if isinstance(target, ast.Name) and (text := literal(value))}


def _paired(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=False)
    else:
        yield target, value


@cache
def found() -> Found:
    """All texts of the package."""
    everything = Found()
    for file, tree in modules():
        constants = constants_of(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                everything.sayings += _sayings(node, file)
                for text in (*_of_function(node), *_of_record(node), *_of_maker(node, constants)):
                    everything.add(text, file)
    return everything


def _sayings(call: ast.Call, file: str) -> Iterator[Saying]:
    name = name_of(call.func)
    if name in ("tr", "tr_n") and call.args:
        texts = tuple(literal(each) for each in call.args[: 1 if name == "tr" else 2])
        yield Saying(f"{file}:{call.lineno}", texts, frozenset(each.arg for each in call.keywords))


def _of_function(call: ast.Call) -> Iterator[Text]:
    name = name_of(call.func)
    if name not in FUNCTIONS or not call.args:
        return
    place, of_context = FUNCTIONS[name]
    context = literal(call.args[of_context]) if of_context is not None else ""
    text = literal(call.args[place]) if len(call.args) > place else None
    if text is not None and context is not None:
        yield Text(context, text, (literal(call.args[1]) or "") if name == "tr_n" else "")


def _of_record(call: ast.Call) -> Iterator[Text]:
    name = name_of(call.func)
    if name in records():
        fields, texts, within = records()[name]
        given = dict(zip(fields, call.args, strict=False)) | {
            each.arg: each.value for each in call.keywords if each.arg
        }
        for each in fields:
            text = literal(given.get(each))
            if each in texts and text:
                yield from _as_text(text, each in within)


def _as_text(text: str, is_within: bool) -> Iterator[Text]:
    yield Text("", text)
    if is_within:
        yield Text(WITHIN, text.lower())


def _of_maker(call: ast.Call, constants: Mapping[str, str]) -> Iterator[Text]:
    name = name_of(call.func)
    if name not in MAKERS:
        return
    record, places, menus = MAKERS[name]
    _, texts, within = records()[record]
    for place in places:
        text = literal(call.args[place]) if len(call.args) > place else None
        if text:
            yield from _as_text(text, bool(within) and place == places[0])
    for each in call.keywords:
        text = literal(each.value)
        if record in ("Setting",) and each.arg in texts and text:
            yield Text("", text)
    for place, context in menus:
        path = literal(call.args[place], constants) if len(call.args) > place else None
        for part in (path or "").split("/"):
            yield Text(context, part if "&" in part or not part else f"&{part}")
