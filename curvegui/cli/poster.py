"""Posters and cards without a window: their options, and how they are painted.

Qt is loaded only where one is asked for.
"""

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curvegui.core.language.text import mark, tr
from curvegui.core.run.trainer import Trainer
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import short_line_of

if TYPE_CHECKING:
    from curvegui.figure.drawing.figure import Figure

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


@dataclass(frozen=True)
class PosterOrder:
    """How pictures look that are saved as posters; the keys are those of the names above."""

    layout: str
    palette: str = PALETTE_NAMES[0]
    paper: str = PAPER_NAMES[0]
    target: bool = False
    caption: bool = True

    def paint(self, trainer: Trainer, figure: "Figure", project: Project, ending: str, scale: float) -> bytes:
        """The bytes of a poster, without the run in it. Raises ``ValueError`` if it cannot be so large."""
        from curvegui.figure.poster.poster import Poster, PosterRendering, PosterStyle
        from curvegui.figure.poster.words import Words

        words = Words.of(trainer.snapshot(), short_line_of(project))
        style = PosterStyle(self.layout, self.palette, self.paper, target=self.target, caption=self.caption)
        rendering = PosterRendering(Poster(figure, trainer.trail.since(-1), words), style, ending, scale=scale)
        for _ in rendering:
            pass
        return rendering.encode()


def add_poster_options(group: argparse._ArgumentGroup) -> None:
    """Add the options that make posters of pictures."""
    group.add_argument("--poster", choices=LAYOUT_NAMES, help=tr(LAYOUT_HELP))
    group.add_argument(
        "--palette",
        choices=PALETTE_NAMES,
        help=tr("{help} Default {names}.", help=tr(PALETTE_HELP), names=PALETTE_NAMES[0]),
    )
    group.add_argument(
        "--paper", choices=PAPER_NAMES, help=tr("{help} Default {names}.", help=tr(PAPER_HELP), names=PAPER_NAMES[0])
    )


def poster_order(parser: argparse.ArgumentParser, options: argparse.Namespace) -> PosterOrder | None:
    """What was ordered; None for ordinary pictures. What does not go together ends the program with status 2."""
    if options.poster is None:
        if options.palette or options.paper:
            parser.error(tr("--palette and --paper are for posters: add --poster."))
        return None
    return PosterOrder(
        options.poster,
        options.palette or PALETTE_NAMES[0],
        options.paper or PAPER_NAMES[0],
        target=bool(options.target),
        caption=options.caption is not False,
    )
