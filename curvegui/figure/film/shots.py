"""Which iterations a film shows, and for how long each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.figure.film.options import FilmOptions

HELD_S = 1.0  # of the last frame: time to look at what has become of it
LARGEST_HELD_SHARE = 0.25  # of a short film


@dataclass(frozen=True)
class Shot:
    """One frame, which is shown for some ticks: frames of the film's rate."""

    iteration: int
    ticks: int


def _even(shares: FloatArray, span: int) -> FloatArray:
    return shares * span


def _log(shares: FloatArray, span: int) -> FloatArray:
    """The same factor from each frame to the next, counted from 1: the first iterations get a frame each, or more."""
    passed: FloatArray = (1.0 + span) ** shares - 1
    return passed


TIMINGS: dict[str, Callable[[FloatArray, int], FloatArray]] = {"log": _log, "even": _even}
"""From the share of a film that is over, from 0 to 1, to how many iterations of the span have passed."""


def frame_counts(options: FilmOptions) -> tuple[int, int]:
    """How many frames a film has in which something happens, and how many that hold the last one."""
    held = round(min(HELD_S, options.seconds * LARGEST_HELD_SHARE) * options.frames_per_second)
    return round(options.seconds * options.frames_per_second) - held, held


def shots(first: int, last: int, options: FilmOptions) -> tuple[Shot, ...]:
    """The frames of a film from one iteration to another, both among them, ascending.

    Where fewer iterations than frames pass, an iteration is shown for several.
    """
    moving, held = frame_counts(options)
    passed = TIMINGS[options.time](np.linspace(0.0, 1.0, moving), last - first)
    iterations, ticks = np.unique(first + np.rint(passed).astype(np.int64), return_counts=True)
    return _listed(iterations, ticks, held)


def _listed(iterations: NDArray[np.int64], ticks: NDArray[np.intp], held: int) -> tuple[Shot, ...]:
    ticks[-1] += held
    return tuple(Shot(*pair) for pair in zip(iterations.tolist(), ticks.tolist(), strict=True))
