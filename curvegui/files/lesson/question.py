"""A question of a lesson: answers to choose from, or a number to type."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from curvegui.files.lesson.words import number, shortened

MOST_ANSWERS = 6
LONGEST_ANSWER = 60  # characters: it stands on one line, in large letters too
WITHIN = re.compile(r"±|\+/?-|\bwithin\b")
ROUNDING = 1e-9


@dataclass(frozen=True)
class Question:
    """What can be answered: one of ``answers``, by its place from 0 on; or, where there are none, ``number``."""

    answers: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    number: float = 0.0
    tolerance: float = 0.0
    praise: str = ""  # what is said to a right answer, and to a wrong one
    hint: str = ""

    def is_right(self, given: float) -> bool:
        """Whether this is one of the right answers, or near enough to the number."""
        if self.answers:
            return given in self.right
        return abs(given - self.number) <= self.tolerance + ROUNDING * abs(self.number)


def number_within(text: str) -> tuple[float, float]:
    """A number and how far off an answer may be: "6", "0.25 within 0.01" or "0,25 ± 0,01"."""
    parts = [number(part.strip().replace(",", ".")) for part in WITHIN.split(text, maxsplit=1)]
    return parts[0], abs(parts[1]) if len(parts) > 1 else 0.0


def answer(text: str) -> str:
    """An answer to choose; raises ``ValueError`` if it is too long for a line."""
    if len(text) > LONGEST_ANSWER:
        raise ValueError(f"an answer has at most {LONGEST_ANSWER} characters; “{shortened(text, 30)}” has {len(text)}.")
    return text


def question_of(found: Mapping[str, Any], answers: Sequence[tuple[str, bool]]) -> Question:
    """The question that the lines of a step make; raises ``ValueError`` if something is missing or too much."""
    if "do" in found or "until" in found:
        raise ValueError("a step has something to do or a question, not both: make two steps of it.")
    if "ask" not in found:
        raise ValueError("an answer without a question: write it with “ask:”.")
    if bool(answers) == ("number" in found):
        raise ValueError("a question has answers to choose, with “right:” and “wrong:”, or one “number:”.")
    if answers and (len(answers) > MOST_ANSWERS or not 0 < sum(right for _, right in answers) < len(answers)):
        raise ValueError(f"a question has 2 to {MOST_ANSWERS} answers, at least one of them right and one wrong.")
    words = {field: found[key] for field, key in (("praise", "if right"), ("hint", "if wrong")) if key in found}
    if not answers:
        return Question((), frozenset(), *found["number"], **words)
    right = frozenset(place for place, (_, is_right) in enumerate(answers) if is_right)
    return Question(tuple(text for text, _ in answers), right, **words)
