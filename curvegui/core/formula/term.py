"""How a formula is written: what stands where, with every number as it was typed; and a formula in words."""

from typing import NamedTuple

from curvegui.core.formula.tokens import DIGITS, tokens
from curvegui.core.language.text import mark, tr

SPOKEN = {
    "+": mark("plus"), "-": mark("minus"), "*": mark("times"), "/": mark("over"),
    "^": mark("to the power of"), "√": mark("square root of"),
    "(": mark("open bracket"), ")": mark("close bracket"), "|": mark("bar"), ",": mark("comma"), ";": mark("comma"),
    "π": mark("pi"), "τ": mark("tau"), "φ": mark("phi"),
    "abs": mark("absolute value of"), "sqrt": mark("square root of"),
    "cbrt": mark("cube root of"),
}  # fmt: skip


class Term(NamedTuple):
    """A number or a name; or with parts, what is done to them: a sign, a function's name, or "(" for brackets."""

    head: str
    parts: tuple["Term", ...] = ()


def spoken(text: str) -> str:
    """A formula as a person would read it out, for screen readers; raises ``FormulaError`` if it cannot be one."""
    words = []
    for token in tokens(text):
        if token.kind == "superscript":
            words += [tr("to the power of"), token.text.translate(DIGITS)]
        elif token.kind != "end":
            words.append(tr(SPOKEN.get(token.kind) or SPOKEN.get(token.text.lower(), token.text)))
    return " ".join(words)
