"""How many points a curve needs for its corners to be seen."""

import numpy as np

from curvegui.core.curve.curve import Curve, spaced

COUNTS = 100, 200, 300, 500, 1_000, 2_000
LARGEST_ERROR = 0.006  # of the square's side: little more than the width of a line


def enough_points(curve: Curve, present: int = COUNTS[0], largest_error: float = LARGEST_ERROR) -> int:
    """How many points, of the present ones or a round number above, show a curve as it is; 2,000 where none is enough.

    ``present`` is at least 2. The line through the points may be ``largest_error`` off the curve, in the unit square.
    """
    counts = [present, *(count for count in COUNTS if count > present)]
    return next((count for count in counts if sampling_error(curve, count) <= largest_error), counts[-1])


def sampling_error(curve: Curve, count: int) -> float:
    """The largest distance from a curve to the line through ``count`` points, at least 2, evenly spaced on it.

    Between two of them, the farthest place is a corner of the curve.
    """
    ends = spaced(count, curve.closed)
    ends = np.append(ends, 1.0) if curve.closed else ends
    line = curve.at(ends)
    before = np.clip(np.searchsorted(ends, curve.t, side="right") - 1, 0, ends.size - 2)
    start, step = line[:, before], np.diff(line, axis=1)[:, before]
    lengths = np.square(step).sum(axis=0)
    way = ((curve.points - start) * step).sum(axis=0) / np.where(lengths > 0, lengths, 1.0)
    return float(np.hypot(*(curve.points - start - step * np.clip(way, 0, 1))).max())
