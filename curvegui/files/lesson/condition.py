"""When a step of a lesson counts as done: terms joined by "and" and "or", read from a line, and whether they hold.

    paused
    aggression > 70 and finding saturated
    layers != 6 7 or hidden neurons >= 20

"and" binds more closely than "or"; there are no brackets.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from curvegui.core.language.text import mark, tr
from curvegui.files.lesson.words import (
    CHOICES,
    COUNTS,
    FLAGS,
    LAYERS,
    LESSON_SETTINGS,
    NUMBERS,
    layers,
    not_among,
    number,
    shortened,
    value,
)

RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le, ">=": operator.ge, "!=": operator.ne, "≤": operator.le, "≥": operator.ge, "≠": operator.ne,
    "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
EQUALITY = ("=", "!=", "≠")
COMPARISON = re.compile(rf"([^<>=!≤≥≠]*)({'|'.join(RELATIONS)})([^<>=!≤≥≠]*)")
MOST_TERMS = 50


@dataclass(frozen=True)
class ConditionTerm:
    """A word that holds or does not, or a word that is compared with a value."""

    subject: str  # one of the words in `words`
    relation: str = ""  # one of ``RELATIONS``; empty where nothing is compared
    value: Any = None

    def holds(self, fact: Any) -> bool:
        """Whether the term holds, given the fact about its subject; an unknown fact, None, never holds."""
        if fact is None:
            return False
        return bool(RELATIONS[self.relation](fact, self.value)) if self.relation else bool(fact)


@dataclass(frozen=True)
class Condition:
    """Lists of terms; the condition holds where all terms of one list hold."""

    alternatives: tuple[tuple[ConditionTerm, ...], ...]

    def holds(self, facts: Callable[[str], Any]) -> bool:
        """Whether the condition holds; ``facts`` gives a bool, number, name or layers for a subject; None if
        unknown."""
        return any(all(term.holds(facts(term.subject)) for term in terms) for terms in self.alternatives)


def parse_condition(text: str) -> Condition:
    """Read a condition; raises ``ValueError``, a sentence for people that says what is allowed."""
    pieces = [re.split(r"\band\b", part, flags=re.IGNORECASE) for part in re.split(r"(?i)\bor\b", text)]
    if sum(map(len, pieces)) > MOST_TERMS:
        raise ValueError(tr("a condition has at most {most} parts.", most=MOST_TERMS))
    return Condition(tuple(tuple(_term(" ".join(piece.split())) for piece in part) for part in pieces))


def _term(text: str) -> ConditionTerm:
    if not text:
        raise ValueError(tr("something is missing beside “and” or “or”. Write it as in: paused and iteration > 100"))
    match = COMPARISON.fullmatch(text)
    if match is None:
        return _flag(text)
    subject, relation, given = match[1].strip().lower(), match[2], match[3].strip()
    if subject in COUNTS or subject in NUMBERS:
        return ConditionTerm(subject, relation, number(given))
    if subject not in LESSON_SETTINGS:
        raise ValueError(not_among(tr("number or setting"), subject, (*COUNTS, *LESSON_SETTINGS)))
    if relation not in EQUALITY:
        words = mark("{subject} can be compared with = and != alone, not with {relation}.")
        raise ValueError(tr(words, subject=subject, relation=relation))
    return ConditionTerm(subject, relation, layers(given) if subject == LAYERS else value(subject, given))


def _flag(text: str) -> ConditionTerm:
    word = text.lower()
    if word in FLAGS:
        return ConditionTerm(word)
    if word in (*COUNTS, *NUMBERS, *CHOICES, LAYERS):
        raise ValueError(tr("{word} needs a comparison, as in: iteration > 100, noise = 0, layers != 6 7", word=word))
    if re.search(r"[<>=!≤≥≠]", text):
        raise ValueError(tr("“{text}” compares nothing. Compare two things, as in: cost < 0.01", text=shortened(text)))
    raise ValueError(not_among(tr("condition"), text, FLAGS))
