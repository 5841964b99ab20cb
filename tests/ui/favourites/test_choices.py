"""How favourites are shown is kept, and what was kept badly is not in the way."""

import pytest

from curvegui.ui.favourites.words import FavouritesChoices


def test_choices_survive_as_text():
    choices = FavouritesChoices(order="cost", side=200, seen=True)
    assert FavouritesChoices.from_text(choices.to_text()) == choices


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"order": "size"}', '{"side": 5}', '{"side": "108"}', '{"side": true}', "[" * 100_000],
)
def test_what_is_not_allowed_is_the_default(text):
    assert FavouritesChoices.from_text(text) == FavouritesChoices()


def test_what_is_missing_is_the_default():
    assert FavouritesChoices.from_text('{"order": "name", "new": 1}') == FavouritesChoices(order="name")
