"""Arguments that a person writes in a script, checked: each function raises ``ValueError`` with the argument's name."""

import math
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from curvegui.core.arrays import FloatArray
from curvegui.core.settings.setting import Setting

LARGEST = 1e100  # sums of squares and products of such numbers are still finite


def checked_matrix(name: str, value: ArrayLike, rows: int, columns: int | None) -> FloatArray:
    """A copy of an array with so many rows and columns (None: any number) of finite numbers."""
    try:
        matrix = np.array(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be an array of numbers.") from None
    if matrix.size == 0 or matrix.shape != (rows, columns or matrix.size):
        raise ValueError(f"{name} must have the shape ({rows}, {columns or 'N'}); its shape is {matrix.shape}.")
    if not np.all(np.abs(matrix) <= LARGEST):
        raise ValueError(f"{name} must hold finite numbers only, none beyond {LARGEST:g}.")
    return matrix


def checked_whole(name: str, value: Any, low: int) -> int:
    """A whole number that is not below ``low``."""
    return int(Setting(name, "", low=low).check_number(value, whole=True))


def checked_real(name: str, value: Any) -> float:
    try:
        number = float(value) if isinstance(value, Real) else math.nan
    except OverflowError:  # a whole number of more than 308 digits
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"{name}: a finite number.")
    return number
