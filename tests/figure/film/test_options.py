"""What a film is to be like, and which iterations it shows."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.film.film import TIMINGS, FilmOptions, Shot, frame_counts, shots


def test_the_usual_film_is_200_frames_of_600_pixels_and_a_second_to_look_at_the_last():
    options = FilmOptions()
    assert (options.ending, options.side_px, options.frames_per_second, options.seconds) == ("gif", 600, 25, 9)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ending": "avi"}, "Format: choose one of gif, webp, mp4."),
        ({"time": "slow"}, "Time: choose one of log, even."),
        ({"side_px": 63}, "Size: a whole number from 64 to 2,160."),
        ({"side_px": 2_161}, "Size: a whole number from 64 to 2,160."),
        ({"side_px": 600.5}, "Size: a whole number from 64 to 2,160."),
        ({"seconds": 0.5}, "Length: a number from 1 to 600."),
        ({"seconds": 601}, "Length: a number from 1 to 600."),
        ({"seconds": float("nan")}, "Length: a number from 1 to 600."),
        ({"frames_per_second": 4}, "Frames per second: a whole number from 5 to 60."),
        ({"frames_per_second": 61}, "Frames per second: a whole number from 5 to 60."),
        ({"frames_per_second": 51}, "Frames per second: GIF videos can have at most 50."),
        ({"ending": "mp4", "side_px": 601}, "Size: MP4 videos need an even number of pixels: 600 or 602."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=r".") as caught:
        FilmOptions(**wrong)
    assert str(caught.value) == sentence


def test_layers_are_those_of_a_picture_with_its_background_and_fit():
    options = FilmOptions(trail=False, target=False, axes=True, caption=False)
    assert options.layers == FigureOptions(trail=False, target=False, axes=True, caption=False)
    assert options.layers.background
    assert options.layers.fit


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


def test_even_steps_are_even():
    frames = shots(0, 398, FilmOptions(time="even"))
    assert [shot.iteration for shot in frames] == list(range(0, 399, 2))


def test_logarithmic_steps_grow_by_the_same_factor():
    frames = shots(0, 10**6, FilmOptions(time="log"))
    late = [shot.iteration for shot in frames if shot.iteration > 1_000]
    factors = [after / before for before, after in pairwise(late)]
    assert max(factors) - min(factors) < 0.002
    assert [shot.iteration for shot in frames[:4]] == [0, 1, 2, 3]
