from collections import Counter

import pytest

from curvegui.figure.outline.svg_uses import Content, UseError, Uses


def chain(length, times):
    uses = Uses()
    uses.name("0", Content(1))
    for k in range(length):
        uses.name(str(k + 1), Content(1, Counter({str(k): times})))
    return uses


def test_what_is_used_counts_each_time():
    assert chain(3, 10).elements(Content(5, Counter({"3": 2}))) == 5 + 2 * (1 + 10 * (1 + 10 * (1 + 10)))


def test_a_name_that_nothing_has_counts_nothing():
    assert Uses().elements(Content(5, Counter({"": 3, "nobody": 4}))) == 5


def test_two_elements_of_one_name_count_both():
    uses = chain(0, 1)
    uses.name("0", Content(6))
    assert uses.elements(Content(0, Counter({"0": 2}))) == 14


def test_what_would_be_more_than_anyone_could_count_is_counted_at_once():
    assert chain(9, 1_000).elements(Content(1, Counter({"9": 1}))) > 10**27


@pytest.mark.parametrize("length", [10, 11, 5_000])
def test_a_chain_that_is_too_long_is_refused(length):
    uses = chain(length, 1)
    for k in range(0, length, 3):  # also where the shorter ones are known already
        if k < 10:
            uses.elements(Content(1, Counter({str(k): 1})))
    with pytest.raises(UseError, match="more than 10"):
        uses.elements(Content(1, Counter({str(length): 1})))


def test_what_contains_itself_is_refused_with_its_name():
    uses = Uses()
    uses.name("a", Content(1, Counter("b")))
    uses.name("b", Content(1, Counter("a")))
    with pytest.raises(UseError, match="“a” contains itself"):
        uses.elements(Content(1, Counter("a")))
