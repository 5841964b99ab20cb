"""A film on its way to a file: the right frames, whole or not at all, in small pieces, in little memory."""

import re
import tracemalloc

import numpy as np
import pytest

from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.caption import moving_caption
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.environment import extra_line
from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.look import CLASSIC, LOOKS
from curvegui.figure.drawing.target_drawing import TargetDrawing
from curvegui.figure.film import film as frame_painter
from curvegui.figure.film.film import FilmOptions, render_film, shots
from curvegui.figure.formats import FilmFormat, formats
from curvegui.files.film import gif, webp
from curvegui.files.film.animation import MissingLibraryError
from tests.figure.pieces import render_image
from tests.figure.runs import recorded, short_run
from tests.help.films import distance, read_film, rgb
from tests.help.writing import names_in

SIDE = 96
OLD = b"the old one"
SMALL = {"side_px": SIDE, "seconds": 1.0, "frames_per_second": 10}


def painted(record, iteration, options, look=CLASSIC):
    """What a picture of the moment looks like."""
    run = Trainer.going_on(record)
    moment, trail = Replayer().snapshot(run, iteration), run.trail.since(-1)
    figure = Figure(
        TargetDrawing.of(moment.target),
        trail.curves[trail.iterations <= iteration],
        moment.smooth_fit(),
        moving_caption(moment),
    )
    image = render_image(figure, look, options.layers, side_px=options.side_px)
    return rgb(np.frombuffer(image.constBits(), np.uint32).reshape(options.side_px, -1).copy())


@pytest.fixture(params=formats(FilmFormat))
def ending(request):
    return request.param


# Which frames


@pytest.mark.slow
@pytest.mark.parametrize("time", ["log", "even"])
def test_it_shows_what_it_should_for_as_long_as_it_should(tmp_path, ending, time):
    options = FilmOptions(ending=ending, time=time, caption=False, **SMALL)
    assert render_film(short_run(), CLASSIC, options, tmp_path / f"heart.{ending}")

    film, planned = read_film(tmp_path / f"heart.{ending}"), shots(0, 600, options)
    ticks = np.rint(np.array(film.durations) / 100).astype(int)
    assert film.seconds == pytest.approx(1.0)
    assert film.loops == formats(FilmFormat)[ending].loops
    if ending != "mp4":
        assert ticks.tolist() == [shot.ticks for shot in planned]
    at = np.repeat([shot.iteration for shot in planned], [shot.ticks for shot in planned])
    for frame, iteration in zip(np.repeat(film.frames, ticks, axis=0), at.tolist(), strict=True):
        assert frame.shape == (SIDE, SIDE, 3)
        apart = distance(frame, painted(short_run(), iteration, options))
        assert apart.mean() <= {"gif": 2, "webp": 0, "mp4": 12}[ending]  # on small frames, thin curves lose most


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.key)
def test_the_last_frame_is_the_picture_of_the_end(tmp_path, ending, look):
    options = FilmOptions(ending=ending, side_px=300, seconds=1, frames_per_second=5)
    render_film(short_run(), look, options, tmp_path / f"heart.{ending}")

    last = read_film(tmp_path / f"heart.{ending}").frames[-1]
    apart = distance(last, painted(short_run(), 600, options, look))
    exact = 0.02 if look.is_light else 0  # what lies over light is an image of its own, whose edges are rounded
    within = {"gif": (2, 12), "webp": (exact, 0), "mp4": (8, 40)}[ending]  # MP4 has half the resolution for colour
    assert (apart.mean(), np.percentile(apart, 99)) <= within


def test_a_run_that_has_not_begun_is_a_film_of_one_frame(tmp_path, ending):
    render_film(recorded(0), CLASSIC, FilmOptions(ending=ending, **SMALL), tmp_path / f"heart.{ending}")
    film = read_film(tmp_path / f"heart.{ending}")
    assert film.seconds == pytest.approx(1.0)
    assert len(film.frames) == (10 if ending == "mp4" else 1)


# Progress, and giving up


def test_progress_goes_up_from_0_to_1(tmp_path, ending):
    told = []
    render_film(short_run(), CLASSIC, FilmOptions(ending=ending, **SMALL), tmp_path / "heart", progress=told.append)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1)
    assert len(set(told)) > 5


@pytest.mark.parametrize("replaced", [True, False], ids=["old file", "new file"])
@pytest.mark.parametrize("after", [0, 1, 15])
def test_whoever_gives_up_leaves_nothing_behind(tmp_path, ending, after, replaced):
    path, asked = tmp_path / "heart", []
    if replaced:
        path.write_bytes(OLD)

    def should_stop():
        asked.append(names_in(tmp_path))
        return len(asked) > after

    assert not render_film(short_run(), CLASSIC, FilmOptions(ending=ending, **SMALL), path, should_stop=should_stop)
    assert len(asked) == after + 1
    assert any(name.endswith(".part") for name in asked[-1])  # it had begun
    assert names_in(tmp_path) == (["heart"] if replaced else [])
    assert not replaced or path.read_bytes() == OLD


class Workload:
    """Counts the work between two looks at whether to give up."""

    def __init__(self, monkeypatch):
        self.counts, self.most = {}, {}
        self._watch(monkeypatch, frame_painter, "paint_trail_curves", lambda painter, curves, *_: len(curves))
        for module, name in ((frame_painter, "paint_fit"), (gif, "_packed"), (webp, "_packed")):
            self._watch(monkeypatch, module, name, lambda *_: 1)
        self._watch(monkeypatch, Engine, "descend", lambda engine, start, count, *_: count)

    def _watch(self, monkeypatch, owner, name, amount):
        real = getattr(owner, name)

        def counted(*arguments):
            self.counts[name] = self.counts.get(name, 0) + amount(*arguments)
            return real(*arguments)

        monkeypatch.setattr(owner, name, counted)

    def look(self):
        for name, count in self.counts.items():
            self.most[name] = max(self.most.get(name, 0), count)
        self.counts.clear()
        return False


def test_a_network_that_takes_long_can_be_given_up_between_two_iterations(tmp_path, monkeypatch):
    record, work = recorded(40), Workload(monkeypatch)
    seconds = iter(range(1_000_000))
    monkeypatch.setattr(frame_painter.Playback.__init__, "__defaults__", (lambda: float(next(seconds)),))
    render_film(record, CLASSIC, FilmOptions(**SMALL), tmp_path / "heart", should_stop=work.look)
    assert work.most["descend"] == 1


# When it cannot be saved


def test_without_the_library_nothing_is_changed_and_the_line_that_installs_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    path = tmp_path / "heart.mp4"
    path.write_bytes(OLD)
    with pytest.raises(MissingLibraryError, match=re.escape(extra_line("video"))):
        render_film(short_run(), CLASSIC, FilmOptions(ending="mp4", **SMALL), path)
    assert path.read_bytes() == OLD
    assert names_in(tmp_path) == ["heart.mp4"]


def test_whatever_goes_wrong_while_painting_leaves_nothing_behind(tmp_path, monkeypatch, ending):
    def fail(*_):
        raise MemoryError("There is not enough memory.")

    monkeypatch.setattr(frame_painter, "paint_fit", fail)
    with pytest.raises(MemoryError):
        render_film(short_run(), CLASSIC, FilmOptions(ending=ending, **SMALL), tmp_path / "heart")
    assert names_in(tmp_path) == []


# Memory


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["gif", "webp", "mp4"])
def test_memory_does_not_grow_with_the_film(tmp_path, ending):
    """What FFmpeg itself allocates is not seen by this, but a list of frames would be."""
    options = FilmOptions(ending=ending, side_px=200, seconds=1, frames_per_second=20, time="even", caption=False)
    record, seen = recorded(1_000), []
    render_film(record, CLASSIC, FilmOptions(ending=ending, **SMALL), tmp_path / "heart")  # loads what it needs
    tracemalloc.start()
    try:
        render_film(
            record, CLASSIC, options, tmp_path / "heart",
            progress=lambda done: seen.append((done, tracemalloc.get_traced_memory()[0])),
        )  # fmt: skip
    finally:
        tracemalloc.stop()
    early = max(used for done, used in seen if 0.1 < done < 0.3)
    late = max(used for done, used in seen if 0.7 < done < 0.98)
    assert late - early < 2 * 200 * 200 * 4  # two frames of 20
