"""What is said of favourites."""

import pytest

from curvegui.session.stored.favourites import Deletion, Renaming
from curvegui.ui.favourites.words import compare, default_name, description, done, second_line, spoken, undo_words
from tests.ui.favourites.fits import broken, made_up


@pytest.mark.parametrize(("iteration", "name"), [(12_300, "Heart, 12,300 iterations"), (1, "Heart, 1 iteration")])
def test_the_default_name_says_curve_and_iteration_and_leaves_the_cost_to_the_line_below(iteration, name):
    assert default_name("Heart", iteration) == name


def test_a_thumbnail_and_a_screen_reader_say_the_cost_or_that_it_is_broken():
    assert second_line(made_up(cost=0.000482)) == "cost 0.000482"
    assert spoken(made_up(cost=0.000482)).startswith("heart, cost 0.000482, ")
    assert second_line(broken()) == "Cannot be read"
    assert spoken(broken()) == "junk, broken: “junk.curvegui” could not be opened. It is damaged."


def test_the_description_says_how_it_was_trained_or_why_it_cannot_be_read():
    words = description(made_up(cost=0.000482, hidden=(6, 7), seed=42))
    for part in ("heart", "1–6–7–2", "12,300 iterations", "aggression 7", "noise 1", "seed 42", "cost 0.000482"):
        assert part in words
    assert description(broken()) == broken().problem


def test_what_was_done_can_be_read():
    assert done(Deletion("", ("heart",))) == "Deleted “heart”."
    assert done(Deletion("", ("heart",) * 1_200)) == "Deleted 1,200 favourites."
    assert done(Renaming("key", "heart", "mine")) == "Renamed “heart” to “mine”."
    assert undo_words(Deletion("", ("heart",))) == "delete “heart”"
    assert undo_words(Deletion("", ("heart",) * 3)) == "delete 3"
    assert undo_words(Renaming("key", "heart", "mine")) == "rename to “mine”"


def test_two_are_compared_in_words_how_far_they_came_first():
    one, other = made_up(cost=0.5, hidden=(6, 7), aggression=7), made_up(cost=0.25, hidden=(10,), aggression=3)
    words = [each.words for each in compare(one.summary, other.summary)]
    assert words[0] == "Cost: 0.500 and 0.250"
    assert words[1] == "Iterations: the same (12,300)"
    assert words[2:4] == ["Layers: 6–7 and 10", "Aggression: 7 and 3"]
    assert "Noise: the same (1)" in words
