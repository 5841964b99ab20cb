import pytest

from curvegui.core.formula.functions import about_unknown, takes_several


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("sine", "sin"),
        ("cose", "cos"),
        ("sint", "sin"),
        ("arcsin", "asin"),
        ("Square", "sqrt"),
        ("pit", "pi t"),
        ("at", "a t"),
        ("tsin", "t sin"),
        ("etau", "e tau"),
        ("log12", "log2"),
        ("tg", "tan"),
        ("Arctg", "atan"),
    ],
)
def test_what_was_meant_is_guessed(name: str, meant: str) -> None:
    assert about_unknown(name) == f"there is no “{name}”. Did you mean {meant}?"


@pytest.mark.parametrize("name", ["x", "θ", "lambda", "eval"])
def test_where_nothing_is_close_the_variable_is_named(name: str) -> None:
    assert about_unknown(name) == f"there is no “{name}”. The variable is t, which goes from 0 to 1."


def test_functions_of_several_arguments_are_known_as_such() -> None:
    assert {name for name in ("sin", "t", "pi", "min", "hypot", "mod") if takes_several(name)} == {
        "min",
        "hypot",
        "mod",
    }
