"""A film of a run, from its record to a file: in pieces, in any thread, with one frame in memory at a time."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from curvegui.core.run.record import RunRecord
from curvegui.figure.drawing.look import Look
from curvegui.figure.film.options import FilmOptions
from curvegui.figure.film.reel import Reel
from curvegui.files.disk.part_file import replaced_in_parts
from curvegui.files.film.animation import Animation, Pixels


def render_film(
    record: RunRecord,
    look: Look,
    options: FilmOptions,
    path: str | os.PathLike[str],
    *,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> bool:
    """Paint a film of a run and save it; whether it is saved. If not, nothing has changed.

    An existing file is replaced when the film is complete, and not before. Every few milliseconds, ``progress`` is
    told how much is done, from 0 to 1, and ``should_stop`` is asked whether to give up. Raises ``WriteError`` if the
    file cannot be written, ``MissingLibraryError`` if the format needs a library that is not there, and
    ``MemoryError`` if there is no room for a frame.
    """
    return carry_out(film_pieces(record, look, options, path), progress=progress, should_stop=should_stop)


def carry_out(
    pieces: Generator[float, None, None],
    *,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> bool:
    """Do a work that was cut into pieces; see `render_film`."""
    with closing(pieces):
        for done in pieces:
            if should_stop and should_stop():
                return False
            if progress:
                progress(done)
    if progress:
        progress(1.0)
    return True


def film_pieces(
    record: RunRecord, look: Look, options: FilmOptions, path: str | os.PathLike[str]
) -> Generator[float, None, None]:
    """The same as an iterator: each step is a piece of work, and yields how much is done, below 1.

    When the iterator ends, the film is saved. Closed before that, it leaves nothing behind.
    """
    reel = Reel(record, look, options)
    with (
        replaced_in_parts(path) as file,
        closing(options.format.load()(file, options.spec(reel.description))) as animation,
    ):
        samples: list[Pixels] = []
        for sample in reel.samples() if animation.wants_samples else ():
            samples += [] if sample is None else [sample]
            yield 0.0
        animation.begin(samples)
        yield from _frames(reel, animation)
        for _ in animation.end():
            yield 0.99


def _frames(reel: Reel, animation: Animation) -> Iterator[float]:
    for number, shot in enumerate(reel.shots):
        done = 0.99 * number / len(reel.shots)
        for _ in reel.frame(shot.iteration):
            yield done
        for _ in animation.add(reel.pixels, shot.ticks):
            yield done
