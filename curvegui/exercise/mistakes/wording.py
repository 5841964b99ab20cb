"""More fitting words for a mistake, where the source shows how it was made."""

import re
from dataclasses import dataclass, replace

from curvegui.exercise.mistakes.multiples import SIGN_WORDS, SIGNS
from curvegui.exercise.mistakes.recognition import Recognised

_LEN, _SHAPE_0 = r"len\(\s*x\s*\)", r"x\.shape\[\s*0\s*\]"
_ROWS = "is 1, the number of rows: divide by x.size, the number of points."
_OWN_SUM = r"(?<![\w.])sum\("


@dataclass(frozen=True)
class _Wording:
    """What is said instead of a mistake's own sentence."""

    kind: str  # of the mistake that was recognised
    pattern: str  # a regular expression that the function's source must contain
    sentence: str
    clues: tuple[str, ...]  # as in `Mistake`
    called: str = ""  # the kind from then on; empty where it stays
    of: str = "Wb"  # for Jacobians of weights, biases, or both


WORDINGS = (
    _Wording("missing-size", _LEN, f"len(x) {_ROWS}", (_LEN,), "len-for-size"),
    _Wording("missing-size", _SHAPE_0, f"x.shape[0] {_ROWS}", (_SHAPE_0,), "len-for-size"),
    _Wording("missing-2", r"y\.size", "y.size is twice the number of points: divide by x.size.", (r"y\.size",),
             "y-size"),
    _Wording("missing-size", r"mean\(", "np.mean is no mean over the points here: @ has summed over them already. "
             "Divide by x.size.", (r"mean\(",), "mean-of-weights", "W"),
    _Wording("size-twice", r"mean\(", "np.mean divides by the number of points already: leave / x.size out.",
             (r"mean\(",)),
    _Wording("missing-keepdims", r"(?s)\A(?!.*(?:\w\.sum|mean)\()", "The answer has one axis, and needs two: "
             ".reshape(-1, 1) makes a column of it.", (r"\breturn\b",)),
    _Wording("wrong-axis", rf"(?s)\A(?!.*axis).*{_OWN_SUM}", "Python's own sum adds up the rows: "
             "np.sum(J, axis=1, keepdims=True) adds up the points.", (_OWN_SUM,)),
)  # fmt: skip
"""The first that fits counts."""

TURNED_SLOPE = r"(a\d)\s*\*\s*\(\s*\1\s*-\s*1\s*\)"
SIGN_WORDINGS = (
    ((SIGNS[0],), "The sign is wrong: (a3 - y) belongs there, not (y - a3)."),
    ((SIGNS[1],), "The sign is wrong: 2 * (a3 - y) belongs there, without a minus before it."),
    ((TURNED_SLOPE,), "The sign is wrong: the slope is a * (1 - a), not a * (a - 1)."),
    (SIGNS[2:], "There is a minus too many: dC/da3 is 2 * (a3 - y)."),
)
"""How a sign came to be wrong."""


def reworded(name: str, source: str, known: Recognised) -> Recognised:
    """A mistake as the learner has made it; ``source`` is the function's, without comments and strings."""
    for each in WORDINGS:
        if known.kind == each.kind and name[2] in each.of and re.search(each.pattern, source):
            return Recognised(each.called or known.kind, each.sentence, each.clues)
    if SIGN_WORDS in known.sentence:
        for patterns, words in SIGN_WORDINGS:
            if re.search("|".join(patterns), source):
                return replace(
                    known, sentence=known.sentence.replace(SIGN_WORDS, words), clues=(*patterns, *known.clues)
                )
    return known
