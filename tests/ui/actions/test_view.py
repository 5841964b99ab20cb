"""What a person chose to see: kept, and never in the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.figure.drawing.look import LOOKS
from curvegui.session.kept.preferences import Preferences
from curvegui.ui.actions.view import SWITCHES, View
from curvegui.ui.look.theme import THEMES

views = st.builds(
    View,
    look_key=st.sampled_from(list(LOOKS)),
    theme=st.sampled_from(list(THEMES)),
    **{name: st.booleans() for name in SWITCHES},
)


@given(view=views)
def test_every_choice_comes_back_from_the_preferences(view):
    assert View.of(Preferences(**view.as_preferences())) == view


def test_a_look_or_theme_that_is_not_known_is_the_usual_one():
    assert View.of(Preferences(look="gone", theme="gone")) == View()


@pytest.mark.parametrize("key", LOOKS)
def test_the_look_and_the_layers_are_those_of_the_figure(key):
    view = View(look_key=key, target=False, axes=True)
    assert view.look is LOOKS[key]
    assert (view.options.target, view.options.trail, view.options.axes) == (False, True, True)
    assert view.options.fit
