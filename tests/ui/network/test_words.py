import numpy as np
import pytest
from PySide6.QtCore import QLocale

from curvegui.core.network.parts import Neuron, Parameter
from curvegui.ui.network.words import facts_of, name_of, path_of, shown
from tests.ui.network_study import first_parameters, inspected_of

SIZES = (1, 6, 7, 2)
GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("number", "text"),
    [(-1.832, "−1.83"), (0.0, "0"), (12.0, "12.0"), (3.74e-5, "3.74e-5"), (-0.00429, "−0.00429"),
     (float("nan"), "not a number"),
     (float("inf"), "∞"), (float("-inf"), "−∞")],
)  # fmt: skip
def test_numbers_have_three_digits(number, text):
    assert shown(number) == text


def test_numbers_have_the_comma_of_the_language():
    QLocale.setDefault(GERMAN)
    assert shown(-1.832) == "−1,83"


@pytest.mark.parametrize(
    ("part", "name"),
    [
        (Neuron(0, 0), "input t"),
        (Neuron(2, 2), "neuron 3 of layer 2"),
        (Neuron(3, 1), "output y"),
        (Neuron(3, 4), "neuron 5 of layer 3"),  # of the network as it was, with a layer more
        (Parameter(2, 2, 4), "weight W2[3, 5]"),
        (Parameter(2, 2), "bias b2[3]"),
    ],
)
def test_parts_are_counted_from_one(part, name):
    assert plain(name_of(part, SIZES)) == name


def test_a_weight_says_where_it_leads():
    assert path_of(Parameter(2, 2, 4), SIZES) == "w of layer 2, neuron 3 from neuron 5"
    assert path_of(Parameter(1, 2, 0), SIZES) == "w of layer 1, neuron 3 from t"
    assert path_of(Parameter(3, 0, 6), SIZES) == "w of output x from neuron 7"
    assert path_of(Parameter(3, 1), SIZES) == "b of output y"
    assert path_of(Parameter(3, 4, 2), SIZES) == "w of layer 3, neuron 5 from neuron 3"  # of the network as it was


def test_an_edge_says_its_exact_value_and_its_jacobian():
    inspected = inspected_of(100)
    part = Parameter(2, 2, 4)
    value = inspected.network.layers[1].weights[2, 4]
    jacobian = inspected.jacobians[1][0][2, 4]
    first, second = facts_of(part, inspected, None)
    assert plain(first) == f"w of layer 2, neuron 3 from neuron 5: {shown(value)} (W2[3, 5])"
    assert second == f"J = {shown(jacobian)}"


def test_a_neuron_says_its_activation_at_the_point_looked_at_or_on_average():
    inspected = inspected_of(100)
    a = inspected.passed[2][1][2]
    at_point, span = facts_of(Neuron(2, 2), inspected, 37)
    assert at_point == f"neuron 3 of layer 2: a = {shown(a[37])} at t = {shown(inspected.t[0, 37])}"
    assert span == f"from {shown(a.min())} to {shown(a.max())} along the curve"
    assert facts_of(Neuron(2, 2), inspected, None)[0].endswith(f"a = {shown(a.mean())} on average")


def test_a_hidden_neuron_says_how_much_it_draws_of_a_stretch():
    influences = [np.linspace(0, 1, count) for count in SIZES[1:]]
    inspected = inspected_of()
    assert facts_of(Neuron(1, 5), inspected, None, influences)[-1].startswith("contributes 100 %")
    assert len(facts_of(Neuron(3, 0), inspected, None, influences)) == 2


def test_a_network_that_has_diverged_is_spoken_of_too():
    parameters = first_parameters(SIZES)
    parameters[:] = np.nan
    inspected = inspected_of(parameters=parameters)
    assert "not a number" in facts_of(Neuron(1, 0), inspected, None)[0]
    assert "not a number" in facts_of(Parameter(1, 0), inspected, None)[0]
