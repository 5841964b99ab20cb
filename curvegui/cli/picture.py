"""Pictures of a training without a window: what is asked for, checked before an hour is spent on it, and saved.

Qt is loaded only where a picture is asked for.
"""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from curvegui.cli.options import number_or_text
from curvegui.core.caption import caption
from curvegui.core.knob import Knob
from curvegui.core.trainer import Trainer
from curvegui.files.atomic import write_bytes

if TYPE_CHECKING:
    from curvegui.figure.figure import Figure

ENDINGS = ("png", "svg", "pdf")  # the keys of figure's PICTURE_FORMATS and LOOKS, which cannot be read without Qt
ENDINGS_TOLD = ", ".join(f".{each}" for each in ENDINGS)
LOOK_NAMES = ("classic", "light", "dark")
SIZE = Knob("Size", "The picture's side in pixels, before scaling.", low=16, high=16_384)
SCALE = Knob("Scale", "How many times more pixels than that a PNG has.", low=1, high=8)
DEFAULT_SIZE_PX = 900


@dataclass(frozen=True)
class PictureOrder:
    """The pictures that were asked for.

    Attributes
    ----------
    paths : tuple of Path
        Where they go; the endings say what they are.
    look : str
    side_px : int
    scale : float
    layers : dict of str to bool
        Which layers of the figure are painted: ``background``, ``trail``, ``target``, ``axes``, ``caption``.
    """

    paths: tuple[Path, ...]
    look: str
    side_px: int
    scale: float
    layers: dict[str, bool]

    def paint(self, figure: "Figure", path: Path) -> bytes:
        """The file that goes to one of the paths."""
        from curvegui.figure.export import render_bytes
        from curvegui.figure.figure import FigureOptions
        from curvegui.figure.look import LOOKS

        options = FigureOptions(**self.layers)
        look = LOOKS[self.look]
        return render_bytes(figure, look, options, ending(path), side_px=self.side_px, scale=self.scale)


def ending(path: Path) -> str:
    """What a file's name ends in, which is the picture's format: ``"png"``."""
    return path.suffix.lower().removeprefix(".")


def add_picture_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--save`` and the options that say what the picture looks like."""
    group = parser.add_argument_group("pictures")
    group.add_argument(
        "--save",
        metavar="FILE",
        action="append",
        default=[],
        help=f"Save a picture when the training ends; its name ends in one of {ENDINGS_TOLD}. May be given again.",
    )
    group.add_argument("--look", choices=LOOK_NAMES, default=LOOK_NAMES[0], help="Its colours; default %(default)s.")
    size_help = f"{SIZE.tip} {SIZE.allowed(whole=True).capitalize()}; default %(default)s."
    group.add_argument("--size", metavar="PX", type=number_or_text, default=DEFAULT_SIZE_PX, help=size_help)
    scale_help = f"{SCALE.tip} {SCALE.allowed(whole=False).capitalize()}; default %(default)s."
    group.add_argument("--scale", metavar="N", type=number_or_text, default=1, help=scale_help)
    for layer in ("background", "trail", "target"):
        group.add_argument(f"--no-{layer}", dest=layer, action="store_false", help=f"Leave the {layer} out.")
    group.add_argument("--axes", action="store_true", help="Paint axes with numbers.")
    group.add_argument("--caption", action="store_true", help="Write below it what was trained, and how well.")


def picture_order(parser: argparse.ArgumentParser, options: argparse.Namespace) -> PictureOrder:
    """Read what was asked for; what could not be saved in the end ends the program now, with status 2."""
    try:
        side_px = int(SIZE.check_number(options.size, whole=True))
        scale = SCALE.check_number(options.scale, whole=False)
        if side_px * scale > SIZE.high:
            raise ValueError(f"Size times scale is at most {SIZE.high:,} pixels: choose a smaller size or scale.")
        paths = tuple(_checked_path(name) for name in options.save)
    except ValueError as error:
        parser.error(str(error))
    layers = {layer: getattr(options, layer) for layer in ("background", "trail", "target", "axes", "caption")}
    return PictureOrder(paths, options.look, side_px, scale, layers)


def _checked_path(name: str) -> Path:
    path = Path(name)
    if ending(path) not in ENDINGS:
        raise ValueError(f"“{name}” cannot be saved: a picture's name ends in one of {ENDINGS_TOLD}.")
    try:
        if path.is_dir():
            raise ValueError(f"“{name}” cannot be saved: there is a folder of this name.")
        is_folder = path.parent.is_dir()
    except OSError as error:  # a name too long, or a folder that may not be looked into
        raise ValueError(f"“{name}” cannot be saved: {error.strerror}.") from error
    if not is_folder:
        raise ValueError(f"“{name}” cannot be saved: there is no folder {path.parent}.")
    if not os.access(path.parent, os.W_OK):
        raise ValueError(f"“{name}” cannot be saved: you may not write in {path.parent.absolute()}.")
    return path


def prepare_painting() -> None:
    """Load what paints, so that what is missing shows before the training and not after it.

    Raises
    ------
    ImportError
        If a library that Qt needs is missing.
    """
    from curvegui.figure.application import ensure_gui_application

    ensure_gui_application()


def save_pictures(order: PictureOrder, trainer: Trainer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Paint and save the run as it stands, every picture that can be.

    Returns
    -------
    saved : tuple of str
        The paths that were written.
    failures : tuple of str
        A sentence for each of the others.
    """
    from curvegui.figure.figure import Figure

    snapshot = trainer.snapshot()
    trail = trainer.trail.since(-1).curves
    figure = Figure(target=snapshot.target.points, trail=trail, fit=snapshot.fit, caption=caption(snapshot))
    saved, failures = [], []
    for path in order.paths:
        try:
            write_bytes(path, order.paint(figure, path))
        except (OSError, MemoryError) as error:
            failures.append(str(error) or f"There is not enough memory to paint “{path}”.")
        else:
            saved.append(str(path))
    return tuple(saved), tuple(failures)
