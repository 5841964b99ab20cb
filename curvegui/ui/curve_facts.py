"""What is said of a curve before it is learnt: how many outlines, jumps and points it has."""

import numpy as np

from curvegui.core.curve import Curve


def curve_facts(curve: Curve, points: int) -> str:
    """A sentence.

    Parameters
    ----------
    curve : Curve
    points : int
        At how many it will be learnt.
    """
    jumps = jump_count(curve)
    outlines = max(1, jumps if curve.closed else jumps + 1)
    parts = [f"{outlines:,} outlines joined by {_counted(jumps, 'jump')}"] if jumps else []
    parts.append(_counted(curve.t.size, "point"))
    return f"{', '.join(parts)}; will be learnt at {_counted(points, 'point')}."


def jump_count(curve: Curve) -> int:
    """How many stretches of a curve were not drawn."""
    begins = np.diff(np.append(False, curve.jumps).astype(np.int8)) > 0
    return int(np.count_nonzero(begins))


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" + ("" if count == 1 else "s")
