"""What can be typed into the palette: actions by their names, settings with a value."""

from itertools import pairwise

import pytest

from curvegui.core.settings.config import EDITED_SETTINGS, SETTINGS
from curvegui.ui.palette.dialog import MOST, offers, rank


@pytest.fixture
def find(person):
    return lambda typed: offers(typed, person.window.services)


def test_what_begins_as_typed_is_first_then_what_has_the_words_somewhere():
    assert rank([], "Save picture") == rank(["save"], "Save picture") == 0
    assert rank(["save"], "Save picture") < rank(["picture"], "Save picture") < rank(["ture"], "Save picture")
    assert rank(["picture", "save"], "Save picture") is not None
    assert rank(["save", "film"], "Save picture") is None


def test_an_offer_can_be_typed_as_it_is_written(find):
    for typed in ("window: dark", "looks, window: dark", "optimiser: adam", "save picture…"):
        assert find(typed), typed


def test_every_setting_takes_a_value_after_its_name(person, find):
    for typed, name, value in [
        ("aggression 3", "aggression", 3),
        ("noise 0.25", "noise", 0.25),
        ("optimiser adam", "optimizer", "adam"),
        ("optimizer adam", "optimizer", "adam"),
        ("curve star", "curve", "star"),
        ("layers 8 9", "hidden", (8, 9)),
        ("layers 5", "hidden", (5,)),
        ("points 1,000", "points", 1_000),
        ("neurons tanh", "activation", "tanh"),
    ]:
        first = find(typed)[0]
        assert first.do is not None, typed
        first.do()
        assert getattr(person.session.config, name) == value
        person.choose("edit.undo")


def test_a_value_that_has_a_word_is_shown_and_typed_as_that_word(person, find):
    for name in EDITED_SETTINGS:
        label, words = SETTINGS[name].label, SETTINGS[name].words
        if not words or not person.session.config.uses(name):
            continue
        ((number, word),) = words.items()
        person.session.edit(**{name: number})
        (now,) = [offer.note for offer in find(label) if offer.words.startswith(f"{label}:")]
        assert word in now, name
        person.session.edit(**{name: number + 2})
        (offer,) = [offer for offer in find(f"{label} {word}") if offer.words == f"{label}: {word}"]
        assert offer.do is not None, name
        offer.do()
        assert getattr(person.session.config, name) == number


def test_the_name_alone_tells_the_value_now_or_every_choice(person, find):
    for name in EDITED_SETTINGS:
        label = SETTINGS[name].label
        found = [offer for offer in find(label.casefold()) if offer.words.startswith(f"{label}:")]
        assert found, label
        now = [offer for offer in found if "now" in offer.note]
        assert now or len(found) >= MOST - 1, label


def test_a_value_that_cannot_be_says_why_and_does_nothing(find):
    for typed, reason in [
        ("aggression much", "not a number"),
        ("noise -1", "from 0 to"),
        ("points 1.5", "whole number"),
        ("layers 0", "from 1"),
        ("aggression 1 2", "number"),
    ]:
        first = find(typed)[0]
        assert first.do is None
        assert reason in first.note, typed


def test_a_choice_that_cannot_be_says_why_and_does_nothing(person, find):
    person.session.edit(points=100_000, hidden=(9, 11))
    (found,) = [offer for offer in find("optimiser levenberg") if offer.words.startswith("Optimiser:")]
    assert found.do is None and "MB" in found.note


def test_every_action_that_a_menu_shows_is_found_by_its_words_with_its_key(person, find):
    actions = person.window.services.actions
    for record in actions.offered():
        action = actions[record.id]
        words = action.text().replace("&", "").rstrip("…")
        assert words in [offer.words for offer in find(words)], words
    assert ("View, Panels", "Network") in [(offer.group, offer.words) for offer in find("network")]
    saving = find("save picture")[0]
    assert (saving.note, saving.do is not None) == ("Ctrl+E", True)
    assert next(offer for offer in find("undo")).do is None  # there is nothing to undo
    assert find("there is no such thing") == []


def test_letters_in_order_find_what_nothing_else_fits(person, find):
    (first, *_) = find("nose 0")
    assert (first.group, first.words) == ("Settings", "Noise: 0")
    assert "Save picture" in [offer.words for offer in find("pctr sav")]
    assert rank(["nose"], "Noise") > rank(["noise"], "Noise") and rank(["esion"], "Noise") is None
    assert all("save" in offer.words.casefold() for offer in find("save"))


def test_the_entries_of_a_group_stand_together(find):
    groups = [offer.group for offer in find("save")]
    assert len(set(groups)) == sum(one != other for one, other in pairwise(["", *groups]))
