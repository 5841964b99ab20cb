"""The picture of a finished training, as Jupyter and a script use it."""

import io
import sys
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from curvegui.figure.picture.growing_picture import GrowingPicture
from curvegui.figure.picture.training_picture import ThinnedTrail, TrainingPicture


@pytest.fixture
def picture():
    turn = np.linspace(0, 2 * np.pi, 50)
    circle = 0.5 + 0.3 * np.stack([np.cos(turn), np.sin(turn)])
    trail = np.stack([circle * scale for scale in (0.5, 0.8)]).astype(np.float32)
    return TrainingPicture(circle, trail, circle * 0.9, "a circle")


def png_of(picture):
    """What Jupyter asks for."""
    return picture._repr_png_()[0]


def test_jupyter_gets_a_png(picture):
    assert png_of(picture).startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    ("name", "begins"), [("a.png", b"\x89PNG\r\n\x1a\n"), ("a.SVG", b"<?xml"), ("a b.pdf", b"%PDF-")]
)
def test_the_files_ending_says_what_is_written(picture, tmp_path, name, begins):
    picture.save(tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("name", ["a.jpg", "a", "png", ".png"])
def test_another_ending_is_refused_and_the_allowed_ones_are_named(picture, tmp_path, name):
    with pytest.raises(ValueError, match=r"\.png, \.svg, \.pdf"):
        picture.save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_training_that_drew_nothing_yet_still_has_a_picture():
    square = np.array([[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]])
    picture = TrainingPicture(square, ThinnedTrail(100, 4).curves(), square, "interrupted at once")
    assert png_of(picture).startswith(b"\x89PNG")


def test_a_picture_does_not_change_when_its_arrays_do(picture):
    fit = np.zeros((2, 4))
    kept = TrainingPicture(fit, np.zeros((1, 2, 4), np.float32), fit, "")
    fit[:] = 7
    assert not kept.fit.any()
    with pytest.raises(ValueError, match="read-only"):
        kept.fit[0, 0] = 1


@given(st.integers(0, 3_000_000), st.integers(1, 2_000))
def test_a_trail_is_even_bounded_and_ends_with_the_last_iteration(iterations, points):
    trail = ThinnedTrail(iterations, points)
    kept = range(iterations - iterations % trail.every, -1, -trail.every)  # iterations to go, as they are drawn
    assert trail.every % 100 == 0
    assert kept[-1] == 0
    assert len(kept) <= 2_000
    assert len(kept) >= min(1_000, iterations // 100 + 1)


def test_a_short_training_draws_every_hundredth_iteration():
    assert ThinnedTrail(10_000, 100).every == 100


def test_a_trail_of_curves_with_very_many_points_keeps_fewer_of_them():
    trail = ThinnedTrail(1_000_000, 100_000)
    assert 1_000_000 // trail.every + 1 <= 80


def test_a_cell_that_has_shown_a_picture_does_not_show_it_again_but_the_next_one_does(picture, monkeypatch):
    shell = SimpleNamespace(execution_count=7)
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    shown = replace(picture, shown_in=7)
    for count, each, is_shown_again in ((7, shown, False), (8, shown, True), (8, picture, True)):
        shell.execution_count = count
        with pytest.raises(NotImplementedError) if is_shown_again else nullcontext():  # Jupyter then asks for a PNG
            each._ipython_display_()


def test_a_picture_that_grows_has_at_each_time_what_the_finished_one_has(picture):
    growing = GrowingPicture(picture.target)
    growing.png(picture.trail[:1], picture.fit)
    pixels, expected = (
        np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), np.int16)
        for png in (growing.png(picture.trail, picture.fit), png_of(picture))
    )
    assert np.abs(pixels - expected).max() <= 3
