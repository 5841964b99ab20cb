from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import POSITIONS, Setting

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


@pytest.mark.parametrize("value", ["", "Blue", None, True, 1, ["blue"], np.array(["red", "blue"])], ids=repr)
def test_a_choice_that_is_none_is_answered_with_the_choices(value: Any) -> None:
    with pytest.raises(ValueError, match=r"^Colour: choose one of red, blue\.$"):
        CHOICE.check_choice(value)


SCALES = {name: setting.slider for name, setting in SETTINGS.items() if setting.slider}
positions = st.integers(0, POSITIONS)


@pytest.mark.parametrize("name", SCALES)
def test_every_position_stands_for_a_value_that_the_setting_takes(name):
    for position in range(POSITIONS + 1):
        value = SCALES[name].value(position)
        assert SETTINGS[name].check_number(value, whole=False) == value


@pytest.mark.parametrize("name", SCALES)
@given(position=positions)
def test_a_value_stands_where_it_came_from(name, position):
    scale = SCALES[name]
    value = scale.value(position)
    assert abs(scale.position(value) - position) <= 5  # values are rounded to be readable
    assert scale.value(scale.position(value)) == pytest.approx(value, rel=0.06, abs=0.01)


@pytest.mark.parametrize("name", SCALES)
@given(one=positions, other=positions)
def test_further_to_the_right_is_never_less(name, one, other):
    assert SCALES[name].value(min(one, other)) <= SCALES[name].value(max(one, other))


def test_the_ends_are_the_ends():
    assert SCALES["aggression"].value(0) == 0
    assert SCALES["aggression"].value(POSITIONS) == 1_000
    assert SCALES["noise"].value(0) == 0
    assert SCALES["noise"].value(POSITIONS) == 5


def test_a_value_with_a_word_is_named_by_it_and_others_have_none() -> None:
    assert Setting("Pace", "How fast.", zero="max").words == {0.0: "max"}
    assert Setting("Pace", "How fast.").words == {}
