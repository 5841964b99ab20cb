"""What a person chose to see: kept, and never in the way."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.figure.drawing.look import LOOKS
from curvegui.session.stored.preferences import Preferences
from curvegui.ui.actions.display import MOTIONS, SIZES, SWITCHES, Display
from curvegui.ui.look.theme import THEMES

displays = st.builds(
    Display,
    look_key=st.sampled_from(list(LOOKS)),
    theme=st.sampled_from(list(THEMES)),
    text_size=st.sampled_from(list(SIZES)),
    motion=st.sampled_from(list(MOTIONS)),
    **{name: st.booleans() for name in SWITCHES},
)


@given(display=displays)
def test_every_choice_comes_back_from_the_preferences(display):
    assert Display.of(Preferences(**display.as_preferences())) == replace(display, curves=True)  # each view has its own


def test_what_is_not_known_is_the_usual_one_and_a_size_the_nearest():
    assert Display.of(Preferences(look="gone", theme="gone", motion="gone")) == Display(look_key="classic")
    assert [Display.of(Preferences(text_size=size)).text_size for size in (-3, 104, 10**9)] == [70, 100, 200]


def test_motion_follows_the_system_unless_it_is_chosen():
    for is_calm in (False, True):
        seen = [Display(motion=each, system_is_calm=is_calm).reduced_motion for each in ("system", "reduced", "full")]
        assert seen == [is_calm, True, False]


@pytest.mark.parametrize("key", LOOKS)
def test_the_look_and_the_layers_are_those_of_the_figure(key):
    display = Display(look_key=key, target=False, axes=True)
    assert display.look is LOOKS[key]
    assert (display.options.target, display.options.trail, display.options.axes) == (False, True, True)
    assert display.options.fit
