"""The Help menu: the guide, the keys, the log, and what this is."""

from PySide6.QtCore import QObject, Slot

from curvegui.ui.actions.services import Services
from curvegui.ui.help.about import AboutBox
from curvegui.ui.help.guide import KEYS, Guide
from curvegui.ui.help.log import LogWindow


class HelpActions(QObject):
    """Opens what explains the app."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._window, self._log, self._actions = services.window, services.log, services.actions

    @Slot()
    @Slot(str)
    def show_guide(self, chapter: str = "") -> None:
        """Open the guide, at a heading."""
        Guide(self._actions.records, chapter, self._window).show()

    def show_keys(self) -> None:
        """Open the guide at its table of keys."""
        self.show_guide(KEYS)

    def show_log(self) -> None:
        """Show the log in a window of its own."""
        LogWindow(self._log, self._window).show()

    def show_about(self) -> None:
        """Show the versions and licences."""
        AboutBox(self._window).open()
