"""What is said about a curve before it is trained on: how many outlines, jumps and points it has."""

import numpy as np

from curvegui.core.curve.curve import LARGEST_ERROR, Curve, sampling_error

FEW_POINTS, FEW_OUTLINES = 300, 4  # so many a small network can learn
ROOMY = 40  # neurons in all
ADVICE = "A curve like this needs a larger network, say 20–20."


def curve_facts(curve: Curve, points: int) -> str:
    """A sentence; ``points`` is the number at which it will be trained on."""
    jumps, outlines = jump_count(curve), outline_count(curve)
    parts = [f"{outlines:,} outlines joined by {_counted(jumps, 'jump')}"] if jumps else []
    parts.append(_counted(curve.t.size, "point"))
    return f"{', '.join(parts)}; will be learnt at {_counted(points, 'point')}."


def network_advice(curve: Curve, hidden: tuple[int, ...]) -> str:
    """A sentence if the hidden layers, with so many neurons each, are small for a curve; else nothing."""
    is_rich = outline_count(curve) > FEW_OUTLINES or sampling_error(curve, FEW_POINTS) > LARGEST_ERROR
    return ADVICE if is_rich and sum(hidden) < ROOMY else ""


def outline_count(curve: Curve) -> int:
    """How many drawn parts a curve consists of."""
    jumps = jump_count(curve)
    return max(1, jumps if curve.closed else jumps + 1)


def jump_count(curve: Curve) -> int:
    """How many stretches of a curve were not drawn."""
    begins = np.diff(np.append(False, curve.jumps).astype(np.int8)) > 0
    return int(np.count_nonzero(begins))


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" + ("" if count == 1 else "s")
