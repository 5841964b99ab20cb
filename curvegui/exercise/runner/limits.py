"""How much a learner's code may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits for one run.

    Attributes
    ----------
    seconds : float
        For all together; a little of the 3 s that a verdict may take is left for starting and clearing away.
    patience : float
        Seconds that a function may keep the others waiting. After that, it has all the time that is left to itself.
    memory : int
        Bytes of addresses, of which Python and NumPy take 150 million; small, so that it is full before patience ends.
    output : int
        Bytes that may be printed.
    """

    seconds: float = 2.6
    patience: float = 0.5
    memory: int = 600_000_000
    output: int = 2_000_000
