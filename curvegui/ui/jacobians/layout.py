"""Where the cells of the heat maps are: one map for each layer, side by side where there is room."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt

from curvegui.core.network.parts import Neuron, Parameter, Part

LARGEST_PX, LEAST_PX = 30, 2  # the side of a cell
READABLE_PX = 12  # large enough for a sign: a low panel does not make cells smaller than this
SMALL_PX = 3  # the same for maps that have no signs anyway
GAP_PX = 4  # between W and b
BETWEEN_PX = 10  # between maps


@dataclass(frozen=True)
class LayerCells:
    """Where a layer's words and cells are; ``layer`` counts from 1, ``side`` is that of a square cell in px."""

    layer: int
    side: int
    words: QPoint  # where they begin
    weights: QRect
    biases: QRect

    def cell(self, row: int, column: int | None) -> QRect:
        area = self.biases if column is None else self.weights
        return QRect(area.left() + (column or 0) * self.side, area.top() + row * self.side, self.side, self.side)

    def row(self, row: int) -> QRect:
        return self.cell(row, 0).united(self.cell(row, None))


def cell_at(layers: Sequence[LayerCells], point: QPoint) -> Parameter | None:
    for each in layers:
        for area, is_bias in ((each.weights, False), (each.biases, True)):
            if area.contains(point):
                row, column = (point.y() - area.top()) // each.side, (point.x() - area.left()) // each.side
                return Parameter(each.layer, row, None if is_bias else column)
    return None


def height_of(layers: Sequence[LayerCells]) -> int:
    return max((each.biases.bottom() + 1 for each in layers), default=-2) + 2


def lay_out(
    sizes: Sequence[int], width: int, most_height: int, words: Sequence[int], line: int
) -> tuple[LayerCells, ...]:
    """The cells of all layers, as large as ``width`` and ``most_height``, in px, allow; rather than be too small to
    read, they exceed the height. ``sizes`` are the neurons of every layer, input and output included, ``words`` the
    widths of the layers' words, and ``line`` is the height of one of their two lines."""
    fitting = min(max((width - GAP_PX) // (max(sizes[:-1]) + 1), LEAST_PX), LARGEST_PX)
    least = min(fitting, READABLE_PX if fitting >= READABLE_PX else SMALL_PX)
    found: list[LayerCells] = []
    for side in range(fitting, least - 1, -1):
        found, left, top = [], 0, 0
        for layer, (columns, rows) in enumerate(pairwise(sizes), start=1):
            across = max((columns + 1) * side + GAP_PX, words[layer - 1])
            if left and left + across > width:
                left, top = 0, height_of(found) - 2 + line // 2
            weights = QRect(left, top + 2 * line + line // 3, columns * side, rows * side)
            biases = QRect(weights.right() + 1 + GAP_PX, weights.top(), side, rows * side)
            found.append(LayerCells(layer, side, QPoint(left, top), weights, biases))
            left += across + BETWEEN_PX
        if height_of(found) <= most_height:
            break
    return tuple(found)


def stepped(part: Part | None, key: int, sizes: Sequence[int]) -> Parameter | None:
    """The cell to which a key leads from the selected part; None for a key that does not move. A neuron counts as its
    first weight; the next layer is to the right of the bias, the layer before to the left of the first weight."""
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
