"""Frames look exactly as the figures of their moments do, and only what is new is painted."""

from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.learner.caption import moving_caption
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.figure import BATCH, Figure
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.film import film
from curvegui.figure.film.film import FilmOptions, Reel
from tests.figure.pieces import render_image
from tests.figure.runs import changed_run, short_run

SIDE = 150
PLAIN = FilmOptions(side_px=SIDE, caption=False)


class Filmed:
    """A run, its reel, and what a figure of each moment looks like."""

    def __init__(self, record, options=PLAIN, look="classic"):
        self.run = Trainer.going_on(record)
        self.look, self.layers = LOOKS[look], options.layers
        self.reel = Reel(record, self.look, options)

    def moment(self, iteration):
        return Replayer().snapshot(self.run, iteration)

    def frame(self, iteration):
        for _ in self.reel.frame(iteration):
            pass
        return self.reel.pixels.copy()

    def figure(self, iteration):
        moment, trail = self.moment(iteration), self.run.trail.since(-1)
        curves = trail.curves[trail.iterations <= iteration]
        figure = Figure(TargetDrawing.of(moment.target), curves, moment.smooth_fit(), moving_caption(moment))
        image = render_image(figure, self.look, self.layers, side_px=SIDE)
        return np.frombuffer(image.constBits(), np.uint32).reshape(SIDE, SIDE).copy()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("axes", [False, True])
def test_each_frame_is_the_figure_of_its_moment_pixel_by_pixel(look, axes):
    filmed = Filmed(short_run(), replace(PLAIN, axes=axes), look)
    for iteration in (0, 1, 33, 300, 301, 600):
        frame, figure = (
            each.view(np.uint8).astype(int) for each in (filmed.frame(iteration), filmed.figure(iteration))
        )
        assert np.abs(frame - figure).max() <= (3 if filmed.look.is_light else 0)  # light's age is rounded otherwise


@pytest.mark.parametrize("layer", ["trail", "target"])
def test_layers_can_be_left_out(layer):
    filmed = Filmed(short_run(), replace(PLAIN, **{layer: False}))
    for iteration in (0, 600):
        np.testing.assert_array_equal(filmed.frame(iteration), filmed.figure(iteration))
    assert (filmed.frame(600) != Filmed(short_run()).frame(600)).any()


@pytest.mark.parametrize("target", [True, False], ids=["target", "no target"])
def test_noisy_and_tested_points_are_in_the_frames_as_in_the_figures(target):
    trainer = Trainer(TrainingConfig(hidden=(3,), points=40, data_noise=0.05, train_one_in=3))
    trainer.advance(200)
    filmed = Filmed(trainer.record(), replace(PLAIN, target=target))
    for iteration in (0, 150, 200):
        np.testing.assert_array_equal(filmed.frame(iteration), filmed.figure(iteration))


def test_a_target_that_changes_on_the_way_is_painted_anew():
    filmed = Filmed(changed_run())
    for iteration in (0, 240, 251, 400):
        np.testing.assert_array_equal(filmed.frame(iteration), filmed.figure(iteration))


def test_no_trail_curve_is_painted_twice(monkeypatch):
    painted = []
    real = film.paint_trail_curves

    def counted(painter, curves, *rest):
        painted.append(len(curves))
        real(painter, curves, *rest)

    monkeypatch.setattr(film, "paint_trail_curves", counted)
    filmed = Filmed(short_run())
    for iteration in range(0, 601, 50):
        filmed.frame(iteration)
    assert sum(painted) == len(filmed.run.trail) == 31
    assert max(painted) <= BATCH


def test_the_curves_stay_where_they_are_whatever_the_caption_says():
    filmed = Filmed(short_run(), replace(PLAIN, caption=True, trail=False))
    at = [rows_with(filmed.frame(iteration), LOOKS["classic"].target.colour).min() for iteration in (0, 60, 600)]
    assert np.ptp(at) <= 1


def rows_with(pixels, colour):
    """The rows with pixels of about that colour."""
    wanted = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)])
    channels = np.stack([pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255], axis=-1).astype(int)
    return np.flatnonzero((np.abs(channels - wanted).max(axis=-1) < 30).any(axis=1))
