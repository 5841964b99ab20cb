"""The second pane: what a person shows beside the picture."""

from PySide6.QtCore import QObject

from curvegui.ui.actions.centre import TIMELINE
from curvegui.ui.actions.services import Services
from curvegui.ui.watch import PANES

SHARE = 0.45  # of the window's width


class SecondPane(QObject):
    """Shows one of `PANES` beside the picture, or none."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self.now = services, ""

    def show(self, name: str) -> None:
        """Show another one in the place of this one."""
        docks, centre = self._services.docks, self._services.centre
        if self.now in docks and self.now != name:
            docks[self.now].hide()
        self.now = name
        centre.show_only(frozenset({TIMELINE}) if name == "cost" else frozenset())
        if name in docks:
            docks.share = SHARE
            docks.show(name)
            docks.share_out(((name,),), (1.0,))
        self._services.actions[f"watch.pane.{name or 'none'}"].setChecked(True)

    def show_next(self) -> None:
        """Show the one that comes next, after the last none."""
        names = list(PANES)
        self.show(names[(names.index(self.now) + 1) % len(names)])
