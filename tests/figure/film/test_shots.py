"""A film begins with the first iteration and ends with the last, and lasts as long as it should."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.figure.film.options import TIME, FilmOptions
from curvegui.figure.film.shots import TIMINGS, Shot, frame_counts, shots

paces = st.sampled_from(list(TIMINGS))
options = st.builds(FilmOptions, time=paces, seconds=st.floats(1, 20), frames_per_second=st.integers(5, 50))


@given(options=options, first=st.integers(0, 1_000), span=st.integers(0, 10_000_000))
def test_first_and_last_are_in_it_in_order_and_it_has_its_length(options, first, span):
    frames = shots(first, first + span, options)
    iterations = [shot.iteration for shot in frames]
    assert (iterations[0], iterations[-1]) == (first, first + span)
    assert iterations == sorted(set(iterations))
    assert all(shot.ticks >= 1 for shot in frames)
    assert sum(shot.ticks for shot in frames) == round(options.seconds * options.frames_per_second)


@pytest.mark.parametrize("time", TIMINGS)
def test_200_frames_and_the_last_one_for_a_second_more(time):
    frames = shots(0, 1_000_000, FilmOptions(time=time))
    assert frame_counts(FilmOptions()) == (200, 25)
    assert sum(shot.ticks for shot in frames) == 225
    assert frames[-1] == Shot(1_000_000, 26)


def test_a_short_film_holds_its_last_frame_for_a_quarter():
    assert frame_counts(FilmOptions(seconds=2, frames_per_second=20)) == (30, 10)


def test_even_steps_are_even():
    frames = shots(0, 398, FilmOptions(time="even"))
    assert [shot.iteration for shot in frames] == list(range(0, 399, 2))


def test_logarithmic_steps_grow_by_the_same_factor():
    frames = shots(0, 10**6, FilmOptions(time="log"))
    late = [shot.iteration for shot in frames if shot.iteration > 1_000]
    factors = [after / before for before, after in pairwise(late)]
    assert max(factors) - min(factors) < 0.002
    assert [shot.iteration for shot in frames[:4]] == [0, 1, 2, 3]


def test_where_there_are_few_iterations_each_is_shown_for_longer():
    frames = shots(0, 4, FilmOptions(time="even"))
    assert [shot.iteration for shot in frames] == [0, 1, 2, 3, 4]
    assert [shot.ticks for shot in frames] == pytest.approx([25, 50, 50, 50, 25 + 25], abs=1)


def test_a_run_that_has_not_begun_is_one_frame():
    assert shots(0, 0, FilmOptions()) == (Shot(0, 225),)


def test_every_pace_can_be_chosen():
    assert list(TIMINGS) == [name for name, _ in TIME.choices()]
