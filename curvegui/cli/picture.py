"""Pictures, posters and videos without a window: options, checked before training. Qt is loaded only for these."""

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curvegui.cli.options import number_or_text
from curvegui.core.language.text import capitalised, either, mark, tr
from curvegui.core.learner.caption import caption
from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.setting import Setting
from curvegui.figure.formats import LARGEST_SCALE, LARGEST_SIDE_PX, SIDE_PX, FilmFormat, PictureFormat, formats, spelled
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import short_line_of

if TYPE_CHECKING:
    from curvegui.figure.drawing.figure import Figure
    from curvegui.figure.film.film import FilmOptions

LAYOUT_NAMES = ("square", "portrait", "landscape", "card")  # the keys of figure's LAYOUTS, which takes Qt to read
PALETTE_NAMES = ("ember", "viridis", "cividis", "silver", "aurora")  # and of PALETTES
PAPER_NAMES = ("dark", "white")  # and of PAPERS
LAYOUT_HELP = mark(
    "Save pictures as posters, one long exposure of the whole run: a square, A3 portrait or landscape, or a card to "
    "post in a forum, with the settings and the run as a line of text."
)
PALETTE_HELP = mark(
    "Colours of a poster, from the first iterations to the last; all but aurora are safe for colour-blind eyes."
)
PAPER_HELP = mark("Paint a poster with light on dark, or with ink on white.")


# the keys of figure's LOOKS, which takes Qt to read
LOOK_NAMES = "ember", "classic", "light", "dark", "contrast", "contrast-light"
LAYERS = {"background": True, "trail": True, "target": True, "axes": False, "caption": False}
LAYER_HELP = {
    "background": mark("Paint the background; without it, the picture is transparent."),
    "trail": mark("Paint the trail: what the network drew earlier."),
    "target": mark("Paint the target."),
    "axes": mark("Paint axes with numbers."),
    "caption": mark("Add a caption that says what was trained."),
}
SIZE = Setting("Size", "The picture's side in pixels, before scaling.", low=16, high=LARGEST_SIDE_PX)
SCALE = Setting("Scale", "", low=1, high=LARGEST_SCALE)


@dataclass(frozen=True)
class PictureStyle:
    """How pictures look; ``layers`` are the painted layers, with the keys of ``LAYERS``. ``still``: a file whose ending
    also means a film is a picture. ``poster``: the fields of a `PosterStyle`, or None for no poster."""

    look: str
    side_px: int
    scale: float
    layers: Mapping[str, bool]
    with_run: bool = True
    still: bool = False
    poster: Mapping[str, Any] | None = None

    def paint(self, figure: "Figure", ending: str) -> bytes:
        from curvegui.figure.drawing.figure import FigureOptions
        from curvegui.figure.drawing.look import LOOKS
        from curvegui.figure.picture.export import render_bytes

        layers = FigureOptions(**self.layers)
        return render_bytes(figure, LOOKS[self.look], layers, ending, side_px=self.side_px, scale=self.scale)

    def paint_poster(self, trainer: Trainer, figure: "Figure", project: Project, ending: str) -> bytes:
        """The bytes of a poster, which does not include the run. Raises ``ValueError`` if it would be too large."""
        from curvegui.figure.poster.poster import Poster, PosterRendering, PosterStyle
        from curvegui.figure.poster.words import Words

        words, style = Words.of(trainer.snapshot(), short_line_of(project)), PosterStyle(**self.poster or {})
        poster = Poster(figure, words)
        return PosterRendering(poster, style, ending, scale=self.scale).paint_all().encode()


def add_picture_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(tr("pictures"))
    group.add_argument("--look", choices=LOOK_NAMES, help=tr("Their colours; default {looks}.", looks=LOOK_NAMES[0]))
    size_help = tr("{tip} {allowed}; default %(default)s.", tip=SIZE.tip, allowed=capitalised(SIZE.allowed(whole=True)))
    group.add_argument("--size", metavar="PX", type=number_or_text, default=SIDE_PX, help=size_help)
    with_pixels = either([spelled(each.ending) for each in formats(PictureFormat).values() if each.has_pixels])
    words = mark("Multiplies the pixels of {formats}. {allowed}; default %(default)s.")
    scale_help = tr(words, formats=with_pixels, allowed=capitalised(SCALE.allowed(whole=False)))
    group.add_argument("--scale", metavar="N", type=number_or_text, default=1, help=scale_help)
    for layer, words in LAYER_HELP.items():
        group.add_argument(f"--{layer}", action=argparse.BooleanOptionalAction, help=tr(words))
    run_help = tr("Include the run in PNG and SVG pictures, so that they can be reopened; the default.")
    group.add_argument("--run", action=argparse.BooleanOptionalAction, help=run_help)
    group.add_argument("--poster", choices=LAYOUT_NAMES, help=tr(LAYOUT_HELP))
    for option, names, words in (("--palette", PALETTE_NAMES, PALETTE_HELP), ("--paper", PAPER_NAMES, PAPER_HELP)):
        group.add_argument(option, choices=names, help=tr("{help} Default {names}.", help=tr(words), names=names[0]))
    group.add_argument("--still", action="store_true", help=tr("Save .webp as a picture, not as a video."))


def picture_style(
    parser: argparse.ArgumentParser,
    options: argparse.Namespace,
    look: str = LOOK_NAMES[0],
    layers: Mapping[str, bool] = LAYERS,
) -> PictureStyle:
    """The look of pictures that options ask for, else ``look`` and ``layers``; wrong ones end the program: status 2."""
    try:
        side_px = int(SIZE.check_number(options.size, whole=True))
        scale = SCALE.check_number(options.scale, whole=False)
        if side_px * scale > SIZE.high:
            words = mark("Size times scale is at most {high:,} pixels: choose a smaller size or scale.")
            raise ValueError(tr(words, high=SIZE.high))
    except ValueError as error:
        parser.error(str(error))
    poster = None
    if options.poster:
        colours = {name: getattr(options, name) for name in ("palette", "paper") if getattr(options, name)}
        poster = {"layout": options.poster, "target": bool(options.target), "caption": options.caption is not False}
        poster |= colours
    elif options.palette or options.paper:
        parser.error(tr("--palette and --paper are for posters: add --poster."))
    given = {layer: getattr(options, layer) for layer in LAYERS if getattr(options, layer) is not None}
    look, painted = options.look or look, {layer: layers.get(layer, usual) for layer, usual in LAYERS.items()} | given
    return PictureStyle(look, side_px, scale, painted, options.run is not False, options.still, poster)


def prepare_painting() -> None:
    """Load Qt before the training, not after it: raises ``ImportError`` if a library that Qt needs is missing."""
    from curvegui.figure.application import ensure_gui_application

    ensure_gui_application()


def figure_of(trainer: Trainer) -> "Figure":
    from curvegui.figure.drawing.figure import Figure
    from curvegui.figure.drawing.target_drawing import TargetDrawing

    snapshot = trainer.snapshot()
    trail = trainer.trail.since(-1).curves
    return Figure(TargetDrawing.of(snapshot.target), trail, snapshot.smooth_fit(), caption(snapshot))


FILM_FIELDS = {name: name for name in ("trail", "target", "axes", "caption", "seconds", "time", "loop")}
FILM_FIELDS |= {"film_size": "side_px", "fps": "frames_per_second"}  # the fields of `FilmOptions`, by option


@dataclass(frozen=True)
class FilmStyle:
    """How films look, and the fields of `FilmOptions` that were given."""

    look: str = LOOK_NAMES[0]
    given: Mapping[str, Any] = field(default_factory=dict)

    def options(self, ending: str) -> "FilmOptions":
        """The options of a film; raises ``ValueError`` where they are not possible."""
        from curvegui.figure.film.film import FilmOptions

        return FilmOptions(ending=ending, **self.given)

    def save(self, record: RunRecord, path: Path, ending: str) -> None:
        from curvegui.figure.drawing.look import LOOKS
        from curvegui.figure.film.film import render_film

        render_film(record, LOOKS[self.look], self.options(ending), path)


def add_film_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(tr("videos"), tr("Videos look as the pictures do."))
    size_help = tr("Width and height in pixels; default 600.")
    group.add_argument("--film-size", metavar="PX", type=number_or_text, help=size_help)
    group.add_argument("--seconds", metavar="N", type=number_or_text, help=tr("How long they last; default 9."))
    group.add_argument("--fps", metavar="N", type=number_or_text, help=tr("Frames per second; default 25."))
    time_help = tr("Even, or with a slow start, which shows more of the beginning; default log.")
    group.add_argument("--time", choices=("log", "even"), help=time_help)
    group.add_argument("--loop", action=argparse.BooleanOptionalAction, help=tr("Repeat when it ends; the default."))


def film_style(
    parser: argparse.ArgumentParser, options: argparse.Namespace, endings: Iterable[str], look: str
) -> FilmStyle:
    """The style of films that the options ask for; wrong options end the program with status 2. Raises ``ImportError``
    as `prepare_painting`."""
    found = {field: getattr(options, name) for name, field in FILM_FIELDS.items()}
    style = FilmStyle(options.look or look, {name: value for name, value in found.items() if value is not None})
    for ending in endings:
        if ending in formats(FilmFormat) and not (options.still and ending in formats(PictureFormat)):
            prepare_painting()
            try:
                missing = style.options(ending).format.load().missing()
            except ValueError as error:
                parser.error(str(error))
            if missing:
                parser.error(missing)
    return style
