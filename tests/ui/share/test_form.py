"""What was chosen comes back as it was kept, of every kind; what is not allowed is as usual."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.ui.dialogs.choices import choices_to_text
from curvegui.ui.share.form import kept
from curvegui.ui.share.pictures import PICTURE, POSTER
from curvegui.ui.share.video import FILM

KINDS = PICTURE, POSTER, FILM


def usual(fields):
    return {each.key: each.usually for each in fields if each.usually is not None}


@st.composite
def chosen(draw, fields):
    values = {}
    for each in fields:
        if each.usually is None:
            continue
        if each.choices is not None:
            values[each.key] = draw(st.sampled_from([*each.choices()]))
        elif isinstance(each.usually, bool):
            values[each.key] = draw(st.booleans())
        else:
            values[each.key] = type(each.usually)(draw(st.integers(*map(int, each.bounds))))
    return values


@given(data=st.data())
@pytest.mark.parametrize("fields", KINDS)
def test_choices_come_back_as_they_were_kept(fields, data):
    values = data.draw(chosen(fields))
    assert kept(fields, choices_to_text(values)) == values


@pytest.mark.parametrize("fields", KINDS)
@pytest.mark.parametrize(
    "text",
    ["{", '{"ending": "bmp"}', '{"scale": 9}', '{"scale": 0}', '{"palette": "mud"}', '{"side_px": 1}', '{"trail": 1}'],
)
def test_what_cannot_be_used_is_forgotten(fields, text):
    assert kept(fields, text) == usual(fields)


def test_a_value_that_is_not_allowed_is_forgotten_alone():
    assert kept(FILM, '{"trail": false, "side_px": 1}') == usual(FILM) | {"trail": False}
