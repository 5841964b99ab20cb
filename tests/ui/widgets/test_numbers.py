"""Numbers: read as people of different countries write them, and written as they read them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from curvegui.core.settings.config import MAX_SEED
from curvegui.ui.widgets.numbers import format_cost, format_number, parse_number, short_number
from tests.help.texts import texts

ENGLISH, GERMAN = QLocale("en_US"), QLocale("de_DE")
LOCALES = [QLocale(name) for name in ("en_US", "de_DE", "fr_FR", "de_CH", "sv_SE", "ar_EG", "fa_IR", "C")]


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("7", 7, 7),
        (" 7 ", 7, 7),
        ("0.5", 0.5, 0.5),
        ("0,5", 0.5, 0.5),
        (".5", 0.5, 0.5),
        (",5", 0.5, 0.5),
        ("-3", -3, -3),
        ("+3", 3, 3),
        ("1e-3", 1e-3, 1e-3),
        ("2,5E3", 2500, 2500),
        ("50,000", 50_000, 50),
        ("50.000", 50, 50_000),
        ("1,234,567", 1_234_567, 1_234_567),
        ("1.234.567", 1_234_567, 1_234_567),
        ("1,234.5", 1234.5, 1234.5),
        ("1.234,5", 1234.5, 1234.5),
        ("50 000", 50_000, 50_000),
        ("50'000", 50_000, 50_000),
        ("50_000", 50_000, 50_000),
        ("0.500", 0.5, 0.5),
        ("0,500", 0.5, 0.5),
        ("-0,125", -0.125, -0.125),
        ("12,34", 12.34, 12.34),
    ],
)
def test_comma_and_point_are_read_as_people_of_that_country_mean_them(text, english, german):
    assert parse_number(text, ENGLISH) == english
    assert parse_number(text, GERMAN) == german


@pytest.mark.parametrize("locale", ["ar_AE", "ar_EG", "zh_CN", "ko_KR", "en_US", "de_DE"])
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("٥٠", 50),
        ("٠٫٥", 0.5),
        ("٠,٥", 0.5),
        ("٠،٥", 0.5),
        ("۷", 7),
        ("١٬٢٣٤٬٥٦٧", 1_234_567),
        ("١٬٢٣٤٫٥", 1234.5),
        ("５", 5),
        ("０．５", 0.5),
        ("０。５", 0.5),
        ("０，５", 0.5),
        ("－３", -3),
        ("１ｅ３", 1000),
        ("−0,5", -0.5),
        ("\u200e-0.5", -0.5),
    ],
)
def test_digits_and_signs_of_every_keyboard_are_read_in_every_language(text, number, locale):
    assert parse_number(text, QLocale(locale)) == number


@pytest.mark.parametrize("text", ["5²", "①", "½", "٥٠x", "五"])
@pytest.mark.parametrize("locale", ["ar_AE", "zh_CN"])
def test_what_only_looks_like_a_digit_is_none(text, locale):
    with pytest.raises(ValueError, match=f"^“{text}” is not a number$"):
        parse_number(text, QLocale(locale))


@given(number=st.integers(-(10**6), 10**6), locale=st.sampled_from(LOCALES))
def test_what_the_app_shows_is_read_back(number, locale):
    QLocale.setDefault(locale)
    assert parse_number(short_number(number / 1000)) == pytest.approx(number / 1000, rel=0.006)


@pytest.mark.parametrize(
    "text", ["abc", "nan", "inf", "-inf", "∞", "1.2.3", "1,2,3", "--1", "1e", "0x10", "1;2", "1.2,3.4", "١2x"]
)
@pytest.mark.parametrize("locale", [ENGLISH, GERMAN, QLocale("ar_EG")])
def test_what_is_not_a_number_is_refused_and_quoted(text, locale):
    with pytest.raises(ValueError, match=f"^“{text}” is not a number$"):
        parse_number(text, locale)


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_is_not_a_number_either(text):
    with pytest.raises(ValueError, match="there is no number"):
        parse_number(text)


@pytest.mark.parametrize("text", ["1e400", "-1e400", "1" * 400])
def test_a_number_beyond_all_floats_is_too_large(text):
    with pytest.raises(ValueError, match="is too large a number"):
        parse_number(text)


@given(number=st.integers(-MAX_SEED, MAX_SEED), locale=st.sampled_from(LOCALES))
def test_a_whole_number_that_was_written_is_read_back_exactly(number, locale):
    assert parse_number(format_number(number, locale), locale) == number


@given(number=st.floats(-1e9, 1e9), locale=st.sampled_from(LOCALES))
def test_any_number_that_was_written_is_read_back_to_six_digits(number, locale):
    assert math.isclose(parse_number(format_number(number, locale), locale), number, rel_tol=5.1e-6)


@given(cost=st.floats(1e-300, 1e300), locale=st.sampled_from(LOCALES))
def test_a_cost_that_was_written_is_read_back_to_three_digits(cost, locale):
    assert math.isclose(parse_number(format_cost(cost, locale), locale), cost, rel_tol=5.1e-3)


@given(text=texts(max_size=12), locale=st.sampled_from(LOCALES))
def test_whatever_is_typed_is_a_finite_number_or_is_refused(text, locale):
    try:
        assert math.isfinite(parse_number(text, locale))
    except ValueError as refusal:
        assert "number" in str(refusal)


def test_numbers_are_grouped_and_have_no_digits_to_spare():
    assert format_number(50_000, ENGLISH) == "50,000"
    assert format_number(50_000, GERMAN) == "50.000"
    assert format_number(7.0, ENGLISH) == "7"
    assert format_number(0.1 + 0.2, ENGLISH) == "0.3"
    assert format_number(1234.56789, GERMAN) == "1.234,57"


def test_there_is_one_minus_and_one_form_of_powers():
    assert [format_number(number, ENGLISH) for number in (-1.5, -50_000, -1.34e-7)] == ["−1.5", "−50,000", "−1.34e-7"]
    assert [format_number(number, ENGLISH) for number in (1.5e-5, 1e20)] == ["1.5e-5", "1e20"]
    assert [format_cost(cost, ENGLISH) for cost in (1.15e-9, 4.5e8, 3e-12)] == ["1.15e-9", "4.50e8", "3.00e-12"]


def test_costs_are_written_as_people_read_them_with_three_digits():
    costs = {9.4912e-4: "0.000949", 2.3e-3: "0.00230", 0.612: "0.612", 12.34: "12.3", 1236.4: "1236"}
    assert {cost: format_cost(cost, ENGLISH).replace(",", "") for cost in costs} == costs
    assert format_cost(9.4912e-4, GERMAN) == "0,000949"
    for cost in (0.0, 3.2e-12, 4.5e8, math.inf, math.nan):  # without a row of zeros
        assert len(format_cost(cost, ENGLISH)) <= len("3.20e-12")


def test_without_a_locale_the_application_s_own_is_used():
    assert format_number(1234.5) == "1,234.5"
    QLocale.setDefault(GERMAN)
    assert format_number(1234.5) == "1.234,5"
    assert parse_number("1.234") == 1234


@pytest.mark.parametrize(("number", "words"), [(math.inf, "inf"), (-math.inf, "−inf"), (math.nan, "nan")])
def test_what_ran_away_is_said(number, words):
    assert format_number(number, QLocale(QLocale.Language.English)) == words
