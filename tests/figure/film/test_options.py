"""What a film may be like, and the sentence about what it may not."""

import pytest

from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.film.options import FORMAT, LENGTH, RATE, SIZE, TIME, FilmOptions
from curvegui.files.film.formats import ANIMATION_FORMATS


def test_the_usual_film_is_200_frames_of_600_pixels_and_a_second_to_look_at_the_last():
    options = FilmOptions()
    assert (options.ending, options.side_px, options.frames_per_second, options.seconds) == ("gif", 600, 25, 9)


@pytest.mark.parametrize("ending", ANIMATION_FORMATS)
def test_the_usual_film_is_possible_in_every_format(ending):
    assert FilmOptions(ending=ending).format is ANIMATION_FORMATS[ending]


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
        ({"frames_per_second": 51}, "Frames per second: GIF films have at most 50."),
        ({"ending": "mp4", "side_px": 601}, "Size: MP4 films need an even number of pixels: 600 or 602."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=r".") as caught:
        FilmOptions(**wrong)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "right",
    [
        {"ending": "webp", "frames_per_second": 60},
        {"ending": "gif", "side_px": 601},
        {"ending": "mp4", "side_px": 2_160, "frames_per_second": 60},
        {"seconds": 1},
        {"seconds": 7.5},
    ],
)
def test_what_can_be_is_allowed(right):
    options = FilmOptions(**right)
    assert {name: getattr(options, name) for name in right} == right


def test_layers_are_those_of_a_picture_with_its_background_and_fit():
    options = FilmOptions(trail=False, target=False, axes=True, caption=False)
    assert options.layers == FigureOptions(trail=False, target=False, axes=True, caption=False)
    assert options.layers.background
    assert options.layers.fit


@pytest.mark.parametrize(("side", "scale"), [(64, 1), (600, 1), (900, 1), (1_800, 2)])
def test_lines_and_letters_grow_with_large_frames_only(side, scale):
    assert FilmOptions(side_px=side).scale == scale


@pytest.mark.parametrize("setting", [FORMAT, TIME, LENGTH, RATE, SIZE])
def test_every_choice_has_a_label_and_a_tip(setting):
    assert setting.label
    assert setting.tip.endswith(".")
