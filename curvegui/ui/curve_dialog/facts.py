"""What is said of a curve before it is learnt: how many outlines, jumps and points it has."""

import numpy as np

from curvegui.core.curve.curve import Curve
from curvegui.core.curve.point_count import LARGEST_ERROR, sampling_error

FEW_POINTS, FEW_OUTLINES = 300, 4  # that a small network can learn
ROOMY = 40  # neurons in all
ADVICE = "A curve like this needs a larger network, say 20–20."


def curve_facts(curve: Curve, points: int) -> str:
    """A sentence.

    ``points``: at how many it will be learnt.
    """
    jumps, outlines = jump_count(curve), outline_count(curve)
    parts = [f"{outlines:,} outlines joined by {_counted(jumps, 'jump')}"] if jumps else []
    parts.append(_counted(curve.t.size, "point"))
    return f"{', '.join(parts)}; will be learnt at {_counted(points, 'point')}."


def network_advice(curve: Curve, hidden: tuple[int, ...]) -> str:
    """A sentence where the hidden layers, of so many neurons, are small for a curve; else nothing."""
    is_rich = outline_count(curve) > FEW_OUTLINES or sampling_error(curve, FEW_POINTS) > LARGEST_ERROR
    return ADVICE if is_rich and sum(hidden) < ROOMY else ""


def outline_count(curve: Curve) -> int:
    """Of how many parts a curve consists that were drawn."""
    jumps = jump_count(curve)
    return max(1, jumps if curve.closed else jumps + 1)


def jump_count(curve: Curve) -> int:
    """How many stretches of a curve were not drawn."""
    begins = np.diff(np.append(False, curve.jumps).astype(np.int8)) > 0
    return int(np.count_nonzero(begins))


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" + ("" if count == 1 else "s")
