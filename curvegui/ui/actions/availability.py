"""What the window offers: a lesson may withhold views, panels, settings, actions. Whoever shows one asks here."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

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
        """Whether all views and panels are there."""
        return not any(thing.startswith(("view.", "panel.")) for thing in self._withheld)

    def withhold(self, things: Iterable[str] = (), in_class: bool = False) -> None:
        """Offer all but these; ``in_class``, a lesson cannot be left without asking."""
        withheld = frozenset(things) | {LESSONS if in_class else CLASS_MODE}
        if withheld != self._withheld:
            self._withheld = withheld
            self.changed.emit()
