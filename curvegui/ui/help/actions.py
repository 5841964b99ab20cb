"""The Help menu: the guide, the keys, the log, and what this is."""

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from curvegui.ui.actions.services import Services
from curvegui.ui.help.about import about_box
from curvegui.ui.help.guide import KEYS, Guide


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

    def open_log(self) -> None:
        """Open the folder with the log."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))

    def show_about(self) -> None:
        """Show the versions and licences."""
        about_box(self._window).open()
