"""The heat maps and the noise factors in words."""

from PySide6.QtCore import QLocale

from curvegui.core.arrays import FloatArray
from curvegui.core.diagnosis.step_size import uphill_share
from curvegui.core.network.parts import Parameter
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.ui.widgets.numbers import format_number, scientific

DIGITS = 6  # of an exact entry, after the first
NUMBERS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def layer_name(layer: int) -> str:
    """The exercise's names of the two Jacobians of a layer."""
    return f"J_W{layer}, J_b{layer}"


def jacobian_names(layers: int) -> list[str]:
    """The exercise's names in the order of the noise factors: J_W1 ... J_WL, then J_b1 ... J_bL."""
    return [f"J_{letter}{layer}" for letter in "Wb" for layer in range(1, layers + 1)]


def span_words(low: float, high: float) -> str:
    """Between which numbers the entries of a layer lie; two signs save the room of a word."""
    return f"{scientific(low, 1)}{'…' if high < 0 else ' to '}{scientific(high, 1)}"


def cell_words(parameter: Parameter, value: float) -> str:
    """Which entry it is, and its value."""
    column = "" if parameter.column is None else f", column {parameter.column + 1}"
    return f"J_{parameter.matrix}, row {parameter.row + 1}{column}: {scientific(value, DIGITS)}"


def signed(text: str) -> str:
    """A number with a minus sign as wide as a plus."""
    return f"−{text[1:]}" if text.startswith("-") else text


def uphill_words(factors: FloatArray, iteration: int) -> str:
    """How many noise factors point uphill in an iteration: "None of the six factors points uphill in iteration 7"."""
    count, uphill = factors.size, int((factors < 0).sum())
    verb = "points" if uphill <= 1 else "point"
    told = f"{_in_words(uphill).capitalize()} of the {_in_words(count)} factors {verb} uphill"
    return f"{told} in iteration {format_number(iteration)}."


def _in_words(count: int) -> str:
    """A small number in words."""
    return NUMBERS[count] if count < len(NUMBERS) else format_number(count)


def theory_words(noise: float) -> str:
    """How often that is to be expected."""
    if noise == 0:
        return "Without noise, none ever does: all factors are 1."
    percent = QLocale().toString(100 * uphill_share(noise), "f", 1)
    return f"At noise {format_number(noise)}, each points uphill in {percent} % of the iterations."


def noiseless_words(optimizer: str) -> str:
    """A sentence that an optimiser uses no noise."""
    return f"{OPTIMIZERS[optimizer].label} uses the Jacobians as they are, without noise."
