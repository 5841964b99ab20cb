from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve, FormulaParameter, arc_length, spaced
from curvegui.core.formula.curve import Formula, FormulaError, NoValueError, formula_curve, letters_of, parse_formula
from curvegui.core.formula.parser import Term, spoken

ACCURACY = 1e-6  # of the length


def length_of(curve: Curve) -> float:
    return arc_length(curve.units.to_person(curve.points), curve.closed)


def resampled(curve: Curve, count: int = 1_000) -> tuple[FloatArray, FloatArray]:
    """Fractions of the way, and the points there as the formulas have them."""
    fractions = spaced(count, curve.closed)
    return fractions, curve.units.to_person(curve.at(fractions))


def test_a_circle_is_closed_and_its_points_are_evenly_spaced() -> None:
    curve = formula_curve("3cos(2 pi t)", "3sin(2 pi t)")
    fractions, points = resampled(curve)
    angles = 2 * np.pi * fractions

    assert curve.closed
    assert length_of(curve) == pytest.approx(6 * np.pi, rel=ACCURACY)
    assert np.hypot(*(points - 3 * np.stack([np.cos(angles), np.sin(angles)]))).max() < ACCURACY * 6 * np.pi


def test_an_ellipse_is_spaced_by_its_length_and_not_by_t() -> None:
    curve = formula_curve("5cos(2 pi t)", "sin(2 pi t)")
    angle = np.linspace(0, 2 * np.pi, 1_000_001)
    speed = np.hypot(5 * np.sin(angle), np.cos(angle))
    lengths = np.append(0, np.cumsum((speed[1:] + speed[:-1]) / 2)) * angle[1]
    fractions, points = resampled(curve)
    true_angle = np.interp(fractions * lengths[-1], lengths, angle)

    assert curve.closed
    assert length_of(curve) == pytest.approx(lengths[-1], rel=ACCURACY)
    distance = np.hypot(*(points - np.stack([5 * np.cos(true_angle), np.sin(true_angle)])))
    assert distance.max() < ACCURACY * lengths[-1]


def test_a_curve_that_winds_much_is_sampled_more_densely() -> None:
    plain, winding = formula_curve("t", "sin(2 pi t)"), formula_curve("t", "sin(200 pi t)")

    assert winding.t.size > plain.t.size
    assert length_of(winding) == pytest.approx(400.02, rel=1e-3)


def test_a_curve_is_called_by_its_formulas_or_as_one_wishes() -> None:
    assert formula_curve("t", "t²").name == "t, t²"
    assert formula_curve("t", "t²", "parabola").name == "parabola"


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ("ln(t)", "t", "x(t) is infinite at t = 0."),
        ("t", "1/(1 - t)", "y(t) is infinite at t = 1."),
        ("tan(pi t)", "t", "x(t) is beyond 1,000,000,000 at t = 0.5."),
        ("t", "1/(t - 0.3)", "y(t) is beyond 1,000,000,000 at t = 0.3."),
        ("t", "7 + 1e-3/(t - 1/3)^2", "y(t) is beyond 1,000,000,000 at t = 0.333333."),
        ("t", "1e10 t", "y(t) is beyond 1,000,000,000 at t = 0.10002."),
        ("exp(exp(exp(9t)))", "t", "x(t) is beyond 1,000,000,000 at t = 0.123225."),
        ("sqrt(t - 1/2)", "t", "x(t) has no value at t = 0."),
        ("t", "asin(2t)", "y(t) has no value at t = 0.5001."),
        ("(-t)^0.5", "1/t", "x(t) has no value at t = 0.00020004."),
    ],
)
def test_a_formula_without_a_value_somewhere_is_refused_by_name_and_place(x: str, y: str, message: str) -> None:
    with pytest.raises(NoValueError) as caught:
        formula_curve(x, y)

    assert caught.value.axis == message[0]
    assert str(caught.value) == message + " t goes from 0 to 1."


def test_an_error_says_which_of_the_two_it_is_in() -> None:
    with pytest.raises(FormulaError, match=r"^x\(t\): At “sine” \(character 3\)") as caught:
        formula_curve("2 sine(t)", "1 +")
    assert caught.value.position == 2
    with pytest.raises(FormulaError, match=r"^y\(t\): At the end: after “\+” something is missing\.$"):
        formula_curve("t", "1 +")


def test_a_formula_cannot_be_changed_and_leaves_its_argument_alone() -> None:
    formula, t = parse_formula("t"), np.array([0.25])
    values = formula(t)
    values[0] = 7

    assert t[0] == 0.25
    assert formula == parse_formula("t") == Formula("t", ("t",), Term("t"))
    with pytest.raises(FrozenInstanceError):
        formula.text = "2t"  # type: ignore[misc]


def test_a_curve_remembers_the_formulas_and_the_letters_that_it_was_typed_as() -> None:
    curve = formula_curve(
        "a*cos(2 pi t)", "b*sin(2 pi t)", parameters=[FormulaParameter("a", 3), FormulaParameter("b", 4)]
    )

    assert length_of(curve) == pytest.approx(22.1034922, rel=ACCURACY)
    assert curve.typed is not None and (curve.typed.x, curve.typed.values) == ("a*cos(2 pi t)", {"a": 3.0, "b": 4.0})
    assert curve.called("ellipse").typed == curve.sampled(50).typed == curve.typed
    assert curve != formula_curve("3*cos(2 pi t)", "4*sin(2 pi t)", curve.name)
    with pytest.raises(NoValueError, match="no value"):
        formula_curve("t/a - t/a", "t", parameters=[FormulaParameter("a", 0)])


def test_letters_that_mean_nothing_else_can_be_parameters_and_only_if_they_have_a_value() -> None:
    assert letters_of("a*sin(2π*B*t + θ)^e + xy + x*y + pi + a + ") == ["a", "b", "θ"]
    assert letters_of("k*t ? b") == ["k"]
    assert parse_formula("A t^n", {"a": 2.0, "n": 3.0})(np.array([0.5])) == 0.25
    with pytest.raises(FormulaError, match="no “a”"):
        parse_formula("a t")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2 pi t", ("*", ("*", "2", "pi"), "t")),
        ("1/2t", ("*", ("/", "1", "2"), "t")),
        ("-+t²", ("-", ("+", ("^", "t", "2")))),
        ("√√t^2", ("^", ("sqrt", ("sqrt", "t")), "2")),
        ("sin^2(t) - |0,5|", ("-", ("^", ("sin", "t"), "2"), ("abs", "0,5"))),
        ("max(t, 1, (2)) t", ("*", ("max", "t", "1", ("(", "2")), "t")),
        ("2^3^2", ("^", "2", ("^", "3", "2"))),
    ],
)
def test_a_formula_is_written_as_it_was_typed(text: str, written: object) -> None:
    def term(tree: object) -> Term:
        return Term(str(tree[0]), tuple(map(term, tree[1:]))) if isinstance(tree, tuple) else Term(str(tree))

    assert parse_formula(text).term == term(written)


def test_a_formula_can_be_read_out() -> None:
    assert spoken("sqrt(π t²) − 0.5/A") == (
        "square root of open bracket pi t to the power of 2 close bracket minus 0.5 over A"
    )


@pytest.mark.parametrize(("x", "y"), [("1", "2"), ("-3", "sin(2 pi)"), ("sin^2(t) + cos^2(t)", "0"), ("1e-310t", "0")])
def test_constants_are_a_curve_of_one_point(x: str, y: str) -> None:
    curve = formula_curve(x, y)

    assert curve.t.size == 1
    np.testing.assert_array_equal(curve.points, [[0.5], [0.5]])
