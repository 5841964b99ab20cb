"""The parts of an SVG drawing that give outlines, looked through before Qt sees them.

Only elements and attributes that are known here go on: no pictures, scripts, animations, filters, and nothing from
other files. What would take Qt forever or too deep is refused here, with the line where it stands.
"""

import gzip
import io
import re
import zlib
from dataclasses import dataclass
from html import escape  # that of xml.sax brings all that opens addresses
from typing import NoReturn
from xml.parsers import expat

from curvegui.core.curve.curve import CurveError
from curvegui.core.language.text import mark, tr
from curvegui.figure.outline.svg_attributes import (
    kept_attributes,
    looks_like_path_data,
    plain_style,
    wrong_path_data,
)
from curvegui.figure.outline.svg_lengths import PlaceError, origin_in_sheet
from curvegui.figure.outline.svg_places import Places, stretch_of
from curvegui.figure.outline.svg_uses import Content, UseError, Uses

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
KEPT = {
    *("svg", "g", "a", "defs", "symbol", "use", "switch", "style"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *TEXTS,
}


@dataclass(frozen=True)
class SvgSource:
    """An SVG drawing, for Qt, that has nothing in it but outlines; ``has_text`` says whether fonts are needed."""

    drawing: bytes
    has_text: bool


def svg_source(data: bytes, name: str) -> SvgSource:
    """The outlines of an SVG drawing, as a drawing of its own.

    ``data`` is SVG, compressed SVG, or path data alone ("M 0 0 L …"). Raises ``CurveError`` if it is no SVG, or too
    large, or too deep: with its ``name``, the line and the reason.
    """
    data = EMBEDDED.sub(b"data:,", _unpacked(data, name))
    if not data.strip():
        raise CurveError(tr("“{name}” could not be read. It is empty.", name=name))
    if len(data) > MOST_XML_BYTES:
        raise CurveError(
            tr(
                "“{name}” could not be read. It has more than {most:.0f} MB besides pictures, which is too much "
                "for a curve. Simplify the drawing.",
                name=name,
                most=MOST_XML_BYTES / 1e6,
            )
        )
    words = data.decode("latin-1") if data.lstrip()[:1] in {b"M", b"m"} else ""
    if looks_like_path_data(words):
        data = f"{HEAD}><path fill='none' stroke='black' d='{words.strip()}'/></svg>".encode()
    return _Reader(name).read(data)


def _unpacked(data: bytes, name: str) -> bytes:
    """The bytes of a drawing that may be compressed, if they are not too many."""
    if data.startswith(GZIP):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise CurveError(
                tr("“{name}” could not be read. It is compressed, and damaged or cut short.", name=name)
            ) from error
    if len(data) > MOST_BYTES:
        raise CurveError(
            tr("“{name}” could not be read. It has more than {most:.0f} MB.", name=name, most=MOST_BYTES / 1e6)
        )
    return data


class _Reader:
    """Goes through a drawing once, element by element, and writes down what is kept."""

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

    def read(self, data: bytes) -> SvgSource:
        self._places = Places(data)
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise CurveError(
                tr(
                    "“{name}” could not be read. It is not valid XML at line {line}: {reason}.",
                    name=self._name,
                    line=error.lineno,
                    reason=reason,
                )
            ) from error
        except CurveError:
            raise
        except PlaceError as error:
            self._refuse(str(error))
        except (LookupError, ValueError) as error:
            raise CurveError(tr("“{name}” could not be read. Its encoding is not known.", name=self._name)) from error
        return SvgSource("".join(self._out).encode(), self._letters > 0)

    def _refuse(self, reason: str, *, whole: bool = False) -> NoReturn:
        at_line = mark("“{name}” could not be read. At line {line}, {reason}.")
        words = mark("“{name}” could not be read. In all, {reason}.") if whole else at_line
        shown = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in reason)
        raise CurveError(tr(words, name=self._name, line=self._parser.CurrentLineNumber, reason=shown))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, _, local = tag.rpartition(":")
        if not self._elements:
            self._begin(prefix, local, attributes)
        empty = local == "path" and attributes.get("d", "").strip() in {"", "none"}  # Qt would complain
        if self._skipped or prefix not in self._prefixes or local not in KEPT or empty:
            self._skip()
            return
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            many = tr("it has more than {most:,} elements. Simplify the drawing", most=MOST_ELEMENTS)
            self._refuse(many, whole=True)
        if len(self._open) >= DEEPEST:
            self._refuse(tr("more than {most} elements are inside of one another", most=DEEPEST))
        self._write(local, attributes)

    def _begin(self, prefix: str, local: str, attributes: dict[str, str]) -> None:
        if local != "svg":
            self._refuse(tr("it begins with <{local}>, and an SVG drawing begins with <svg>", local=local[:40]))
        bound = {key.removeprefix("xmlns:") for key, value in attributes.items() if value == NAMESPACE and ":" in key}
        self._prefixes = {prefix, *bound}

    def _skip(self) -> None:
        self._skipped += 1
        if self._skipped > DEEPEST_SKIPPED:
            self._refuse(tr("more than {most:,} elements are inside of one another", most=DEEPEST_SKIPPED))

    def _write(self, local: str, attributes: dict[str, str]) -> None:
        """Begin an element with those of its attributes that matter."""
        content, is_whole = Content(1), not self._open
        attributes = self._places.begin(local, attributes)
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

    def _write_style(self) -> None:
        """Write down a style sheet that has come to its end, if it has not too many selectors."""
        style = plain_style("".join(self._style))
        self._style.clear()
        selectors = RULE.sub("{", style)
        self._places.origin_in_sheet = origin_in_sheet(style) or self._places.origin_in_sheet
        self._selectors += selectors.count("{") + selectors.count(",")
        if self._selectors > MOST_SELECTORS:
            self._refuse(tr("it has more than {most:,} style rules", most=MOST_SELECTORS))
        self._out.append(escape(style, quote=False))

    def _end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        tag, name, content = self._open.pop()
        self._places.end()
        if tag == "style":
            self._write_style()
        self._out.append(f"</{tag}>")
        if name:
            self._uses.name(name, content)
        if self._open:
            self._open[-1][2].add(content)
        else:
            self._check(content)

    def _check(self, whole: Content) -> None:
        """Refuse what Qt would draw forever."""
        try:
            drawn = self._uses.elements(whole)
        except UseError as error:
            self._refuse(str(error), whole=True)
        if drawn > MOST_ELEMENTS:
            many = tr("with all that <use> repeats, it has more than {most:,} elements", most=MOST_ELEMENTS)
            self._refuse(many, whole=True)
        if self._selectors * drawn > MOST_STYLE_CHECKS:
            words = mark("it has {selectors:,} style rules for {drawn:,} elements")
            self._refuse(tr(words, selectors=self._selectors, drawn=drawn), whole=True)
