"""What the menu does for a feature that is all in its panel."""

from PySide6.QtCore import QObject

from curvegui.ui.actions.services import Services


class PanelActions(QObject):
    """Brings panels to the front."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._docks = services.docks

    def show(self, name: str) -> None:
        """Open a panel in front of the others."""
        self._docks.show(name)
