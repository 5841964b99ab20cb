import re
from html import unescape

import pytest

from curvegui.core.network.parts import Neuron, Parameter
from curvegui.ui.diagram.edges import word_colour
from curvegui.ui.look.theme import LIGHT
from curvegui.ui.network.sum import MOST_TERMS, sum_of
from curvegui.ui.network.words import shown
from tests.ui.network_study import first_parameters, inspected_of


def lines(part, inspected, point=50):
    text = sum_of(part, inspected, point)
    return [unescape(re.sub(r"<[^>]*>", "", line)) for line in text.split("<br>")]


def number(text):
    return float(text.replace("−", "-").replace("\N{NO-BREAK SPACE}", ""))


@pytest.mark.parametrize("neuron", [Neuron(1, 3), Neuron(2, 2), Neuron(3, 1)])
def test_the_terms_are_todays_weights_and_activations_and_their_sum_is_z(neuron):
    inspected = inspected_of(500)
    _, sum_, activation = lines(neuron, inspected)
    left, z = sum_.removeprefix("z = ").split(" = ")
    layer = inspected.network.layers[neuron.layer - 1]
    inputs = inspected.passed[neuron.layer - 1][1][:, 50]
    expected = []
    for index, (weight, a) in enumerate(zip(layer.weights[neuron.index], inputs, strict=True)):
        sign = "" if index == 0 else "− " if weight < 0 else "+ "
        expected.append(f"{sign}{shown(weight if index == 0 else abs(weight))}·{shown(a)}")
    bias = float(layer.biases[neuron.index, 0])
    expected.append(f"{'−' if bias < 0 else '+'} {shown(abs(bias))}")
    assert left.replace("\N{NO-BREAK SPACE}", " ") == " ".join(expected)
    assert z == shown(inspected.passed[neuron.layer][0][neuron.index, 50])
    assert activation == f"a = σ(z) = {shown(inspected.passed[neuron.layer][1][neuron.index, 50])}"


def test_a_neuron_of_many_inputs_writes_its_largest_terms_and_what_the_others_come_to():
    inspected = inspected_of(0, hidden=(40, 3))
    sum_ = lines(Neuron(2, 0), inspected)[1].replace("\N{NO-BREAK SPACE}", " ")
    assert sum_.count("·") == MOST_TERMS
    written = [number(sign + w) * number(a) for sign, w, a in re.findall(r"([+−]?) ?([\d.]+)·([\d.]+)", sum_)]
    others = number(re.search(r"\(24 smaller terms: ([−\d.]+)\)", sum_)[1])
    bias = number(re.search(r"\) ([+−] [\d.]+) =", sum_)[1].replace(" ", ""))
    assert sum(written) + others + bias == pytest.approx(inspected.passed[2][0][0, 50], abs=0.05)


def test_a_selected_weight_is_named_first_and_underlined_in_the_sum():
    inspected = inspected_of(500)
    part = Parameter(2, 2, 4)
    text = sum_of(part, inspected, 50)
    value = inspected.network.layers[1].weights[2, 4]
    first, second, *_ = lines(part, inspected)
    assert (
        first.replace("\N{NO-BREAK SPACE}", " ") == f"w of layer 2, neuron 3 from neuron 5: W2[3, 5] = {shown(value)}"
    )
    assert second.startswith("Neuron 3 of layer 2")
    assert text.count("<u>") == 1
    assert shown(abs(value)) in re.search(r"<u>(.*?)</u>", text)[1]


def test_a_selected_weight_is_written_however_small_its_term():
    parameters = first_parameters((1, 40, 3, 2))
    parameters[80 + 7] = 0.0  # the eighth weight of the first neuron of layer 2
    inspected = inspected_of(parameters=parameters, hidden=(40, 3))
    text = sum_of(Parameter(2, 0, 7), inspected, 50)
    assert ">+\N{NO-BREAK SPACE}0<" in re.search(r"<u>(.*?)</u>", text)[1]


def test_terms_have_the_colours_of_their_edges():
    inspected = inspected_of(500)
    text = sum_of(Neuron(2, 2), inspected, 50)
    weights = inspected.network.layers[1].block[2]
    colours = re.findall(r"<b style='color:(#\w+)'>", text)
    assert colours == [word_colour(weight, LIGHT) for weight in weights]


@pytest.mark.parametrize(
    ("settings", "part", "symbol"),
    [
        ({"activation": "tanh"}, Neuron(1, 0), "tanh(z)"),
        ({"activation": "relu"}, Neuron(1, 0), "max(0, z)"),
        ({"activation": "sine"}, Neuron(2, 0), "sin(z)"),
        ({"output_activation": "linear"}, Neuron(3, 0), "z"),
    ],
)
def test_every_activation_has_its_name(settings, part, symbol):
    assert lines(part, inspected_of(**settings))[-1].startswith(f"a = {symbol} = ")


def test_negative_inputs_are_in_brackets():
    inspected = inspected_of(0, activation="tanh", seed=3)
    text = "".join(line for line in lines(Neuron(2, 0), inspected) if line.startswith("z"))
    negative = [a for a in inspected.passed[1][1][:, 50] if a < 0]
    assert negative
    assert all(f"·({shown(a)})" in text for a in negative)


def test_the_input_has_no_sum():
    assert lines(Neuron(0, 0), inspected_of())[-1] == "a = t: the input itself"
