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


@dataclass(frozen=True)
class Mistake:
    """One wrong way to pass a place of the chain.

    Attributes
    ----------
    kind : str
        ``"sigma-for-d_sigma"``: for programs and tests.
    sentence : str
        For the learner.
    move : callable of (J, known)
        What it makes of the product so far.
    clues : tuple of str
        Regular expressions for the line in which it is, the best one first.
    """

    kind: str
    sentence: str
    move: Move
    clues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """One place of the chain: the right way to pass it, and the wrong ones."""

    right: Move
    mistakes: tuple[Mistake, ...]


def d_sigma(z: FloatArray) -> FloatArray:
    """The slope of the logistic function."""
    e = np.exp(-np.abs(z))
    return np.asarray(e / (1 + e) ** 2)


def sigma(z: FloatArray) -> FloatArray:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-z)))
