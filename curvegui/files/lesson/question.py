"""A question of a lesson: answers to choose from, a number to type, or a curve to draw; and when one is right."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from curvegui.core.language.text import mark, tr
from curvegui.files.lesson.words import COUNTS, NUMBERS, not_among, number, shortened

MOST_ANSWERS = 6
LONGEST_ANSWER = 60  # characters: it stands on one line, in large letters too
WITHIN = re.compile(r"±|\+/?-|\bwithin\b", re.IGNORECASE)
FACTOR = re.compile(r"(?:a )?factor (?:of )?(.+)", re.IGNORECASE)
TWO_READINGS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")  # a thousand to some, and one with three decimals to others
FIT = "fit"
ROUNDING = 1e-9


class Near(NamedTuple):
    """How far off a number may be: by an amount, by a share of the right number, or by a factor of at least 1."""

    off: float = 0.0
    kind: str = ""  # "%" and "factor" are the other two

    def holds(self, given: float, right: float) -> bool:
        if self.kind == "factor":
            low, high = sorted((right / self.off, right * self.off))
            return low <= given <= high
        most = self.off * abs(right) / 100 if self.kind else self.off
        return abs(given - right) <= most + ROUNDING * abs(right)


EXACTLY = Near()


class Measure(NamedTuple):
    """A number of the run, which is read when an answer is compared with it."""

    subject: str  # one of ``COUNTS``, or a setting
    near: Near | None = None  # for a number; None where answers are chosen


@dataclass(frozen=True)
class Question:
    """A question. Its answer is one of ``answers``, given by its index; where there are none, a number, which is
    compared with ``number`` or with what is measured, or a drawn curve, which is compared with the fit."""

    answers: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    number: float = 0.0
    near: Near = EXACTLY
    praise: str = ""  # what is said to a right answer, and to a wrong one
    hint: str = ""
    ask: str = ""
    reason: str = ""  # what is said to any answer
    measure: str = ""  # what of the run is shown beside the answer; empty for nothing
    draws: bool = False

    @property
    def is_measured(self) -> bool:
        return bool(self.measure) and not self.answers

    def is_right(self, given: float, seen: float | None = None) -> bool:
        """Whether an answer is one of the right ones, or near enough to the number, or to what was ``seen``. Of a drawn
        curve, ``given`` is how far the fit is from the curve."""
        if self.answers:
            return given in self.right
        if not self.is_measured:
            return self.near.holds(given, self.number)
        return seen is not None and self.near.holds(given, seen)


def number_within(text: str) -> tuple[float, Near]:
    """A number and how far off an answer may be: "6", "0.25 within 0.01", "0,25 ± 0,01" or "0.25 within 5 %"."""
    parts = WITHIN.split(text, maxsplit=1)
    return _number(parts[0]), _near(parts[1]) if len(parts) > 1 else EXACTLY


def measure(text: str) -> Measure:
    """What is measured, and how far off an answer may be: "cost within factor 2", or "cost" alone."""
    parts = WITHIN.split(text, maxsplit=1)
    subject = " ".join(parts[0].lower().split())
    if subject not in COUNTS and subject not in NUMBERS:
        raise ValueError(not_among(tr("number to measure"), subject, (*COUNTS, *NUMBERS)))
    return Measure(subject, _near(parts[1]) if len(parts) > 1 else None)


def drawing(text: str) -> Near:
    """How far the fit may be from a drawn curve, in widths of the square: "fit within 0.05"."""
    parts = WITHIN.split(text, maxsplit=1)
    near = _near(parts[1]) if len(parts) > 1 and parts[0].strip().lower() == FIT else EXACTLY
    if near.kind or not near.off:
        raise ValueError(tr("a curve to draw is compared with the fit: draw: fit within 0.05"))
    return near


def _near(text: str) -> Near:
    factor, share = FACTOR.fullmatch(text.strip()), text.strip().removesuffix("%")
    near = Near(_number(factor[1]), "factor") if factor else Near(_number(share), "%" if "%" in text else "")
    if near.off < (1 if factor else 0):
        words = shortened(text.strip())
        raise ValueError(tr("“{words}” allows nothing. Write: within 0.1, within 5 %, within factor 2", words=words))
    return near


def _number(text: str) -> float:
    text = text.strip()
    whole, decimal = text.replace(",", ""), text.replace(",", ".")
    if TWO_READINGS.fullmatch(text):
        words = mark("“{text}” has two readings. Write {whole} or, with a decimal point, {decimal}.")
        raise ValueError(tr(words, text=shortened(text), whole=shortened(whole), decimal=shortened(decimal)))
    return number(decimal)


def answer(text: str) -> str:
    """An answer to choose; raises ``ValueError`` if it does not fit on a line."""
    if len(text) > LONGEST_ANSWER:
        words = mark("an answer has at most {most} characters; “{text}” has {count}.")
        raise ValueError(tr(words, most=LONGEST_ANSWER, text=shortened(text, 30), count=len(text)))
    return text


def question_of(found: Mapping[str, Any], answers: Sequence[tuple[str, bool]]) -> Question:
    """The question that the lines of a step make; raises ``ValueError`` if something is missing or too much."""
    if problem := next((words for holds, words in _problems(found, answers) if holds), ""):
        raise ValueError(problem)
    words = {field: found[key] for field, key in KEYWORDS.items() if key in found}
    measured = found.get("measure", Measure(""))
    if answers:
        right = frozenset(place for place, (_, is_right) in enumerate(answers) if is_right)
        return Question(tuple(text for text, _ in answers), right, measure=measured.subject, **words)
    if "draw" in found:
        return Question(near=found["draw"], draws=True, **words)
    if "number" in found:
        value, near = found["number"]
        return Question(number=value, near=near, **words)
    return Question(near=measured.near, measure=measured.subject, **words)


KEYWORDS = {"ask": "ask", "praise": "if right", "hint": "if wrong", "reason": "because"}
ONE_KIND = mark(
    "a question has answers to choose, with “right:” and “wrong:”, or one “number:”, “measure:” or “draw:”."
)
MEASURED = mark(
    "a number is measured “within” something, as in: measure: cost within factor 2. With answers to choose, it is only "
    "shown: measure: cost"
)


def _problems(found: Mapping[str, Any], answers: Sequence[tuple[str, bool]]) -> tuple[tuple[bool, str], ...]:
    measured, count, right = found.get("measure"), len(answers), sum(is_right for _, is_right in answers)
    kinds = bool(answers) + ("number" in found) + ("draw" in found) + (measured is not None and not answers)
    has_wrong_count = bool(answers) and (count > MOST_ANSWERS or not 0 < right < count)
    has_wrong_limit = measured is not None and bool(answers) == (measured.near is not None)
    counts = mark("a question has 2 to {most} answers, at least one of them right and one wrong.")
    return (
        ("ask" not in found, tr("an answer without a question: write it with “ask:”.")),
        (kinds != 1, tr(ONE_KIND)),
        (has_wrong_count, tr(counts, most=MOST_ANSWERS)),
        (has_wrong_limit, tr(MEASURED)),
        ("do" in found and "until" not in found, tr("a question is followed by “do:” and “until:”, or by neither.")),
        ("draw" in found and "do" not in found, tr("a curve is drawn before an experiment: add “do:” and “until:”.")),
    )
