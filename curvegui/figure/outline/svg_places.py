"""Where the elements of an SVG drawing are, in attributes that Qt reads."""

import re
from contextlib import suppress
from math import isfinite, nan
from typing import Any
from xml.parsers import expat

from curvegui.core.language.text import tr
from curvegui.figure.outline.svg_lengths import (
    COMMENT,
    LENGTHS,
    MOVES,
    ORIGINS,
    USUAL_FONT,
    PlaceError,
    Space,
    moved_by_style,
    pixels,
)

LONGEST_BOX = 200  # letters of four numbers
ORIGIN, BOX = ORIGINS
OF_CSS = {"transform": "css transform"}  # with units, and other functions than SVG's own
FROM_STYLE = {*LENGTHS, "transform", ORIGIN, BOX}
WITH_UNITS = re.compile(r"[0-9.]\s*(?:%|[a-df-z]|e[a-z])|[XYZd]\s*\((?<!skew[XY]\()", re.ASCII)
STYLED_FONT = re.compile(r"(?<![\w-])font(-size)?\s*:\s*([^;]+)")
SHARES = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
UNKNOWN = Space(nan, nan, USUAL_FONT)
SIZE = "width", "height"

Attributes = dict[str, str]


class Places:
    """What each element that is open is measured by, and what can be used elsewhere.

    ``origin_in_sheet`` is the property by which a style sheet says what transforms are around: of which elements, is
    not known here.
    """

    def __init__(self, data: bytes) -> None:
        self.origin_in_sheet = ""
        self._spaces: list[Space] = []
        self._framed = _framed(data) if b"use" in data and (b"symbol" in data or data.count(b"<svg") > 1) else {}

    def begin(self, local: str, attributes: Attributes) -> Attributes:
        """An element's attributes in plain numbers. Raises ``PlaceError`` if that cannot be."""
        if not self._spaces:
            self._spaces.append(_outermost(attributes))
            return attributes
        plain = _without_style(attributes)
        space = self._spaces[-1]
        plain, space = _with_font(plain, space)
        plain |= {key: space.length(plain[key], key) for key in LENGTHS & plain.keys()}
        if self.origin_in_sheet and plain.get("transform", plain.get("css transform", "")).strip() not in {"", "none"}:
            raise moved_by_style(self.origin_in_sheet)
        _turn(plain, space)
        if local == "use":
            self._place_used(plain, space)
        elif local in {"svg", "symbol"}:
            box = box_of(plain)
            size = box[2:] if box else [_size(plain, key, space, local) for key in SIZE]
            inside = space._replace(width=size[0], height=size[1])
            if local == "svg":
                place(plain, plain, space)
            space = inside
            plain = {key: value for key, value in plain.items() if key not in {"x", "y", *SIZE, "viewBox"}}
        self._spaces.append(space)
        return plain

    def end(self) -> None:
        """The element that began last ends."""
        self._spaces.pop()

    def _place_used(self, plain: Attributes, space: Space) -> None:
        link = plain.get("href") or plain.get("xlink:href") or ""
        tag, frame = self._framed.get(link.removeprefix("#"), ("", {}))
        if tag == "svg" and not plain.keys().isdisjoint(SIZE):
            raise PlaceError(tr("<use> gives an <svg> another size; save the drawing as plain SVG"))
        if tag == "symbol":
            given = {key: space.length(frame[key], key) for key in SIZE if key in frame}
            place(plain, {**frame, **given, **plain}, space)


def place(plain: Attributes, frame: Attributes, space: Space) -> None:
    """Put what has a frame of its own in its place, by a transform: its box into its width and height."""
    x, y = pixels(frame.get("x", "")), pixels(frame.get("y", ""))
    words = [plain.get("transform", ""), f"translate({x} {y})" if x or y else ""]
    width, height = (_size(frame, key, space) for key in SIZE)
    box = box_of(frame)
    if box and width > 0 and height > 0:
        words.append(_fit(width, height, box, frame.get("preserveAspectRatio", "")))
    plain["transform"] = " ".join(filter(None, words))
    for key in ("x", "y", *SIZE):
        plain.pop(key, None)


def _fit(width: float, height: float, box: list[float], ratio: str) -> str:
    across, upwards = width / box[2], height / box[3]
    words = ratio.split()
    if "none" not in words:
        across = upwards = (max if "slice" in words else min)(across, upwards)
    align = next((each for each in words if re.fullmatch("xM..YM..", each)), "xMidYMid")
    left = SHARES.get(align[1:4], 0.5) * (width - across * box[2])
    top = SHARES.get(align[5:], 0.5) * (height - upwards * box[3])
    return f"translate({left} {top}) scale({across} {upwards}) translate({-box[0]} {-box[1]})"


def stretch_of(attributes: Attributes) -> str:
    """The transform by which the outermost element is wider or higher than it was drawn, or nothing."""
    box, sizes = box_of(attributes), [_absolute(attributes.get(key, "")) for key in SIZE]
    if not box or attributes.get("preserveAspectRatio", "").strip() != "none" or not all(size > 0 for size in sizes):
        return ""
    return f"scale({sizes[0] / box[2]} {sizes[1] / box[3]})"


def box_of(attributes: Attributes) -> list[float]:
    """The four numbers of a viewBox, or nothing where it cannot be used."""
    box = [pixels(each) for each in attributes.get("viewBox", "")[:LONGEST_BOX].replace(",", " ").split()]
    return box if len(box) == 4 and min(box[2:]) > 0 else []


def _outermost(attributes: Attributes) -> Space:
    box = box_of(attributes)
    width, height = box[2:] if box else [_absolute(attributes.get(key, "")) for key in SIZE]
    return _with_font(attributes, Space(width, height, USUAL_FONT))[1]


def _absolute(text: str) -> float:
    """A length that is measured by nothing else; nan where it is."""
    try:
        return float(UNKNOWN.length(text, "width"))
    except ValueError:
        return nan


def _size(frame: Attributes, key: str, space: Space, local: str = "svg") -> float:
    """The width or height of a frame: that of what is around it, unless it says so; of a symbol nobody knows it yet."""
    if local == "symbol":
        return nan
    return pixels(frame[key]) if frame.get(key, "auto") != "auto" else getattr(space, key)


def _without_style(attributes: Attributes) -> Attributes:
    """The attributes, with those that a style has from SVG 2 on. Raises ``PlaceError`` for what else moves shapes."""
    moved, kept = {}, []
    for each in COMMENT.sub("", attributes.get("style", "")).split(";"):
        name, _, value = (part.strip() for part in each.partition(":"))
        name = name.lower()
        if name in FROM_STYLE:
            moved[OF_CSS.get(name, name)] = value.partition("!")[0].strip()
        elif name in MOVES and value.lower() != "none":
            raise moved_by_style(name)
        else:
            kept.append(each)
    if not moved:
        return dict(attributes)
    return attributes | moved | {"style": ";".join(kept)}


def _with_font(plain: Attributes, space: Space) -> tuple[Attributes, Space]:
    """What an element and what is in it are measured by; the size of its own font as a plain number."""
    found = STYLED_FONT.search(plain.get("style", ""))
    text = found[2] if found else plain.get("font-size", "")
    if not text:
        return plain, space
    space = space.with_font(text.strip()) if not found or found[1] else space._replace(font=nan)
    if isfinite(space.font) and found:
        plain = {**plain, "style": STYLED_FONT.sub(f"font-size:{space.font}px", plain["style"], count=1)}
    elif isfinite(space.font):
        plain = {**plain, "font-size": repr(space.font)}
    return plain, space


def _turn(plain: Attributes, space: Space) -> None:
    transform, origin = plain.get("transform", ""), plain.pop(ORIGIN, "").strip()
    if "css transform" in plain or WITH_UNITS.search(transform):
        transform = plain["transform"] = space.transform(plain.pop("css transform", transform))
    if transform and origin:
        if plain.pop(BOX, "view-box") != "view-box":
            raise PlaceError(tr("a transform is around a place of its own shape; save the drawing as plain SVG"))
        plain["transform"] = space.around(transform, origin)


def _framed(data: bytes) -> dict[str, tuple[str, Attributes]]:
    """The symbols of a drawing, and drawings in it, by their names: what a <use> gives a size to."""
    found: dict[str, tuple[str, Attributes]] = {}

    def start(tag: str, attributes: dict[str, Any]) -> None:
        local = tag.rpartition(":")[2]
        if local in {"svg", "symbol"} and "id" in attributes:
            found.setdefault(attributes["id"], (local, attributes))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with suppress(expat.ExpatError, LookupError, ValueError):  # which is said when it is read
        parser.Parse(data, True)
    return found
