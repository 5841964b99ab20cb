"""How a formula looks as mathematics: fractions, powers, roots, Greek letters, upright functions."""

from curvegui.core.formula.functions import CONSTANTS
from curvegui.core.formula.parser import Term
from curvegui.figure.drawing.typeset import Expression, Fenced, Fraction, Letters, PartsInRow, Root, Script, Slant

UP = Slant.UPRIGHT
SYMBOLS = {"pi": "π", "tau": "τ", "phi": "φ"}
FENCES = {"(": "()", "abs": "||", "floor": "⌊⌋", "ceil": "⌈⌉"}
DIGITS = "0123456789."
ROOTS = {"sqrt": None, "cbrt": Letters("3", UP)}
WRITTEN = {"asin": "arcsin", "acos": "arccos", "atan": "arctan"}
BASES = {"log2": ("log", "2"), "log10": ("log", "10")}
THIN = "\u2009"


def expression_of(term: Term) -> Expression:
    """What the typesetter makes a picture of."""
    head, parts = term
    bare = [_bare(part) for part in parts]
    if head in FENCES:
        found: Expression = Fenced(bare[0], FENCES[head])
    elif head in ROOTS:
        found = Root(bare[0], ROOTS[head])
    elif head == "/":
        found = Fraction(bare[0], bare[1])
    elif head == "^":
        found = _power(parts[0], parts[1], bare[1])
    elif head in ("+", "-", "*"):
        *left, right = map(expression_of, parts)
        found = PartsInRow((*left, Letters(_sign(head, parts), UP), right))
    else:
        found = _call(head, parts) if parts else _leaf(head)
    return found


def lines_of(term: Term) -> list[Expression]:
    """The parts of a sum, each with its sign: a long one may be broken between them."""
    if term.head in ("+", "-") and len(term.parts) > 1:
        sign = Letters(f" {term.head.replace('-', '−')} ", UP)
        return [*lines_of(term.parts[0]), PartsInRow((sign, expression_of(term.parts[1])))]
    return [expression_of(term)]


def _leaf(head: str) -> Letters:
    is_variable = head.isalpha() and head not in CONSTANTS
    return Letters(SYMBOLS.get(head, head), Slant.ITALIC if is_variable else UP)


def _bare(term: Term) -> Expression:
    """Without brackets, where something else holds it together."""
    return expression_of(term.parts[0] if term.head == "(" else term)


def _sign(head: str, parts: tuple[Term, ...]) -> str:
    """What stands between two terms, or before one; of a product, often nothing."""
    if head != "*":
        sign = head.replace("-", "−")
        return f" {sign} " if len(parts) > 1 else sign
    before, after = _edge(parts[0], -1), _edge(parts[1], 0)
    if after.head in "/+-" or after.head[0] in DIGITS:
        return " · "  # a number would run into another one
    return THIN if _is_call(before) or _is_call(after) else ""


def _edge(term: Term, side: int) -> Term:
    """The first or the last of what is multiplied."""
    while term.parts and (term.head == "*" or (term.head == "^" and side == 0) or (term.head in "+-" and side)):
        term = term.parts[side]
    return term.parts[0] if term.head == "^" else term


def _is_call(term: Term) -> bool:
    return bool(term.parts) and term.head.isalnum() and term.head not in FENCES


def _power(base: Term, exponent: Term, above: Expression) -> Expression:
    if _is_call(base) and base.head not in ROOTS and exponent.head[0] in DIGITS:
        return _call(base.head, base.parts, above)
    return Script(expression_of(base), above)


def _call(name: str, parts: tuple[Term, ...], exponent: Expression | None = None) -> Expression:
    """A function of something; its exponent stands at its name, as in sin²(t)."""
    written, below = BASES.get(name, (WRITTEN.get(name, name), ""))
    body: Expression = Letters(written, UP)
    if exponent or below:
        body = Script(body, exponent, Letters(below, UP) if below else None)
    inside = [expression_of(parts[0])]
    for part in parts[1:]:
        inside += [Letters(", ", UP), expression_of(part)]
    return PartsInRow((body, Fenced(PartsInRow(tuple(inside)))))
