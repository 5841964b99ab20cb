"""What was on the last picture: remembered, and never in the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.figure.picture.formats import LARGEST_SCALE, PICTURE_FORMATS
from curvegui.ui.picture.choices import LAYERS, PictureChoices

choices = st.builds(
    PictureChoices,
    ending=st.sampled_from(list(PICTURE_FORMATS)),
    scale=st.integers(1, LARGEST_SCALE),
    contain_run=st.booleans(),
    **{layer: st.booleans() for layer in LAYERS},
)


@given(kept=choices)
def test_choices_come_back_as_they_were_kept(kept):
    assert PictureChoices.from_text(kept.to_text()) == kept


@given(kept=choices)
def test_the_painter_is_told_the_same_layers(kept):
    assert {layer: getattr(kept.options, layer) for layer in LAYERS} == {
        layer: getattr(kept, layer) for layer in LAYERS
    }
    assert kept.options.fit


@pytest.mark.parametrize(
    "text", ["", "no json", "[1]", "null", "{", '{"ending": "bmp"}', '{"scale": 9}', '{"scale": 0}', "[" * 100_000]
)
def test_what_cannot_be_used_is_forgotten(text):
    assert PictureChoices.from_text(text) == PictureChoices()


@given(text=st.text(max_size=30))
def test_no_text_at_all_is_in_the_way(text):
    assert isinstance(PictureChoices.from_text(text), PictureChoices)


def test_a_value_of_the_wrong_type_counts_as_missing():
    kept = PictureChoices.from_text('{"ending": "svg", "scale": "3", "axes": 1, "caption": true, "more": 1}')
    assert kept == PictureChoices(ending="svg", caption=True)
    assert PictureChoices.from_text('{"scale": true}').scale == 2
