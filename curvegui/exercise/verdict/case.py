"""One of a learner's functions with what it was asked and what it answered: all that a verdict is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from curvegui.core.arrays import FloatArray
from curvegui.exercise.file.learner_file import Definition
from curvegui.exercise.mistakes.problems import decides
from curvegui.exercise.mistakes.recognition import Recognised, same
from curvegui.exercise.problem import Problem
from curvegui.exercise.runner.outcome import Answer, Value
from curvegui.exercise.verdict.pointing import line_of
from curvegui.exercise.verdict.verdict import Grade, Verdict


@dataclass(frozen=True, eq=False)
class Case:
    """One function, what it was asked, and what it answered.

    Attributes
    ----------
    name : str
        ``"J_W3"``.
    definition : Definition or None
        None where the file does not show where it is from.
    problems : sequence of Problem
    right : sequence of ndarray
        The right answer to each.
    answers : sequence of Answer
        Fewer than problems where the program ended before.
    """

    name: str
    definition: Definition | None
    problems: Sequence[Problem]
    right: Sequence[FloatArray]
    answers: Sequence[Answer]

    @property
    def deciding(self) -> list[int]:
        """The numbers of the problems that decide."""
        return [number for number, problem in enumerate(self.problems) if decides(problem)]

    def answer(self, number: int) -> Answer | None:
        """To a problem; None where it was not asked any more."""
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
        """Not yet written."""
        definition = self.definition
        place = (line or definition.line, definition.cell) if definition else (None, None)
        return Verdict(self.name, Grade.MISSING, reason, "not-written", *place)
