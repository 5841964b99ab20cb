"""Films of a run without a window: their options, checked before an hour is spent on them.

Qt is loaded only where a film is asked for.
"""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curvegui.cli.options import number_or_text
from curvegui.core.language.text import tr
from curvegui.core.run.record import RunRecord
from curvegui.figure.formats import FilmFormat, PictureFormat, formats

if TYPE_CHECKING:
    from curvegui.figure.film.options import FilmOptions

LAYERS = ("trail", "target", "axes", "caption")
OPTIONS = {"film_size": "side_px", "seconds": "seconds", "fps": "frames_per_second", "time": "time", "loop": "loop"}


@dataclass(frozen=True)
class FilmStyle:
    """What films are to be like: their look, and the fields of `FilmOptions` that were given."""

    look: str = "classic"
    given: Mapping[str, Any] = field(default_factory=dict)

    def options(self, ending: str) -> "FilmOptions":
        """The options of a film; raises ``ValueError`` where they are not possible."""
        from curvegui.figure.film.options import FilmOptions

        return FilmOptions(ending=ending, **self.given)

    def save(self, record: RunRecord, path: Path, ending: str) -> None:
        """Paint and save a film; errors as in `render_film`."""
        from curvegui.figure.drawing.look import LOOKS
        from curvegui.figure.film.film import render_film

        render_film(record, LOOKS[self.look], self.options(ending), path)


def add_film_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what films are like."""
    group = parser.add_argument_group(tr("videos"), tr("Videos look as the pictures do."))
    group.add_argument(
        "--film-size", metavar="PX", type=number_or_text, help=tr("Width and height in pixels; default 600.")
    )
    group.add_argument("--seconds", metavar="N", type=number_or_text, help=tr("How long they last; default 9."))
    group.add_argument("--fps", metavar="N", type=number_or_text, help=tr("Frames per second; default 25."))
    time_help = tr("Even, or with a slow start, which shows more of the beginning; default log.")
    group.add_argument("--time", choices=("log", "even"), help=time_help)
    loop_help = tr("Repeat when it ends; the default.")
    group.add_argument("--loop", action=argparse.BooleanOptionalAction, help=loop_help)


def film_style(
    parser: argparse.ArgumentParser, options: argparse.Namespace, endings: Iterable[str], look: str
) -> FilmStyle:
    """Read what was asked for; what is not possible ends the program with status 2.

    Raises ``ImportError`` if a library that Qt needs is missing.
    """
    named = {**{name: name for name in LAYERS}, **OPTIONS}
    found = {wanted: getattr(options, name) for name, wanted in named.items()}
    style = FilmStyle(options.look or look, {name: value for name, value in found.items() if value is not None})
    for ending in endings:
        if ending in formats(FilmFormat) and not (options.still and ending in formats(PictureFormat)):
            _check(parser, style, ending)
    return style


def _check(parser: argparse.ArgumentParser, style: FilmStyle, ending: str) -> None:
    from curvegui.figure.application import ensure_gui_application

    ensure_gui_application()
    try:
        missing = style.options(ending).format.load().missing()
    except ValueError as error:
        parser.error(str(error))
    if missing:
        parser.error(missing)
