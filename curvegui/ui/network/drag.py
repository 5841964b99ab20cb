"""Dragging a weight: up makes it larger, down smaller, and the network trains on with it."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from curvegui.core.network.parts import Parameter
from curvegui.session.run.session import Session

SHORTEST_MS = 33  # between two changes of the weight
SCALE_PX = 120.0  # from 0 to the end of the scale
FINE = 0.1  # of that, with Shift
REST = 1e-12


class WeightDrag(QObject):
    """Sets one parameter while it is dragged; a whole drag is one change, which Undo takes back."""

    moved = Signal(float)  # the present value
    refused = Signal(str)  # the reason why the run does not take it; the drag has ended

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._parameter: Parameter | None = None
        self._start = self._value = self._sent = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._send)

    @property
    def parameter(self) -> Parameter | None:
        """What is dragged."""
        return self._parameter

    def begin(self, parameter: Parameter, value: float) -> None:
        """Start to drag a parameter."""
        self._parameter = parameter
        self._start = self._value = self._sent = value
        self._session.history.hold()
        self._timer.start(SHORTEST_MS)

    def move(self, up_px: float, scale: float, fine: bool) -> None:
        """Drag to ``up_px`` above the start, on a scale that ends at a weight of ``scale``."""
        if self._parameter is not None:
            self._value = float(f"{self._start + up_px / SCALE_PX * scale * (FINE if fine else 1.0):.4g}")
            self.moved.emit(self._value)

    def finish(self) -> None:
        """End the drag."""
        if self._parameter is not None:
            self._send()
        if self._parameter is not None:  # it may have been refused
            self.let_go()

    def cancel(self) -> bool:
        """Put the weight back as it was; return whether one was dragged."""
        if self._parameter is None:
            return False
        self._value = self._start
        self.finish()
        return True

    def let_go(self) -> None:
        """End the drag, and leave the weight as it is."""
        self._timer.stop()
        self._parameter = None
        self._session.history.release()

    @Slot()
    def _send(self) -> None:
        if self._parameter is not None and abs(self._value - self._sent) > REST:
            self._sent = self._value
            try:
                self._session.set_parameters({self._parameter: self._value})
            except ValueError as error:
                self.let_go()
                self.refused.emit(str(error))
