"""The Help menu: the guide, the keys, the log, and what this is."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from curvegui.ui.actions.actions import Handler


class HelpActions(QObject):
    """Opens what explains the app.

    Parameters
    ----------
    window : QWidget
        The parent of the dialogs.
    log : Path
        The app's log.
    """

    def __init__(self, window: QWidget, log: Path) -> None:
        super().__init__(window)
        self._window, self._log = window, log

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by id."""
        return {
            "help.guide": self.show_guide,
            "help.keys": self._show_keys,
            "help.log": self._open_log,
            "help.about": self._show_about,
        }

    @Slot()
    @Slot(str)
    def show_guide(self, chapter: str = "") -> None:
        """Open the guide, at a heading."""
        from curvegui.ui.help.guide import Guide  # here, so that the window opens sooner

        Guide(chapter, self._window).show()

    def _show_keys(self) -> None:
        self.show_guide("Keys")

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.parent)))

    def _show_about(self) -> None:
        from curvegui.ui.help.about import about_box  # here, so that the window opens sooner

        about_box(self._window).open()
