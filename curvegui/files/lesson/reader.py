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
from typing import Any

from curvegui.core.language.text import capitalised, either, mark, tr
from curvegui.core.regular_file import open_regular
from curvegui.files.lesson.condition import parse_condition
from curvegui.files.lesson.draft import ANSWERS, OF_QUESTION, Draft
from curvegui.files.lesson.lesson import Lesson, LessonError, Problem
from curvegui.files.lesson.picture import PICTURE, read_picture
from curvegui.files.lesson.question import answer, drawing, measure, number_within
from curvegui.files.lesson.show_and_hide import things
from curvegui.files.lesson.words import close_to, not_among, places, settings, shortened

MOST_BYTES = 1_000_000
MOST_STEPS = 100
MOST_PROBLEMS = 50  # of one file: who chose the wrong one would have thousands
LONGEST_LINE = 2_000  # characters
OF_LESSON = "show", "hide"  # lines that may also stand before the first step
KEYS = ("look", "do", "until", "set", "begin", "chapter", *OF_LESSON, *OF_QUESTION)
BEGINNINGS = {"new run": False, "usual run": True}  # whether with the usual settings
KEY_LINE = re.compile(rf"({'|'.join(KEYS)})[ \t]*:(.*)", re.IGNORECASE)
LIKE_A_KEY = re.compile(r"([a-z]{1,12})[ \t]*:[ \t]*\S.*")  # "lok: canvas"; a sentence begins with a capital
HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*")
LINE_END = re.compile(r"\r\n|\r|\n")
CODE = re.compile(r"`[^`]*`")
NOT_SHOWN = re.compile(r"!\[[^\]]*\]\s*[(\[]|</?[A-Za-z][^>]*>|<!--")  # pictures in the text, and HTML
DEEP = re.compile(r"[ \t]*(?:>[ \t]*){4}|[ \t]{24}")  # quotations and lists within each other
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_lesson(path: Path) -> Lesson:
    """Read a lesson's file; raises ``LessonError`` if something is wrong in it, ``OSError`` if it cannot be read."""
    with open_regular(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise LessonError(
            path.name,
            (Problem(1, tr("a lesson has at most {most:,} bytes; this is more.", most=MOST_BYTES)),),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(LINE_END.findall(data[: error.start].decode("latin-1"))) + 1
        raise LessonError(
            path.name, (Problem(line, tr("this is no text in UTF-8. Save the file as UTF-8.")),)
        ) from None
    return parse_lesson(text, path.name, path.parent)


def parse_lesson(text: str, name: str = "lesson", folder: Path | None = None) -> Lesson:
    """Read a lesson; ``name`` is what errors call it, ``folder`` has its pictures.

    Raises ``LessonError`` with all that is wrong.
    """
    reader = _Reader(folder)
    for number, line in enumerate(LINE_END.split(text.removeprefix("\ufeff")), start=1):
        reader.take(number, line)
    lesson = reader.finish()
    if reader.problems:
        raise LessonError(name, tuple(sorted(reader.problems)[:MOST_PROBLEMS]))
    return lesson


class _Reader:
    """Takes a lesson line by line and notes what is wrong."""

    def __init__(self, folder: Path | None) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._head = Draft("", 0, self._blame)
        self._title = ""
        self._title_at = 0
        self._drafts: list[Draft] = []
        self._parsers: dict[str, Callable[[str], Any]] = {
            "look": places, "until": parse_condition, "set": settings, "show": things, "hide": things,
            "begin": _beginning, "number": number_within, "measure": measure, "draw": drawing,
            **dict.fromkeys(ANSWERS, answer),
        }  # fmt: skip

    def _blame(self, line: int, words: str) -> None:
        self.problems.append(Problem(line, capitalised(words)))

    def take(self, number: int, line: str) -> None:
        """Take the next line."""
        if len(line) > LONGEST_LINE or NO_TEXT.search(line):
            too_long = tr("the line is longer than {most:,} characters.", most=LONGEST_LINE)
            no_text = tr("there is a character that is no text.")
            self._blame(number, too_long if len(line) > LONGEST_LINE else no_text)
            return
        heading = HEADING.fullmatch(line.strip()) if line.startswith("#") else None
        if heading and len(heading[1]) <= 2:
            self._take_heading(number, len(heading[1]), heading[2] or "")
        elif self._drafts:
            self._take_words(number, line)
        elif self._title_at:
            self._take_key(self._head, number, line, OF_LESSON)
        elif not self._title and line.strip():
            self._blame(number, tr("a lesson begins with its title: # First steps"))
            self._title = shortened(line)  # said once

    def _take_heading(self, number: int, level: int, words: str) -> None:
        if not words:
            title, heading = mark("the title is missing after {sign}."), mark("the heading is missing after {sign}.")
            self._blame(number, tr(title if level == 1 else heading, sign="#" * level))
        if level == 2:
            self._drafts.append(Draft(words, number, self._blame))
        elif self._title_at:
            self._blame(
                number,
                tr("a second title: the first is in line {line}. A step begins with ##.", line=self._title_at),
            )
        elif self._drafts:
            self._blame(number, tr("the title stands before the first step."))
        else:
            self._title, self._title_at = words or "–", number

    def _take_words(self, number: int, line: str) -> None:
        draft, picture = self._drafts[-1], PICTURE.fullmatch(line.strip())
        if picture:
            draft.keep(number, "picture", lambda: read_picture(picture[1], picture[2].strip(), self._folder))
        elif not self._take_key(draft, number, line, KEYS):
            if problem := _problem_in(line):
                self._blame(number, problem)
            draft.lines.append(line)

    def _take_key(self, draft: Draft, number: int, line: str, keys: tuple[str, ...]) -> bool:
        """Take a line that begins with one of these words; whether it does."""
        found = KEY_LINE.fullmatch(line.strip())
        if found is None or found[1].lower() not in keys:
            like = LIKE_A_KEY.fullmatch(line)
            if like and close_to(like[1], keys):
                self._blame(number, not_among(tr("line"), like[1], keys))
            return False
        key, words = found[1].lower(), " ".join(found[2].split())
        draft.keep(number, key, lambda: self._read(key, words))
        return True

    def _read(self, key: str, words: str) -> Any:
        if not words:
            raise ValueError(tr("something is missing after “{key}:”.", key=key))
        return self._parsers.get(key, str)(words)

    def finish(self) -> Lesson:
        """The lesson; not to be used if there are ``problems``."""
        if not self._title:
            self._blame(1, tr("a lesson begins with its title: # First steps"))
        if not self._drafts:
            self._blame(max(self._title_at, 1), tr("there are no steps: each begins with ## and its heading."))
        for draft in self._drafts[MOST_STEPS : MOST_STEPS + 1]:
            self._blame(draft.line, tr("a lesson has at most {most} steps.", most=MOST_STEPS))
        hidden, steps = self._head.hidden_at_first(), []
        for draft in self._drafts[:MOST_STEPS]:
            hidden = draft.hidden_after(hidden)
            steps.append(draft.step(hidden))
        return Lesson(self._title, tuple(steps))


def _beginning(words: str) -> bool:
    if words.lower() not in BEGINNINGS:
        raise ValueError(
            tr(
                "a step can begin in one of two ways: {ways}",
                ways=either([f"begin: {way}" for way in BEGINNINGS]),
            )
        )
    return BEGINNINGS[words.lower()]


def _problem_in(line: str) -> str:
    """What is wrong with a line of text; empty for nothing."""
    if NOT_SHOWN.search(CODE.sub("", line)):
        return tr("HTML is not shown; write what is meant as code: `<b>`. A picture has a line of its own.")
    return tr("the line stands too deep within lists or quotations.") if DEEP.match(line) else ""
