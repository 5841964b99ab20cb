from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from curvegui.core.settings.setting import Effect, Setting

FREE = Setting("Width", "How wide.")
BOUNDED = Setting("Sides", "How many.", low=3, high=1_000)
CHOICE = Setting("Colour", "Which.", choices=lambda: [("red", "Red"), ("blue", "Blue")])

NO_NUMBERS: list[Any] = [
    "7",
    "",
    None,
    True,
    np.True_,
    [7],
    np.array([7.0]),
    7j,
    float("nan"),
    float("inf"),
    -float("inf"),
    1e400,
    10**400,
    Decimal("NaN"),
]


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
@pytest.mark.parametrize("whole", [False, True])
def test_what_is_no_finite_number_is_refused_in_words(value: Any, whole: bool) -> None:
    with pytest.raises(ValueError, match=r"^Sides: a (whole )?number from 3 to 1,000\.$"):
        BOUNDED.check_number(value, whole)


@pytest.mark.parametrize("value", [2.999, 1000.001, -3, 0])
def test_a_number_out_of_bounds_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="from 3 to 1,000"):
        BOUNDED.check_number(value, whole=False)


@pytest.mark.parametrize("value", [3, 1000, 7.5, np.float64(8), np.int64(9), np.float32(10), Fraction(7, 2)])
def test_a_number_within_its_bounds_comes_back_as_a_float(value: Any) -> None:
    checked = BOUNDED.check_number(value, whole=False)

    assert checked == float(value)
    assert type(checked) is float


@pytest.mark.parametrize("value", [7, 7.0, np.int32(7)])
def test_a_whole_number_comes_back_as_an_int(value: Any) -> None:
    checked = BOUNDED.check_number(value, whole=True)

    assert checked == 7
    assert type(checked) is int


def test_a_broken_number_is_no_whole_number() -> None:
    with pytest.raises(ValueError, match="a whole number from 3 to 1,000"):
        BOUNDED.check_number(7.5, whole=True)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (FREE, "a number, 0 or more"),
        (BOUNDED, "a number from 3 to 1,000"),
        (Setting("Tint", "", low=0.5, high=2.5), "a number from 0.5 to 2.5"),
    ],
)
def test_what_may_be_entered_is_said_in_words(setting: Setting, words: str) -> None:
    assert setting.allowed(whole=False) == words


def test_a_choice_comes_back_as_it_is() -> None:
    assert CHOICE.check_choice("blue") == "blue"


@pytest.mark.parametrize("value", ["", "Blue", None, True, 1, ["blue"], np.array(["red", "blue"])], ids=repr)
def test_a_choice_that_is_none_is_answered_with_the_choices(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^Colour: choose one of red, blue\.$"):
        CHOICE.check_choice(value)


def test_a_knob_goes_on_live_unless_it_says_otherwise() -> None:
    assert FREE.effect is Effect.LIVE
    assert not FREE.choices()
