"""How long a test waits for what must come: only a test that fails waits so long, so that it may be much."""

import os

QUIET_S, MOST_S = 60.0, 240.0  # less than pytest's own watchdog waits


def patience_s() -> float:
    """A minute, and the longer the more else this machine has to do."""
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 1.0
    return min(MOST_S, QUIET_S * max(1.0, waiting))


def patience_ms() -> int:
    """The same in Qt's unit."""
    return round(1_000 * patience_s())
