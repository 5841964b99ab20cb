"""The keys of the diagram: how the arrow keys go from part to part of a network."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from curvegui.core.language.text import mark
from curvegui.core.network.parts import Neuron, Parameter, Part, incoming
from curvegui.ui.widgets.number_box import ENTER

Key = Qt.Key
MOVES = frozenset({Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End})
HINT = mark(
    "Arrow keys: from neuron to neuron. Enter: to the weights and the bias of a neuron, Up and Down through them, "
    "Enter again to type a value. Esc: back. M: mute, S: solo, K: freeze. + and −: one neuron more or fewer."
)


def moved(part: Part | None, key: int, sizes: Sequence[int]) -> Part | None:
    """The part to which a key leads: the same if there is no other, None if it leads out.

    ``part`` is what is selected; ``key`` is an arrow, Home, End, Enter or Esc.
    """
    if part is None:
        return None if key == Key.Key_Escape else Neuron(min(1, len(sizes) - 1), 0)
    if isinstance(part, Neuron):
        return _from_neuron(part, key, sizes)
    return _from_parameter(part, key, sizes)


def _from_neuron(neuron: Neuron, key: int, sizes: Sequence[int]) -> Part | None:
    layer, index, count = neuron.layer, neuron.index, sizes[neuron.layer]
    if key == Key.Key_Escape:
        return None
    if key in ENTER:
        leading = incoming(neuron, sizes)
        return leading[0] if leading else neuron
    if key in (Key.Key_Left, Key.Key_Right):
        other = layer + (1 if key == Key.Key_Right else -1)
        if not 0 <= other < len(sizes):
            return neuron
        height = (index + 0.5) / count  # to the neuron at about the same height
        return Neuron(other, min(int(height * sizes[other]), sizes[other] - 1))
    steps = {Key.Key_Up: index - 1, Key.Key_Down: index + 1, Key.Key_Home: 0, Key.Key_End: count - 1}
    return Neuron(layer, min(max(steps.get(Key(key), index), 0), count - 1))


def _from_parameter(parameter: Parameter, key: int, sizes: Sequence[int]) -> Part:
    if key in (Key.Key_Escape, Key.Key_Right):
        return parameter.target
    if key == Key.Key_Left:
        return parameter.source or parameter
    leading = incoming(parameter.target, sizes)
    index = leading.index(parameter)
    last = len(leading) - 1
    steps = {Key.Key_Up: index - 1, Key.Key_Down: index + 1, Key.Key_Home: 0, Key.Key_End: last}
    return leading[min(max(steps.get(Key(key), index), 0), last)]
