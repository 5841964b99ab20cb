"""The buttons over the timeline: play, the best iteration, go on from here, now."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.learner.learner import Snapshot
from curvegui.ui.actions.actions import BESIDE_ICON, ICON, Actions, chip
from curvegui.ui.look.layouts import FlowLayout
from curvegui.ui.timeline.transport import SPACING_PX

BUTTONS = {
    "time.play_back": ("Play backwards", ICON),
    "time.play": ("Play forwards", ICON),
    "time.best": ("Go to the best iteration", BESIDE_ICON),
    "time.go_on": ("Go on from here", BESIDE_ICON),
    "time.now": ("Now", BESIDE_ICON),
}


class TimeBar(QWidget):
    """Buttons for the actions of the Time menu."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        flow = FlowLayout(SPACING_PX, self)
        for id_, (name, style) in BUTTONS.items():
            flow.addWidget(chip(actions[id_], name, style))
        self.show_past(None)
        self.show_playhead(None)

    def show_past(self, past: Snapshot | None) -> None:
        """Offer to go on from an earlier snapshot."""
        self._actions["time.go_on"].setEnabled(past is not None)

    @Slot(object)
    def show_playhead(self, iteration: int | None) -> None:
        """Offer to leave the past."""
        self._actions["time.now"].setEnabled(iteration is not None)

    @Slot(int)
    def show_playing(self, direction: int) -> None:
        """Check the button of the direction of play."""
        self._actions["time.play"].setChecked(direction > 0)
        self._actions["time.play_back"].setChecked(direction < 0)
