"""What the menu does for the morph: its panel is opened."""

from PySide6.QtCore import QObject, Slot

from curvegui.ui.actions.services import Services


class MorphActions(QObject):
    """The menu's entry."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._docks = services.docks

    @Slot()
    def show(self) -> None:
        """Open the panel in front of the others."""
        self._docks.show("morph")
