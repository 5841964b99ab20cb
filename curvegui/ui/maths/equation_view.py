"""An equation as boxes that wrap like words; the still parts are painted once, the numbers in every frame."""

from collections.abc import Callable, Sequence
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QHelpEvent, QPaintEngine, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from curvegui.session.run.gate import Gate
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme, follow_theme
from curvegui.ui.look.tips import wrapped
from curvegui.ui.maths.boxes import Box
from curvegui.ui.maths.factor_box import BoxFace

ROW_GAP, BOX_GAP, MARGIN = 5.0, 4.0, 2.0  # px
NARROWEST = 200  # px


class EquationView(QWidget):
    """Shows boxes, and a frame around them if it has the focus. The ``gate`` is shut while the numbers are painted."""

    def __init__(self, gate: Gate | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gate = gate or Gate()
        self._boxes: Sequence[Box] = ()
        self._words: Callable[[], str] = _nothing
        self._still_key: tuple[object, ...] = ()
        self._face: BoxFace | None = None
        self._places: list[QRectF] = []
        self._values: list[QPointF] = []
        self._heights: dict[int, int] = {}
        self._still: QPixmap | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # else the card below is painted each time
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        follow_theme(self._forget)

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        """Show other boxes, or the same with other numbers."""
        key = tuple(box.still_key for box in boxes)
        self._boxes = boxes
        if key != self._still_key:
            self._still_key, self._still, self._places = key, None, []
            self._heights.clear()
            self._keep_height()
        self.update()

    def _keep_height(self) -> None:
        """Ask for the height that the width needs: nested layouts do not."""
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def say(self, words: Callable[[], str]) -> None:
        """Tell screen readers these words, put together when they are read."""
        self._words = words

    def in_words(self) -> str:
        """What the boxes say."""
        return self._words()

    @property
    def boxes(self) -> Sequence[Box]:
        """What is shown."""
        return self._boxes

    def places(self) -> list[QRectF]:
        """The place of each box."""
        self._arrange(self.width())
        return self._places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = round(self._laid_out(self._face_for(width), width)[1])
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """The present width, and the height that it needs."""
        width = max(self.width(), NARROWEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a narrow dock, and as high as the width needs."""
        return QSize(NARROWEST, self.heightForWidth(max(self.width(), NARROWEST)))

    def event(self, event: QEvent) -> bool:
        """Tell how the numbers of the box under the mouse come about."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos())
            for box, place in zip(self._boxes, self.places(), strict=True):
                if box.tip and place.contains(at):  # beside the numbers that it is about
                    beside = self.mapToGlobal(place.topRight().toPoint())
                    QToolTip.showText(beside, wrapped(box.tip()), self, place.toRect())
            return True
        return super().event(event)

    def _face_for(self, width: float) -> BoxFace:
        return BoxFace(self.font(), width - 2 * MARGIN)

    @Slot()
    def _forget(self) -> None:
        self._face, self._still, self._places = None, None, []
        self._heights.clear()
        self._keep_height()
        self.update()

    def _laid_out(self, face: BoxFace, width: float) -> tuple[list[QRectF], float]:
        """The places of the boxes in a width, and the height; the boxes of a row are equally high."""
        places: list[QRectF] = []
        row: list[QRectF] = []
        x, y = MARGIN, MARGIN
        for box in self._boxes:
            size = face.size(box)
            if row and x + size.width() > width - MARGIN:
                y = _closed(row, places) + ROW_GAP
                row, x = [], MARGIN
            row.append(QRectF(QPointF(x, y), size))
            x += size.width() + BOX_GAP
        return places, (_closed(row, places) if row else y) + MARGIN

    def _arrange(self, width: int) -> None:
        if self._face is None or not self._places:
            if self._face is None:
                self._face = self._face_for(width)
            self._places, _ = self._laid_out(self._face, width)
            self._values = [
                self._face.values_place(box, place) for box, place in zip(self._boxes, self._places, strict=True)
            ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again."""
        super().resizeEvent(event)
        self._still = None
        if event.size().width() != event.oldSize().width():
            self._face, self._places = None, []
            self._keep_height()

    def changeEvent(self, event: QEvent) -> None:
        """Take the size for another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture of the still parts, and the numbers over it."""
        with self._gate:
            self._paint()

    def _paint(self) -> None:
        self._arrange(self.width())
        face, ratio = self._face, self.devicePixelRatioF()
        assert face is not None
        if self._still is None or self._still.devicePixelRatioF() != ratio:
            self._still = self._painted_still(ratio)
        painter = painter_for(self)
        if painter.paintEngine().type() == QPaintEngine.Type.Picture:  # strokes are recorded, to be sharp at any size
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_still(painter)
        else:
            painter.drawPixmap(0, 0, self._still)
        for box, place, top_left in zip(self._boxes, self._places, self._values, strict=True):
            face.paint_edge(painter, box, place)
            face.paint_values(painter, box, top_left)
        if self.hasFocus():
            painter.setPen(QPen(QColor(current_theme().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _painted_still(self, ratio: float) -> QPixmap:
        still = QPixmap(ceil(self.width() * ratio), ceil(self.height() * ratio))
        still.setDevicePixelRatio(ratio)
        still.fill(QColor(current_theme().card))
        painter = painter_for(still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_still(painter)
        painter.end()
        return still

    def _paint_still(self, painter: QPainter) -> None:
        assert self._face is not None
        for box, place in zip(self._boxes, self._places, strict=True):
            self._face.paint_still(painter, box, place)


def _closed(row: list[QRectF], places: list[QRectF]) -> float:
    """Make the boxes of a row equally high, add them to the places, and return where the row ends."""
    bottom = max(place.bottom() for place in row)
    for place in row:
        place.setBottom(bottom)
    places += row
    return bottom


def _nothing() -> str:
    return ""
