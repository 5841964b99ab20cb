"""Numbers of the maths panel, by locale; each kind keeps its width while the digits change."""

from math import isfinite

from PySide6.QtCore import QLocale

WIDEST_SHORT = "−0.000"
WIDEST_EXACT = "−0.00012345"
NOTHING = 1e-99  # the exponents of smaller numbers are too long to show
MINUS = "−"  # as wide as a digit, unlike the hyphen


def short_number(value: float) -> str:
    """A number in at most six characters: "−1.83", "0.053", "3e-05"."""
    size = abs(value)
    if size < NOTHING:
        return QLocale().toString(0)
    if size < 0.0005 or not size < 99_999.5:
        return _shown(value, "e", 0)
    return _shown(value, "f", 3 if size < 1 else 2 if size < 10 else 1 if size < 100 else 0)


def exact_number(value: float) -> str:
    """A number with five significant digits, in at most eleven characters: "−0.013204", "1.3204e-05"."""
    size = abs(value)
    if size < NOTHING:
        return QLocale().toString(0)
    exponent = int(f"{size:.4e}".split("e")[1]) if isfinite(value) else 0
    return _shown(value, "f", 4 - exponent) if -4 <= exponent <= 4 else _shown(value, "e", 4)


def tiny_number(value: float) -> str:
    """A difference of which only the size matters: "3e-11"."""
    return QLocale().toString(0) if value == 0 else _shown(value, "e", 0)


def _shown(value: float, form: str, digits: int) -> str:
    if not isfinite(value):
        return str(value).replace("-", MINUS)
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(value, form, digits).replace("-", MINUS, 1 if value < 0 else 0)
