"""The heat maps of all Jacobians: every entry is a cell, to point at, to reach with the keys, and to select."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.core.network.parts import Neuron, Parameter, Part
from curvegui.ui.jacobians.layout import LayerCells, cell_at, height_of, lay_out, stepped
from curvegui.ui.jacobians.words import cell_words, layer_name, span_words
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import Theme, current_theme
from curvegui.ui.study.weight_colours import image_of, largest_of, mixed
from curvegui.ui.widgets.spoken import announce

NEGATIVE, POSITIVE = "#1f77b4", "#f08a24"  # also told apart by the colour-blind, on light and dark cards
DECADES = 3.0  # powers of ten on the logarithmic scale: smaller numbers look like 0
SHADES = 100  # of each sign


def strengths_of(values: FloatArray, largest: float, is_logarithmic: bool) -> FloatArray:
    """How strong the colours of numbers are, from -1 to 1, of the same shape; ``largest`` is 1. On a logarithmic scale
    each power of ten has an equal share of the colours, so that small numbers are seen too."""
    if not (np.isfinite(largest) and largest > 0):
        return np.zeros_like(values)
    with np.errstate(all="ignore"):
        part = np.nan_to_num(values / largest, nan=0.0, posinf=1.0, neginf=-1.0)
        if is_logarithmic:
            part = np.sign(part) * np.maximum(1 + np.log10(np.maximum(np.abs(part), 1e-300)) / DECADES, 0)
    return np.asarray(np.clip(part, -1, 1))


@cache
def _pixels(theme: Theme) -> NDArray[np.uint32]:
    """The colours of all shades, from the largest negative number to the largest positive one."""
    shades = np.arange(-SHADES, SHADES + 1).tolist()
    colours = [mixed(theme.chip, NEGATIVE if each < 0 else POSITIVE, abs(each) / SHADES) for each in shades]
    return np.array([QColor(colour).rgb() for colour in colours], np.uint32)


SIGN_PX = 11  # from this side of a cell on, negative cells have a minus sign
GRID_PX = 7  # from this side on, there are gaps between cells
MOST_SIGNS = 1_500  # with more cells, none has a sign: they could not be told apart


def paint_cells(painter: QPainter, area: QRect, side: int, strengths: FloatArray) -> None:
    """Paint the cells of W or of b, ``side`` px wide, as one image; ``strengths``, shape (n, m), are from -1 to 1."""
    theme = current_theme()
    painter.drawImage(area, image_of(_pixels(theme)[np.rint(SHADES * strengths).astype(np.intp) + SHADES]))
    if side >= GRID_PX:
        painter.setPen(QPen(QColor(theme.card), 1.0))
        across = [QLineF(x, area.top(), x, area.bottom()) for x in range(area.left() + side, area.right(), side)]
        down = [QLineF(area.left(), y, area.right(), y) for y in range(area.top() + side, area.bottom(), side)]
        painter.drawLines(across + down)
    if side >= SIGN_PX and strengths.size <= MOST_SIGNS:  # not only the colour tells the sign
        for is_faint, colour in ((True, theme.text), (False, "#ffffff")):
            lines, half = [], QPointF(side / 5, 0)
            for row, column in np.argwhere((strengths < 0) & ((strengths > -0.5) == is_faint)).tolist():
                centre = QPointF(area.left() + (column + 0.5) * side, area.top() + (row + 0.5) * side)
                lines.append(QLineF(centre - half, centre + half))
            painter.setPen(QPen(QColor(colour), max(1.5, side / 12)))
            painter.drawLines(lines)
    painter.setPen(QPen(QColor(theme.border), 1.0))
    painter.drawRect(area.adjusted(0, 0, -1, -1))


LEAST_LINES, MOST_LINES = 11, 24  # height of all maps in lines of text, if the cells are not too small then

Jacobians = Sequence[tuple[FloatArray, FloatArray]]


class HeatMaps(QWidget):
    """Paints the Jacobians of one snapshot, a map for each layer."""

    pointed = Signal(object)  # Parameter or None: the pointer is over this cell
    chosen = Signal(object)  # Parameter or None: a cell was clicked or reached with the keys; None for Esc

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_common, self._is_logarithmic = False, True
        self._jacobians: Jacobians = ()
        self._sizes: tuple[int, ...] = ()
        self._selected: Part | None = None
        self.hovered: Parameter | None = None  # the cell under the pointer
        self._most_height = 0
        self.layers: tuple[LayerCells, ...] = ()
        self.setObjectName("jacobians.maps")
        self.setAccessibleName(tr("Heat maps of the Jacobians"))
        self.setAccessibleDescription(tr("Arrow keys go from entry to entry, Page keys from layer to layer."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_jacobians(self, jacobians: Jacobians) -> None:
        self._jacobians = jacobians
        sizes = (jacobians[0][0].shape[1], *(weights.shape[0] for weights, _ in jacobians))
        if sizes != self._sizes:
            self._sizes = sizes
            self.hovered = None
            self.updateGeometry()
            self._arrange()
        self.update()

    def set_scale(self, is_common: bool, is_logarithmic: bool) -> None:
        self._is_common, self._is_logarithmic = is_common, is_logarithmic
        self.update()

    def set_most_height(self, height: int) -> None:
        """Keep the maps within a height in px, which is at least LEAST_LINES and at most MOST_LINES of text."""
        line = self.fontMetrics().height()
        self._most_height = min(max(height, LEAST_LINES * line), MOST_LINES * line)
        self._arrange()
        self.updateGeometry()

    def mark(self, selected: Part | None) -> None:
        self._selected = selected
        self.update()

    def value(self, parameter: Parameter) -> float:
        weights, biases = self._jacobians[parameter.layer - 1]
        return float(biases[parameter.row, 0] if parameter.column is None else weights[parameter.row, parameter.column])

    def in_words(self) -> str:
        """The selected entry, and the smallest and the largest entry of each layer."""
        if not self._jacobians:
            return ""
        spans = (f"{layer_name(layer)}: {span_words(*_ends(*pair))}." for layer, pair in enumerate(self._jacobians, 1))
        here = self._selected
        at = f"{cell_words(here, self.value(here))}." if isinstance(here, Parameter) and here.is_in(self._sizes) else ""
        return " ".join(filter(None, (at, *spans)))

    def sizeHint(self) -> QSize:
        width = 26 * self.fontMetrics().height()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(max(self._word_widths(), default=0), 3 * self.fontMetrics().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return height_of(self._laid_out(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
            self.updateGeometry()

    def _arrange(self) -> None:
        self.layers = self._laid_out(self.width())

    def _laid_out(self, width: int) -> tuple[LayerCells, ...]:
        if not self._sizes:
            return ()
        line = self.fontMetrics().height()
        return lay_out(self._sizes, width - 2, max(self._most_height, LEAST_LINES * line), self._word_widths(), line)

    def _word_widths(self) -> list[int]:
        span = self.fontMetrics().horizontalAdvance(span_words(-8.88e-88, 8.88e-88))
        font = self.font()
        font.setBold(True)
        bold = QFontMetrics(font)
        return [max(span, bold.horizontalAdvance(layer_name(layer))) for layer in range(1, len(self._sizes))]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line, theme = painter_for(self), self.fontMetrics().height(), current_theme()
        largest = [largest_of(np.hstack(pair)) for pair in self._jacobians]
        across, bold = max(self._word_widths(), default=0), self.font()
        bold.setBold(True)
        for cells, (weights, biases), own in zip(self.layers, self._jacobians, largest, strict=True):
            painter.setFont(bold)
            painter.setPen(QColor(theme.text))
            painter.drawText(QRect(cells.words, QSize(across, line)), 0, layer_name(cells.layer))
            painter.setFont(self.font())
            painter.setPen(QColor(theme.muted))
            words = span_words(*_ends(weights, biases))
            below = QRect(cells.words + QPoint(0, line), QSize(across, line))
            painter.drawText(below, Qt.TextFlag.TextDontClip, words)
            top = max(largest) if self._is_common else own
            for values, area in ((weights, cells.weights), (biases, cells.biases)):
                paint_cells(painter, area, cells.side, strengths_of(values, top, self._is_logarithmic))
        # Frames: what the pointer is over, what is selected, or the whole if it has the focus but no selection
        if self.hovered is not None:
            painter.setPen(QPen(QColor(theme.text), 1.0))
            painter.drawRect(self.area(self.hovered).adjusted(0, 0, -1, -1))
        if self._selected is not None and self._selected.layer > 0 and self._selected.is_in(self._sizes):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = theme.accent if self.hasFocus() else theme.text
            for colour, width in ((theme.card, 4.0), (ink, 2.0)):  # visible on every colour
                painter.setPen(QPen(QColor(colour), width))
                painter.drawRect(self.area(self._selected).adjusted(-1, -1, 0, 0))
        elif self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 2.0))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def area(self, part: Part) -> QRect:
        cells = self.layers[part.layer - 1]
        return cells.row(part.index) if isinstance(part, Neuron) else cells.cell(part.row, part.column)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(cell_at(self.layers, event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, parameter: Parameter | None) -> None:
        if parameter != self.hovered:
            self.hovered = parameter
            self.pointed.emit(parameter)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = cell_at(self.layers, event.position().toPoint())
        if found is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the cells, Page keys through the layers, Home and End along a row; Esc deselects."""
        if not self._sizes:
            return
        if event.key() == Qt.Key.Key_Escape and self._selected is not None:
            self.chosen.emit(None)
            return
        found = stepped(self._selected, event.key(), self._sizes)
        if found is None:
            super().keyPressEvent(event)
            return
        self.chosen.emit(found)
        announce(self, cell_words(found, self.value(found)))


def _ends(weights: FloatArray, biases: FloatArray) -> tuple[float, float]:
    return min(weights.min(), biases.min()), max(weights.max(), biases.max())
