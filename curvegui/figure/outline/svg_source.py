"""The parts of an SVG drawing that give outlines, looked through before Qt sees them.

Only known elements and attributes are kept: no pictures, scripts, animations, filters, and nothing from
other files. Drawings that would take Qt forever, or overflow its stack, are refused, with the line of the reason.
"""

import gzip
import io
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from html import escape  # that of xml.sax brings all that opens addresses
from typing import NoReturn
from xml.parsers import expat

from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import mark, tr
from curvegui.figure.outline.svg_geometry import GeometryError, PlainGeometry, origin_in_sheet, stretch_of

MOST_BYTES = 200_000_000
MOST_XML_BYTES = 25_000_000  # without embedded pictures: 200,000 path elements need less
MOST_ELEMENTS = 25_000  # also with all that <use> repeats: a few more than the outlines that can be joined
MOST_GAPS = 2_000_000  # blanks, commas, signs and points in all numbers: 200,000 path elements have fewer
MOST_TEXT_LETTERS = 5_000
MOST_SELECTORS = 1_000  # of CSS
MOST_STYLE_CHECKS = 1_000_000  # selectors times elements: Qt tries each on each
DEEPEST = 100  # elements inside of one another: Qt draws them by recursion
DEEPEST_SKIPPED = 10_000
GZIP = b"\x1f\x8b"
EMBEDDED = re.compile(rb"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]*")  # pictures, which have no outlines
NAMESPACE = "http://www.w3.org/2000/svg"
RULE = re.compile(r"\{[^{}]*\}")
HEAD = f'<svg xmlns="{NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink"'
TEXTS = {"text", "tspan", "textArea", "tbreak"}
KEPT_ELEMENTS = {
    *("svg", "g", "a", "defs", "symbol", "use", "switch", "style"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *TEXTS,
}
PAINTS = {"fill", "stroke"}
KEPT_ATTRIBUTES = {
    *("id", "class", "transform", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"),
    *("fill-opacity", "stroke-opacity", "stroke-width", "display", "visibility", "color", "viewBox", "d", "points"),
    *("font-family", "font-size", "font-style", "font-weight", "font-variant", "text-anchor", "xml:space"),
    *("systemLanguage", "requiredFeatures", "requiredExtensions", "xlink:href"),
    *PAINTS,
}
OTHER_PAINT = re.compile(r"url\([^()]*\)\s*(none\b|#\w+)?")  # a gradient or a pattern: ink all the same
OPACITY = re.compile(r"(?<![\w-])opacity\s*:\s*([\w.+%-]+)\s*;?")  # Qt would paint a translucent group as a picture
IMPORT = re.compile(r"@import[^;]*;?")
LONGEST_CHAIN = 10  # of <use> that leads to <use>: Qt draws them by recursion

NUMBER = r"[\s,]*+[+-]?(?:\d++\.?+\d*+|\.\d++)(?:[eE][+-]?\d++)?+"
FLAG = r"[\s,]*+[01]"
COMMANDS = (
    rf"[MmLlTt](?:{NUMBER}{NUMBER})++",
    rf"[HhVv](?:{NUMBER})++",
    rf"[Cc](?:(?:{NUMBER}){{6}})++",
    rf"[SsQq](?:(?:{NUMBER}){{4}})++",
    rf"[Aa](?:(?:{NUMBER}){{3}}{FLAG}{FLAG}{NUMBER}{NUMBER})++",
    r"[Zz]",
)
RIGHT = re.compile(rf"(?:[\s,]*+(?:{'|'.join(COMMANDS)}))*+", re.ASCII)  # it never goes back, whatever comes
PATH_DATA_LETTERS = re.compile(r"\s*[Mm][\s,MmZzLlHhVvCcSsQqTtAaEe0-9.+-]*", re.ASCII)
SHOWN = 24  # letters of what is wrong


@dataclass(frozen=True)
class PlainSvg:
    """An SVG drawing, for Qt, with shapes and text only; ``has_text`` says whether fonts are needed."""

    drawing: bytes
    has_text: bool


def svg_source(data: bytes, name: str) -> PlainSvg:
    """The shapes and texts of an SVG drawing, as a drawing of its own.

    ``data`` is SVG, compressed SVG, or path data alone ("M 0 0 L …"). Raises ``CurveError`` if the data is no SVG, or
    too large, or too deep: with its ``name``, the line and the reason.
    """
    data = EMBEDDED.sub(b"data:,", _unpacked(data, name))
    if not data.strip():
        raise CurveError(tr("“{name}” could not be read. It is empty.", name=name))
    if len(data) > MOST_XML_BYTES:
        large = mark(
            "“{name}” could not be read. It has more than {most:.0f} MB besides pictures, which is too much "
            "for a curve. Simplify the drawing."
        )
        raise CurveError(tr(large, name=name, most=MOST_XML_BYTES / 1e6))
    words = data.decode("latin-1") if data.lstrip()[:1] in {b"M", b"m"} else ""
    if PATH_DATA_LETTERS.fullmatch(words):
        data = f"{HEAD}><path fill='none' stroke='black' d='{words.strip()}'/></svg>".encode()
    return SvgReader(name).read(data)


def _unpacked(data: bytes, name: str) -> bytes:
    if data.startswith(GZIP):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            words = mark("“{name}” could not be read. It is compressed, and damaged or cut short.")
            raise CurveError(tr(words, name=name)) from error
    if len(data) > MOST_BYTES:
        words = mark("“{name}” could not be read. It has more than {most:.0f} MB.")
        raise CurveError(tr(words, name=name, most=MOST_BYTES / 1e6))
    return data


@dataclass
class Content:
    """How many elements an element contains, itself included, and how many times each name is used by <use>."""

    elements: int = 0
    uses: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Content") -> None:
        self.elements += other.elements
        self.uses.update(other.uses)


class Uses:
    """The contents of every name: by <use>, a few lines can stand for far too many elements, or contain themselves."""

    def __init__(self) -> None:
        self._named: dict[str, Content] = {}
        self._known: dict[str, tuple[int, int]] = {}

    def name(self, name: str, content: Content) -> None:
        """Note what an element with this name contains; of two with one name, both count, though Qt draws one."""
        self._named.setdefault(name, Content()).add(content)

    def elements(self, content: Content, chain: tuple[str, ...] = ()) -> tuple[int, int]:
        """How many elements are drawn for a content, all its uses included, and the length of the longest chain. Raises
        ``ValueError``, a part of a sentence, if an element uses itself, or a chain has more than 10 uses."""
        count, longest = content.elements, 0
        for name, times in content.uses.items():
            if name in chain:
                raise ValueError(tr("what is called “{name}” contains itself", name=name[:40]))
            if name not in self._known and len(chain) < LONGEST_CHAIN:
                self._known[name] = self.elements(self._named.get(name, Content()), (*chain, name))
            drawn, length = self._known.get(name, (0, 0))
            if len(chain) + 1 + length > LONGEST_CHAIN:
                raise ValueError(tr("more than {most} <use> elements lead from one to the next", most=LONGEST_CHAIN))
            count, longest = count + times * drawn, max(longest, 1 + length)
        return count, longest


class SvgReader:
    """Goes through a drawing once, element by element, and writes the kept elements."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[tuple[str, str, Content]] = []  # tag, name and content of each element that goes on
        self._skipped = 0  # elements inside of one another that are left out
        self._elements = self._letters = self._selectors = self._gaps = 0
        self._style: list[str] = []
        self._uses = Uses()
        self._prefixes: set[str] = set()
        self._out: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, data: bytes) -> PlainSvg:
        self._geometry = PlainGeometry(data)
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            words = mark("“{name}” could not be read. It is not valid XML at line {line}: {reason}.")
            raise CurveError(tr(words, name=self._name, line=error.lineno, reason=reason)) from error
        except CurveError:
            raise
        except GeometryError as error:
            self._refuse(str(error))
        except (LookupError, ValueError) as error:
            raise CurveError(tr("“{name}” could not be read. Its encoding is not known.", name=self._name)) from error
        return PlainSvg("".join(self._out).encode(), self._letters > 0)

    def _refuse(self, reason: str, *, whole: bool = False) -> NoReturn:
        at_line = mark("“{name}” could not be read. At line {line}, {reason}.")
        words = mark("“{name}” could not be read. In all, {reason}.") if whole else at_line
        shown = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in reason)
        raise CurveError(tr(words, name=self._name, line=self._parser.CurrentLineNumber, reason=shown))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, _, local = tag.rpartition(":")
        if not self._elements:
            if local != "svg":
                self._refuse(tr("it begins with <{local}>, and an SVG drawing begins with <svg>", local=local[:40]))
            bound = [key.removeprefix("xmlns:") for key, uri in attributes.items() if uri == NAMESPACE and ":" in key]
            self._prefixes = {prefix, *bound}
        empty = local == "path" and attributes.get("d", "").strip() in {"", "none"}  # Qt would complain
        if self._skipped or prefix not in self._prefixes or local not in KEPT_ELEMENTS or empty:
            self._skipped += 1
            if self._skipped > DEEPEST_SKIPPED:
                self._refuse(tr("more than {most:,} elements are inside of one another", most=DEEPEST_SKIPPED))
            return
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            many = tr("it has more than {most:,} elements. Simplify the drawing", most=MOST_ELEMENTS)
            self._refuse(many, whole=True)
        if len(self._open) >= DEEPEST:
            self._refuse(tr("more than {most} elements are inside of one another", most=DEEPEST))
        self._write(local, attributes)

    def _write(self, local: str, attributes: dict[str, str]) -> None:
        content, is_whole = Content(1), not self._open
        attributes = self._geometry.begin(local, attributes)
        kept = kept_attributes(attributes)
        tag, head = local, f"<{local}"
        if is_whole:
            head = HEAD
        elif local in {"svg", "a"}:
            tag, head = "g", "<g"
        elif local == "use":
            link = attributes.get("href") or attributes.get("xlink:href") or ""
            kept["xlink:href"] = link if link.startswith("#") else "#"  # never another file
            content.uses[link.removeprefix("#")] += 1
        numbers = kept.get("points", "") + kept.get("d", "")
        self._gaps += sum(numbers.count(each) for each in " ,-.")
        if self._gaps > MOST_GAPS:
            self._refuse(tr("it has too many path elements. Simplify the drawing"))
        if "d" in kept and (wrong := wrong_path_data(kept["d"])) is not None:
            self._refuse(tr("the path data is wrong or cut short from “{wrong}” on", wrong=wrong))
        self._out += [head, *(f' {key}="{escape(value)}"' for key, value in kept.items()), ">"]
        if is_whole and (stretch := stretch_of(attributes)):
            tag = "g></svg"
            self._out.append(f'<g transform="{stretch}">')
        self._open.append((tag, attributes.get("id", ""), content))

    def _text(self, text: str) -> None:
        tag = self._open[-1][0] if self._open and not self._skipped else ""
        if tag == "style":
            self._style.append(text)
        elif tag in TEXTS:
            self._letters += len(text)
            if self._letters > MOST_TEXT_LETTERS:
                self._refuse(tr("it has more than {most:,} letters of text. Leave some out", most=MOST_TEXT_LETTERS))
            self._out.append(escape(text, quote=False))

    def _end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        tag, name, content = self._open.pop()
        self._geometry.end()
        if tag == "style":
            style = plain_style("".join(self._style))
            self._style.clear()
            selectors = RULE.sub("{", style)
            self._geometry.origin_in_sheet = origin_in_sheet(style) or self._geometry.origin_in_sheet
            self._selectors += selectors.count("{") + selectors.count(",")
            if self._selectors > MOST_SELECTORS:
                self._refuse(tr("it has more than {most:,} style rules", most=MOST_SELECTORS))
            self._out.append(escape(style, quote=False))
        self._out.append(f"</{tag}>")
        if name:
            self._uses.name(name, content)
        if self._open:
            self._open[-1][2].add(content)
        else:
            self._check(content)

    def _check(self, whole: Content) -> None:
        try:
            drawn, _ = self._uses.elements(whole)
        except ValueError as error:
            self._refuse(str(error), whole=True)
        if drawn > MOST_ELEMENTS:
            many = tr("with all that <use> repeats, it has more than {most:,} elements", most=MOST_ELEMENTS)
            self._refuse(many, whole=True)
        if self._selectors * drawn > MOST_STYLE_CHECKS:
            words = mark("it has {selectors:,} style rules for {drawn:,} elements")
            self._refuse(tr(words, selectors=self._selectors, drawn=drawn), whole=True)


def kept_attributes(attributes: dict[str, str]) -> dict[str, str]:
    """The attributes that affect outlines: every paint becomes a colour, every visible element opaque."""
    kept = {key: value for key, value in attributes.items() if key in KEPT_ATTRIBUTES}
    for paint in PAINTS & kept.keys():
        kept[paint] = OTHER_PAINT.sub("black", kept[paint])
    if "style" in attributes:
        kept["style"] = plain_style(attributes["style"])
    if _is_nothing(attributes.get("opacity", "1")):
        kept["display"] = "none"
    return kept


def plain_style(style: str) -> str:
    """A style without opacity, gradients and imports."""
    style = OTHER_PAINT.sub("black", IMPORT.sub("", style))
    return OPACITY.sub(lambda found: "display:none;" if _is_nothing(found[1]) else "", style)


def _is_nothing(opacity: str) -> bool:
    try:
        return float(opacity.strip().rstrip("%")) <= 0
    except ValueError:
        return False


def wrong_path_data(data: str) -> str | None:
    """The letters from which path data is wrong or cut short; None where all is right."""
    found = RIGHT.match(data)
    end = found.end() if found else 0
    if data[:end].lstrip(" \t\r\n,")[:1] not in {"M", "m", ""}:
        return _excerpt(data, 0)
    return _excerpt(data, end) if data[end:].strip(" \t\r\n,") else None


def _excerpt(data: str, place: int) -> str:
    words = " ".join(data[place : place + SHOWN + 1].split())
    return words if len(data) - place <= SHOWN else words[:SHOWN] + "…"
