"""Where the study docks stand: one at a time, two beside each other, with room for the first that is opened."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from curvegui.ui.actions.docks import Docks

MATHS = "maths"  # beside which another dock can be seen


class Arrangement(QObject):
    """Moves the study docks.

    ``arranged`` is emitted when docks are seen, or no longer, or stand in other places; ``opened`` when one is seen.
    """

    arranged = Signal()
    opened = Signal()

    def __init__(self, docks: Docks, parent: QObject) -> None:
        super().__init__(parent)
        self._docks = docks
        self._is_closed = False
        self._newest = ""
        self._making_room = QTimer(self)
        self._making_room.setSingleShot(True)
        self._making_room.timeout.connect(self._give_room)
        for name in docks.piled:
            docks[name].visibilityChanged.connect(self._wake)
            docks[name].visibilityChanged.connect(self.arranged)
            docks[name].topLevelChanged.connect(self.arranged)
        self._has_room = self._any_open()  # those that are open have what somebody gave them before

    def show(self, name: str) -> None:
        """Open a dock and bring it to the front."""
        self._docks[name].show()
        self._docks[name].raise_()

    def put_beside(self, name: str, beside: bool) -> None:
        """Show a dock at the same time as the maths, in the place of the settings; or put it back behind the maths."""
        if self._is_closed:
            return
        if beside:
            self._docks.put_above(name, self._docks.first, seen=MATHS)
        else:
            self._docks.put_back(name, MATHS)
        self.arranged.emit()

    def is_beside(self, name: str) -> bool:
        """Whether a dock is open in another place than the maths."""
        if self._is_closed or self._docks[name].isHidden():
            return False
        return self._docks[name].isFloating() or not self._docks.are_in_one_place(name, MATHS)

    def close(self) -> None:
        """Docks that go with the window are no news."""
        self._is_closed = True

    def _any_open(self) -> bool:
        return any(not self._docks[name].isHidden() for name in self._docks.piled)

    @Slot(bool)
    def _wake(self, visible: bool) -> None:
        """The first dock that is seen is given room below the settings."""
        if visible:
            self.opened.emit()
        if visible and not self._has_room:
            self._newest = next(name for name in self._docks.piled if self._docks[name] is self.sender())
            self._making_room.start()  # not now: Qt is at work on the docks, and crashes
        self._has_room = self._any_open()

    @Slot()
    def _give_room(self) -> None:
        self._docks.make_room(self._newest)
