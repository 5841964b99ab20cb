"""The middle of the window: the canvas, and places around it that features fill."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

PLACES = ("error", "transport", "timeline")  # under the canvas, from the top
CANVAS_SHARE, TIMELINE_SHARE = 6, 1


class Centre(QWidget):
    """The canvas with a place at its left, and several below; ``filled`` is emitted when one of them is taken."""

    filled = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__()
        self._canvas, self._left = canvas, list[QWidget]()
        middle = QWidget()
        self._column = QVBoxLayout(middle)
        self._column.setContentsMargins(8, 12, 6, 6)
        self._column.setSpacing(10)
        self._column.addWidget(canvas, CANVAS_SHARE)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(middle, 1)
        self._below: dict[str, QWidget] = {}

    @property
    def regions(self) -> list[QWidget]:
        """What is in the places, in the order of reading."""
        return [*self._left, self._canvas, *(self._below[place] for place in PLACES if place in self._below)]

    def put_left(self, widget: QWidget) -> None:
        """Let a widget stand at the left of everything."""
        self._row.insertWidget(0, widget)
        self._left.append(widget)
        self.filled.emit()

    def put_below(self, place: str, widget: QWidget) -> None:
        """Let a widget stand below the canvas, in one of the ``PLACES``."""
        above = [each for each in self._below if PLACES.index(each) < PLACES.index(place)]
        self._column.insertWidget(1 + len(above), widget, TIMELINE_SHARE if place == "timeline" else 0)
        self._below[place] = widget
        self.filled.emit()
