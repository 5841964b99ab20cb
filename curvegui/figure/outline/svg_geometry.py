"""The geometry of an SVG drawing in attributes that Qt reads: plain numbers, and SVG's own transforms."""

import re
from contextlib import suppress
from math import hypot, isfinite, nan
from typing import Any, NamedTuple
from xml.parsers import expat

from curvegui.core.language.text import tr

FARTHEST_LENGTH = 1e9
SHOWN = 40  # letters of what cannot be read
USUAL_FONT = 16.0  # px
PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54}
OF_FONT = {"em": 1.0, "ex": 0.5, "ch": 0.5}  # as browsers take them where the font does not say
ACROSS = {"x", "x1", "x2", "cx", "width", "rx"}
UPWARDS = {"y", "y1", "y2", "cy", "height", "ry"}
LENGTHS = {*ACROSS, *UPWARDS, "r"}
SIZE = "width", "height"
ORIGINS = {"transform-origin", "transform-box"}
MOVES = {"transform", "translate", "rotate", "scale", "zoom", "offset-path", "d"} | (LENGTHS - {*SIZE})
"""Properties of CSS that move or size shapes."""

VALUE = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)([a-z%]*)", re.IGNORECASE)
CSS_UNITS = re.compile(r"(?<=[0-9.])(?:px|deg)\b", re.IGNORECASE)  # of a transform, which are SVG's own
WITH_UNITS = re.compile(r"[0-9.]\s*(?:%|[a-df-z]|e[a-z])|[XYZd]\s*\((?<!skew[XY]\()|var\(", re.ASCII)  # or CSS's own
STYLED_FONT = re.compile(r"(?<![\w-])font(-size)?\s*:\s*([^;]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
KEYFRAMES = re.compile(r"@[\w-]*keyframes[^{}]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
RULE = re.compile(r"([^{}]*+)\{([^{}]*+)\}")
PSEUDO_CLASS = re.compile(r":(?:hover|focus|active|target|visited)")
LONGEST_BOX = 200  # letters of four numbers
SHARES = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}

Attributes = dict[str, str]


class GeometryError(ValueError):
    """The position or size of an element cannot be found; the text is the reason, as a part of a sentence."""


class Space(NamedTuple):
    """Units of relative lengths: the nearest viewport's width and height and the font's size, px; nan if unknown."""

    width: float
    height: float
    font: float

    def length(self, text: str, name: str) -> str:
        """One or more lengths of an attribute as plain numbers; other words, such as auto, stay as they are."""
        if "(" in text:
            raise unreadable(text)
        return " ".join(self._plain(each, name) for each in re.split(r"[\s,]+", text.strip()))

    def _plain(self, text: str, name: str) -> str:
        found = VALUE.fullmatch(text)
        if found is None or not found[2]:
            return text
        diagonal = hypot(self.width, self.height) / 2**0.5
        whole = self.width if name in ACROSS else self.height if name in UPWARDS else diagonal
        fonts = {unit: size * self.font for unit, size in OF_FONT.items()}
        value = float(found[1]) * {**PIXELS, **fonts, "%": whole / 100}.get(found[2].lower(), nan)
        if not isfinite(value):
            raise unreadable(text)
        return repr(value)

    def with_font(self, text: str) -> "Space":
        """The space with the font size that ``text`` says."""
        try:
            return self._replace(font=float(Space(nan, nan, self.font).length(text.replace("%", "e-2em"), "r")))
        except ValueError:
            return self._replace(font=nan)


UNKNOWN = Space(nan, nan, USUAL_FONT)


class PlainGeometry:
    """The space of each open element, and the symbols and inner drawings that <use> can repeat. ``origin_in_sheet`` is
    the property by which a style sheet moves the centre of transforms, of whichever elements."""

    def __init__(self, data: bytes) -> None:
        self.origin_in_sheet = ""
        self._spaces: list[Space] = []
        self._framed = _framed(data) if b"use" in data and (b"symbol" in data or data.count(b"<svg") > 1) else {}

    def begin(self, local: str, attributes: Attributes) -> Attributes:
        """An element's attributes in plain numbers. Raises ``GeometryError`` where a length is not known."""
        if not self._spaces:
            width, height = _box_of(attributes)[2:] or [_absolute(attributes.get(key, "")) for key in SIZE]
            self._spaces.append(_with_font(attributes, Space(width, height, USUAL_FONT))[1])
            return attributes
        plain, space = _with_font(_without_style(attributes), self._spaces[-1])
        plain |= {key: space.length(plain[key], key) for key in LENGTHS & plain.keys()}
        self._check_transform(plain)
        if local == "use":
            self._fit_used(plain, space)
        elif local in {"svg", "symbol"}:
            # of a symbol nobody knows the size yet
            width, height = _box_of(plain)[2:] or ([nan, nan] if local == "symbol" else _size(plain, space))
            if local == "svg":
                _put(plain, plain, space)
            space = space._replace(width=width, height=height)
            plain = {key: value for key, value in plain.items() if key not in {"x", "y", *SIZE, "viewBox"}}
        self._spaces.append(space)
        return plain

    def end(self) -> None:
        self._spaces.pop()

    def _check_transform(self, plain: Attributes) -> None:
        """Remove the units of a transform. Raises ``GeometryError`` for transforms that only CSS has."""
        transform = CSS_UNITS.sub("", plain.get("transform", "")).strip()
        if transform in {"", "none"}:
            return
        for each in ORIGINS:
            if not re.fullmatch(r"(?:0(?:px|%)?[\s,]*)*", origin := plain.get(each, "")):
                raise unreadable(f"{each}: {origin}")
        if self.origin_in_sheet:
            raise moved_by_style(self.origin_in_sheet)
        if WITH_UNITS.search(transform):
            raise unreadable(plain["transform"])
        plain["transform"] = transform

    def _fit_used(self, plain: Attributes, space: Space) -> None:
        """Give the size of a <use> to the symbol that the <use> repeats."""
        link = plain.get("href") or plain.get("xlink:href") or ""
        tag, frame = self._framed.get(link.removeprefix("#"), ("", {}))
        if tag == "svg" and not plain.keys().isdisjoint(SIZE):
            raise GeometryError(tr("<use> gives an <svg> another size; save the drawing as plain SVG"))
        if tag == "symbol":
            given = {key: space.length(frame[key], key) for key in SIZE if key in frame}
            _put(plain, {**frame, **given, **plain}, space)


def pixels(text: str) -> float:
    """A plain length as a number; 0 for other text."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if abs(value) <= FARTHEST_LENGTH else 0.0


def origin_in_sheet(style: str) -> str:
    """The property by which a style sheet moves the centre of transforms; empty where none does. Raises
    ``GeometryError`` where the sheet moves or sizes shapes, except in an animation or under the mouse."""
    found = ""
    for selector, declared in RULE.findall(KEYFRAMES.sub("", COMMENT.sub("", style))):
        for each in declared.split(";"):
            name, _, value = (part.strip().lower() for part in each.partition(":"))
            if name in MOVES and value != "none" and not PSEUDO_CLASS.search(selector):
                raise moved_by_style(name)
            found = name if name in ORIGINS else found
    return found


def stretch_of(attributes: Attributes) -> str:
    """The transform from the outermost element's viewBox to its size where it is stretched; else empty."""
    box, sizes = _box_of(attributes), [_absolute(attributes.get(key, "")) for key in SIZE]
    if not box or attributes.get("preserveAspectRatio", "").strip() != "none" or not all(size > 0 for size in sizes):
        return ""
    return f"scale({sizes[0] / box[2]} {sizes[1] / box[3]})"


def moved_by_style(name: str) -> GeometryError:
    """The error that a style moves or sizes shapes by a property of this name, which Qt does not know."""
    return GeometryError(
        tr("the style sheet says where shapes are, by “{name}”; save the drawing as plain SVG", name=name)
    )


def unreadable(text: str) -> GeometryError:
    """The error that a length or a transform is not known."""
    shown = text.strip()[:SHOWN]
    return GeometryError(tr("it is not known where “{text}” is; save the drawing as plain SVG", text=shown))


def _put(plain: Attributes, frame: Attributes, space: Space) -> None:
    """Give an element with a viewBox the transform from this box into the element's width and height."""
    x, y = pixels(frame.get("x", "")), pixels(frame.get("y", ""))
    words = [plain.get("transform", ""), f"translate({x} {y})" if x or y else ""]
    width, height = _size(frame, space)
    box = _box_of(frame)
    if box and width > 0 and height > 0:
        across, upwards = width / box[2], height / box[3]
        ratio = frame.get("preserveAspectRatio", "").split()
        if "none" not in ratio:
            across = upwards = (max if "slice" in ratio else min)(across, upwards)
        align = next((each for each in ratio if re.fullmatch("xM..YM..", each)), "xMidYMid")
        left = SHARES.get(align[1:4], 0.5) * (width - across * box[2])
        top = SHARES.get(align[5:], 0.5) * (height - upwards * box[3])
        words.append(f"translate({left} {top}) scale({across} {upwards}) translate({-box[0]} {-box[1]})")
    plain["transform"] = " ".join(filter(None, words))
    for key in ("x", "y", *SIZE):
        plain.pop(key, None)


def _size(frame: Attributes, space: Space) -> list[float]:
    around = dict(zip(SIZE, space, strict=False))
    return [pixels(frame[key]) if frame.get(key, "auto") != "auto" else around[key] for key in SIZE]


def _box_of(attributes: Attributes) -> list[float]:
    box = [pixels(each) for each in attributes.get("viewBox", "")[:LONGEST_BOX].replace(",", " ").split()]
    return box if len(box) == 4 and min(box[2:]) > 0 else []


def _absolute(text: str) -> float:
    try:
        return float(UNKNOWN.length(text, "width"))
    except ValueError:
        return nan


def _without_style(attributes: Attributes) -> Attributes:
    """The attributes, with the geometry that SVG 2 allows in a style. Raises ``GeometryError`` for other geometry."""
    moved, kept = {}, []
    for each in COMMENT.sub("", attributes.get("style", "")).split(";"):
        name, _, value = (part.strip() for part in each.partition(":"))
        name = name.lower()
        if name in {*LENGTHS, *ORIGINS, "transform"}:
            moved[name] = value.partition("!")[0].strip()
        elif name in MOVES and value.lower() != "none":
            raise moved_by_style(name)
        else:
            kept.append(each)
    return attributes | moved | {"style": ";".join(kept)} if moved else dict(attributes)


def _with_font(plain: Attributes, space: Space) -> tuple[Attributes, Space]:
    """An element's attributes with the font size as a plain number, and the element's space."""
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


def _framed(data: bytes) -> dict[str, tuple[str, Attributes]]:
    """The symbols and the inner drawings of a drawing by id: each tag with its attributes."""
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
