import numpy as np
import pytest

from curvegui.core.network.parts import Neuron, Parameter, incoming
from curvegui.figure.drawing.network_layout import Layout
from curvegui.session.study.inspection import Inspection, Pass, Stage
from curvegui.ui.diagram.edges import MUTED, NORMAL, UNLIT
from curvegui.ui.diagram.signs import frozen_parts, highlight_of
from curvegui.ui.maths.words import stages_of

SIZES = (1, 3, 4, 2)


@pytest.fixture
def inspection():
    return Inspection()


@pytest.fixture
def layout():
    return Layout(SIZES, 380.0, 300.0, 17.0)


def weights_drawn(highlight, layout, way):
    return {layout.weight(int(edge)) for edge in np.flatnonzero(highlight.styles == way)}


def test_a_muted_neuron_is_struck_out_with_the_weights_that_go_on_from_it(inspection, layout):
    inspection.mute(Neuron(1, 2), True)
    highlight = highlight_of(inspection, layout)
    assert highlight.crossed == highlight.dimmed == [Neuron(1, 2)]
    assert weights_drawn(highlight, layout, MUTED) == {Parameter(2, row, 2) for row in range(4)}


def test_a_muted_weight_is_struck_out_alone_and_a_bias_too(inspection, layout):
    inspection.mute(Parameter(2, 1, 0), True)
    inspection.mute(Parameter(2, 1), True)
    highlight = highlight_of(inspection, layout)
    assert set(highlight.crossed) == {Parameter(2, 1, 0), Parameter(2, 1)}
    assert highlight.dimmed == []
    assert weights_drawn(highlight, layout, MUTED) == {Parameter(2, 1, 0)}


def test_what_the_curve_is_drawn_without_is_struck_out_where_one_is_drawn_alone(inspection, layout):
    inspection.solo(Neuron(1, 0))
    assert highlight_of(inspection, layout).crossed == [Neuron(1, 1), Neuron(1, 2)]
    inspection.solo(Parameter(3, 1, 2))
    highlight = highlight_of(inspection, layout)
    others = {Parameter(3, 1, column) for column in (0, 1, 3)}  # those into the same neuron, as the curve is drawn
    assert weights_drawn(highlight, layout, MUTED) == set(highlight.crossed) == others


@pytest.mark.parametrize("pass_", [Pass.FORWARD, Pass.BACKWARD])
def test_a_stage_lights_up_the_weights_into_a_layer_and_its_neurons(inspection, layout, pass_):
    inspection.light(Stage(pass_, 2))
    highlight = highlight_of(inspection, layout)
    assert {weight.layer for weight in weights_drawn(highlight, layout, NORMAL)} == {2}
    assert {weight.layer for weight in weights_drawn(highlight, layout, UNLIT)} == {1, 3}
    assert {neuron.layer for neuron in highlight.dimmed} == {0, 1, 3}


def test_the_update_of_an_iteration_lights_up_the_weights_of_all_layers(inspection, layout):
    inspection.light(stages_of(len(SIZES) - 1)[-1])
    highlight = highlight_of(inspection, layout)
    assert {weight.layer for weight in weights_drawn(highlight, layout, NORMAL)} == {1, 2, 3}
    assert len(highlight.dimmed) == sum(SIZES)


def test_a_neuron_is_frozen_where_all_that_leads_in_is_else_each_weight_by_itself():
    neuron, weight = Neuron(2, 1), Parameter(3, 0, 2)
    places = [each.index_in(SIZES) for each in (*incoming(neuron, SIZES), weight)]
    assert frozen_parts(places, SIZES) == [neuron, weight]
    assert set(frozen_parts(places[1:], SIZES)) == {*incoming(neuron, SIZES)[1:], weight}
    assert frozen_parts((), SIZES) == []
