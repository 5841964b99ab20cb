import string
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import CurveError
from curvegui.core.elementary import power
from curvegui.core.formula.curve import FormulaError, parse_formula
from curvegui.core.formula.functions import CONSTANTS, FUNCTIONS, about_unknown, takes_several
from curvegui.core.formula.parser import LONGEST, tokens
from tests.help.texts import texts


def test_signs_come_in_their_plainest_form_with_what_was_typed_and_where() -> None:
    assert [tuple(token) for token in tokens(" 2,5×t**−πt² ")] == [
        ("number", "2,5", 1),
        ("*", "×", 4),
        ("name", "t", 5),
        ("^", "**", 6),
        ("-", "−", 8),
        ("name", "π", 9),
        ("name", "t", 10),
        ("superscript", "²", 11),
        ("end", "", 12),
    ]


def test_a_comma_separates_in_the_parentheses_of_functions_of_several_arguments_alone() -> None:
    kinds = [token.kind for token in tokens("1,2 max(1,2 sin(1,2) (1,2)) 1,2) 1,2")]

    assert kinds.count(",") == 1
    assert kinds.count("number") == 7


def test_a_number_ends_where_a_name_begins() -> None:
    assert [token.text for token in tokens("2e 2e3 2e+3t 2.exp")] == ["2", "e", "2e3", "2e+3", "t", "2.", "exp", ""]


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


T = np.linspace(0, 1, 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t", T),
        ("T", T),
        (" 2t\t", 2 * T),
        ("2 pi t", 2 * np.pi * T),
        ("2πt", 2 * np.pi * T),
        ("3sin(t)", 3 * np.sin(T)),
        ("(1+t)(2-t)", (1 + T) * (2 - T)),
        ("t(1 - t)t", T * (1 - T) * T),
        ("1/2t", T / 2),
        ("2^3t", 8 * T),
        ("2t^2", 2 * T**2),
        ("-t^2", -(T**2)),
        ("−t²", -(T**2)),
        ("--+-t", -T),
        ("--t", T),
        ("2 - -t", 2 + T),
        ("2*-t", -2 * T),
        ("2 -t", 2 - T),
        ("2^-t^2", 2 ** -(T**2)),
        ("2^3^2 t", 512 * T),
        ("2**3**2 t", 512 * T),
        ("8 / 2 / 2 t", 2 * T),
        ("8 - 2 - 2 + t", 4 + T),
        ("6·t × 2 ÷ 3", 6 * T * 2 / 3),
        ("t¹²", T**12),
        ("(1 + t)³", (1 + T) ** 3),
        ("√t", np.sqrt(T)),
        ("√2t", np.sqrt(2) * T),
        ("√√(t+1)", np.sqrt(np.sqrt(T + 1))),
        ("√t²", np.sqrt(T) ** 2),
        ("|t - 1/2|", np.abs(T - 0.5)),
        ("2|t|3", 6 * T),
        ("||t| - |t - 1||", np.abs(T - np.abs(T - 1))),
        ("|max(|t|, 1/2)|", np.maximum(T, 0.5)),
        ("sin^2(t)", np.sin(T) ** 2),
        ("sin²(t) + cos²(t)", np.sin(T) ** 2 + np.cos(T) ** 2),
        ("SIN(PI t)", np.sin(np.pi * T)),
        ("ln(e^t)", T),
        ("log(1+t)", np.log(1 + T)),
        ("min(t, 0.3, 1 - t)", np.minimum(np.minimum(T, 0.3), 1 - T)),
        ("mod(-t; 0.3)", np.mod(-T, 0.3)),
        ("2.5e-1t", T / 4),
        (".5 t + 1.", T / 2 + 1),
        ("0,5t", T / 2),
        ("1,5e1", np.full(11, 15.0)),
        ("sin(0,5)", np.full(11, np.sin(0.5))),
        ("max(0,5)", np.full(11, 5.0)),
        ("max((0,5), t)", np.maximum(0.5, T)),
        ("max(sin(0,5); t)", np.maximum(np.sin(0.5), T)),
        ("tau - 2π + τ + φ - phi", np.full(11, 2 * np.pi)),
        ("3", np.full(11, 3.0)),
    ],
)
def test_a_formula_means_what_it_means_in_mathematics(text: str, expected: FloatArray) -> None:
    found = parse_formula(text)(T)

    assert found.shape == T.shape
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)


HOSTILE = {
    "9**9**9**9": "At “**” (character 5): the result is infinite, or too large to compute with.",
    "9^9^9^9": "At “^” (character 4): the result is infinite, or too large to compute with.",
    "1e999": "At “1e999” (character 1): this is too large to compute with.",
    "t/0 + 1/0": "At “/” (character 8): the result is infinite, or too large to compute with.",
    "sqrt(-1)": "At “sqrt” (character 1): it has no value for these numbers.",
    "": "There is no formula yet: type one, such as cos(2 pi t).",
    " \n": "There is no formula yet: type one, such as cos(2 pi t).",
    "sin(t))": "At “)” (character 7): there is no “(” that it closes.",
    "2(1 + t": "At the end: “)” is missing, for the “(” of character 2.",
    "(|t)": "At “)” (character 4): “|” is missing, for the “|” of character 2.",
    "t *": "At the end: after “*” something is missing.",
    "sin(": "At the end: after “(” something is missing.",
    "3 * / t": "At “/” (character 5): before it something is missing, such as a number or t.",
    "()": "At “)” (character 2): before it something is missing, such as a number or t.",
    "2 3": "At “3” (character 3): between two numbers something is missing, such as * or +.",
    "1.2.3": "At “.3” (character 4): between two numbers something is missing, such as * or +.",
    "t; 1": "At “;” (character 2): it separates the arguments of functions, as in max(t, 1/2), and is outside of one.",
    "sin(t, 1)": "At “,” (character 6): “sin” has one argument.",
    "hypot(t, 1, 2)": "At “,” (character 11): “hypot” has 2 arguments.",
    "max(t)": "At “max” (character 1): “max” needs 2 arguments, as in max(t, 1/2).",
    "max(0,5; t)": "At “;” (character 8): the arguments of “max” are separated by “,” or by “;”, not by both.",
    "sin t": "At “sin” (character 1): “sin” needs parentheses, as in sin(t).",
    "2 atan2": "At “atan2” (character 3): “atan2” needs parentheses, as in atan2(t, 1/2).",
    "sin^-1(t)": "At “sin” (character 1): “sin” needs parentheses, as in sin(t).",
    "sine(t)": "At “sine” (character 1): there is no “sine”. Did you mean sin?",
    "y = t": "At “=” (character 3): a formula has one side only, such as cos(2 pi t).",
    "t = 1": "At “=” (character 3): a formula has one side only, such as cos(2 pi t).",
    "__import__('os')": "At “_” (character 1): formulas do not have this character.",
    "t.real": "At “.” (character 2): formulas do not have this character.",
    "t[0]": "At “[” (character 2): formulas do not have this character.",
    "(lambda: t)()": "At “:” (character 8): formulas do not have this character.",
    "t + \x00": "At U+0000 (character 5): formulas do not have this character.",
    "t + \ud800": "At U+D800 (character 5): formulas do not have this character.",
    "١ + t": "At “١” (character 1): formulas do not have this character.",
    "(" * 900: "At “(” (character 51): more than 50 things are inside each other here.",
    "t^" * 400 + "t": "At “t” (character 101): more than 50 things are inside each other here.",
    "+".join("t" * 501): "This formula has 1,001 characters, and at most 1,000 are possible.",
    "x" * 500: "At “xxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” (character 1): there is no “xxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”. "
    "The variable is t, which goes from 0 to 1.",
}


@pytest.mark.parametrize(("text", "message"), HOSTILE.items(), ids=[ascii(text[:20]) for text in HOSTILE])
def test_what_is_no_formula_is_refused_in_a_sentence_that_says_where(text: str, message: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_formula(text)

    assert str(caught.value) == message
    assert isinstance(caught.value, CurveError)
    assert 0 <= caught.value.position <= len(text)
    if "character " in message and "At the end" not in message:
        assert f"(character {caught.value.position + 1})" in message


def test_a_position_is_an_index_into_the_text_as_it_was_typed() -> None:
    for text, position in [("  t $", 4), ("t *  ", 3), ("2 pi sine(t)", 5), ("x" * 2000, 1000)]:
        with pytest.raises(FormulaError) as caught:
            parse_formula(text)

        assert caught.value.position == position


def test_a_long_formula_is_no_deep_one() -> None:
    assert parse_formula("+".join("t" * 500))(T) == pytest.approx(500 * T)
    assert parse_formula("min(" + ",".join("t" * 490) + ")")(T) == pytest.approx(T)
    assert parse_formula("-" * 999 + "t")(T) == pytest.approx(-T)


SUM, PRODUCT, SIGN, POWER, ATOM = range(5)


@dataclass(frozen=True)
class Part:
    """A piece of a formula as text, with the value that the functions give it which stand there."""

    text: str
    level: int
    value: FloatArray
    sound: bool = True  # no constant within is infinite or no number

    def within(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


def computed(text: str, level: int, function: Callable[..., Any], *parts: Part) -> Part:
    with np.errstate(all="ignore"):
        value = function(*(part.value for part in parts))
    is_sound = all(part.sound for part in parts) and bool(np.ndim(value) or np.isfinite(value))
    return Part(text, level, value, is_sound)


def two(function: Callable[..., Any], sign: str, level: int, left: Part, right: Part) -> Part:
    lowest = {SUM: (SUM, PRODUCT), PRODUCT: (PRODUCT, SIGN), POWER: (ATOM, SIGN)}[level]
    return computed(left.within(lowest[0]) + sign + right.within(lowest[1]), level, function, left, right)


def side_by_side(left: Part, right: Part) -> Part:
    before, after = left.within(PRODUCT), right.within(POWER)
    after = f"({after})" if after[0] in string.digits + ".|" else after
    return computed(f"{before} {after}", PRODUCT, np.multiply, left, right)


def between_bars(part: Part) -> Part:
    text = f"abs({part.text})" if "|" in part.text else f"|{part.text}|"
    return computed(text, ATOM, np.absolute, part)


def called(name: str, separator: str, parts: list[Part]) -> Part:
    function = FUNCTIONS[name].compute
    text = f"{name}({separator.join(part.text for part in parts)})"
    if name not in ("min", "max"):
        return computed(text, ATOM, function, *parts)
    folded = reduce(lambda left, right: computed("", ATOM, function, left, right), parts)
    return Part(text, ATOM, folded.value, folded.sound)


def leaves() -> st.SearchStrategy[Part]:
    numbers = st.floats(0, 1e6).map(lambda number: Part(repr(number), ATOM, np.float64(number)))
    wholes = st.integers(0, 20).map(lambda number: Part(str(number), ATOM, np.float64(number)))
    constants = st.sampled_from(sorted(CONSTANTS)).map(lambda name: Part(name, ATOM, np.float64(CONSTANTS[name])))
    return st.just(Part("t", ATOM, T)) | wholes | numbers | constants


def larger(parts: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    signs = [
        (np.add, " + ", SUM),
        (np.subtract, "-", SUM),
        (np.multiply, "*", PRODUCT),
        (np.divide, " / ", PRODUCT),
        (power, "^", POWER),
        (power, "**", POWER),
    ]
    pairs = st.tuples(st.sampled_from(signs), parts, parts)
    names = {count: sorted(n for n, f in FUNCTIONS.items() if f.arguments == count) for count in (1, 2)}
    many = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(
        pairs.map(lambda pair: two(*pair[0], *pair[1:])),
        st.builds(side_by_side, parts, parts),
        parts.map(lambda part: computed("-" + part.within(SIGN), SIGN, np.negative, part)),
        parts.map(lambda part: computed("√" + part.within(ATOM), ATOM, np.sqrt, part)),
        parts.map(between_bars),
        st.builds(lambda name, part: called(name, "", [part]), st.sampled_from(names[1]), parts),
        st.builds(called, st.sampled_from(["min", "max"]), st.sampled_from([",", "; "]), many),
        st.builds(called, st.sampled_from(names[2]), st.sampled_from([", ", ";"]), st.tuples(parts, parts).map(list)),
    )


@given(st.recursive(leaves(), larger, max_leaves=12).filter(lambda part: len(part.text) <= LONGEST))
def test_any_formula_has_the_value_that_its_functions_give_it(part: Part) -> None:
    if not part.sound:
        with pytest.raises(FormulaError):
            parse_formula(part.text)
        return

    np.testing.assert_array_equal(parse_formula(part.text)(T), np.broadcast_to(part.value, T.shape))


PIECES = [
    *["t", "2", "0,5", "9", "e", "pi", "sin", "max(", "log10(", "mod(", "(", "(", ")", ")", "|", ".", " "],
    *["+", "-", "*", "/", "^", "**", ",", ";", "√", "²", "=", "_", "\x00", "é", "٣", "𝜋"],
]


@given(texts(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=500).map("".join))
def test_junk_is_a_formula_or_a_formula_error_and_nothing_else(text: str) -> None:
    try:
        formula = parse_formula(text)
    except FormulaError as error:
        assert 0 <= error.position <= len(text)
        assert str(error).endswith((".", "?"))
        assert len(str(error)) < 200
        str(error).encode()
    else:
        assert formula(T).shape == T.shape
        assert len(formula.steps) <= 2 * len(text)
