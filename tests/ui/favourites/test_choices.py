"""How favourites are shown is kept, and what was kept badly is not in the way."""

import pytest

from curvegui.ui.favourites.words import FavouritesChoices


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"order": "size"}', '{"side": 5}', '{"side": "108"}', '{"side": true}', "[" * 100_000],
)
def test_what_is_not_allowed_is_the_default(text):
    assert FavouritesChoices.from_text(text) == FavouritesChoices()
