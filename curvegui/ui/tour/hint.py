"""Says once, to a new user, that there is a tour."""

from PySide6.QtCore import QObject

from curvegui.ui.actions.services import Services

HINT = "New here? Take the tour: Help → Guided tour"
HINT_MS = 30_000
NO_PLACES = "{}"  # unlike an empty text: the hint was given


class TourHint(QObject):
    """Gives the hint, unless it was given before."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        if not services.preferences.present.tour:
            services.window.statusBar().showMessage(HINT, HINT_MS)
            services.preferences.remember(tour=NO_PLACES)
