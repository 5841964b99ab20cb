"""Pictures of a training without a window: their options, checked before an hour is spent on them.

Qt is loaded only where a picture is asked for.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curvegui.cli.options import number_or_text
from curvegui.cli.poster import PosterOrder, add_poster_options, poster_order
from curvegui.core.language.text import capitalised, either, mark, tr
from curvegui.core.learner.caption import caption
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.setting import Setting
from curvegui.figure.formats import LARGEST_SCALE, LARGEST_SIDE_PX, SIDE_PX, PictureFormat, formats, spelled

if TYPE_CHECKING:
    from curvegui.figure.drawing.figure import Figure

# the keys of figure's LOOKS, which takes Qt to read
LOOK_NAMES = "classic", "light", "dark", "contrast", "contrast-light"
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
    """What pictures look like; ``layers`` says which layers of the figure are painted, by the keys of ``LAYERS``.

    ``still`` says that a file is a picture where its ending could mean a film as well; with a ``poster``, pictures are
    posters, which have a size and layers of their own.
    """

    look: str
    side_px: int
    scale: float
    layers: Mapping[str, bool]
    with_run: bool = True
    still: bool = False
    poster: PosterOrder | None = None

    def paint(self, figure: "Figure", ending: str) -> bytes:
        """The bytes of a picture, without the run in it."""
        from curvegui.figure.drawing.figure import FigureOptions
        from curvegui.figure.drawing.look import LOOKS
        from curvegui.figure.picture.export import render_bytes

        options = FigureOptions(**self.layers)
        look = LOOKS[self.look]
        return render_bytes(figure, look, options, ending, side_px=self.side_px, scale=self.scale)


def add_picture_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what pictures look like."""
    group = parser.add_argument_group(tr("pictures"))
    group.add_argument("--look", choices=LOOK_NAMES, help=tr("Their colours; default {looks}.", looks=LOOK_NAMES[0]))
    size_help = tr("{tip} {allowed}; default %(default)s.", tip=SIZE.tip, allowed=capitalised(SIZE.allowed(whole=True)))
    group.add_argument("--size", metavar="PX", type=number_or_text, default=SIDE_PX, help=size_help)
    scale_help = tr(
        "Multiplies the pixels of {formats}. {allowed}; default %(default)s.",
        formats=either([spelled(each.ending) for each in formats(PictureFormat).values() if each.has_pixels]),
        allowed=capitalised(SCALE.allowed(whole=False)),
    )
    group.add_argument("--scale", metavar="N", type=number_or_text, default=1, help=scale_help)
    for layer, words in LAYER_HELP.items():
        group.add_argument(f"--{layer}", action=argparse.BooleanOptionalAction, help=tr(words))
    run_help = tr("Include the run in PNG and SVG pictures, so that they can be reopened; the default.")
    group.add_argument("--run", action=argparse.BooleanOptionalAction, help=run_help)
    add_poster_options(group)
    still_help = tr("Save .webp as a picture, not as a video.")
    group.add_argument("--still", action="store_true", help=still_help)


def picture_style(
    parser: argparse.ArgumentParser,
    options: argparse.Namespace,
    look: str = LOOK_NAMES[0],
    layers: Mapping[str, bool] = LAYERS,
) -> PictureStyle:
    """Read what was asked for, on top of a look and layers; what is not possible ends the program with status 2."""
    try:
        side_px = int(SIZE.check_number(options.size, whole=True))
        scale = SCALE.check_number(options.scale, whole=False)
        if side_px * scale > SIZE.high:
            raise ValueError(
                tr("Size times scale is at most {high:,} pixels: choose a smaller size or scale.", high=SIZE.high)
            )
    except ValueError as error:
        parser.error(str(error))
    given = {layer: getattr(options, layer) for layer in LAYERS}
    painted = {layer: layers.get(layer, LAYERS[layer]) if given[layer] is None else given[layer] for layer in LAYERS}
    return PictureStyle(
        options.look or look,
        side_px,
        scale,
        painted,
        with_run=options.run is not False,
        still=options.still,
        poster=poster_order(parser, options),
    )


def prepare_painting() -> None:
    """Load what paints, so that what is missing shows before the training and not after it.

    Raises ``ImportError`` if a library that Qt needs is missing.
    """
    from curvegui.figure.application import ensure_gui_application

    ensure_gui_application()


def figure_of(trainer: Trainer) -> "Figure":
    """The run as it stands, to be painted."""
    from curvegui.figure.drawing.figure import Figure
    from curvegui.figure.drawing.target_drawing import TargetDrawing

    snapshot = trainer.snapshot()
    trail = trainer.trail.since(-1).curves
    return Figure(TargetDrawing.of(snapshot.target), trail, snapshot.fit, caption(snapshot))
