"""Which favourites are listed, and in which order."""

import numpy as np
import pytest

from curvegui.core.curve.curve import curve_through
from curvegui.ui.favourites.words import arranged
from tests.ui.favourites.fits import broken, made_up

OLD = made_up("Anna", cost=0.3, date="2026-01-01T00:00:00Z")
NEW = made_up("bert", cost=0.1, date="2026-01-03T00:00:00Z")
MIDDLE = made_up("Cäsar", cost=0.2, date="2026-01-02T00:00:00Z")
JUNK = broken("aaa", modified=0)  # of 1970
ALL = [MIDDLE, JUNK, NEW, OLD]


def names(order, search="", some=ALL):
    return [each.name for each in arranged(some, order, search)]


def test_they_are_sorted_as_the_order_says():
    assert names("date") == ["bert", "Cäsar", "Anna", "aaa"]
    assert names("cost") == ["bert", "Cäsar", "Anna", "aaa"]
    assert names("name") == ["aaa", "Anna", "bert", "Cäsar"]


def test_of_one_second_the_file_that_was_written_last_comes_first():
    one, two = made_up("a", modified=1), made_up("b", modified=2)
    assert names("date", some=[one, two]) == ["b", "a"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["aaa", "Anna", "bert", "Cäsar"]),
        ("  ", ["aaa", "Anna", "bert", "Cäsar"]),
        ("AN", ["Anna"]),
        ("heart", ["Anna", "bert", "Cäsar"]),
        ("heart cäs", ["Cäsar"]),
        ("aaa.curve", ["aaa"]),
        ("nobody", []),
    ],
)
def test_every_word_of_the_search_is_looked_for(search, found):
    assert names("name", search) == found


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("search", ["umgeformt", "herz", "reshaped", "heart"])
def test_a_curve_of_ours_is_found_by_the_name_that_is_shown_and_by_that_in_the_file(search):
    reshaped = curve_through("heart, reshaped", np.array([[0.1, 0.9, 0.5], [0.1, 0.1, 0.8]]), closed=True)
    assert names("date", search, [made_up("Dora", curve=reshaped), JUNK]) == ["Dora"]
