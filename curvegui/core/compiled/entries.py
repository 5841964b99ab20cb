"""The kernels as Python calls them, not yet compiled."""

from typing import Any

from curvegui.core.compiled import kernels

# The interpreter's lock is released within them, and the calls in them are inlined or direct: nothing is lost.


def entries(sources: str) -> tuple[Any, Any, Any, Any]:
    """Descend, gradient, look and roll. Numba keeps one on disk by what it encloses: other sources, another one."""

    def descend(
        stored: Any, sums: Any, plan: Any, shifts: Any, points: Any, a: Any, slopes: Any,
        owner: Any, factors: Any, reading: Any, stages: Any,
    ) -> None:  # fmt: skip
        """See `compiled_kernels.descend`."""
        sources  # noqa: B018
        kernels.descend((stored, sums, plan, shifts, points, a, slopes), owner, factors, reading, stages)

    def gradient(stored: Any, sums: Any, plan: Any, shifts: Any, points: Any, a: Any, slopes: Any) -> None:
        """Fill the sums over all points."""
        sources  # noqa: B018
        kernels.add_up(stored, sums, plan, shifts, points, a, slopes)

    def look(
        stored: Any, plan: Any, shifts: Any, points: Any, a: Any, slopes: Any, curve: Any, curve_slopes: Any
    ) -> None:
        """What the output layer makes of all points, and its slopes there, shape (2, columns)."""
        sources  # noqa: B018
        kernels.draw(stored, plan, shifts, points, a, slopes, curve, curve_slopes)

    def roll(
        stored: Any,
        sums: Any,
        plan: Any,
        shifts: Any,
        points: Any,
        a: Any,
        slopes: Any,
        owner: Any,
        factors: Any,
        optimizer: Any,
        reading: Any,
        stages: Any,
    ) -> None:
        """See `compiled_kernels.roll`."""
        sources  # noqa: B018
        kernels.roll((stored, sums, plan, shifts, points, a, slopes), owner, factors, optimizer, reading, stages)

    return descend, gradient, look, roll
