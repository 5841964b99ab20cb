"""Which runs are among a person's best, and in which order."""

from collections.abc import Iterable, Sequence

from curvegui.core.challenges.smallest import SmallNetwork

MOST = 10  # of a curve


def ranked(runs: Iterable[SmallNetwork], curve: str) -> list[SmallNetwork]:
    """Those of a curve, the best first: fewer parameters, then fewer iterations, then the earlier one."""
    of_curve = (each for each in runs if each.curve == curve)
    return sorted(of_curve, key=lambda each: (each.parameters, each.iterations, each.date))


def with_one_more(runs: Sequence[SmallNetwork], new: SmallNetwork) -> tuple[SmallNetwork, ...] | None:
    """The best runs with another one among them; None where it is no better than those.

    Of each kind the one that was there sooner stays, and of each curve the best.
    """
    same = next((each for each in runs if each.kind == new.kind), None)
    if same is not None and same.iterations <= new.iterations:
        return None
    others = [each for each in runs if each is not same]
    best = ranked([*others, new], new.curve)[:MOST]
    return (*(each for each in others if each.curve != new.curve), *best) if new in best else None
