"""The four views of the window, and what each shows at first."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from curvegui.core.language.text import said
from curvegui.ui.actions.centre import STATUS, TIMELINE, TRANSPORT

LOW_LINES = 34  # of text


@said("title", "tip")
@dataclass(frozen=True)
class View:
    """A view as a new user finds it.

    ``panels`` are at the right, from the top; those of a group share a spot, the first in front. They have a ``share``
    of the window's width, and each group but the last usually its part of the height. ``around`` are the slots around
    the canvas that it has; ``curves`` is whether the list of curves is at its left, ``has_status`` whether the status
    bar is below. In a window of fewer ``lines`` of text, all panels share one group.
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

    def groups(self, is_low: bool) -> tuple[tuple[str, ...], ...]:
        """The panels that are in one group each, from the top; in a window that ``is_low``, all share one."""
        return (tuple(name for group in self.panels for name in group),) if is_low and self.panels else self.panels


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


LESSONS, CLASS_MODE = "lessons", "class mode"  # choosing a lesson, and leaving class mode: one of them is offered


class Availability(QObject):
    """The one owner of what is withheld: a "view.", "panel." with its dock's name, "setting.", "action.", or a word."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._withheld = frozenset({CLASS_MODE})

    def __contains__(self, thing: str) -> bool:
        return thing not in self._withheld

    @property
    def whole_layout(self) -> bool:
        return not any(thing.startswith(("view.", "panel.")) for thing in self._withheld)

    def withhold(self, things: Iterable[str] = (), in_class: bool = False) -> None:
        """Offer all but these; ``in_class``, a lesson cannot be left without asking."""
        withheld = frozenset(things) | {LESSONS if in_class else CLASS_MODE}
        if withheld != self._withheld:
            self._withheld = withheld
            self.changed.emit()
