"""Opens the palette."""

from functools import partial

from PySide6.QtCore import QObject

from curvegui.ui.actions.services import Services
from curvegui.ui.palette.commands import offers
from curvegui.ui.palette.dialog import Palette


class PaletteActions(QObject):
    """Connects the palette to the window."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services

    def open(self) -> None:
        """Let a person type what to do."""
        Palette(partial(offers, services=self._services), self._services.window).open()
