"""A curve: points in order, how far along it each one is, their units, and how many points it takes to show it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from hashlib import blake2b
from math import isfinite
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.elementary import hypot, interpolated
from curvegui.core.language.text import mark, tr

EDGE = 0.1  # kept free on all sides: a logistic output reaches neither 0 nor 1
CENTRE = 0.5


@dataclass(frozen=True)
class Units:
    """How a curve was fitted into the unit square."""

    scale: float = 1.0  # of a person's units to the side of the unit square; above 0
    x: float = CENTRE  # a person's coordinates of the middle of the square
    y: float = CENTRE
    flipped: bool = False  # a person's y points down, as in pictures and SVG

    @classmethod
    def fitting(cls, points: FloatArray, flipped: bool = False) -> "Units":
        """The units that put finite points, shape (2, M), in the middle, as large as the edges allow, undistorted."""
        low, high = points.min(axis=1), points.max(axis=1)
        middle = low / 2 + high / 2
        size = float(np.max(high - low))
        return cls(size / (1 - 2 * EDGE) if size > 0 else 1.0, float(middle[0]), float(middle[1]), flipped)

    def to_square(self, points: FloatArray) -> FloatArray:
        """Where points in a person's units, shape (2, M), lie in the unit square; of the same shape."""
        return (points - self._middle()) / self._scales() + CENTRE

    def to_person(self, points: FloatArray) -> FloatArray:
        """Where points of the unit square lie in a person's units: undoes ``to_square``, up to rounding."""
        return (points - CENTRE) * self._scales() + self._middle()

    def _middle(self) -> FloatArray:
        return np.array([[self.x], [self.y]])

    def _scales(self) -> FloatArray:
        return np.array([[self.scale], [-self.scale if self.flipped else self.scale]])


LONGEST = 1_000  # characters of a formula
LARGEST = 1e9  # value of a parameter, or end of its range
MOST = 30  # parameters


@dataclass(frozen=True)
class FormulaParameter:
    """A letter in a formula, its value, and the range of its slider. Raises ``ValueError`` if they do not fit."""

    name: str
    value: float = 1.0
    low: float = -5.0
    high: float = 5.0

    def __post_init__(self) -> None:
        for each in ("value", "low", "high"):
            object.__setattr__(self, each, float(getattr(self, each)))
        numbers = self.low, self.value, self.high
        if not all(isfinite(each) and abs(each) <= LARGEST for each in numbers):
            words = mark("{name}: choose numbers from −{largest:,.0f} to {largest:,.0f}.")
            raise ValueError(tr(words, name=self.name, largest=LARGEST))
        if not (self.low <= self.value <= self.high and self.low < self.high):
            raise ValueError(tr("{name}: the range must go from a smaller number to a larger one.", name=self.name))


@dataclass(frozen=True)
class Typed:
    """The formulas as they were typed, and their parameters."""

    x: str
    y: str
    parameters: tuple[FormulaParameter, ...] = ()

    @property
    def values(self) -> dict[str, float]:
        return {each.name: each.value for each in self.parameters}

    def plain(self) -> dict[str, Any]:
        """The formulas and parameters as a dictionary for JSON."""
        return asdict(self)


def typed_of(values: Mapping[str, Any]) -> Typed:
    """The formulas in a dictionary that `Typed.plain` made; raises ``ValueError`` for any other dictionary."""
    try:
        x, y, rows = (values[name] for name in ("x", "y", "parameters"))
        found = [FormulaParameter(row["name"], row["value"], row["low"], row["high"]) for row in rows]
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(tr("its formula cannot be used")) from error
    texts = [x, y, *(each.name for each in found)]
    if not all(isinstance(each, str) for each in texts) or len(found) > MOST or max(map(len, texts)) > LONGEST:
        raise ValueError(tr("its formula cannot be used"))
    return Typed(x, y, tuple(found))


BoolArray = NDArray[np.bool_]
MOST_POINTS = 200_000  # of a curve, as it is kept; training points are drawn from it
MARKS = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f"))  # that join letters or turn the line, as Persian needs
LONGEST_NAME = 60  # characters
DRAWING = "drawing"  # our own name for what a hand has drawn
FARTHEST = 1e6  # of a point from the unit square: what is dragged stays in sight


class CurveError(ValueError):
    """A file, text or drawing is no curve; the message is a sentence for people that says where and why."""


class Trained(NamedTuple):
    """How a curve was trained on: in how many points, and whether the network was made to fit the curve."""

    points: int
    fits: bool


@dataclass(frozen=True, eq=False)
class Curve:
    """A curve that somebody drew, typed or opened, in the unit square, with read-only arrays. Curves with the same
    content are equal. Raises ``CurveError`` if the arrays make no curve."""

    name: str
    points: FloatArray  # shape (2, M), in order, M at least 1; straight lines between them
    t: FloatArray  # shape (M,): how far along the curve, ascending in [0, 1]; a closed one is at its start again at 1
    closed: bool
    jumps: BoolArray  # shape (M,): whether the line that begins at a point only joins two outlines and was not drawn
    units: Units = field(default_factory=Units)  # in which a person gave the points
    typed: Typed | None = None  # the formulas that it was typed as
    trained: Trained | None = None  # how, the last time; two that differ in this alone are equal

    def __post_init__(self) -> None:
        for name in ("points", "t", "jumps"):
            array = getattr(self, name)
            if array.flags.writeable:
                object.__setattr__(self, name, read_only(array))
        problem = self._problem()
        if problem:
            raise CurveError(tr("This is not a curve: {problem}.", problem=problem))

    def _problem(self) -> str:
        count = self.t.size
        if not 1 <= count <= MOST_POINTS:
            return tr("it has {count:,} points, and from 1 to {most:,} are possible", count=count, most=MOST_POINTS)
        fits = self.points.shape == (2, count) and self.t.shape == self.jumps.shape == (count,)
        is_name = 1 <= len(self.name) <= LONGEST_NAME and self.name.translate(MARKS).isprintable()
        in_order = bool((self.t[:-1] <= self.t[1:]).all() and self.t[0] >= 0 and self.t[-1] <= 1)
        checks = [
            (fits, tr("its parts do not fit")),
            (is_name, tr("its name cannot be used")),
            (bool((np.abs(self.points) <= FARTHEST).all()), tr("its points are not all near the unit square")),
            (in_order, tr("its points are out of order")),
            (bool(np.isfinite([self.units.x, self.units.y]).all()), tr("its units are no numbers")),
            (0 < self.units.scale < float("inf"), tr("its units have no size")),
        ]
        return next((words for holds, words in checks if not holds), "")

    @cached_property
    def digest(self) -> bytes:
        facts = (self.name, self.closed, self.units, *filter(None, [self.typed]))
        words = repr(facts).encode("utf-8", "surrogatepass")
        arrays = (self.points, self.t, self.jumps)
        return blake2b(b"".join([words, *(array.tobytes() for array in arrays)])).digest()

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Curve) and self.digest == other.digest)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Curve({self.name!r}, {self.t.size} points)"

    @property
    def nbytes(self) -> int:
        return int(self.points.nbytes + self.t.nbytes + self.jumps.nbytes)

    def at(self, t: FloatArray) -> FloatArray:
        """The points at fractions of the curve, shape (n,) within [0, 1]; shape (2, n)."""
        ends, (x, y) = self.t, self.points
        if self.closed:
            ends, x, y = np.append(ends, 1.0), np.append(x, x[0]), np.append(y, y[0])
        return np.stack([interpolated(t, ends, x), interpolated(t, ends, y)])

    def jumps_at(self, t: FloatArray) -> BoolArray:
        """Whether there is a jump at each of these fractions of the curve, shape (n,)."""
        index = np.searchsorted(self.t, t, side="right") - 1
        return self.jumps[np.clip(index, 0, self.t.size - 1)]

    def sampled(self, count: int) -> "Curve":
        """The same curve in ``count`` points: a training on that number of points gets exactly these points."""
        t = spaced(count, self.closed)
        return replace(self, points=self.at(t), t=t, jumps=self.jumps_at(t))

    def trained_on(self, points: int, fits: bool) -> "Curve":
        """The same curve, with a note on its training."""
        return replace(self, trained=Trained(points, fits))

    def called(self, name: str) -> "Curve":
        return replace(self, name=clean_name(name))


def curve_through(  # the one way from a person's points to a curve
    name: str,
    points: FloatArray,
    *,
    closed: bool,
    jumps: BoolArray | None = None,
    t: FloatArray | None = None,
    flipped: bool = False,
    units: Units | None = None,
) -> Curve:
    """A curve through points in a person's units, shape (2, M), fitted into the unit square.

    The name is made printable and short. A closed curve goes on from its last point to its first; where these are the
    same, the last one is dropped. Without ``t``, distances along the curve are by arc length; without ``units``, the
    curve is fitted into the square. Where it is ``flipped``, y points down. Raises ``CurveError`` if this is no curve.
    """
    points = np.asarray(points, np.float64)
    if points.ndim != 2 or len(points) != 2 or not points.size or not np.isfinite(points).all():
        raise CurveError(tr("This is not a curve: its points are not all numbers."))
    jumps = np.zeros(points.shape[1], np.bool_) if jumps is None else jumps
    if closed and points.shape[1] > 1 and (points[:, 0] == points[:, -1]).all():
        points, jumps, t = points[:, :-1], jumps[:-1], None if t is None else t[:-1]
    units = units or Units.fitting(points, flipped)
    square = units.to_square(points)
    return Curve(clean_name(name), square, arc_fractions(square, closed) if t is None else t, closed, jumps, units)


def clean_name(name: str) -> str:
    """A name that can be printed, and is neither empty nor too long."""
    printable = "".join(each if each.isprintable() or ord(each) in MARKS else " " for each in name)
    short = " ".join(printable.split())
    short = short if len(short) <= LONGEST_NAME else short[: LONGEST_NAME - 1].rstrip() + "…"
    return short or "curve"


def ring(points: FloatArray, closed: bool) -> FloatArray:
    """The points of a line, and the first point again where the line is closed."""
    return np.column_stack([points, points[:, 0]]) if closed else points


def travelled(points: FloatArray) -> FloatArray:
    """The length of a line from its first point to each, shape (M,)."""
    return np.concatenate([[0.0], np.cumsum(hypot(*np.diff(points, axis=1)))])


def arc_fractions(points: FloatArray, closed: bool) -> FloatArray:
    """How far along a curve each of its points, shape (2, M), is, as a fraction of the length: shape (M,), from 0;
    evenly spaced where the curve has no length. The last piece of a closed curve leads back to the first point."""
    ends = travelled(ring(points, closed))
    if not ends[-1] > 0:
        ends = np.arange(ends.size, dtype=np.float64)
    fractions: FloatArray = ends / max(ends[-1], 1.0 if ends.size == 1 else ends[-1])
    return np.minimum(fractions[: points.shape[1]], 1.0)


def arc_length(points: FloatArray, closed: bool) -> float:
    """The length of a curve through points, shape (2, M)."""
    return float(hypot(*np.diff(ring(points, closed), axis=1)).sum())


def evenly_spaced(points: FloatArray, count: int, closed: bool) -> FloatArray:
    """So many points at equal distances along the straight lines between points; shapes (2, count) and (2, M).

    At least two of the given points differ. A closed line goes on from its last point to its first; an open line keeps
    both ends.
    """
    line = ring(points, closed)
    ends = travelled(line)
    places = np.linspace(0, ends[-1], count, endpoint=not closed)
    return np.stack([interpolated(places, ends, each) for each in line])


def spaced(count: int, closed: bool) -> FloatArray:
    """So many even fractions: 0, 1/N, ... (N - 1)/N of a closed curve; 0, 1/(N - 1), ... 1 of an open curve."""
    # the numbers of arange(0, 1, 1 / N), which itself gives one too many where 1 / N is rounded down
    fractions: FloatArray = np.arange(count, dtype=np.float64) * (1 / (count if closed else max(count - 1, 1)))
    return np.minimum(fractions, 1.0)


def merged(points: FloatArray, *others: NDArray[Any]) -> tuple[FloatArray, tuple[NDArray[Any], ...], int]:
    """Points, shape (2, M), and arrays beside them, without repetitions in a row; and the number of points dropped."""
    new = np.append(True, (np.diff(points, axis=1) != 0).any(axis=0))
    return points[:, new], tuple(each[new] for each in others), int(np.count_nonzero(~new))


COUNTS = 100, 200, 300, 500, 1_000, 2_000
LARGEST_ERROR = 0.006  # of the square's side: little more than the width of a line


def enough_points(curve: Curve, present: int = COUNTS[0], largest_error: float = LARGEST_ERROR) -> int:
    """How many points show the shape of a curve: ``present``, which is at least 2, or a larger round number up to
    2,000. The line through the points may be ``largest_error`` off the curve, in the unit square."""
    counts = [present, *(count for count in COUNTS if count > present)]
    return next((count for count in counts if sampling_error(curve, count) <= largest_error), counts[-1])


def sampling_error(curve: Curve, count: int) -> float:
    """The largest distance from a curve to the line through ``count`` points, at least 2, evenly spaced on the curve.
    Between two of these points, the farthest point of the curve is one of its corners."""
    ends = spaced(count, curve.closed)
    ends = np.append(ends, 1.0) if curve.closed else ends
    line = curve.at(ends)
    before = np.clip(np.searchsorted(ends, curve.t, side="right") - 1, 0, ends.size - 2)
    start, step = line[:, before], np.diff(line, axis=1)[:, before]
    lengths = np.square(step).sum(axis=0)
    share = ((curve.points - start) * step).sum(axis=0) / np.where(lengths > 0, lengths, 1.0)
    return float(hypot(*(curve.points - start - step * np.clip(share, 0, 1))).max())
