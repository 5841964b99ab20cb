"""A reel's frames are those of the run that was recorded, in the film's size or another."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from curvegui.core.learner.caption import moving_caption
from curvegui.core.learner.morphing import Morph
from curvegui.core.run.record import thinned
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.caption import caption_layout
from curvegui.figure.drawing.look import CLASSIC
from curvegui.figure.film.film import SAMPLE_PX, FilmOptions, Reel
from tests.figure.runs import changed_run, recorded, short_run
from tests.help.films import distance, rgb

OPTIONS = FilmOptions(side_px=128, seconds=2)


def frame(reel, iteration):
    for _ in reel.frame(iteration):
        pass
    return reel.pixels.copy()


def test_its_shots_go_from_the_first_keyframe_to_the_end():
    assert [Reel(short_run(), CLASSIC, OPTIONS).shots[index].iteration for index in (0, -1)] == [0, 600]


def test_a_run_that_was_cut_off_at_its_beginning_starts_later():
    record = Trainer.going_on(short_run()).record()
    late = recorded(600)
    object.__setattr__(late, "keyframe_iterations", record.keyframe_iterations[2:])
    object.__setattr__(late, "keyframes", record.keyframes[2:])
    object.__setattr__(late, "states", record.states[2:])
    reel = Reel(late, CLASSIC, OPTIONS)
    first = int(record.keyframe_iterations[2])
    assert reel.shots[0].iteration == first > 0
    frame(reel, first)


def test_a_thinned_record_shows_the_same_fits():
    plain = FilmOptions(side_px=128, trail=False)
    thin = thinned(short_run(), 4_000)
    assert len(thin.keyframe_iterations) < len(short_run().keyframe_iterations)
    for iteration in (0, 250, 600):
        np.testing.assert_array_equal(
            frame(Reel(thin, CLASSIC, plain), iteration), frame(Reel(short_run(), CLASSIC, plain), iteration)
        )


@pytest.mark.parametrize("side", [64, 128, 240, 320, 600])
def test_there_is_room_for_every_caption_on_the_way(side):
    run = Trainer.going_on(changed_run())
    reel = Reel(changed_run(), CLASSIC, FilmOptions(side_px=side))
    rect = QRectF(0, 0, side, side)
    room = caption_layout(rect, reel.room_for, 1.0).strip.height()
    heights = [
        caption_layout(rect, moving_caption(Replayer().snapshot(run, iteration)), 1.0).strip.height()
        for iteration in (0, 1, 149, 150, 200, 250, 399, 400)
    ]
    assert max(heights) <= room


def test_samples_are_small_and_have_the_films_colours():
    samples = [each for each in Reel(short_run(), CLASSIC, FilmOptions()).samples() if each is not None]
    assert [sample.shape for sample in samples] == [(SAMPLE_PX, SAMPLE_PX)] * 3
    seen = rgb(np.stack(samples).reshape(1, -1))[0]
    for stroke in (CLASSIC.target, CLASSIC.fit):
        colour = np.array([int(stroke.colour[at : at + 2], 16) for at in (1, 3, 5)], np.uint8)
        assert distance(seen, colour).min() < 6


def test_a_film_of_a_morph_shows_how_the_target_moves():
    morph, trainer = Morph(("heart", "star")), Trainer(TrainingConfig(points=50))
    for step in range(5):
        trainer.apply(replace(trainer.config, curve=replace(morph, position=step / 4).curve(50)))
        trainer.advance(50)
    films = [replace(OPTIONS, trail=False, caption=False, target=target) for target in (True, False)]
    reels = [Reel(trainer.record(), CLASSIC, options) for options in films]
    drawn = []
    for iteration in (10, 40, 125, 249):
        whole, without = (rgb(frame(reel, iteration)).astype(int) for reel in reels)
        drawn.append(np.abs(whole - without).max(axis=-1) > 20)  # the pixels of the target
    same, *others = (np.count_nonzero(one & other) / np.count_nonzero(one) for one, other in pairwise(drawn))
    assert same > 0.9 and max(others) < 0.6
