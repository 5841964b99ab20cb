"""Exceptions in plain words."""

import pytest

from curvegui.exercise.file.learner_file import Definition
from curvegui.exercise.problem import random_problems
from curvegui.exercise.runner.outcome import Operands, Raised
from curvegui.exercise.verdict.exception_words import in_words, told_of

PROBLEM = random_problems(3)[0]
N1, N2, POINTS = PROBLEM.parameters["b1"].size, PROBLEM.parameters["b2"].size, PROBLEM.x.size
DEFINITION = Definition("J_b3", "def J_b3(x, y):\n    delta = 1\n    return dleta", 1)


def words(kind, message, text="", missing_name="", definition=None):
    found = in_words(Raised(kind, message, 3, None, text, missing_name), PROBLEM, definition)
    return "\n".join((found.sentence, *found.hints))


@pytest.mark.parametrize(
    ("missing", "meant"),
    [
        ("d_sgma", "d_sigma"),
        ("network_fuction", "network_function"),
        ("w3", "W3"),
        ("X", "x"),
        ("j", "J"),
        ("B2", "b2"),
        ("true", "True"),
        ("sigma_prime", "d_sigma"),
        ("sigmoid_derivative", "d_sigma"),
        ("dsigmoid", "d_sigma"),
        ("sigmoid", "sigma"),
    ],
)
def test_the_nearest_name_is_suggested(missing, meant):
    said = words("NameError", f"name '{missing}' is not defined")
    assert said.startswith(missing) and said.endswith(f" {meant}?")


@pytest.mark.parametrize(
    ("missing", "said"),
    [("dleta", "mean delta?"), ("qqqqqqqq", "not defined."), ("N", "x.size"), ("z2", "network_function(x)")],
)
def test_a_name_that_is_missing_is_explained(missing, said):
    assert said in words("NameError", "", missing_name=missing, definition=DEFINITION)


def test_shapes_are_named_by_the_networks_sizes():
    message = f"operands could not be broadcast together with shapes (2,{POINTS}) ({N2},{POINTS}) "
    said = words("ValueError", message)
    assert f"(2, N = {POINTS}) and (n2 = {N2}, N = {POINTS})" in said.split("\n")[0]
    assert ".T" in said


def test_both_sides_of_a_product_are_named():
    message = (
        "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) "
        f"(size {N1} is different from {POINTS})"
    )
    said = words("ValueError", message)
    assert f"the left one has N = {POINTS} columns, the right one n1 = {N1} rows" in said
    assert "@ a1.T" in words("ValueError", message, text="J = J @ a1 / x.size")
    assert "@ a1.T" not in words("ValueError", message, text="J = J @ a1.T / x.size")


def test_a_size_that_no_array_has_was_written_as_a_number():
    message = f"matmul: mismatch in its core dimension 0 (size 100 is different from {POINTS})"
    assert "do not write them as numbers" in words("ValueError", message)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("unsupported operand type(s) for *: 'float' and 'function'", "brackets"),
        ("'function' object is not subscriptable", "brackets"),
        ("cannot unpack non-iterable function object", "brackets"),
        ("'numpy.ndarray' object is not callable", "not a function"),
        ("unsupported operand type(s) for *: 'NoneType' and 'int'", "None"),
        ("g.<locals>.network_function() missing 1 required positional argument: 'a0'", "without a0"),
        ("can only concatenate str", "do not go together"),
    ],
)
def test_types_that_do_not_fit(message, said):
    assert said in words("TypeError", message)


INNER = ("ufunc", "dtype(", "core dimension", "broadcast", "Traceback", "<locals>")
GUFUNC = (
    "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) "
    f"(size 2 is different from {N1})"
)


@pytest.mark.parametrize(
    ("kind", "message", "said"),
    [
        ("ValueError", GUFUNC, "do not fit"),
        ("ValueError", "shapes (44,43) and (2,45) not aligned: 43 (dim 1) != 2 (dim 0)", "(44, 43) and (2, 45)"),
        (
            "ValueError",
            "matmul: Input operand 1 does not have enough dimensions (has 0, gufunc core ...)",
            "single number",
        ),
        (
            "ValueError",
            "could not broadcast input array from shape (2,45) into shape (44,43)",
            "(2, 45) does not fit into",
        ),
        (
            "ValueError",
            "non-broadcastable output operand with shape (2,1) doesn't match the broadcast shape (2,5)",
            "changed in place keeps its shape (2, 1)",
        ),
        ("ValueError", "cannot reshape array of size 12 into shape (5,5)", "12 numbers"),
        (
            "ValueError",
            "operands could not be broadcast together with remapped shapes [original->remapped]: "
            "(4,3)->(4,newaxis,3) (2,5)->(5,2) ",
            "(4, 3)",
        ),
        (
            "ValueError",
            "setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 "
            "dimensions.",
            "a0, z1, a1",
        ),
        ("ValueError", "The truth value of an array with more than one element is ambiguous. Use a.any()", "yes or no"),
        ("ValueError", "einstein sum subscripts string contains too many subscripts for operand 0", "einsum"),
        (
            "ValueError",
            "all the input array dimensions except for the concatenation axis must match exactly",
            "do not fit",
        ),
        ("ValueError", "too many values to unpack (expected 2)", "more values"),
        ("AxisError", "axis 2 is out of bounds for array of dimension 2", "axis=0"),
        ("AxisError", "axis 1 is out of bounds for array of dimension 1", "array has 1"),
        ("IndexError", "index 5 is out of bounds for axis 0 with size 4", "counted from 0 to 3"),
        ("IndexError", "index 0 is out of bounds for axis 0 with size 0", "empty array"),
        ("TypeError", "only 0-dimensional arrays can be converted to Python scalars", "np.exp"),
        ("TypeError", "only length-1 arrays can be converted to Python scalars", "np.exp"),
        (
            "TypeError",
            "ufunc 'exp' not supported for the input types, and the inputs could not",
            "not an array of numbers",
        ),
        (
            "UFuncTypeError",
            "ufunc 'multiply' did not contain a loop with signature matching types (dtype('float64'), "
            "dtype('<U3')) -> None",
            "not an array of numbers",
        ),
        ("UFuncTypeError", "Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64')", "whole numbers"),
        ("_UFuncStrange", "a ufunc of another kind", "It stops with UFuncStrange: NumPy cannot"),
        (
            "TypeError",
            "loop of ufunc does not support argument 0 of type NoneType which has no callable exp method",
            "None",
        ),
        (
            "TypeError",
            "loop of ufunc does not support argument 0 of type function which has no callable exp",
            "brackets",
        ),
        ("TypeError", "sum() got an unexpected keyword argument 'keepdim'", "mean keepdims?"),
        ("TypeError", "_sum() got an unexpected keyword argument 'keepdim'", "sum() has no argument called keepdim."),
        ("TypeError", "sum() got an unexpected keyword argument 'dim'", "mean axis?"),
        ("TypeError", "'axis' is an invalid keyword argument for sum()", "np.sum has"),
        ("TypeError", "Cannot interpret 'True' as a data type", "keepdims=True"),
        ("EOFError", "EOF when reading a line", "input()"),
        ("SomethingNew", "it broke", "It stops with SomethingNew: it broke."),
        ("BdbQuit", "", "breakpoint()"),
        ("TypeError", "f.<locals>.g() takes 1 positional argument but 2 were given", "g() takes 1 argument but gets 2"),
        ("TypeError", "Cannot interpret '3' as a data type", "np.zeros((2, 3))"),
        ("TypeError", "unsupported operand type(s) for -: 'tuple' and 'float'", "a0, z1"),
        ("TypeError", "unsupported operand type(s) for *: 'ellipsis' and 'float'", "not written yet"),
        ("AttributeError", "module 'numpy' has no attribute 'summ'", "mean np.sum?"),
        ("AttributeError", "'numpy.ndarray' object has no attribute 't'", "mean .T?"),
    ],
)
def test_what_numpy_says_is_said_in_other_words(kind, message, said):
    found = words(kind, message)
    assert said in found
    assert "_sum" not in found
    assert not [each for each in INNER if each in found]


def test_what_is_no_function_is_named_where_it_is_known():
    message = "'int' object is not callable"
    assert words("TypeError", message, text="return J @ a2.T / x.size()").startswith(".size is not a function")
    assert words("TypeError", message, text="J = J.shape ()").startswith(".shape is not a function")
    assert "* or @" in words("TypeError", message, text="J = 2(a3 - y) / x.size")


def test_a_length_that_numpy_was_to_find_out_is_told_as_it_was_written():
    message = "cannot reshape array of size 10 into shape (3,newaxis)"
    assert "the shape (3, -1)." in words("ValueError", message)
    assert "the shape (7,)." in words("ValueError", "cannot reshape array of size 10 into shape (7,)")


def test_the_network_is_asked_about_x_alone():
    raised = Raised("ValueError", GUFUNC, 3, operands=Operands("network_function(y)", ((2, POINTS),)))
    said = in_words(raised, PROBLEM, None).sentence
    assert "one row" in said and f"(2, N = {POINTS})" in said


def test_what_met_is_named_with_its_shapes():
    raised = Raised("ValueError", GUFUNC, 3, None, "J = W2 @ J", operands=Operands("W2 @ J", ((N2, N1), (2, POINTS))))
    assert in_words(raised, PROBLEM, None).sentence.startswith(
        f"W2 @ J: the shapes (n2 = {N2}, n1 = {N1}) and (2, N = {POINTS}) do not fit: "
        f"n1 = {N1} columns on the left, 2 rows on the right."
    )


@pytest.mark.parametrize(
    ("shapes", "fits"), [(((2, POINTS), (N1, POINTS)), True), (((N2, N1), (N1 + 1, POINTS)), False)]
)
def test_a_transpose_is_missing_only_where_it_would_help(shapes, fits):
    raised = Raised("ValueError", GUFUNC, 3, None, "z2 = W2 @ a1", operands=Operands("W2 @ a1", shapes))
    assert ("Write @ a1.T" in in_words(raised, PROBLEM, None).hints) == fits


def test_a_sentence_about_a_function_names_the_line_and_the_helper_that_it_is_in():
    raised = Raised(
        "ValueError", GUFUNC, 3, 2, "J = W2 @ J", "", "through", Operands("W2 @ J", ((N2, N1), (2, POINTS)))
    )
    assert told_of("J_W2", raised, PROBLEM).startswith(
        "J_W2 stops with ValueError in line 3 of the cell of through: W2 @"
    )
    assert told_of("J_W2", Raised("Odd", "it broke", 3), PROBLEM) == "J_W2 stops in line 3 with Odd: it broke."
