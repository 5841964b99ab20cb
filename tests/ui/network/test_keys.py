import pytest
from PySide6.QtCore import Qt

from curvegui.core.network.parts import Neuron, Parameter, parameters_of
from curvegui.ui.network.diagram import MOVES, moved
from curvegui.ui.widgets.number_box import ENTER

Key = Qt.Key
KEYS = sorted(MOVES | {*ENTER, Key.Key_Escape})


def reached(sizes):
    """What the keys come to, from nothing selected."""
    found, ahead = {None}, [None]
    while ahead:
        part = ahead.pop()
        for key in KEYS:
            other = moved(part, key, sizes)
            if other not in found:
                found.add(other)
                ahead.append(other)
    return found


@pytest.mark.parametrize("sizes", [(1, 1, 2), (1, 6, 7, 2), (1, 3, 2, 4, 5, 2), (1, 20, 1, 2)], ids=str)
def test_the_keys_reach_every_neuron_every_weight_and_every_bias_and_nothing_else(sizes):
    every = {Neuron(layer, index) for layer, count in enumerate(sizes) for index in range(count)}
    assert reached(sizes) == {None} | every | set(parameters_of(sizes))


def test_arrows_go_from_layer_to_layer_at_about_the_same_height():
    sizes = (1, 6, 7, 2)
    assert moved(None, Key.Key_Down, sizes) == Neuron(1, 0)
    assert moved(Neuron(1, 5), Key.Key_Right, sizes) == Neuron(2, 6)
    assert moved(Neuron(2, 6), Key.Key_Right, sizes) == Neuron(3, 1)
    assert moved(Neuron(3, 1), Key.Key_Right, sizes) == Neuron(3, 1)
    assert moved(Neuron(1, 2), Key.Key_Left, sizes) == Neuron(0, 0)
    assert moved(Neuron(0, 0), Key.Key_Left, sizes) == Neuron(0, 0)


def test_enter_goes_to_the_weights_that_lead_in_and_esc_comes_back():
    sizes = (1, 6, 7, 2)
    assert moved(Neuron(2, 3), Key.Key_Return, sizes) == Parameter(2, 3, 0)
    assert moved(Parameter(2, 3, 0), Key.Key_End, sizes) == Parameter(2, 3)
    assert moved(Parameter(2, 3), Key.Key_Down, sizes) == Parameter(2, 3)
    assert moved(Parameter(2, 3), Key.Key_Up, sizes) == Parameter(2, 3, 5)
    assert moved(Parameter(2, 3, 5), Key.Key_Left, sizes) == Neuron(1, 5)
    assert moved(Parameter(2, 3), Key.Key_Left, sizes) == Parameter(2, 3)
    assert moved(Parameter(2, 3, 5), Key.Key_Escape, sizes) == Neuron(2, 3)
    assert moved(Neuron(2, 3), Key.Key_Escape, sizes) is None
    assert moved(Neuron(0, 0), Key.Key_Return, sizes) == Neuron(0, 0)
