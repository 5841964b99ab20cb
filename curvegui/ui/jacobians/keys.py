"""Where the keys lead in the heat maps: from cell to cell, and from layer to layer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from curvegui.core.network.parts import Neuron, Parameter, Part

ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
PAGES: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ENDS: dict[int, bool] = {Qt.Key.Key_Home: False, Qt.Key.Key_End: True}


def stepped(part: Part | None, key: int, sizes: Sequence[int]) -> Parameter | None:
    """The cell to which a key leads from what is selected; None where the key means nothing here.

    Right of the bias is the next layer, left of the first weight the layer before.
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
    """The number of its column, that of b being the last."""
    return sizes[cell.layer - 1] if cell.column is None else cell.column


def _clamped(layer: int, row: int, column: int, sizes: Sequence[int]) -> Parameter:
    """The cell nearest to a place."""
    layer = min(max(layer, 1), len(sizes) - 1)
    row, column = min(max(row, 0), sizes[layer] - 1), min(max(column, 0), sizes[layer - 1])
    return Parameter(layer, row, None if column == sizes[layer - 1] else column)
