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
    """A view as a new user finds it. ``panels`` are at the right, in groups from the top; of each group, the first
    panel is in front of the others. All panels together have a ``share`` of the window's width, and ``heights`` are the
    usual parts of its height for all groups but the last. ``around`` are the slots around the canvas that are shown;
    ``curves`` says whether the list of curves is shown. In a window lower
    than ``lines`` of text, all panels are in one group."""

    id: str
    title: str
    tip: str
    panels: tuple[tuple[str, ...], ...] = ()
    share: float = 0.4
    heights: tuple[float, ...] = ()
    around: frozenset[str] = frozenset({STATUS, TRANSPORT, TIMELINE})
    curves: bool = False
    lines: int = LOW_LINES

    def groups(self, is_low: bool) -> tuple[tuple[str, ...], ...]:
        """The panels by groups, from the top; in a window that ``is_low``, all panels are in one group."""
        return (tuple(name for group in self.panels for name in group),) if is_low and self.panels else self.panels


VIEWS = {
    view.id: view
    for view in (
        View("watch", "Watch", "Only the picture", around=frozenset()),
        View("play", "Play", "The settings and the network beside the picture", (("settings",), ("network",)), 0.32,
             (0.3,), curves=True),
        View("understand", "Understand", "The network and the chain rule, with room to read",
             (("network",), ("maths", "jacobians", "valley")), 0.64, (0.32,), lines=42),
        View("exercise", "Exercise", "Write the Jacobians yourself", (("exercise",),), 0.64),
    )
}  # fmt: skip
FIRST = "play"

LESSONS, CLASS_MODE = "lessons", "class mode"  # choosing a lesson, and leaving class mode: one of the two is available


class Availability(QObject):
    """Says what is available and what is withheld, such as in a lesson: "view.play", "panel.network", "setting.noise",
    "action.open", or a word."""

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
        """Make all but these ``things`` available; ``in_class``, a lesson can be left only after a question."""
        withheld = frozenset(things) | {LESSONS if in_class else CLASS_MODE}
        if withheld != self._withheld:
            self._withheld = withheld
            self.changed.emit()
