"""A step of a lesson while it is read: what its lines say, and the step that they make."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from curvegui.core.language.text import tr
from curvegui.files.lesson.lesson import Step
from curvegui.files.lesson.question import Question, question_of
from curvegui.files.lesson.show_and_hide import KINDS, VIEWS, all_but, meant

MOST_TEXT = 3_000  # characters of a step: about 500 words
ANSWERS = {"right": True, "wrong": False}  # lines that a step may have several of
OF_QUESTION = "ask", "number", "measure", "draw", "if right", "if wrong", "because", *ANSWERS

Blame = Callable[[int, str], None]
"""Takes note of what is wrong in a line."""


class Draft:
    """A step that begins at a line, or, without a heading, what stands before the first one."""

    def __init__(self, heading: str, line: int, blame: Blame) -> None:
        self.heading, self.line, self._blame = heading, line, blame
        self.lines: list[str] = []  # of its text
        self._found: dict[str, Any] = {}
        self._at: dict[str, int] = {}
        self._answers: list[tuple[str, bool]] = []

    def keep(self, number: int, key: str, read: Callable[[], Any]) -> None:
        """Keep what a line says, unless the step has such a line already, or it cannot be read."""
        if key in self._at and key not in ANSWERS:
            self._blame(
                number,
                tr("a second “{key}”: a step has one; the first is in line {line}.", key=key, line=self._at[key]),
            )
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
        """What a lesson that begins with these lines does not offer."""
        return self._checked(all_but(self._found.get("show", ())) | self._named("hide"), frozenset())

    def hidden_after(self, before: frozenset[str]) -> frozenset[str]:
        """What is not offered from this step on, where that was not offered before it."""
        return self._checked(before - self._named("show") | self._named("hide"), before)

    def _named(self, key: str) -> frozenset[str]:
        return meant(self._found.get(key, ()))

    def _checked(self, hidden: frozenset[str], before: frozenset[str]) -> frozenset[str]:
        if meant(VIEWS) <= hidden and not meant(VIEWS) <= before:
            line = max(self._at.get("hide", 0), self._at.get("show", 0))
            self._blame(line, tr("all views are hidden; one must remain."))
        return hidden

    def step(self, hidden: frozenset[str]) -> Step:
        """The step; not to be used where something was wrong in it."""
        text, found = "\n".join(self.lines).strip(), self._found
        self._check_text(text)
        for place in found.get("look", ()):
            if any(place in kind for kind in KINDS) and meant((place,)) & hidden:
                self._blame(self._at["look"], tr("“{place}” is hidden in this step: add “show: {place}”.", place=place))
        return Step(
            self.heading,
            text,
            found.get("look", ()),
            found.get("do", ""),
            found.get("until"),
            MappingProxyType(found.get("set", {})),
            found.get("chapter", ""),
            self.line,
            hidden,
            found.get("picture"),
            self._question(),
            "begin" in found,
            found.get("begin", False),
        )

    def _check_text(self, text: str) -> None:
        if not text and "ask" not in self._at:
            self._blame(self.line, tr("the step has no text."))
        if len(text) > MOST_TEXT:
            self._blame(
                self.line,
                tr(
                    "the step has {count:,} characters, and {most:,} at most: make two of it.",
                    count=len(text),
                    most=MOST_TEXT,
                ),
            )
        if "until" in self._at and "do" not in self._at:
            self._blame(self._at["until"], tr("“until” says when something is done; say with “do:” what."))

    def _question(self) -> Question | None:
        lines = [self._at[key] for key in OF_QUESTION if key in self._at]
        if lines and all(key in self._found for key in self._at if key in OF_QUESTION):
            try:
                return question_of(self._found, self._answers)
            except ValueError as error:
                self._blame(min(lines), str(error))
        return None
