"""More fitting words for a mistake, where the source shows how it was made."""

import re
from dataclasses import dataclass, replace

from curvegui.core.language.text import mark, tr
from curvegui.exercise.mistakes.multiples import SIGN_WORDS, SIZE_HINT
from curvegui.exercise.mistakes.recognition import Recognised

_LEN, _SHAPE_0 = r"len\(\s*x\s*\)", r"x\.shape\[\s*0\s*\]"
_TWO_ROWS = r"len\(\s*\w+\s*\)|\w+\.shape\[\s*0\s*\]"
_DOUBLED = r"/\s*\(?\s*(2\b|[\w.]+(\[\d\])?\s*\*\s*2\b)"
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
    hints: tuple[str, ...] = ()  # instead of the mistake's own; empty where these stay


WORDINGS = (
    _Wording(
        "missing-size",
        _LEN,
        mark("len(x) is 1, the number of rows, not the number of points."),
        (_LEN,),
        "len-for-size",
    ),
    _Wording(
        "missing-size",
        _SHAPE_0,
        mark("x.shape[0] is 1, the number of rows, not the number of points."),
        (_SHAPE_0,),
        "len-for-size",
    ),
    _Wording(
        "missing-2",
        r"y\.size",
        mark("y.size is twice the number of points: y has two rows."),
        (r"y\.size",),
        "y-size",
        hints=(SIZE_HINT,),
    ),
    _Wording(
        "missing-2+missing-size",
        _TWO_ROWS,
        mark("It divides by 2, the number of rows, not by the number of points."),
        (_TWO_ROWS,),
        "len-for-size",
        hints=(SIZE_HINT,),
    ),
    _Wording(
        "missing-2",
        _DOUBLED,
        mark("It divides by twice the number of points."),
        (_DOUBLED,),
        "twice-size",
        hints=(SIZE_HINT,),
    ),
    _Wording(
        "missing-size",
        r"mean\(",
        mark("np.mean does not average over the points here: the matrix product has already added up over them."),
        (r"mean\(",),
        "mean-of-weights",
        "W",
    ),
    _Wording(
        "size-twice",
        r"mean\(",
        mark("np.mean already divides by the number of points; then it is divided once more."),
        (r"mean\(",),
    ),
    _Wording(
        "missing-keepdims",
        r"(?s)\A(?!.*(?:\w\.sum|mean)\()",
        mark("The result has one axis, and needs two: it has to be a column."),
        (r"\breturn\b",),
    ),
    _Wording(
        "wrong-axis",
        rf"(?s)\A(?!.*axis).*{_OWN_SUM}",
        mark("Python's own sum adds up the rows, not the points."),
        (_OWN_SUM,),
    ),
)
"""The first that fits counts."""

REVERSALS = (
    (
        r"\by\s*(?:\[[^-+*/]*\]\s*)?-\s*[A-Za-z]|subtract\(\s*y\b",
        mark("The sign is wrong: y and a3 are in the wrong order."),
    ),
    (
        r"(a\d)\s*\*\s*\(\s*\1\s*-\s*1\s*\)|\(\s*(a\d)\s*-\s*1\s*\)\s*\*\s*\2",
        mark("The sign is wrong: the difference in the slope is in the wrong order."),
    ),
    (r"(?:[=(*@/+\[,]|\breturn)\s*-\s*2\b", mark("The sign is wrong: there is a minus before the 2.")),
    (
        r"(?:[=(*@/+\[,]|\breturn)\s*-\s*(?![\d\s])|[*/]\s*-\s*1\b|-=",
        mark("The sign is wrong: there is a minus too many."),
    ),
)
"""What turns a sign, and what is said where it is the one too many."""


def reworded(name: str, source: str, known: Recognised) -> Recognised:
    """A mistake as the learner has made it; ``source`` is the function's, without comments and strings."""
    for each in WORDINGS:
        if known.kind == each.kind and name[2] in each.of and re.search(each.pattern, source):
            hints = tuple(map(tr, each.hints)) or known.hints
            return Recognised(each.called or known.kind, tr(each.sentence), each.clues, hints)
    return _with_sign(source, known) if tr(SIGN_WORDS) in known.sentence else known


def _with_sign(source: str, known: Recognised) -> Recognised:
    """Where the sign is turned: in the one line that turns it an odd number of times, or it is not known where."""
    alone = "+" not in known.kind
    odd = [line for line in source.split("\n") if sum(len(re.findall(each, line)) for each, _ in REVERSALS) % 2]
    if len(odd) != 1:
        return replace(known, clues=() if alone else known.clues)
    words = next(words for pattern, words in REVERSALS if re.search(pattern, odd[0]))
    sentence = known.sentence.replace(tr(SIGN_WORDS), tr(words))
    is_first = known.sentence.startswith(tr(SIGN_WORDS))
    return replace(
        known, sentence=sentence, clues=(re.escape(odd[0].strip()), *known.clues) if is_first else known.clues
    )
