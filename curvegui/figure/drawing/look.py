"""The looks of a figure: which colours, widths and dashes its background and its curves have."""

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPen, QRadialGradient

from curvegui.core.language.text import mark, said


@dataclass(frozen=True)
class Ink:
    """A colour, ``"#rrggbb"``, and how opaque it is, from 0 to 1."""

    colour: str
    alpha: float = 1.0

    def qcolor(self) -> QColor:
        qcolor = QColor(self.colour)
        qcolor.setAlphaF(self.alpha)
        return qcolor


@dataclass(frozen=True)
class LineStyle:
    """How a curve is drawn, in a colour ``"#rrggbb"``.

    The width is in logical pixels, whatever the figure's size. ``dashes`` are lengths of dashes and gaps in widths,
    empty for a solid curve. ``round`` says whether ends and corners are round: among thousands, plain ends and corners
    take less room in a file.
    """

    colour: str
    width: float
    alpha: float = 1.0
    dashes: tuple[float, ...] = ()
    round: bool = True

    def pen(self, scale: float) -> QPen:
        pen = QPen(Ink(self.colour, self.alpha).qcolor(), self.width * scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if self.round else Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if self.round else Qt.PenJoinStyle.MiterJoin)
        if self.dashes:
            pen.setDashPattern(self.dashes)
        return pen


@dataclass(frozen=True)
class Background:
    """One flat colour, or a radial gradient that reaches its last colour at the farthest corner.

    A stop is a position from 0, the centre, to 1, the farthest corner, with its colour; a single stop is a flat colour.
    The centre is in the unit square, y up.
    """

    stops: tuple[tuple[float, str], ...]
    centre: tuple[float, float] = (0.5, 0.5)

    def brush(self, rect: QRectF) -> QBrush:
        """The brush that fills ``rect``, y down."""
        if len(self.stops) == 1:
            return QBrush(QColor(self.stops[0][1]))
        x, y = self.centre
        centre = QPointF(rect.left() + x * rect.width(), rect.bottom() - y * rect.height())
        radius = math.hypot(max(x, 1 - x) * rect.width(), max(y, 1 - y) * rect.height())
        gradient = QRadialGradient(centre, radius)
        for position, colour in self.stops:
            gradient.setColorAt(position, QColor(colour))
        return QBrush(gradient)


@said("label")
@dataclass(frozen=True)
class Look:
    """Everything that makes two figures of one run look different.

    ``text`` is for captions and the numbers along the axes, ``grid`` for the lines behind the curves, ``marker_edge``
    for the edge of a dot that marks a point of the fit, ``series`` for a Fourier series beside the fit. With
    ``is_light``, the trail is light that adds up (see `light`), and the fit glows; ``trail`` is then for places that
    have no room for light. ``rim`` lies below the fit, ``casing`` below the target.
    """

    key: str
    label: str
    background: Background
    target: LineStyle
    trail: LineStyle
    fit: LineStyle
    text: Ink
    grid: Ink
    marker_edge: Ink
    series: Ink
    is_light: bool = False
    rim: LineStyle | None = None
    casing: LineStyle | None = None

    def widened(self, times: float) -> "Look":
        """This look with a wider target and fit, to be seen from afar."""
        lines = {name: getattr(self, name) for name in ("target", "fit", "rim", "casing")}
        return replace(self, **{name: replace(line, width=times * line.width) for name, line in lines.items() if line})


# The newest curve always stands out: the trail's light and the glow stay so dark that the fit has a contrast of 4.5 to
# them, and the target one of 3, for colour-blind eyes too.
EMBER = Look(
    key="ember",
    label="Ember",
    background=Background(
        ((0.0, "#0f182b"), (0.35, "#0e1728"), (0.6, "#0c1423"), (0.8, "#0a101c"), (1.0, "#070b14")), centre=(0.5, 0.5)
    ),
    target=LineStyle("#7cf2c4", 1.6, dashes=(4.0, 3.0)),
    trail=LineStyle("#c8458f", 1.0, alpha=0.15, round=False),
    fit=LineStyle("#fff4e0", 4.0),
    text=Ink("#fff4e0", 0.85),
    grid=Ink("#fff4e0", 0.12),
    marker_edge=Ink("#de9a4e"),
    series=Ink("#8fc7ff"),
    is_light=True,
    rim=LineStyle("#de9a4e", 5.6),
    casing=LineStyle("#0b1220", 3.6, alpha=0.43),
)

# The exercise's curves, under its sky at dusk: on its own, #7aaed7 to #466589, even white had a contrast of 2.4.
CLASSIC = Look(
    key="classic",
    label="Classic",
    background=Background(((0.0, "#34628d"), (1.0, "#233c58")), centre=(0.5, 1.0)),
    target=LineStyle("#afdb85", 1.5, dashes=(5.0, 2.5)),
    trail=LineStyle("#fc75db", 2.0, alpha=0.1, round=False),
    fit=LineStyle("#daab73", 2.5),
    text=Ink("#ffffff", 0.9),
    grid=Ink("#ffffff", 0.16),
    marker_edge=Ink("#ffffff"),
    series=Ink("#ffffff", 0.9),
)


def _flat(
    key: str, label: str, ground: str, *curves: str,
    text: str, grid: float, series: str, strong: bool = False, edge: str = "#ffffff",
) -> Look:  # fmt: skip
    """A look on one colour; ``curves`` are the colours of target, trail and fit. A strong one is for eyes that need it,
    and systems that ask for it: all but the trail has a contrast of 7 in it."""
    target, trail, fit = curves
    return Look(
        key=key,
        label=label,
        background=Background(((0.0, ground),)),
        target=LineStyle(target, 2.5 if strong else 1.5, dashes=(5.0, 2.5)),
        trail=LineStyle(trail, 2.0, alpha=0.2 if strong else 0.1, round=False),
        fit=LineStyle(fit, 4.0 if strong else 2.5),
        text=Ink(text),
        grid=Ink(text, grid),
        marker_edge=Ink(edge),
        series=Ink(series),
    )


# Light and dark are told apart by colour-blind eyes too: hue along blue and orange, which every eye keeps,
# lightness that differs by itself, and a dashed target.
LIGHT = _flat(
    "light", mark("Light"), "#fbfbfc", "#00304d", "#e39ac4", "#c25100", text="#2b333d", grid=0.12, series="#00795a"
)
DARK = _flat(
    "dark", mark("Dark"), "#14181d", "#d7f0ff", "#a8528a", "#f0a020", text="#d5dbe2", grid=0.14, series="#35d0a2"
)
CONTRAST = _flat(
    "contrast", mark("High contrast, dark"), "#000000", "#ffffff", "#1f7fc4", "#ffb000",
    text="#ffffff", grid=0.4, series="#5ff0c0", strong=True,
)  # fmt: skip
LIGHT_CONTRAST = _flat(
    "contrast-light", mark("High contrast, light"), "#ffffff", "#000000", "#4da3e0", "#9c2f00",
    text="#000000", grid=0.4, series="#005c43", strong=True, edge="#000000",
)  # fmt: skip

LOOKS: dict[str, Look] = {look.key: look for look in (EMBER, CLASSIC, LIGHT, DARK, CONTRAST, LIGHT_CONTRAST)}
"""The looks by key, the one for who has chosen none first."""
