"""The guide's text, with a chapter about the model and a table of all keys at its end."""

import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QKeySequence

from curvegui.core.language.text import either, mark, tr
from curvegui.files.disk.languages import translated
from curvegui.files.disk.resources import resource
from curvegui.ui.actions.actions import sequences
from curvegui.ui.actions.feature import ActionRecord

KEYS, MODEL = mark("Keyboard shortcuts"), "The model, for teachers"
PAGES = "guide.md", "model.md"
HEADING, FENCED = re.compile(r"^#{1,4} +(.+?) *$", re.MULTILINE), re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
MOST_KEYS = 2  # of one action, in the table
# of keys that have an action's own name, as Copy, and of F13 to F35, or Ins
ODD_KEYS = re.compile(r"F(1[3-9]|[23]\d)|Ins|New|Open|Save|Exit|Undo|Redo|Copy|Paste|Zoom.*")
NATIVE, PORTABLE = QKeySequence.SequenceFormat.NativeText, QKeySequence.SequenceFormat.PortableText


def guide_text(records: Iterable[ActionRecord]) -> str:
    """The guide in Markdown, with two more chapters: the page about the model, and the keys."""
    guide, model = (translated(name).read_text(encoding="utf-8") for name in PAGES)
    return f"{guide}\n\n{model.replace('# ', '## ')}\n\n## {tr(KEYS)}\n\n{keys_table(records)}\n"


def anchor_here(anchor: str) -> str:
    """An anchor of the English guide, in the translated guide where there is one. A heading has the same position among
    the headings of both; the words below it are translated as texts of the window."""
    heading, sign, words = anchor.partition("/")
    for english, shown in ((resource(name), translated(name)) for name in PAGES):
        here, there = _headings(english), _headings(shown)
        if shown != english and heading in here and len(here) == len(there):
            return f"{there[here.index(heading)]}{sign}{tr(words)}"
    return tr(KEYS) if heading == KEYS else anchor


def _headings(path: Path) -> list[str]:
    return HEADING.findall(FENCED.sub("", path.read_text(encoding="utf-8")))


def keys_table(records: Iterable[ActionRecord]) -> str:
    rows = [f"| {_keys_of(record)} | {record.tip} |" for record in records if record.keys]
    return "\n".join([tr("| keys | what they do |"), "|---|---|", *rows])


def _keys_of(record: ActionRecord) -> str:
    """The two simplest keys of an action: a system may have a dozen, some of them on no present keyboard."""
    found = [each for key in record.keys for each in sequences(key)]
    plain = [each for each in found if not ODD_KEYS.fullmatch(each.toString(PORTABLE).split("+")[-1])] or found[:1]
    fewest = sorted(plain, key=lambda each: each.toString(PORTABLE).rstrip("+").count("+"))
    shown = dict.fromkeys(each.toString(NATIVE) for each in fewest)
    return either([key.replace("|", "\\|") for key in list(shown)[:MOST_KEYS]])
