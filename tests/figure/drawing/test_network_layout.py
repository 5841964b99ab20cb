from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from curvegui.core.network.parts import Neuron, Parameter, parameters_of
from curvegui.figure.drawing.network_layout import Layout, height_for

SIZES = [(1, 1, 2), (1, 6, 7, 2), (1, 3, 2, 4, 5, 2), (1, 20, 20, 2), (1, *(64,) * 8, 2)]
every_size = pytest.mark.parametrize("sizes", SIZES, ids=str)


def laid_out(sizes, width=380.0, line=17.0):
    return Layout(sizes, width, float(height_for(sizes, line)), line)


def neurons(sizes):
    return [Neuron(layer, index) for layer, count in enumerate(sizes) for index in range(count)]


@every_size
@pytest.mark.parametrize("width", [240.0, 380.0, 900.0])
@pytest.mark.parametrize("line", [17.0, 34.0])
def test_every_neuron_is_inside_and_none_is_on_another(sizes, width, line):
    layout = Layout(sizes, width, float(height_for(sizes, line)), line)
    inside = QRectF(0, 0, layout.width, layout.height)
    for layer in range(len(sizes)):
        boxes = [layout.box(Neuron(layer, index)) for index in range(sizes[layer])]
        assert all(inside.contains(box) for box in boxes)
        assert all(above.bottom() <= below.top() + 1e-6 for above, below in pairwise(boxes))
        if layer:
            assert layout.box(Neuron(layer - 1, 0)).right() < boxes[0].left()


@every_size
def test_every_edge_knows_its_weight_and_its_place_in_the_flat_vector(sizes):
    layout = laid_out(sizes)
    weights = [part for part in parameters_of(sizes) if not part.is_bias]
    assert [layout.weight(edge) for edge in range(len(layout.indices))] == weights
    places = {part: place for place, part in enumerate(parameters_of(sizes))}
    assert layout.indices.tolist() == [places[part] for part in weights]
    assert [layout.edge(part) for part in weights] == list(range(len(weights)))
    biases = np.concatenate(layout.bias_indices).tolist()
    assert biases == [places[part] for part in parameters_of(sizes) if part.is_bias]


@every_size
def test_an_edge_goes_from_the_right_of_one_neuron_to_the_left_of_the_other(sizes):
    layout = laid_out(sizes)
    for edge in range(0, len(layout.indices), max(len(layout.indices) // 50, 1)):
        weight = layout.weight(edge)
        source, target = layout.box(weight.source), layout.box(weight.target)
        start, end = layout.starts[edge], layout.ends[edge]
        assert start == pytest.approx([source.right() + 2, source.center().y()])
        assert end == pytest.approx([target.left() - 2, target.center().y()])


@pytest.mark.parametrize("sizes", SIZES[:4], ids=str)
def test_what_is_pointed_at_in_its_middle_is_found(sizes):
    layout = laid_out(sizes)
    every = np.arange(len(layout.indices))
    for neuron in neurons(sizes):
        assert layout.part_at(layout.middle(neuron), every) == neuron
        if neuron.layer:
            bias = Parameter(neuron.layer, neuron.index)
            assert layout.part_at(layout.middle(bias), every) == bias


def test_a_low_neuron_can_be_hit_12_px_from_its_middle_or_half_way_to_the_next():
    layout = laid_out((1, 12, 2))
    every, neuron, next_one = np.arange(len(layout.indices)), Neuron(1, 3), Neuron(1, 4)
    middle, below = layout.middle(neuron), layout.middle(next_one)
    assert layout.box(neuron).height() < 20
    half = min(12.0, (below.y() - middle.y()) / 2) - 0.5
    assert layout.part_at(middle + QPointF(0, half), every) == neuron
    assert layout.part_at(below - QPointF(0, half), every) == next_one


def test_an_edge_is_found_near_its_curve_and_nothing_far_from_all():
    layout = laid_out((1, 6, 7, 2))
    for edge in (0, 3, 20, 47, 50):
        near_target = layout.curves(np.array([edge]))[0, :, 8]
        alone = np.array([edge])
        assert layout.part_at(QPointF(*near_target), alone) == layout.weight(edge)
        assert layout.part_at(QPointF(near_target[0], near_target[1] + 4), alone) == layout.weight(edge)
    assert layout.part_at(QPointF(1, 1), np.arange(62)) is None
    assert layout.part_at(QPointF(1, 1), np.arange(0)) is None


def test_few_neurons_are_pictures_and_many_are_strips():
    assert all(laid_out((1, 6, 7, 2)).pictured)
    assert laid_out((1, 6, 64, 2)).pictured == [True, True, False, True]


@pytest.mark.parametrize("before", [(1, 6, 7, 2), (1, 7, 8, 2), (1, 7, 7, 2)], ids=str)
def test_on_its_way_from_another_layout_each_neuron_is_between_its_places(before):
    old, new = laid_out(before), laid_out((1, 7, 7, 14, 2) if before == (1, 7, 7, 2) else (1, 7, 7, 2))
    at_first, in_the_end = new.on_the_way(old, 0.0), new.on_the_way(old, 1.0)
    assert at_first.box(Neuron(1, 0)) == old.box(Neuron(1, 0))
    assert at_first.dot(Neuron(1, 6)) == old.dot(Neuron(1, before[1] - 1))
    for neuron in neurons(new.sizes):
        assert in_the_end.box(neuron) == new.box(neuron)
        first, last = at_first.box(neuron).center(), new.box(neuron).center()
        half = new.on_the_way(old, 0.5).box(neuron).center()
        assert (half.x(), half.y()) == pytest.approx(((first.x() + last.x()) / 2, (first.y() + last.y()) / 2))
    assert in_the_end.starts == pytest.approx(new.starts)
