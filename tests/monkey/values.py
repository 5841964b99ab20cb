"""What is typed into fields: what is allowed, what just is or is not, and what nobody would type."""

from random import Random

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from curvegui.core.settings.config import SETTINGS

# never a path that leads anywhere
ODD = ["nan", "NaN", "inf", "-inf", "1e308", "-1e308", "1e-320", "1,5", "1.234.567", "1_000", "0x10", "١٢", "½", "−3"]
ODD += ["", " ", "abc", "Ω≈ç√", "日本語", "שלום", "😀", "\u202eabc"]
ODD += [
    "",
    "a\tb",
    "<b>x</b>",
    "&amp;",
    "%s%n",
    "{0}",
    "'\"",
    "None",
    "9" * 30,
    "x" * 5_000,
    "é" * 300,
    "𝕏" * 300,
    "(" * 2_000,
]
FORMULAS = [
    "cos(2*pi*t)",
    "t",
    "0.5 + 0.4 sin(a t)",
    "t^t^t",
    "1/0",
    "sqrt(-t)",
    "sin(",
    "__import__('os')",
    "a b c d e f",
]
FORMULAS += ["exp(exp(9t))", "9**9**9**9", "M 0 0 L 1 1 L 0 1 Z", "0 0\n1 1\n0.5 0.2", "0,0;1,1"]
LISTS = (
    "6, 7",
    "1",
    "3 3",
    "24-24",
    "9 11",
    "1 1 1 1",
    "40, 40",
    "0",
    "-1",
    "6,,7",
    "1:2:3",
    "1, 2, 5",
    "0.1..0.5",
    "heart circle",
)


def value(chance: Random, widget: QWidget) -> str:
    """Something to type into a widget."""
    make = chance.choices((_number, _bound, _odd, _formula, _list), (5, 3, 3, 1, 2))[0]
    return make(chance, widget)


def _number(chance: Random, widget: QWidget) -> str:
    return chance.choice(
        (f"{chance.randrange(1, 60)}", f"{chance.random() * 3:.2f}", f"{10 ** chance.uniform(-4, 3):.3g}")
    )


def _bound(chance: Random, widget: QWidget) -> str:
    """The bounds of what is typed there, and what is just beyond them."""
    if isinstance(widget, (QSpinBox, QDoubleSpinBox)):
        low, high = float(widget.minimum()), float(widget.maximum())
    else:
        setting = SETTINGS.get(widget.objectName().rpartition(".")[2])
        low, high = (setting.low, min(setting.high, setting.window_high)) if setting else (0.0, 1.0)
    place = chance.choice((low, high))
    return f"{place + chance.choice((0, 0, 0, 1, -1, 1e-9)):.12g}"


def _odd(chance: Random, widget: QWidget) -> str:
    return chance.choice(ODD)


def _formula(chance: Random, widget: QWidget) -> str:
    return chance.choice(FORMULAS)


def _list(chance: Random, widget: QWidget) -> str:
    return chance.choice(LISTS)
