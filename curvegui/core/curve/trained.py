"""How a curve was trained on when it was chosen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trained:
    """In how many points, and whether the network was to be made to fit it."""

    points: int
    fits: bool
