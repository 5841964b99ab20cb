"""Exceptions in plain words."""

import pytest

from curvegui.exercise.learner_file import Definition
from curvegui.exercise.outcome import Raised
from curvegui.exercise.problems import random_problems
from curvegui.exercise.raised import in_words

PROBLEM = random_problems(3)[0]
N1, N2, POINTS = PROBLEM.parameters["b1"].size, PROBLEM.parameters["b2"].size, PROBLEM.x.size
DEFINITION = Definition("J_b3", "def J_b3(x, y):\n    delta = 1\n    return dleta", 1)


def words(kind, message, text="", missing_name="", definition=None):
    return in_words(Raised(kind, message, 3, None, text, missing_name), PROBLEM, definition).sentence


@pytest.mark.parametrize(
    ("missing", "meant"),
    [
        ("d_sgma", "d_sigma"),
        ("network_fuction", "network_function"),
        ("w3", "W3"),
        ("X", "x"),
        ("j", "J"),
        ("B2", "b2"),
    ],
)
def test_the_nearest_name_is_suggested(missing, meant):
    assert (
        words("NameError", f"name '{missing}' is not defined")
        == f"The name {missing} is not known here. Is {meant} meant?"
    )


def test_a_name_of_the_function_itself_may_be_meant():
    said = words("NameError", "", missing_name="dleta", definition=DEFINITION)
    assert said == "The name dleta is not known here. Is delta meant?"


def test_nothing_is_suggested_where_nothing_is_near():
    assert words("NameError", "", missing_name="qqqqqqqq") == "The name qqqqqqqq is not known here."


def test_names_of_the_forward_pass_are_missing_with_its_line():
    assert "network_function(x)" in words("NameError", "", missing_name="z2")


def test_shapes_are_named_by_the_networks_sizes():
    message = f"operands could not be broadcast together with shapes (2,{POINTS}) ({N2},{POINTS}) "
    said = words("ValueError", message)
    assert said.startswith(f"Arrays of the shapes (2, N = {POINTS}) and (n2 = {N2}, N = {POINTS}) do not fit together.")
    assert ".T" in said


def test_both_sides_of_a_product_are_named():
    message = (
        "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) "
        f"(size {N1} is different from {POINTS})"
    )
    said = words("ValueError", message)
    assert f"the left one has N = {POINTS} columns, the right one n1 = {N1} rows" in said
    assert "@ a1.T" in words("ValueError", message, text="J = J @ a1 / x.size")
    assert "@ a1.T." not in words("ValueError", message, text="J = J @ a1.T / x.size")


def test_a_size_that_no_array_has_was_written_as_a_number():
    message = f"matmul: mismatch in its core dimension 0 (size 100 is different from {POINTS})"
    assert "not be written down as numbers" in words("ValueError", message)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("unsupported operand type(s) for *: 'float' and 'function'", "brackets"),
        ("'function' object is not subscriptable", "brackets"),
        ("cannot unpack non-iterable function object", "brackets"),
        ("'numpy.ndarray' object is not callable", "no function"),
        ("unsupported operand type(s) for *: 'NoneType' and 'int'", "None"),
        ("g.<locals>.network_function() missing 1 required positional argument: 'a0'", ": network_function() missing"),
        ("can only concatenate str", "cannot be put together"),
    ],
)
def test_types_that_do_not_fit(message, said):
    assert said in words("TypeError", message)


def test_whatever_else_is_raised_is_said_as_it_is():
    assert words("SomethingNew", "it broke") == "It stops with SomethingNew: it broke."
