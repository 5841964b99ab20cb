"""Lessons, and how they are read from text files that a teacher can write.

docs/lessons.md describes the format. A file is read strictly: all that is wrong in it is reported at once, by line.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from curvegui.core.language.text import capitalised, either, mark, tr
from curvegui.core.regular_file import open_regular
from curvegui.files.lesson.condition import Condition, parse_condition
from curvegui.files.lesson.picture import PICTURE, LessonImage, read_picture
from curvegui.files.lesson.question import Question, answer, drawing, measure, number_within, question_of
from curvegui.files.lesson.words import VIEWS, Parts, close_to, not_among, settings, shortened


class LessonProblem(NamedTuple):
    """What is wrong in a line of a lesson; lines count from 1."""

    line: int
    words: str

    def __str__(self) -> str:
        return tr("Line {line}: {words}", line=self.line, words=self.words)


class LessonError(ValueError):
    """A lesson cannot be used; ``name`` is the file's, and ``problems`` has all of the file, by line, at least one."""

    def __init__(self, name: str, problems: tuple[LessonProblem, ...]) -> None:
        super().__init__("\n".join(f"{name}: {problem}" for problem in problems))
        self.name, self.problems = name, problems


@dataclass(frozen=True)
class LessonStep:
    """A step of a lesson."""

    heading: str
    text: str  # in Markdown
    look: tuple[str, ...] = ()  # what is pointed at, of `Parts`
    do: str = ""  # what to do, in words; may be empty; where there is a question, after the answer
    until: Condition | None = None  # when that is done
    settings: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))  # by field of the config
    chapter: str = ""  # of the guide, to read on; may be empty
    line: int = 1  # of the heading, from 1 on
    hidden: frozenset[str] = frozenset()  # what is not offered during the step, of ``Parts.kinds``
    picture: LessonImage | None = None
    question: Question | None = None
    begins_run: bool = False  # paused
    is_usual: bool = False  # with the settings of a new user, but for ``settings``
    learned: int = 0  # iterations that the run has made when it is first seen


@dataclass(frozen=True)
class Lesson:
    """A lesson: its title and its steps, at least one."""

    title: str
    steps: tuple[LessonStep, ...]

    def resumed(self, number: int) -> LessonStep:
        """The step with this number, which sets all that the steps since the latest beginning of a run have set."""
        first = max((each for each in range(number + 1) if self.steps[each].begins_run), default=0)
        settings = {name: value for each in self.steps[first : number + 1] for name, value in each.settings.items()}
        names = "begins_run", "is_usual", "learned"
        beginning = {name: getattr(self.steps[first], name) for name in names}
        return replace(self.steps[number], settings=MappingProxyType(settings), **beginning)


MOST_TEXT = 3_000  # characters of a step: about 500 words
ANSWERS = {"right": True, "wrong": False}  # lines that a step may have several of
OF_QUESTION = "ask", "number", "measure", "draw", "if right", "if wrong", "because", *ANSWERS

Blame = Callable[[int, str], None]
"""Takes note of a line, and of what is wrong in the line."""


class Draft:
    """A step that is being read, from its heading on; without a heading, the lines before the first step."""

    def __init__(self, heading: str, line: int, blame: Blame, parts: Parts) -> None:
        self.heading, self.line, self._blame, self._parts = heading, line, blame, parts
        self.lines: list[str] = []  # of its text
        self._found: dict[str, Any] = {}
        self._at: dict[str, int] = {}
        self._answers: list[tuple[str, bool]] = []

    def keep(self, number: int, key: str, read: Callable[[], Any]) -> None:
        """Keep what a line says, unless the step has such a line already, or it cannot be read."""
        if key in self._at and key not in ANSWERS:
            words = mark("a second “{key}”: a step has one; the first is in line {line}.")
            self._blame(number, tr(words, key=key, line=self._at[key]))
            return
        self._at[key] = number
        try:
            self._found[key] = read()
        except ValueError as error:
            self._blame(number, str(error))
            return
        if key in ANSWERS:
            self._answers.append((self._found[key], ANSWERS[key]))

    def hidden_at_first(self) -> frozenset[str]:
        return self._checked(self._parts.all_but(self._found.get("show", ())) | self._named("hide"), frozenset())

    def hidden_after(self, before: frozenset[str]) -> frozenset[str]:
        """What is not offered from this step on; ``before`` is what was not offered in the step before."""
        return self._checked(before - self._named("show") | self._named("hide"), before)

    def _named(self, key: str) -> frozenset[str]:
        return self._parts.meant(self._found.get(key, ()))

    def _checked(self, hidden: frozenset[str], before: frozenset[str]) -> frozenset[str]:
        views = self._parts.meant(VIEWS)
        if views <= hidden and not views <= before:
            line = max(self._at.get("hide", 0), self._at.get("show", 0))
            self._blame(line, tr("all views are hidden; one must remain."))
        return hidden

    def step(self, hidden: frozenset[str]) -> LessonStep:
        """The step that was read; not to be used where a line of it is wrong."""
        text, found = "\n".join(self.lines).strip(), self._found
        if not text and "ask" not in self._at:
            self._blame(self.line, tr("the step has no text."))
        if len(text) > MOST_TEXT:
            words = mark("the step has {count:,} characters, and {most:,} at most: make two of it.")
            self._blame(self.line, tr(words, count=len(text), most=MOST_TEXT))
        if "until" in self._at and "do" not in self._at:
            self._blame(self._at["until"], tr("“until” says when something is done; say with “do:” what."))
        for part in found.get("look", ()):
            if self._parts.meant((part,)) & hidden:
                self._blame(self._at["look"], tr("“{place}” is hidden in this step: add “show: {place}”.", place=part))
        lines, question = [self._at[key] for key in OF_QUESTION if key in self._at], None
        if lines and all(key in found for key in self._at if key in OF_QUESTION):
            try:
                question = question_of(found, self._answers)
            except ValueError as error:
                self._blame(min(lines), str(error))
        said = {key: found[key] for key in ("look", "do", "until", "chapter", "picture") if key in found}
        is_usual, learned = found.get("begin", (False, 0))
        return LessonStep(
            self.heading, text, line=self.line, hidden=hidden, question=question, **said, begins_run="begin" in found,
            is_usual=is_usual, learned=learned, settings=MappingProxyType(found.get("set", {})),
        )  # fmt: skip


MOST_BYTES = 1_000_000
MOST_STEPS = 100
MOST_PROBLEMS = 50  # of one file: who chose the wrong one would have thousands
LONGEST_LINE = 2_000  # characters
OF_LESSON = "show", "hide"  # lines that may also stand before the first step
KEYS = ("look", "do", "until", "set", "begin", "chapter", *OF_LESSON, *OF_QUESTION)
BEGINNINGS = {"new run": False, "usual run": True}  # whether with the usual settings
BEGIN = re.compile(r"(new run|usual run)(?:, (\d{1,5}) iterations)?", re.IGNORECASE)
KEY_LINE = re.compile(rf"({'|'.join(KEYS)})[ \t]*:(.*)", re.IGNORECASE)
LIKE_A_KEY = re.compile(r"([a-z]{1,12})[ \t]*:[ \t]*\S.*")  # "lok: canvas"; a sentence begins with a capital
HEADING = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?[ \t]*#*[ \t]*")
LINE_END = re.compile(r"\r\n|\r|\n")
CODE = re.compile(r"`[^`]*`")
NOT_SHOWN = re.compile(r"!\[[^\]]*\]\s*[(\[]|</?[A-Za-z][^>]*>|<!--")  # pictures in the text, and HTML
DEEP = re.compile(r"[ \t]*(?:>[ \t]*){4}|[ \t]{24}")  # quotations and lists within each other
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_lesson(path: Path, parts: Parts) -> Lesson:
    """Read a lesson's file; raises ``LessonError`` if something is wrong in it, ``OSError`` if it cannot be read."""
    with open_regular(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        problem = LessonProblem(1, tr("a lesson has at most {most:,} bytes; this is more.", most=MOST_BYTES))
        raise LessonError(path.name, (problem,))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(LINE_END.findall(data[: error.start].decode("latin-1"))) + 1
        problem = LessonProblem(line, tr("this is no text in UTF-8. Save the file as UTF-8."))
        raise LessonError(path.name, (problem,)) from None
    return parse_lesson(text, parts, path.name, path.parent)


def parse_lesson(text: str, parts: Parts, name: str = "lesson", folder: Path | None = None) -> Lesson:
    """Read a lesson; ``name`` is what errors call it, ``folder`` has its pictures. Raises ``LessonError``."""
    reader = _Reader(folder, parts)
    for number, line in enumerate(LINE_END.split(text.removeprefix("\ufeff")), start=1):
        reader.take(number, line)
    lesson = reader.finish()
    if reader.problems:
        raise LessonError(name, tuple(sorted(reader.problems)[:MOST_PROBLEMS]))
    return lesson


class _Reader:
    """Takes a lesson line by line, and notes all that is wrong in it."""

    def __init__(self, folder: Path | None, parts: Parts) -> None:
        self.problems: list[LessonProblem] = []
        self._folder, self._parts = folder, parts
        self._head = Draft("", 0, self._blame, self._parts)
        self._title, self._title_at = "", 0
        self._drafts: list[Draft] = []
        self._parsers: dict[str, Callable[[str], Any]] = {
            "look": parts.pointed_at, "show": parts.shown, "hide": parts.shown, "until": parse_condition,
            "set": settings, "begin": _beginning, "number": number_within, "measure": measure, "draw": drawing,
            **dict.fromkeys(ANSWERS, answer),
        }  # fmt: skip

    def _blame(self, line: int, words: str) -> None:
        self.problems.append(LessonProblem(line, capitalised(words)))

    def take(self, number: int, line: str) -> None:
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
            self._drafts.append(Draft(words, number, self._blame, self._parts))
        elif self._title_at:
            words = mark("a second title: the first is in line {line}. A step begins with ##.")
            self._blame(number, tr(words, line=self._title_at))
        elif self._drafts:
            self._blame(number, tr("the title stands before the first step."))
        else:
            self._title, self._title_at = words or "–", number

    def _take_words(self, number: int, line: str) -> None:
        draft, picture = self._drafts[-1], PICTURE.fullmatch(line.strip())
        if picture:
            draft.keep(number, "picture", lambda: read_picture(picture[1], picture[2].strip(), self._folder))
        elif not self._take_key(draft, number, line, KEYS):
            if NOT_SHOWN.search(CODE.sub("", line)):
                words = mark("HTML is not shown; write what is meant as code: `<b>`. A picture has a line of its own.")
                self._blame(number, tr(words))
            elif DEEP.match(line):
                self._blame(number, tr("the line stands too deep within lists or quotations."))
            draft.lines.append(line)

    def _take_key(self, draft: Draft, number: int, line: str, keys: tuple[str, ...]) -> bool:
        """Take a line if it begins with one of the ``keys``; returns whether it does."""
        found = KEY_LINE.fullmatch(line.strip())
        if found is None or found[1].lower() not in keys:
            like = LIKE_A_KEY.fullmatch(line)
            if like and close_to(like[1], keys):
                self._blame(number, not_among(tr("line"), like[1], keys))
            return False
        key, words = found[1].lower(), " ".join(found[2].split())

        def read() -> Any:
            if not words:
                raise ValueError(tr("something is missing after “{key}:”.", key=key))
            return self._parsers.get(key, str)(words)

        draft.keep(number, key, read)
        return True

    def finish(self) -> Lesson:
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


def _beginning(words: str) -> tuple[bool, int]:
    """Whether a run begins with the usual settings, and how many iterations it has made when it is first seen."""
    found = BEGIN.fullmatch(words)
    if found is None:
        allowed = either([f"begin: {each}" for each in BEGINNINGS])
        raise ValueError(tr("a step can begin in one of two ways: {ways}", ways=allowed))
    return BEGINNINGS[found[1].lower()], int(found[2] or 0)
