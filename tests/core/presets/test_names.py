"""Names of curves: English where they are written, translated where they are shown, and a person's as they are."""

import pytest

from curvegui.core.curve.curve import LONGEST_NAME
from curvegui.core.presets.names import name_between, reshaped_name, titled, worded

OURS = [
    ("heart", "Herz", "Herz"),
    ("drawing", "Zeichnung", "Zeichnung"),
    ("heart, reshaped", "Herz, umgeformt", "Herz, umgeformt"),
    ("heart to star", "Herz zu Stern", "Herz zu Stern"),
    ("heart to my fish", "Herz zu my fish", "Herz zu my fish"),
    ("By hand: Step", "Von Hand: Stufe", "Von Hand: Stufe"),
    ("heart, reshaped to star", "Herz, umgeformt zu Stern", "Herz, umgeformt zu Stern"),
]


@pytest.mark.parametrize(("name", "title", "words"), OURS)
def test_our_own_names_are_translated_where_they_are_shown(german, name, title, words):
    assert (titled(name), worded(name)) == (title, words)


@pytest.mark.parametrize("name", ["my fish", "Reset", "road to rome", "a, b", "Herz zu Stern", "reshaped"])
def test_the_names_of_a_person_and_of_older_files_stay_as_they_are(german, name):
    assert titled(name) == worded(name) == name


@pytest.mark.parametrize(("name", "title"), [("heart", "Heart"), ("heart, reshaped", "Heart, reshaped")])
def test_in_english_a_name_is_shown_as_it_is_written_and_begins_with_a_capital_where_it_stands_alone(name, title):
    assert (titled(name), worded(name)) == (title, name)


def test_names_that_are_made_of_others_are_not_too_long():
    long = "f" * LONGEST_NAME
    assert len(reshaped_name(long)) == len(name_between(long, long)) == LONGEST_NAME
