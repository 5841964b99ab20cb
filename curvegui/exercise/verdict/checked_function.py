"""One of a learner's functions with its questions and answers: all that a verdict is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from curvegui.core.arrays import FloatArray
from curvegui.exercise.file.learner_file import Definition
from curvegui.exercise.mistakes.problems import decides
from curvegui.exercise.mistakes.recognition import Recognised, same
from curvegui.exercise.problem import Problem
from curvegui.exercise.runner.outcome import Answer, Value
from curvegui.exercise.verdict.mistake_line import line_of
from curvegui.exercise.verdict.verdict import Grade, Verdict


@dataclass(frozen=True, eq=False)
class CheckedFunction:
    """One function, what it was asked, and what it answered."""

    name: str
    definition: Definition | None  # None where the file does not show where it is from
    problems: Sequence[Problem]
    right: Sequence[FloatArray]  # the right answer to each problem
    answers: Sequence[Answer]  # fewer than problems where the program ended before

    @property
    def deciding(self) -> list[int]:
        """The numbers of the problems that decide."""
        return [number for number, problem in enumerate(self.problems) if decides(problem)]

    def answer(self, number: int) -> Answer | None:
        """The answer to a problem; None if it was not asked any more."""
        return self.answers[number] if number < len(self.answers) else None

    def is_right(self, number: int) -> bool:
        """Whether the answer to a problem is right."""
        answer = self.answer(number)
        return isinstance(answer, Value) and same(answer.array, self.right[number])

    def arrays(self) -> list[FloatArray | None]:
        """The answers that are numbers, None for the others."""
        return [each.array if isinstance(each, Value) else None for each in self.answers]

    def wrong(self, found: Recognised, line: int | None = None, cell: int | None = None) -> Verdict:
        """A verdict with its place: the given one, or where the clues are."""
        if line is None:
            line, cell = line_of(self.definition, found.clues), self.definition.cell if self.definition else None
        return Verdict(self.name, Grade.WRONG, found.sentence, found.kind, line, cell)

    def missing(self, reason: str, line: int | None = None) -> Verdict:
        """The verdict that it is not yet written."""
        definition = self.definition
        place = (line or definition.line, definition.cell) if definition else (None, None)
        return Verdict(self.name, Grade.MISSING, reason, "not-written", *place)
