"""What was chosen for the last film: remembered, and never in the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.figure.film.film import FilmOptions
from curvegui.figure.formats import FilmFormat, formats
from curvegui.ui.dialogs.save_dialog import choices_to_text
from curvegui.ui.film.dialog import film_choices

choices = st.builds(
    FilmOptions,
    ending=st.sampled_from(list(formats(FilmFormat))),
    side_px=st.integers(32, 1_080).map(lambda half: 2 * half),
    seconds=st.floats(1, 600),
    frames_per_second=st.integers(5, 50),
    time=st.sampled_from(["log", "even"]),
)


@given(kept=choices)
def test_choices_come_back_as_they_were_kept(kept):
    assert film_choices(choices_to_text(kept)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[1]",
        '{"ending": "avi"}',
        '{"side_px": 1}',
        '{"ending": "mp4", "side_px": 601}',
        '{"frames_per_second": 60}',
    ],
)
def test_what_does_not_go_together_is_forgotten(text):
    assert film_choices(text) == FilmOptions()


def test_what_is_of_no_use_is_forgotten_and_the_rest_is_not():
    assert film_choices('{"trail": false, "axes": 1, "seconds": "long"}') == FilmOptions(trail=False)
