"""Reads lessons, which are text files that a teacher can write.

    # First steps

    ## What is this picture?
    The **green** curve is the target, ...
    look: canvas
    do: Wait until the cost is below a hundredth.
    until: cost < 0.01

The page on lessons in the docs describes the format. A file is read strictly: everything that is wrong in it is
reported at once, with its lines.
"""

import re
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from curvegui.files.lesson.condition import parse_condition
from curvegui.files.lesson.lesson import Lesson, LessonError, Problem, Step
from curvegui.files.lesson.words import PLACES, not_among, settings, shortened

MOST_BYTES = 1_000_000
MOST_STEPS = 100
MOST_TEXT = 3_000  # characters of a step: about 500 words
MOST_PROBLEMS = 50  # of one file: who chose the wrong one would have thousands
LONGEST_LINE = 2_000  # characters
KEYS = ("look", "do", "until", "set", "chapter")
KEY_LINE = re.compile(r"(look|do|until|set|chapter)[ \t]*:(.*)", re.IGNORECASE)
LIKE_A_KEY = re.compile(r"([a-z]{1,12})[ \t]*:[ \t]*\S.*")  # "lok: canvas"; a sentence begins with a capital
HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*")
LINE_END = re.compile(r"\r\n|\r|\n")
CODE = re.compile(r"`[^`]*`")
NOT_SHOWN = re.compile(r"!\[[^\]]*\]\s*[(\[]|</?[A-Za-z][^>]*>|<!--")  # pictures and HTML
DEEP = re.compile(r"[ \t]*(?:>[ \t]*){4}|[ \t]{24}")  # quotations and lists within each other
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_lesson(path: Path) -> Lesson:
    """Read a lesson's file; raises ``LessonError`` if something is wrong in it, ``OSError`` if it cannot be read."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise LessonError(path.name, (Problem(1, f"a lesson has at most {MOST_BYTES:,} bytes; this is more."),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(LINE_END.findall(data[: error.start].decode("latin-1"))) + 1
        raise LessonError(path.name, (Problem(line, "this is no text in UTF-8. Save the file as UTF-8."),)) from None
    return parse_lesson(text, path.name)


def parse_lesson(text: str, name: str = "lesson") -> Lesson:
    """Read a lesson; ``name`` is what errors call it. Raises ``LessonError`` with all that is wrong."""
    reader = _Reader()
    for number, line in enumerate(LINE_END.split(text.removeprefix("\ufeff")), start=1):
        reader.take(number, line)
    lesson = reader.finish()
    if reader.problems:
        raise LessonError(name, tuple(sorted(reader.problems)[:MOST_PROBLEMS]))
    return lesson


class _Draft:
    """A step that is being read."""

    def __init__(self, heading: str, line: int) -> None:
        self.heading, self.line = heading, line
        self.lines: list[str] = []
        self.found: dict[str, Any] = {}
        self.at: dict[str, int] = {}


class _Reader:
    """Takes a lesson line by line and notes what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._title = ""
        self._title_at = 0
        self._drafts: list[_Draft] = []
        self._parsers: dict[str, Callable[[str], Any]] = {
            "look": _places, "do": str, "until": parse_condition, "set": settings, "chapter": str,
        }  # fmt: skip

    def _blame(self, line: int, words: str) -> None:
        self.problems.append(Problem(line, words[:1].upper() + words[1:]))

    def take(self, number: int, line: str) -> None:
        """Take the next line."""
        if len(line) > LONGEST_LINE or NO_TEXT.search(line):
            words = f"the line is longer than {LONGEST_LINE:,} characters." if len(line) > LONGEST_LINE else ""
            self._blame(number, words or "there is a character that is no text.")
            return
        heading = HEADING.fullmatch(line.strip()) if line.startswith("#") else None
        if heading and len(heading[1]) <= 2:
            self._take_heading(number, len(heading[1]), heading[2] or "")
        elif self._drafts:
            self._take_words(number, line)
        elif not self._title and line.strip():
            self._blame(number, "a lesson begins with its title: # First steps")
            self._title = shortened(line)  # said once

    def _take_heading(self, number: int, level: int, words: str) -> None:
        kind = "title" if level == 1 else "heading"
        if not words:
            self._blame(number, f"the {kind} is missing after {'#' * level}.")
        if level == 2:
            self._drafts.append(_Draft(words, number))
        elif self._title_at:
            self._blame(number, f"a second title: the first is in line {self._title_at}. A step begins with ##.")
        elif self._drafts:
            self._blame(number, "the title stands before the first step.")
        else:
            self._title, self._title_at = words or "–", number

    def _take_words(self, number: int, line: str) -> None:
        draft, key_line = self._drafts[-1], KEY_LINE.fullmatch(line.strip())
        if key_line is None:
            like = LIKE_A_KEY.fullmatch(line)
            if like and (hint := not_among("line", like[1], KEYS)).endswith("?"):
                self._blame(number, hint)
            self._check_text(number, line)
            draft.lines.append(line)
            return
        key, words = key_line[1].lower(), " ".join(key_line[2].split())
        if key in draft.at:
            self._blame(number, f"a second “{key}”: a step has one; the first is in line {draft.at[key]}.")
            return
        draft.at[key] = number
        if not words:
            self._blame(number, f"something is missing after “{key}:”.")
            return
        try:
            draft.found[key] = self._parsers[key](words)
        except ValueError as error:
            self._blame(number, str(error))

    def _check_text(self, number: int, line: str) -> None:
        if NOT_SHOWN.search(CODE.sub("", line)):
            self._blame(number, "pictures and HTML are not shown. Write what is meant as code: `<b>`")
        if DEEP.match(line):
            self._blame(number, "the line stands too deep within lists or quotations.")

    def finish(self) -> Lesson:
        """The lesson; not to be used if there are ``problems``."""
        if not self._title:
            self._blame(1, "a lesson begins with its title: # First steps")
        if not self._drafts:
            self._blame(max(self._title_at, 1), "there are no steps: each begins with ## and its heading.")
        for draft in self._drafts[MOST_STEPS : MOST_STEPS + 1]:
            self._blame(draft.line, f"a lesson has at most {MOST_STEPS} steps.")
        return Lesson(self._title, tuple(map(self._step, self._drafts[:MOST_STEPS])))

    def _step(self, draft: _Draft) -> Step:
        text, found = "\n".join(draft.lines).strip(), draft.found
        if not text:
            self._blame(draft.line, "the step has no text.")
        if len(text) > MOST_TEXT:
            self._blame(
                draft.line, f"the step has {len(text):,} characters, and {MOST_TEXT:,} at most: make two of it."
            )
        if "until" in draft.at and "do" not in draft.at:
            self._blame(draft.at["until"], "“until” says when something is done; say with “do:” what.")
        return Step(
            draft.heading,
            text,
            found.get("look", ()),
            found.get("do", ""),
            found.get("until"),
            MappingProxyType(found.get("set", {})),
            found.get("chapter", ""),
            draft.line,
        )


def _places(text: str) -> tuple[str, ...]:
    """The parts of the window that a line names."""
    names = [" ".join(part.lower().split()) for part in text.split(",")]
    for name in names:
        if name not in PLACES:
            raise ValueError(not_among("part of the window", name, PLACES))
    return tuple(dict.fromkeys(names))
