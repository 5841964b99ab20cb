"""The second pane: what a person shows beside the picture."""

from PySide6.QtCore import QObject, Slot

from curvegui.ui.actions.centre import TIMELINE
from curvegui.ui.actions.services import Services
from curvegui.ui.watch import PANES, VIEW

SHARE = 0.45  # of the window's width


class SecondPane(QObject):
    """Shows one of `PANES` beside the picture, or none."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services
        for name in PANES:
            if name in services.docks:
                services.docks[name].visibilityChanged.connect(self.check)

    @property
    def now(self) -> str:
        """What is there, whoever has opened it."""
        docks, centre = self._services.docks, self._services.centre
        opened = (name for name in PANES if name in docks and not docks[name].isHidden())
        return next(opened, "cost" if TIMELINE in centre.shown else "")

    def show(self, name: str) -> None:
        """Show another one in the place of this one."""
        docks, centre = self._services.docks, self._services.centre
        for other in PANES:
            if other in docks and other != name:
                docks[other].hide()
        centre.show_only(frozenset({TIMELINE}) if name == "cost" else frozenset())
        if name in docks:
            docks.sizes.share = SHARE
            docks.show(name)
            docks.sizes.share_out(((name,),))
        self.check()

    def show_next(self) -> None:
        """Show the one that comes next, after the last none."""
        docks = self._services.docks
        names = [name for name in PANES if name not in docks or docks.offers(name)]
        self.show(names[(names.index(self.now) + 1) % len(names)])

    @Slot()
    def check(self) -> None:
        """Let the menu say what is there; in another view, what was there last."""
        if self._services.views.now.id == VIEW:
            self._services.actions[f"watch.pane.{self.now or 'none'}"].setChecked(True)
