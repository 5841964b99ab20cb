"""How a formula is written: what stands where, with every number as it was typed; and a formula in words."""

from typing import NamedTuple

from curvegui.core.formula.tokens import DIGITS, tokens

SPOKEN = {
    "+": "plus", "-": "minus", "*": "times", "/": "over", "^": "to the power of", "√": "square root of",
    "(": "open bracket", ")": "close bracket", "|": "bar", ",": "comma", ";": "comma",
    "π": "pi", "τ": "tau", "φ": "phi", "abs": "absolute value of", "sqrt": "square root of",
    "cbrt": "cube root of",
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
            words += ["to the power of", token.text.translate(DIGITS)]
        elif token.kind != "end":
            words.append(SPOKEN.get(token.kind) or SPOKEN.get(token.text.lower(), token.text))
    return " ".join(words)
