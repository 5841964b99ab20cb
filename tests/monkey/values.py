"""What is typed into fields: what is allowed, what just is or is not, and what nobody would type."""

from random import Random

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from curvegui.core.settings.config import SETTINGS

# never a path that leads anywhere
ODD = (
    "", " ", "nan", "NaN", "inf", "-inf", "1e308", "-1e308", "1e-320", "1,5", "1.234.567", "1_000", "0x10", "١٢", "½",
    "−3", "abc", "Ω≈ç√", "日本語", "שלום", "😀", "\u202eabc", "a\tb", "<b>x</b>", "&amp;", "%s%n", "{0}", "'\"", "None",
    "9" * 30, "x" * 5_000, "é" * 300, "𝕏" * 300, "(" * 2_000,
)  # fmt: skip
FORMULAS = (
    "cos(2*pi*t)", "t", "0.5 + 0.4 sin(a t)", "t^t^t", "1/0", "sqrt(-t)", "sin(", "__import__('os')", "a b c d e f",
    "exp(exp(9t))", "9**9**9**9", "M 0 0 L 1 1 L 0 1 Z", "0 0\n1 1\n0.5 0.2", "0,0;1,1",
)  # fmt: skip
LISTS = (
    "6, 7", "1", "3 3", "24-24", "9 11", "1 1 1 1", "40, 40", "0", "-1", "6,,7", "1:2:3", "1, 2, 5", "0.1..0.5", "a b",
)  # fmt: skip


def value(chance: Random, field: QWidget) -> str:
    """Something to type into a field."""
    make = chance.choices((_number, _bound, ODD, FORMULAS, LISTS), (5, 3, 3, 1, 2))[0]
    return make(chance, field) if callable(make) else chance.choice(make)


def _number(chance: Random, field: QWidget) -> str:
    number = chance.choice((chance.randrange(1, 60), chance.random() * 3, 10 ** chance.uniform(-4, 3)))
    return f"{number:.3g}"


def _bound(chance: Random, field: QWidget) -> str:
    """The bounds of what is typed there, and what is just beyond them."""
    setting = SETTINGS.get(field.objectName().rpartition(".")[2])
    low, high = (setting.low, min(setting.high, setting.window_high)) if setting else (0.0, 1.0)
    if isinstance(field, (QSpinBox, QDoubleSpinBox)):
        low, high = field.minimum(), field.maximum()
    return f"{chance.choice((low, high)) + chance.choice((0, 0, 0, 1, -1, 1e-9)):.12g}"
