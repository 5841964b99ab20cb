"""Numbers as people type and read them, in the way of their locale."""

import re
import unicodedata
from dataclasses import dataclass
from math import floor, isfinite, log10

import numpy as np
from PySide6.QtCore import QLocale

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.caption import LEAST_PLAIN, MOST_PLAIN
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.target import Target
from curvegui.core.presets.names import worded

SPACES = re.compile(r"[\s'’_\u00a0\u2009\u202f]")
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([.,]\d{3})+", re.ASCII)
GROUPED_WITH_FRACTION = re.compile(GROUPED.pattern + r"[.,]\d*", re.ASCII)
PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?", re.ASCII | re.IGNORECASE)

FULL_WIDTH, WIDER = range(0xFF01, 0xFF5F), 0xFEE0  # as typed in Chinese and Korean, and how far beyond the usual ones
SIGNS = {"٫": ".", "٬": "", "،": ",", "。": ".", "\u2212": "-", "\u200e": "", "\u200f": "", "\u061c": ""}


def usual_digits(text: str) -> str:
    """A text of the same length in which digits of other scripts and of full width are replaced by 0 to 9."""
    narrow = "".join(chr(ord(sign) - WIDER) if ord(sign) in FULL_WIDTH else sign for sign in text)
    return "".join(str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign for sign in narrow)


def parse_number(text: str, locale: QLocale | None = None) -> float:
    """The number in a text, read with a locale, by default the system's. Both comma and point may be the decimal sign.
    If a text has both, the last sign is the decimal sign; but a sign that can only group thousands in this locale, as
    in "1,000" in English, does so. Digits may be of any script. Raises ``ValueError`` if the text is no number, or the
    number is too large."""
    locale = locale or QLocale()
    if not text.isascii():  # the locale's own digits and signs, as ``format_number`` writes them
        number, is_read = locale.toDouble(text.strip())
        if is_read and isfinite(number):
            return number
    usual = "".join(SIGNS.get(sign, sign) for sign in usual_digits(text))
    plain = _with_point(SPACES.sub("", usual), locale)
    if not PLAIN.fullmatch(plain):
        raise ValueError(
            tr("“{text}” is not a number", text=text.strip()) if text.strip() else tr("there is no number")
        )
    number = float(plain)
    if number in (float("inf"), float("-inf")):
        raise ValueError(tr("“{text}” is too large a number", text=text.strip()))
    return number


def _with_point(text: str, locale: QLocale) -> str:
    """A text with a point as its decimal sign, and without signs that group thousands."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return text
    sign = text[last]
    other = "." if sign == "," else ","
    grouped = GROUPED.fullmatch(text)
    groups = text.count(sign) > 1 or (grouped and other not in text and sign == locale.groupSeparator())
    if groups:
        return text.replace(sign, "") if grouped and other not in text else text
    if other in text and not GROUPED_WITH_FRACTION.fullmatch(text):
        return text
    return text.replace(other, "").replace(sign, ".")


def format_number(number: float, locale: QLocale | None = None) -> str:
    """A number with up to six significant digits, grouped and with the locale's decimal sign."""
    locale = locale or QLocale()
    if isfinite(number) and number == int(number) and abs(number) < 1e15:
        return _as_read(locale.toString(int(number)), number)
    return _as_read(locale.toString(number, "g", 6), number)


def format_cost(cost: float, locale: QLocale | None = None) -> str:
    """A cost with three significant digits: "0.000949"; very small and very large ones as powers of ten."""
    locale = locale or QLocale()
    if not LEAST_PLAIN <= cost < MOST_PLAIN:
        return _as_read(locale.toString(cost, "e", 2), cost)
    return locale.toString(cost, "f", max(2 - floor(log10(cost)), 0))


def _as_read(text: str, number: float) -> str:
    """A number that Qt has written, with a minus sign instead of a hyphen, and a short exponent."""
    return POWER.sub(r"e\1\2", text.replace("-", MINUS, 1 if number < 0 else 0))


WIDEST_SHORT = "−0.00123"
WIDEST_EXACT = "−0.00012345"
NOTHING = 1e-99  # the exponents of smaller numbers are too long to show
POWER = re.compile("e(\u200e?)\\+?(-?)0?")  # "e-05" becomes "e-5", "e+06" "e6"; Arabic has a mark before the sign
MINUS = "−"  # as wide as a digit, unlike the hyphen


def short_number(value: float) -> str:
    """A number with three significant digits, to calculate with by hand: "−1.83", "0.00532", "3.20e-5"."""
    size = abs(value)
    if size < NOTHING:
        return QLocale().toString(0)
    exponent = int(f"{size:.2e}".split("e")[1]) if isfinite(value) else 0
    if -3 <= exponent <= 4:
        return shown_number(value, "f", max(2 - exponent, 0))
    return scientific(value, 2)


def exact_number(value: float) -> str:
    """A number with five significant digits, in at most eleven characters: "−0.013204", "1.3204e-5"."""
    size = abs(value)
    if size < NOTHING:
        return QLocale().toString(0)
    exponent = int(f"{size:.4e}".split("e")[1]) if isfinite(value) else 0
    return shown_number(value, "f", 4 - exponent) if -4 <= exponent <= 4 else scientific(value, 4)


def tiny_number(value: float) -> str:
    """A difference of which only the order of magnitude matters: "3e-11"."""
    return QLocale().toString(0) if value == 0 else scientific(value, 0)


def scientific(value: float, digits: int) -> str:
    """A number as a power of ten, with so many ``digits`` after the decimal sign: "−3.20e-5"."""
    return shown_number(value, "e", digits)


def shown_number(value: float, form: str, digits: int) -> str:
    """A number without grouped thousands, in a format of Qt's, such as "f" with ``digits`` after the decimal sign."""
    if not isfinite(value):
        return str(value).replace("-", MINUS)
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    return _as_read(locale.toString(value, form, digits), value)


REGIONS = (
    (mark("the lower left"), mark("the bottom"), mark("the lower right")),
    (mark("the left side"), mark("the middle"), mark("the right side")),
    (mark("the upper left"), mark("the top"), mark("the upper right")),
)
DIGITS = 2  # of a number in the unit square


@dataclass(frozen=True)
class Farthest:
    """The point of a fit that is farthest from its target: its ``index``, its ``t``, and its ``distance``."""

    index: int
    t: float
    distance: float
    region: str  # the region of the target's outline: "the lower left"

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Farthest | None":
        """The farthest point in a snapshot; None if no coordinate of the fit is a finite number."""
        target = snapshot.target
        with np.errstate(all="ignore"):  # of a diverged run
            distances = np.hypot(*(snapshot.fit - target.points))
        seen = np.where(np.isfinite(distances), distances, -1.0)
        index = int(seen.argmax())
        if seen[index] < 0:
            return None
        region = region_words(target, target.points[:, index])
        return cls(index, float(target.t[0, index]), float(seen[index]), region)


def region_words(target: Target, point: FloatArray) -> str:
    """The region of a target's outline that a point, shape (2,), is in: "the lower left"."""
    low, high = target.curve_points.min(axis=1), target.curve_points.max(axis=1)
    column, row = np.clip(3 * (point - low) / np.maximum(high - low, 1e-9), 0, 2).astype(int).tolist()
    return tr(REGIONS[row][column])


def short(value: float, digits: int = DIGITS) -> str:
    """A coordinate or a distance for screen readers: with two decimals; if it is small, with its first digit."""
    return format_number(round(value, digits) or float(f"{value:.1g}"))


def fit_words(snapshot: Snapshot) -> str:
    """A sentence or two about the canvas for a screen reader: the target, the iterations, and the largest error."""
    iterations, name = format_number(snapshot.iteration), worded(snapshot.target.name)
    farthest = Farthest.of(snapshot)
    if farthest is None:
        return tr("The target is {name}. After {iterations} iterations, the fit has no numbers any more.", name=name,
                  iterations=iterations)  # fmt: skip
    return tr(
        "The target is {name}. After {iterations} iterations, the fit is off by {far} at most, at {place}, t {t}.",
        name=name,
        iterations=iterations,
        far=short(farthest.distance),
        place=farthest.region,
        t=short(farthest.t),
    )
