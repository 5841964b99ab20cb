"""What a formula may name: the variable t, constants, functions and operators; and what was meant by anything else."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NamedTuple

import numpy as np

from curvegui.core import elementary
from curvegui.core.language.text import tr

VARIABLE, AXES = "t", "xy"
GOLDEN = (1 + np.sqrt(5)) / 2
CONSTANTS = {"pi": np.pi, "π": np.pi, "tau": 2 * np.pi, "τ": 2 * np.pi, "e": np.e, "phi": GOLDEN, "φ": GOLDEN}


class Function(NamedTuple):
    """A function of so many arguments that rounds alike on every computer; NumPy's own only where that is exact."""

    compute: Callable[..., Any]
    arguments: int = 1


FUNCTIONS = {
    "sin": Function(elementary.sin), "cos": Function(elementary.cos), "tan": Function(elementary.tan),
    "asin": Function(elementary.arcsin), "acos": Function(elementary.arccos), "atan": Function(elementary.arctan),
    "sinh": Function(elementary.sinh), "cosh": Function(elementary.cosh), "tanh": Function(elementary.tanh),
    "exp": Function(elementary.exp), "ln": Function(elementary.log),
    "log": Function(elementary.log),  # the natural one, as in NumPy and in most of mathematics
    "log10": Function(elementary.log10), "log2": Function(elementary.log2),
    "sqrt": Function(np.sqrt), "cbrt": Function(elementary.cbrt),
    "abs": Function(np.absolute), "sign": Function(np.sign),
    "floor": Function(np.floor), "ceil": Function(np.ceil), "round": Function(np.rint),
    "mod": Function(np.mod, 2), "min": Function(np.minimum, 2), "max": Function(np.maximum, 2),
    "atan2": Function(elementary.arctan2, 2), "hypot": Function(elementary.hypot, 2),
}  # fmt: skip
ELSEWHERE = {"tg": "tan", "arctg": "atan", "sen": "sin", "arcsen": "asin"}  # what they are called in other languages
OF_SEVERAL = frozenset({"min", "max"})  # the others of two take exactly two
KNOWN = (VARIABLE, *CONSTANTS, *FUNCTIONS)
LONGEST_WORD = 30  # characters, of an unknown name in a message
_RUN_TOGETHER = re.compile("|".join(sorted(KNOWN, key=len, reverse=True)))

SUM, PRODUCT, SIGN, POWER = range(4)  # which binds less than the next


class Operator(NamedTuple):
    """What stands between two operands."""

    function: Function
    level: int
    right: int  # the level from which its right operand takes more


NEGATED, ROOT, RAISED = Function(np.negative), FUNCTIONS["sqrt"], Function(elementary.power, 2)
TIMES = Operator(Function(np.multiply, 2), PRODUCT, SIGN)
OPERATORS = {
    "+": Operator(Function(np.add, 2), SUM, PRODUCT),
    "-": Operator(Function(np.subtract, 2), SUM, PRODUCT),
    "*": TIMES,
    "/": Operator(Function(np.divide, 2), PRODUCT, SIGN),
    "^": Operator(RAISED, POWER, POWER),
}


def takes_several(name: str) -> bool:
    """Whether a name is that of a function of more than one argument."""
    return name in FUNCTIONS and FUNCTIONS[name].arguments > 1


def is_parameter(name: str) -> bool:
    """Whether a formula may have a parameter of this name: a single letter that means nothing else here."""
    return len(name) == 1 and name.isalpha() and name not in (*KNOWN, *AXES)


def about_unknown(name: str) -> str:
    """A sentence or two about a name that a formula may not use."""
    word = name if len(name) <= LONGEST_WORD else name[: LONGEST_WORD - 1] + "…"
    if word.lower() in ELSEWHERE:
        return tr("there is no “{word}”. Did you mean {close}?", word=word, close=ELSEWHERE[word.lower()])
    if (
        len(word) == 2
        and VARIABLE in word.lower()
        and all(each in KNOWN or is_parameter(each) for each in word.lower())
    ):
        return tr("there is no “{word}”. Did you mean {close}?", word=word, close=" ".join(word))
    parts = _RUN_TOGETHER.findall(word.lower())
    close = get_close_matches(word.lower(), KNOWN, 1)
    if "".join(parts) == word.lower() and not any(part in FUNCTIONS for part in parts[:-1]):
        return tr("there is no “{word}”. Did you mean {parts}?", word=word, parts=" ".join(parts))
    if len(word) > 1 and close:
        return tr("there is no “{word}”. Did you mean {close}?", word=word, close=close[0])
    return tr("there is no “{word}”. The variable is t, which goes from 0 to 1.", word=word)
