"""How a run is akin to the one before it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kin:
    """Which run, by its number, a run goes on from; or begins again, if ``is_anew``. None for another run."""

    run: int | None
    is_anew: bool = False
