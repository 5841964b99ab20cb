"""What the heat maps say in words."""

from PySide6.QtCore import QLocale

from curvegui.core.network.parts import Parameter

DIGITS = 6  # after the first, of an exact entry


def layer_name(layer: int) -> str:
    """What the exercise calls the two Jacobians of a layer."""
    return f"J_W{layer}, J_b{layer}"


def jacobian_names(layers: int) -> list[str]:
    """The exercise's names in the order of the noise factors: J_W1 ... J_WL, then J_b1 ... J_bL."""
    return [f"J_{letter}{layer}" for letter in "Wb" for layer in range(1, layers + 1)]


def span_words(low: float, high: float) -> str:
    """Between which numbers the entries of a layer lie; two signs take the room of a word."""
    return f"{_short(low)}{'…' if high < 0 else ' to '}{_short(high)}"


def cell_words(parameter: Parameter, value: float) -> str:
    """Which entry it is, and its value."""
    column = "" if parameter.column is None else f", column {parameter.column + 1}"
    number = signed(QLocale().toString(value, "e", DIGITS))
    return f"J_{parameter.matrix}, row {parameter.row + 1}{column}: {number}"


def signed(text: str) -> str:
    """A number with a minus sign that is as wide as a plus."""
    return f"−{text[1:]}" if text.startswith("-") else text


def _short(value: float) -> str:
    return signed(QLocale().toString(value, "e", 1))
