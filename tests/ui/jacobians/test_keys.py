"""Where the keys lead in the heat maps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from curvegui.core.network.parts import Neuron, Parameter, parameters_of
from curvegui.ui.jacobians.layout import stepped

Key = Qt.Key
SIZES = (1, 6, 7, 2)


@pytest.mark.parametrize(
    ("at", "key", "to"),
    [
        (None, Key.Key_Right, Parameter(1, 0, 0)),
        (Neuron(0, 0), Key.Key_Down, Parameter(1, 0, 0)),
        (Parameter(2, 9, 9), Key.Key_Right, Parameter(1, 0, 0)),  # of a network that was larger
        (Neuron(2, 3), Key.Key_Down, Parameter(2, 4, 0)),
        (Parameter(2, 3, 4), Key.Key_Left, Parameter(2, 3, 3)),
        (Parameter(2, 3, 5), Key.Key_Right, Parameter(2, 3)),
        (Parameter(2, 3), Key.Key_Left, Parameter(2, 3, 5)),
        (Parameter(2, 3), Key.Key_Right, Parameter(3, 1, 0)),
        (Parameter(3, 1, 0), Key.Key_Left, Parameter(2, 1)),
        (Parameter(1, 0, 0), Key.Key_Left, Parameter(1, 0, 0)),
        (Parameter(3, 1), Key.Key_Right, Parameter(3, 1)),
        (Parameter(1, 0, 0), Key.Key_Up, Parameter(1, 0, 0)),
        (Parameter(1, 5), Key.Key_Down, Parameter(1, 5)),
        (Parameter(2, 6, 2), Key.Key_Home, Parameter(2, 6, 0)),
        (Parameter(2, 6, 2), Key.Key_End, Parameter(2, 6)),
        (Parameter(2, 6, 2), Key.Key_PageDown, Parameter(3, 1, 2)),
        (Parameter(2, 6, 2), Key.Key_PageUp, Parameter(1, 5)),
        (Parameter(1, 0, 0), Key.Key_PageUp, Parameter(1, 0, 0)),
        (Parameter(1, 0, 0), Key.Key_A, None),
    ],
)
def test_keys_lead_to_the_neighbour(at, key, to):
    assert stepped(at, key, SIZES) == to


@given(st.lists(st.integers(1, 4), min_size=1, max_size=3).map(lambda hidden: (1, *hidden, 2)))
def test_every_cell_can_be_reached(sizes):
    keys = (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down)
    reached, waiting = set(), [Parameter(1, 0, 0)]
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            waiting += [stepped(at, key, sizes) for key in keys]
    assert reached == set(parameters_of(sizes))
