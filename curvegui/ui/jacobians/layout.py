"""Where the cells of the heat maps are: one map per layer, side by side where there is room."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt

from curvegui.core.network.parts import Neuron, Parameter, Part

LARGEST_PX, LEAST_PX = 30, 2  # the side of a cell
READABLE_PX = 12  # large enough for a sign: a low panel does not make cells smaller than this
SMALL_PX = 3  # the same for maps that have no signs anyway
GAP_PX = 4  # between W and b
BETWEEN_PX = 10  # between maps


@dataclass(frozen=True)
class LayerPlace:
    """Where one layer's cells are.

    ``layer`` counts from 1; ``rows`` and ``columns`` are those of W. ``left`` and ``top`` are where its words begin,
    with the cells below. ``side`` is that of a cell, in px.
    """

    layer: int
    rows: int
    columns: int
    left: int
    top: int
    cells_top: int
    side: int

    @property
    def weights(self) -> QRect:
        return QRect(self.left, self.cells_top, self.columns * self.side, self.rows * self.side)

    @property
    def biases(self) -> QRect:
        return QRect(self.left + self.columns * self.side + GAP_PX, self.cells_top, self.side, self.rows * self.side)

    def cell(self, row: int, column: int | None) -> QRect:
        area = self.biases if column is None else self.weights
        return QRect(area.left() + (column or 0) * self.side, area.top() + row * self.side, self.side, self.side)

    def row(self, row: int) -> QRect:
        return self.cell(row, 0).united(self.cell(row, None))

    def at(self, place: QPoint) -> Parameter | None:
        row, column = (place.y() - self.cells_top) // self.side, (place.x() - self.left) // self.side
        if self.weights.contains(place):
            return Parameter(self.layer, row, column)
        return Parameter(self.layer, row) if self.biases.contains(place) else None


@dataclass(frozen=True)
class HeatLayout:
    """Where all layers are; together they need ``height`` px."""

    places: tuple[LayerPlace, ...]
    height: int

    def at(self, place: QPoint) -> Parameter | None:
        return next((found for each in self.places if (found := each.at(place)) is not None), None)


def lay_out(sizes: Sequence[int], width: int, most_height: int, words: Sequence[int], line: int) -> HeatLayout:
    """Find places for all layers: cells as large as a width and a height allow.

    ``sizes`` are the neurons of every layer, input and output included. ``width``, in px, is kept to wherever possible;
    ``most_height`` only as far as the cells do not get too small. ``words`` are the widths of the layers' words in px,
    and ``line`` is the height of one of their two lines.
    """
    widest = max(sizes[:-1]) + 1
    fitting = min(max((width - GAP_PX) // widest, LEAST_PX), LARGEST_PX)
    least = min(fitting, READABLE_PX if fitting >= READABLE_PX else SMALL_PX)
    for side in range(fitting, least, -1):
        found = _arranged(sizes, width, side, words, line)
        if found.height <= most_height:
            return found
    return _arranged(sizes, width, least, words, line)


def _arranged(sizes: Sequence[int], width: int, side: int, words: Sequence[int], line: int) -> HeatLayout:
    places, left, top, bottom = [], 0, 0, 0
    for layer in range(1, len(sizes)):
        rows, columns = sizes[layer], sizes[layer - 1]
        across = max((columns + 1) * side + GAP_PX, words[layer - 1])
        if left and left + across > width:
            left, top = 0, bottom + line // 2
        place = LayerPlace(layer, rows, columns, left, top, top + 2 * line + line // 3, side)
        places.append(place)
        bottom = max(bottom, place.biases.bottom() + 1)
        left += across + BETWEEN_PX
    return HeatLayout(tuple(places), bottom + 2)


def stepped(part: Part | None, key: int, sizes: Sequence[int]) -> Parameter | None:
    """The cell to which a key leads from what is selected; None if the key means nothing here.

    A neuron stands for its first weight. To the right of the bias comes the next layer, to the left of the first weight
    the layer before.
    """
    is_there = part is not None and part.layer > 0 and part.is_in(sizes)
    at = part if part is not None and is_there else Neuron(1, 0)
    layer, row, column = at.layer, at.index if isinstance(at, Neuron) else at.row, 0
    if isinstance(at, Parameter):
        column = sizes[layer - 1] if at.column is None else at.column
    match key:
        case Qt.Key.Key_Up | Qt.Key.Key_Down:
            row += 1 if key == Qt.Key.Key_Down else -1
        case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
            layer += 1 if key == Qt.Key.Key_PageDown else -1
        case Qt.Key.Key_Home | Qt.Key.Key_End:
            column = sizes[layer - 1] if key == Qt.Key.Key_End else 0
        case Qt.Key.Key_Left:
            layer, column = (layer - 1, sizes[layer - 2]) if column == 0 and layer > 1 else (layer, column - 1)
        case Qt.Key.Key_Right:
            is_over = column == sizes[layer - 1] and layer < len(sizes) - 1
            layer, column = (layer + 1, 0) if is_over else (layer, column + 1)
        case _:
            return None
    if not is_there:
        return Parameter(1, 0, 0)
    layer = min(max(layer, 1), len(sizes) - 1)
    row, column = min(max(row, 0), sizes[layer] - 1), min(max(column, 0), sizes[layer - 1])
    return Parameter(layer, row, None if column == sizes[layer - 1] else column)
