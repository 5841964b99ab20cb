"""Texts in the chosen language: their places, plurals, contexts and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from curvegui.core.language.catalogue import CHANGES, language_of, trial
from curvegui.core.language.text import (
    capitalised,
    either,
    first_sentence,
    in_row,
    is_right_to_left,
    listed,
    localised,
    lowered,
    mark,
    mark_in,
    said,
    speak,
    spoken,
    spoken_locale,
    tr,
    tr_in,
    tr_n,
    unstopped,
)

GERMAN = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Decimal-Sign: \\",\\"\\n"
"X-Group-Sign: \\".\\"\\n"

msgid "Open"
msgstr "Öffnen"

msgctxt "curve"
msgid "Open"
msgstr "Offen"

msgid "{n:,} point"
msgid_plural "{n:,} points"
msgstr[0] "{n:,} Punkt"
msgstr[1] "{n:,} Punkte"

msgid "The cost is {cost:.4f} after {n:,} iterations."
msgstr "Nach {n:,} Iterationen sind die Kosten {cost:.4f}."

msgid "Wrong {place}"
msgstr "Falsch {plaze}"

msgid "Wrong number {n}"
msgstr "Falsche Zahl {n[0]}"

msgid "Empty"
msgstr ""

#, fuzzy
msgid "Guessed"
msgstr "Geraten"
"""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak(None)


@pytest.fixture
def german() -> None:
    speak(language_of("de", GERMAN))


def test_english_is_as_it_is_written() -> None:
    assert (spoken(), is_right_to_left()) == ("en", False)
    assert tr("{ is a brace, and {} too") == "{ is a brace, and {} too"
    assert tr("{n:,} of {text}", n=1234, text="a {b}") == "1,234 of a {b}"
    assert [tr_n("{n} point", "{n} points", n) for n in (0, 1, 2)] == ["0 points", "1 point", "2 points"]
    assert tr_in("curve", "Open") == mark("Open") == mark_in("curve", "Open") == "Open"
    assert localised("1,234.5") == "1,234.5"
    assert [localised(f"{number:g}") for number in (1e-5, -1.5e20, 1e100)] == ["1e-5", "-1.5e20", "1e100"]


@pytest.mark.usefixtures("german")
def test_a_text_is_said_in_the_language_that_was_chosen() -> None:
    assert spoken() == "de"
    assert (tr("Open"), tr_in("curve", "Open")) == ("Öffnen", "Offen")
    assert [tr_n("{n:,} point", "{n:,} points", n) for n in (1, 2000)] == ["1 Punkt", "2.000 Punkte"]
    said = tr("The cost is {cost:.4f} after {n:,} iterations.", cost=0.0123, n=50_000)
    assert said == "Nach 50.000 Iterationen sind die Kosten 0,0123."
    assert localised("1,234.5") == "1.234,5"


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(("cost", "n"), [(np.float64(0.5), np.int64(12_345)), (np.float32(0.5), np.int32(12_345))])
def test_numbers_of_numpy_have_the_signs_of_the_language(cost: np.floating, n: np.integer) -> None:
    said = tr("The cost is {cost:.4f} after {n:,} iterations.", cost=cost, n=n)
    assert said == "Nach 12.345 Iterationen sind die Kosten 0,5000."
    assert tr_n("{n:,} point", "{n:,} points", n) == "12.345 Punkte"


@pytest.mark.parametrize("text", ["", "Empty", "Guessed", "Not there"])
def test_what_is_not_translated_is_said_in_english(text: str) -> None:
    assert tr(text) == text


@pytest.mark.usefixtures("german")
def test_a_text_whose_places_are_wrong_is_said_in_english() -> None:
    assert tr("Wrong {place}", place="here") == "Wrong here"
    assert tr("Wrong number {n}", n=3) == "Wrong number 3"


@pytest.mark.parametrize("code", CHANGES)
def test_a_language_to_test_with_changes_every_text(code: str) -> None:
    speak(trial(code))
    assert tr("Open") != "Open"
    assert tr_n("{n} point", "{n} points", 2) != "2 points"
    assert is_right_to_left() == (code == "rtl")


def test_a_sentence_begins_with_a_capital_letter() -> None:
    assert capitalised("data noise “A” 0.1") == "Data noise “A” 0.1"
    assert capitalised("") == ""


def test_words_in_a_row_have_the_signs_of_the_language() -> None:
    assert [in_row(words) for words in ([], ["W2"], ["W2", "{b}", "W3"])] == ["", "W2", "W2, {b}, W3"]
    assert listed(["W2", "b3", "W3"]) == "W2, b3 and W3"
    speak(language_of("zh", 'msgid "{row}, {next}"\nmsgstr "{row}、{next}"\n'))
    assert in_row(["W2", "b3", "W3"]) == "W2、b3、W3"
    assert [unstopped(words) for words in ("Yes.", "是。", "No")] == ["Yes", "是", "No"]


def test_words_in_a_row_with_and_or_or() -> None:
    assert [listed(each) for each in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert [either(each) for each in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b or c"]


def test_a_word_within_a_sentence_is_small_but_in_german() -> None:
    assert (lowered("Noise"), lowered("")) == ("noise", "")
    speak(language_of("de", GERMAN))
    assert lowered("Rauschen") == "Rauschen"


def test_the_first_sentence_ends_with_its_full_stop() -> None:
    assert first_sentence("One thing. Another one.") == "One thing."
    assert first_sentence("一。二。") == "一。"
    assert first_sentence("nothing ends it") == "nothing ends it"


def test_a_language_says_whose_numbers_it_has() -> None:
    assert spoken_locale() == "en_US"
    speak(language_of("de", GERMAN))
    assert spoken_locale() == "de"
    speak(trial("brackets"))
    assert spoken_locale() == "en_US"


def test_a_text_of_a_record_is_no_attribute_of_its_class() -> None:
    @said("title")
    @dataclass
    class Thing:
        title: str

    assert Thing("A title").title == "A title"
    assert not hasattr(Thing, "title")
