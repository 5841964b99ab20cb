"""What of a factor is shown: the entries that matter to the parameter, so that they can be multiplied by hand.

Every Jacobian is transposed, as the exercise's arrays have it: a column for what is one row in the formula.
"""

from textwrap import fill

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.chain_rule import ChainRule, Factor, Kind
from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.network.parts import Parameter
from curvegui.ui.widgets.numbers import short_number

MOST_TERMS = 8  # of a sum
NARROW = 20  # characters in a line, so that there is room beside the numbers


def seen_entries(factor: Factor) -> FloatArray:
    """The entries that matter, turned: of a diagonal, only that."""
    return seen(factor, factor.entries)


def seen(factor: Factor, values: FloatArray) -> FloatArray:
    """The same of other values of the factor's shape."""
    match factor.kind:
        case Kind.INPUT | Kind.ONE:
            assert factor.row is not None
            return values[factor.row : factor.row + 1]
        case _ if factor.column is not None:
            chosen = values[:, factor.column : factor.column + 1]
            return chosen if factor.kind is Kind.WEIGHTS else chosen.T
    return values.T


def seen_product(factor: Factor, parameter: Parameter) -> FloatArray:
    """The product of this factor and all before it, turned: where one entry matters, that alone."""
    so_far = factor.so_far
    if factor.column is not None and so_far.size > 1:
        so_far = so_far[:, parameter.row : parameter.row + 1]
    return so_far.T


def made_words(rule: ChainRule, number: int) -> str:
    """How the product up to a factor comes about, in its first row; empty for the first factor and for means."""
    factor = rule.factors[number]
    if not number or rule.point is None:
        return ""
    entries, before = seen_entries(factor), seen_product(rule.factors[number - 1], rule.parameter)[:, 0]
    is_column = factor.kind is Kind.WEIGHTS and factor.column is not None
    own = entries[:, 0] if is_column else entries[0]
    terms = [f"{short_number(one)} · {_bracketed(other)}" for one, other in zip(own, before, strict=False)]
    if len(terms) > MOST_TERMS:
        terms[MOST_TERMS - 1 :] = ["…"]
    about = [tr("in row 1")] if len(entries) > 1 and not is_column else []
    about += (
        [tr("the sum over the {own} paths through layer {layer}", own=len(own), layer=factor.layer)]
        if len(own) > 1
        else []
    )
    words = fill(", ".join(about), NARROW) + ":\n" if about else ""
    made = "\n+ ".join(terms) + ("\n" if len(own) > 1 else " ")
    return f"{capitalised(words)}{made}= {short_number(float(own @ before[: len(own)]))}"


def _bracketed(value: float) -> str:
    return f"({short_number(value)})" if value < 0 else short_number(value)


def seen_words(factor: Factor) -> str:
    """Which of its entries these are; empty where they are all."""
    count = factor.shape[1]
    if factor.kind in {Kind.INPUT, Kind.ONE} or count == 1:
        return ""
    if factor.column is not None:
        words = mark("column {number} of {count}") if factor.kind is Kind.WEIGHTS else mark("{number} of {count}")
        return tr(words, number=factor.column + 1, count=count)
    return tr("diagonal") if factor.kind is Kind.SLOPE else ""


def span_of(factor: Factor, rule: ChainRule) -> tuple[float, float] | None:
    """The smallest and the largest value over the points, where means are shown; None for what all points share."""
    if rule.point is not None or factor.kind in {Kind.WEIGHTS, Kind.ONE}:
        return None
    return float(np.min(seen(factor, factor.low))), float(np.max(seen(factor, factor.high)))
