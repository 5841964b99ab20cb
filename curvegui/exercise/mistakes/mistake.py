"""A mistake in a Jacobian as a value: another way to pass one place of its chain, computed from the right numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from curvegui.core.arrays import FloatArray

Known: TypeAlias = Mapping[str, FloatArray]
"""x, y, the parameters and what ``network_function`` returns, by their names in the exercise."""
Move: TypeAlias = Callable[[FloatArray, Known], FloatArray]
LAYERS = (1, 2, 3)
START = (r"a3\s*-\s*y", r"\by\b", r"\ba3\b")
"""Clues to the start of every chain."""


@dataclass(frozen=True)
class Mistake:
    """One wrong way to pass a place of the chain."""

    kind: str  # as ``"sigma-for-d_sigma"``, for programs and tests
    sentence: str  # for the learner
    move: Move  # what it makes of the product so far
    clues: tuple[str, ...] = ()  # regular expressions for its line, the best one first
    alone: bool = False  # whether it is not looked for together with others: there are too many pairs


@dataclass(frozen=True)
class Place:
    """One place of the chain: the right way to pass it, and the wrong ones."""

    right: Move
    mistakes: tuple[Mistake, ...]
    hints: tuple[str, ...] = ()  # what to think about, and then the code


def d_sigma(z: FloatArray) -> FloatArray:
    """The slope of the logistic function."""
    e = np.exp(-np.abs(z))
    return np.asarray(e / (1 + e) ** 2)


def sigma(z: FloatArray) -> FloatArray:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-z)))
