"""What one neuron does: f, f′ and the tangent, in numbers and in words."""

import numpy as np
import pytest

from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.parts import Neuron
from curvegui.ui.look.theme import current_theme
from curvegui.ui.network.response import Response, ResponsePlot
from curvegui.ui.network.words import shown
from tests.ui.network_study import first_parameters, inspected_of
from tests.ui.person import picture, pixels_near


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_it_tells_f_and_its_slope_at_todays_z_and_draws_them(qtbot, name):
    inspected = inspected_of(20, output_activation=name, points=20)
    response, step = Response.of(Neuron(3, 1), inspected, 7), 1e-6
    z, a = (each[1] for each in inspected.passed[3])
    below, above = (float(ACTIVATIONS[name](np.array([z[7] + side]))[0]) for side in (-step, step))
    f, slope = response.now
    assert (response.z, f) == (z[7], pytest.approx(a[7]))
    assert slope == pytest.approx((above - below) / (2 * step), abs=1e-6)
    assert response.words.startswith(f"z = {shown(z[7])}, f(z) = {shown(f)}, slope {shown(slope)};")
    assert response.words.endswith(f"from {shown(z.min())} to {shown(z.max())}")

    plot = ResponsePlot()
    qtbot.addWidget(plot)
    plot.resize(150, 90)
    plot.show_neuron(Neuron(3, 1), inspected, 7)
    assert plot.in_words() == f"{response.words}."
    assert pixels_near(picture(plot), current_theme().accent, 12) > 50
    assert pixels_near(picture(plot), current_theme().second, 12) > 50


def test_numbers_that_are_none_are_said_and_not_drawn(qtbot):
    parameters = first_parameters((1, 6, 7, 2))
    parameters[0] = np.nan
    inspected = inspected_of(0, parameters, points=20)
    plot = ResponsePlot()
    qtbot.addWidget(plot)
    plot.show_neuron(Neuron(1, 0), inspected, 3)
    assert "not a number" in plot.in_words()
    assert pixels_near(picture(plot), current_theme().accent, 12) == 0
