"""The four views of the window, and what each shows at first."""

from dataclasses import dataclass

from curvegui.core.language.text import said
from curvegui.ui.actions.centre import STATUS, TIMELINE, TRANSPORT

LOW_LINES = 34  # of text


@said("title", "tip")
@dataclass(frozen=True)
class View:
    """A view as a new user finds it.

    ``panels`` are at the right, from the top; those of one place share it, the first in front. They have a ``share`` of
    the window's width, and each place but the last usually its part of the height. ``around`` are the places around the
    canvas that it has; ``curves`` is whether the list of curves is at its left, ``has_status`` whether the status bar
    is below. In a window of fewer ``lines`` of text, all panels share one place.
    """

    id: str
    title: str
    tip: str
    panels: tuple[tuple[str, ...], ...] = ()
    share: float = 0.4
    heights: tuple[float, ...] = ()
    around: frozenset[str] = frozenset({STATUS, TRANSPORT, TIMELINE})
    curves: bool = False
    has_status: bool = True
    lines: int = LOW_LINES


VIEWS = {
    view.id: view
    for view in (
        View("watch", "Watch", "Only the picture", around=frozenset(), has_status=False),
        View("play", "Play", "The settings and the network beside the picture", (("settings",), ("network",)), 0.42,
             (0.3,), curves=True),
        View("understand", "Understand", "The network and the chain rule, with room to read",
             (("network",), ("maths", "jacobians", "valley")), 0.64, (0.32,), lines=46),
        View("exercise", "Exercise", "Write the Jacobians yourself", (("exercise",),), 0.64),
    )
}  # fmt: skip
FIRST = "play"
