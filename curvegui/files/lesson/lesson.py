"""Lessons: steps to read, what to do and when that is done; and what is wrong in a file."""

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from curvegui.core.language.text import tr
from curvegui.files.lesson.condition import Condition
from curvegui.files.lesson.picture import Picture
from curvegui.files.lesson.question import Question


class Problem(NamedTuple):
    """What is wrong, and in which line, from 1 on."""

    line: int
    words: str

    def __str__(self) -> str:
        return tr("Line {line}: {words}", line=self.line, words=self.words)


class LessonError(ValueError):
    """A lesson cannot be used; ``name`` is the file's, and ``problems`` has all of the file, by line, at least one."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{name}: {problem}" for problem in problems))
        self.name, self.problems = name, problems


@dataclass(frozen=True)
class Step:
    """A step of a lesson."""

    heading: str
    text: str  # in Markdown
    look: tuple[str, ...] = ()  # what is pointed at, of ``PLACES``
    do: str = ""  # what to do, in words; may be empty; where there is a question, after the answer
    until: Condition | None = None  # when that is done
    settings: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))  # by field of the config
    chapter: str = ""  # of the guide, to read on; may be empty
    line: int = 1  # of the heading, from 1 on
    hidden: frozenset[str] = frozenset()  # what is not offered during the step, of ``things.KINDS``
    picture: Picture | None = None
    question: Question | None = None
    begins_run: bool = False  # paused
    is_usual: bool = False  # with the settings of a new user, but for ``settings``


@dataclass(frozen=True)
class Lesson:
    """A lesson: its title and its steps, at least one."""

    title: str
    steps: tuple[Step, ...]

    def resumed(self, number: int) -> Step:
        """A step that sets all that the steps up to it do, from the last one on that begins a run."""
        first = max((each for each in range(number + 1) if self.steps[each].begins_run), default=0)
        settings = {name: value for each in self.steps[first : number + 1] for name, value in each.settings.items()}
        begins, is_usual = self.steps[first].begins_run, self.steps[first].is_usual
        return replace(self.steps[number], settings=MappingProxyType(settings), begins_run=begins, is_usual=is_usual)
