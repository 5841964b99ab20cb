"""The heat maps and the noise factors in words."""

from PySide6.QtCore import QLocale

from curvegui.core.arrays import FloatArray
from curvegui.core.diagnosis.findings import uphill_share
from curvegui.core.language.text import capitalised, mark, mark_in, tr, tr_in, tr_n
from curvegui.core.network.parts import Parameter
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.ui.widgets.numbers import format_number, scientific

DIGITS = 6  # of an exact entry, after the first
NUMBERS = (
    mark_in("factors", "none"), mark_in("factors", "one"), mark_in("factors", "two"), mark_in("factors", "three"),
    mark_in("factors", "four"), mark_in("factors", "five"), mark_in("factors", "six"), mark_in("factors", "seven"),
    mark_in("factors", "eight"), mark_in("factors", "nine"), mark_in("factors", "ten"), mark_in("factors", "eleven"),
    mark_in("factors", "twelve"),
)  # fmt: skip


def layer_name(layer: int) -> str:
    return f"J_W{layer}, J_b{layer}"


def jacobian_names(layers: int) -> list[str]:
    """The exercise's names in the order of the noise factors: J_W1 ... J_WL, then J_b1 ... J_bL."""
    return [f"J_{letter}{layer}" for letter in "Wb" for layer in range(1, layers + 1)]


def span_words(low: float, high: float) -> str:
    """The smallest and the largest entry of a layer; between two negative entries, an ellipsis saves space."""
    ends = {"low": scientific(low, 1), "high": scientific(high, 1)}
    return "{low}…{high}".format(**ends) if high < 0 else tr("{low} to {high}", **ends)


def cell_words(parameter: Parameter, value: float) -> str:
    of_bias, of_weight = mark("J_{matrix}, row {row}: {value}"), mark("J_{matrix}, row {row}, column {column}: {value}")
    words, exact = of_bias if parameter.column is None else of_weight, scientific(value, DIGITS)
    row, column = parameter.row + 1, (parameter.column or 0) + 1
    return tr(words, matrix=parameter.matrix, row=row, column=column, value=exact)


def uphill_words(factors: FloatArray, iteration: int) -> str:
    """How many noise factors point uphill in an iteration: "None of the six factors points uphill in iteration 7"."""
    count, uphill = factors.size, int((factors < 0).sum())
    return tr_n(
        "{uphill} of the {count} factors points uphill in iteration {iteration}.",
        "{uphill} of the {count} factors point uphill in iteration {iteration}.",
        max(uphill, 1),
        uphill=capitalised(_in_words(uphill)),
        count=_in_words(count),
        iteration=format_number(iteration),
    )


def _in_words(count: int) -> str:
    return tr_in("factors", NUMBERS[count]) if count < len(NUMBERS) else format_number(count)


def theory_words(noise: float) -> str:
    if noise == 0:
        return tr("Without noise, none ever does: all factors are 1.")
    percent = QLocale().toString(100 * uphill_share(noise), "f", 1)
    words = mark("At noise {noise}, each points uphill in {percent} % of the iterations.")
    return tr(words, noise=format_number(noise), percent=percent)


def noiseless_words(optimizer: str) -> str:
    return tr("{label} uses the Jacobians as they are, without noise.", label=OPTIMIZERS[optimizer].label)
