"""Points at the parts of the window for a step: frames around them, room for them, answers scrolled to."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from curvegui.ui.actions.docks import Docks
from curvegui.ui.tour.frame import TourFrame
from curvegui.ui.tour.room import TourRoom
from curvegui.ui.tour.targets import open_target, show_answer


class TourPointer(QObject):
    """The frames of the present step."""

    def __init__(self, window: QMainWindow, docks: Docks) -> None:
        super().__init__(window)
        self._window = window
        self._places: Sequence[str] = ()
        self._frames: list[TourFrame] = []
        self._room = TourRoom(window, docks)

    def point_at(self, places: Sequence[str]) -> None:
        """Point at these places alone; closed docks are opened."""
        for frame in self._frames:
            frame.hide()
            frame.deleteLater()
        self._frames, self._places = [], places
        for place in places:
            widget = open_target(self._window, place)
            if widget is not None:
                self._frames.append(TourFrame(widget, leads=not self._frames))
        self._room.suit(places)

    def show_answers(self) -> None:
        """Something has been selected: scroll to what answers it."""
        for place in self._places:
            show_answer(self._window, place)

    def give_room_back(self) -> None:
        """Restore the heights of the docks."""
        self._room.give_back()

    def have_room_again(self) -> None:
        """The docks have been put back to their first places: make room for the present step."""
        self._room.forget()
        self._room.suit(self._places)
