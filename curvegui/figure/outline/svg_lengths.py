"""Lengths, transforms and style sheets of SVG drawings in what Qt reads: plain numbers, and SVG's own transforms."""

import re
from math import degrees, hypot, isfinite, nan
from typing import NamedTuple

from curvegui.core.language.text import tr

FARTHEST_PLACE = 1e9
SHOWN = 40  # letters of what cannot be read
USUAL_FONT = 16.0  # px
PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54}
OF_FONT = {"em": 1.0, "ex": 0.5, "ch": 0.5}  # as browsers take them where the font does not say
DEGREES = {"": 1.0, "deg": 1.0, "grad": 0.9, "turn": 360.0, "rad": degrees(1)}
ACROSS = {"x", "x1", "x2", "cx", "width", "rx"}
UPWARDS = {"y", "y1", "y2", "cy", "height", "ry"}
LENGTHS = {*ACROSS, *UPWARDS, "r"}
SIDES = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}
MOVES = {"transform", "translate", "rotate", "scale", "zoom", "offset-path", "d"} | (LENGTHS - {"width", "height"})
"""Properties of CSS that move or size shapes."""

VALUE = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)([a-z%]*)", re.IGNORECASE)
FUNCTION = re.compile(r"[\s,]*+([a-z]++[a-z0-9]*+)\s*+\(([^()]*+)\)", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
KEYFRAMES = re.compile(r"@[\w-]*keyframes[^{}]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
RULE = re.compile(r"([^{}]*+)\{([^{}]*+)\}")
PSEUDO_CLASS = re.compile(r":(?:hover|focus|active|target|visited)")


class PlaceError(ValueError):
    """Something of a drawing cannot be put where it belongs: a part of a sentence that names it."""


class Space(NamedTuple):
    """What lengths are measured by: the size of the nearest viewport and that of the font, in px; nan if unknown."""

    width: float
    height: float
    font: float

    def length(self, text: str, name: str) -> str:
        """A length of an attribute, or several, as plain numbers; what is none, such as auto, stays as it is."""
        if "(" in text:
            raise _unreadable(text)
        return " ".join(self._plain(each, name) for each in re.split(r"[\s,]+", text.strip()))

    def _plain(self, text: str, name: str) -> str:
        found = VALUE.fullmatch(text)
        if found is None or not found[2]:
            return text
        fonts = {unit: size * self.font for unit, size in OF_FONT.items()}
        each = {**PIXELS, **fonts, "%": self._whole(name) / 100}
        value = float(found[1]) * each.get(found[2].lower(), nan)
        if not isfinite(value):
            raise _unreadable(text)
        return repr(value)

    def _whole(self, name: str) -> float:
        if name in ACROSS:
            return self.width
        return self.height if name in UPWARDS else hypot(self.width, self.height) / 2**0.5

    def with_font(self, text: str) -> "Space":
        """The same with a font of another size."""
        try:
            return self._replace(font=float(Space(nan, nan, self.font).length(text.replace("%", "e-2em"), "r")))
        except ValueError:
            return self._replace(font=nan)

    def transform(self, text: str) -> str:
        """A transform of CSS as SVG has it."""
        if FUNCTION.sub("", text).strip() not in {"", "none"}:
            raise _unreadable(text)
        return " ".join(self._function(name, values) for name, values in FUNCTION.findall(text))

    def _function(self, name: str, values: str) -> str:
        parts = [each for each in re.split(r"[\s,]+", values) if each]
        count, kind = len(parts), name.lower()
        if kind in {"translate", "translatex", "translatey"} and count in {1, 2}:
            x, y = ("0", parts[0]) if kind == "translatey" else (*parts, "0")[:2]
            return f"translate({self.length(x, 'x')} {self.length(y, 'y')})"
        if kind in {"scalex", "scaley"} and count == 1:
            return self._function("scale", f"{parts[0]} 1" if kind == "scalex" else f"1 {parts[0]}")
        if kind in {"rotate", "skewx", "skewy"} and count in {1, 3}:
            found = VALUE.fullmatch(parts[0])
            if found and found[2].lower() in DEGREES:
                angle = float(found[1]) * DEGREES[found[2].lower()]
                return (
                    f"{kind.replace('skewx', 'skewX').replace('skewy', 'skewY')}({' '.join([repr(angle), *parts[1:]])})"
                )
        if kind in {"scale", "matrix"} and all((found := VALUE.fullmatch(each)) and not found[2] for each in parts):
            return f"{kind}({' '.join(parts)})"
        raise _unreadable(f"{name}({values})")

    def around(self, transform: str, origin: str) -> str:
        """A transform around a point of CSS."""
        words = origin.lower().split()[:2]
        if words[0] in {"top", "bottom"} or words[1:] in (["left"], ["right"]):
            words = [*words, "center"][1::-1]
        x, y = (SIDES.get(each, each) for each in (*words, "center")[:2])
        x, y = self.length(x, "x"), self.length(y, "y")
        return f"translate({x} {y}) {transform} translate({-pixels(x)} {-pixels(y)})"


def pixels(text: str) -> float:
    """A plain length; nothing where it is something else."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if abs(value) <= FARTHEST_PLACE else 0.0


ORIGINS = "transform-origin", "transform-box"


def origin_in_sheet(style: str) -> str:
    """The property by which a style sheet says what transforms are around, or nothing.

    Raises ``PlaceError`` where the sheet moves or sizes shapes, other than in an animation or under the mouse.
    """
    found = ""
    for selector, declared in RULE.findall(KEYFRAMES.sub("", COMMENT.sub("", style))):
        for each in declared.split(";"):
            name, _, value = (part.strip().lower() for part in each.partition(":"))
            if name in MOVES and value != "none" and not PSEUDO_CLASS.search(selector):
                raise moved_by_style(name)
            found = name if name in ORIGINS else found
    return found


def moved_by_style(name: str) -> PlaceError:
    """The error that a style moves or sizes shapes by a property of this name, which Qt does not know."""
    return PlaceError(
        tr("the style sheet says where shapes are, by “{name}”; save the drawing as plain SVG", name=name)
    )


def _unreadable(text: str) -> PlaceError:
    return PlaceError(tr("it is not known where “{text}” is; save the drawing as plain SVG", text=text.strip()[:SHOWN]))
