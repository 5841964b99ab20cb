"""Lessons for the guided tour: steps to read, what to do and when that is done; and what is wrong in a file."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from curvegui.files.lesson.condition import Condition


class Problem(NamedTuple):
    """What is wrong, and in which line, from 1 on."""

    line: int
    words: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.words}"


class LessonError(ValueError):
    """A lesson cannot be used.

    Attributes
    ----------
    name : str
        The file's.
    problems : tuple of Problem
        All of the file, by line; at least one.
    """

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{name}: {problem}" for problem in problems))
        self.name, self.problems = name, problems


@dataclass(frozen=True)
class Step:
    """A step of a lesson.

    Attributes
    ----------
    heading : str
    text : str
        In Markdown.
    look : tuple of str
        What is pointed at, of ``PLACES``.
    do : str
        What to do, in words; may be empty.
    until : Condition or None
        When that is done.
    settings : mapping of str to object
        What the step begins with, by field of the configuration.
    chapter : str
        Of the guide, to read on; may be empty.
    line : int
        Of the heading, from 1 on.
    """

    heading: str
    text: str
    look: tuple[str, ...] = ()
    do: str = ""
    until: Condition | None = None
    settings: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    chapter: str = ""
    line: int = 1


@dataclass(frozen=True)
class Lesson:
    """A lesson: its title and its steps, at least one."""

    title: str
    steps: tuple[Step, ...]
