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
        """The cells of W."""
        return QRect(self.left, self.cells_top, self.columns * self.side, self.rows * self.side)

    @property
    def biases(self) -> QRect:
        """The cells of b, a column beside it."""
        return QRect(self.left + self.columns * self.side + GAP_PX, self.cells_top, self.side, self.rows * self.side)

    def cell(self, row: int, column: int | None) -> QRect:
        """One cell; one of b if the column is None."""
        area = self.biases if column is None else self.weights
        return QRect(area.left() + (column or 0) * self.side, area.top() + row * self.side, self.side, self.side)

    def row(self, row: int) -> QRect:
        """All cells of a row, those of W and of b."""
        return self.cell(row, 0).united(self.cell(row, None))

    def at(self, place: QPoint) -> Parameter | None:
        """The parameter whose cell is at a place."""
        row, column = (place.y() - self.cells_top) // self.side, (place.x() - self.left) // self.side
        if self.weights.contains(place):
            return Parameter(self.layer, row, column)
        return Parameter(self.layer, row) if self.biases.contains(place) else None


@dataclass(frozen=True)
class HeatLayout:
    """Where all layers are; together they need ``height`` px."""

    places: tuple[LayerPlace, ...]
    height: int

    def place(self, layer: int) -> LayerPlace:
        """Where a layer is; the first is 1."""
        return self.places[layer - 1]

    def at(self, place: QPoint) -> Parameter | None:
        """The parameter whose cell is at a place."""
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


ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
PAGES: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ENDS: dict[int, bool] = {Qt.Key.Key_Home: False, Qt.Key.Key_End: True}


def stepped(part: Part | None, key: int, sizes: Sequence[int]) -> Parameter | None:
    """The cell to which a key leads from what is selected; None if the key means nothing here.

    To the right of the bias comes the next layer, to the left of the first weight the layer before.
    """
    if key not in ARROWS and key not in PAGES and key not in ENDS:
        return None
    at = _cell(part, sizes)
    if at is None:
        return Parameter(1, 0, 0)
    layer, row, column = at.layer, at.row, _number(at, sizes)
    if key in ENDS:
        column = sizes[layer - 1] if ENDS[key] else 0
    else:
        down, across = ARROWS.get(key, (0, 0))
        layer, row, column = layer + PAGES.get(key, 0), row + down, column + across
        if column < 0 and layer > 1:
            layer, column = layer - 1, sizes[layer - 2]
        elif key in ARROWS and column > sizes[layer - 1] and layer < len(sizes) - 1:
            layer, column = layer + 1, 0
    return _clamped(layer, row, column, sizes)


def _cell(part: Part | None, sizes: Sequence[int]) -> Parameter | None:
    """The cell that stands for a part: a neuron's is its first weight."""
    if part is None or not part.is_in(sizes) or part.layer == 0:
        return None
    return Parameter(part.layer, part.index, 0) if isinstance(part, Neuron) else part


def _number(cell: Parameter, sizes: Sequence[int]) -> int:
    return sizes[cell.layer - 1] if cell.column is None else cell.column


def _clamped(layer: int, row: int, column: int, sizes: Sequence[int]) -> Parameter:
    layer = min(max(layer, 1), len(sizes) - 1)
    row, column = min(max(row, 0), sizes[layer] - 1), min(max(column, 0), sizes[layer - 1])
    return Parameter(layer, row, None if column == sizes[layer - 1] else column)
