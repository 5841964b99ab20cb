"""Choices as text: what comes back is what was kept, and what cannot be used is forgotten."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.ui.dialogs.choices import choices_to_text, kept_values


@dataclass(frozen=True)
class Choices:
    name: str = "heart"
    count: int = 2
    share: float = 0.5
    bright: bool = True


@given(kept=st.builds(Choices, share=st.floats(allow_nan=False)))
def test_choices_come_back(kept):
    assert Choices(**kept_values(choices_to_text(kept), Choices())) == kept


@pytest.mark.parametrize("text", ["", "no json", "[1]", "null", "{", "[" * 100_000, '{"more": 1}'])
def test_where_there_are_none_there_are_none(text):
    assert kept_values(text, Choices()) == {}


def test_a_value_of_another_type_is_forgotten_alone():
    text = '{"name": "circle", "count": true, "share": 1, "bright": 0, "more": 1}'
    assert kept_values(text, Choices()) == {"name": "circle"}
