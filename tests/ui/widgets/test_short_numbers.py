"""Numbers of the maths panel: how many digits, which sign, and how wide at most."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from curvegui.ui.widgets.numbers import (
    WIDEST_EXACT,
    WIDEST_SHORT,
    exact_number,
    parse_number,
    short_number,
    tiny_number,
)

ANY = st.floats(-1e90, 1e90)


@given(ANY)
def test_numbers_keep_to_their_width_and_say_what_they_are(value):
    short, exact = short_number(value), exact_number(value)
    assert len(short) <= len(WIDEST_SHORT) + 1 and len(exact) <= len(WIDEST_EXACT)
    for text, digits in ((short, 3), (exact, 5)):
        read = parse_number(text.replace("−", "-"))
        assert read == pytest.approx(value, rel=0.6 * 10 ** (1 - digits), abs=1e-98)


@pytest.mark.parametrize(
    ("value", "short", "exact"),
    [
        (0.0, "0", "0"),
        (-1.834, "−1.83", "−1.8340"),
        (0.0532, "0.0532", "0.053200"),
        (-0.0132042, "−0.0132", "−0.013204"),
        (3.2e-5, "3.20e-5", "3.2000e-5"),
        (-3.2e-5, "−3.20e-5", "−3.2000e-5"),
        (12345.6, "12346", "12346"),
        (999999.5, "1.00e6", "1.0000e6"),
        (0.99999999, "1.00", "1.0000"),
        (1e-120, "0", "0"),
    ],
)
def test_digits(value, short, exact):
    assert (short_number(value), exact_number(value)) == (short, exact)


def test_what_is_no_number_is_said():
    assert [short_number(math.nan), exact_number(-math.inf)] == ["nan", "−inf"]


def test_differences():
    assert [tiny_number(3.4e-11), tiny_number(0.0)] == ["3e-11", "0"]


def test_the_decimal_sign_is_the_locales():
    QLocale.setDefault(QLocale(QLocale.Language.German))
    assert (short_number(-1.834), exact_number(12345.6), exact_number(0.5)) == ("−1,83", "12346", "0,50000")


def test_powers_of_ten_are_as_short_in_arabic_whose_signs_have_a_mark_before_them():
    QLocale.setDefault(QLocale("ar_AE"))
    assert exact_number(1.646e-5).replace("\u200e", "") == "1.6460e-5"
    assert short_number(1.646e7).replace("\u200e", "") == "1.65e7"
