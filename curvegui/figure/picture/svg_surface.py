"""Drawings as Qt writes them, one for each layer, joined to a single SVG whose layers have names."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QRect, QSize
from PySide6.QtGui import QPaintDevice
from PySide6.QtSvg import QSvgGenerator

from curvegui.figure.picture.formats import PictureFormat
from curvegui.figure.picture.surface import DPI, Sheet, Surface, opened_buffer
from curvegui.files.project.in_picture import TITLE


class SvgSurface(Surface):
    """Paths that scale without loss, for the web and for drawing programs, which show layers by their names."""

    def __init__(self, sheet: Sheet, form: PictureFormat) -> None:
        super().__init__(sheet, form)
        self._sheet, self._style = sheet, ""
        self._drawings: list[tuple[str, QBuffer, QPaintDevice]] = []
        self.device = self.begin_layer("")

    def begin_layer(self, name: str) -> QPaintDevice:
        """See `Surface.begin_layer`."""
        sheet, buffer = self._sheet, opened_buffer()
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the Tiny version cannot clip
        generator.setOutputDevice(buffer)
        generator.setResolution(DPI)
        generator.setSize(QSize(sheet.side_px, sheet.height_px))
        generator.setViewBox(QRect(0, 0, sheet.side_px, sheet.height_px))
        generator.setTitle(TITLE)
        generator.setDescription(sheet.description)
        self._drawings.append((name, buffer, generator))
        return generator

    def blend(self, name: str, mode: str) -> None:
        """Let the lines of a layer mix with what is below them by one of CSS's blend modes, where a viewer can."""
        self._style = f"#{name.lower()} polyline {{ mix-blend-mode: {mode}; }}"

    def encode(self) -> bytes:
        """See `Surface.encode`."""
        drawings = [(name, bytes(buffer.data().data())) for name, buffer, _ in self._drawings]
        return joined([drawing for drawing in drawings if drawing[1]], self._style)


BODY = re.compile(rb"<defs>(.*?)</defs>(.*)</svg>", re.DOTALL)
OWN_NAMES = re.compile(rb'((?:\bid="|url\(#))([A-Za-z]\w*)')  # of gradients and clip paths, the same in each drawing
ROOT = b"<svg "
INKSCAPE = b'<svg xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '


def joined(drawings: Sequence[tuple[str, bytes]], style: str = "") -> bytes:
    """One drawing from several with the same frame, each with its layer's name; the first is at the bottom.

    Drawing programs such as Inkscape list the groups as layers. A drawing alone that has no name stays as it is, and
    one that has none beside others is dropped: nothing was painted outside of the layers. ``style`` is CSS.
    """
    if len(drawings) == 1:
        return drawings[0][1]
    head = drawings[0][1].partition(b"<defs>")[0].replace(ROOT, INKSCAPE, 1)
    layers = [_layer(number, name, data) for number, (name, data) in enumerate(drawings) if name]
    sheet = f"<style>{style}</style>\n" if style else ""
    return b"".join([head, sheet.encode(), *layers, b"</svg>\n"])


def _layer(number: int, name: str, data: bytes) -> bytes:
    found = BODY.search(data)
    assert found, "Qt writes definitions first"
    mark = f"l{number}-".encode()
    definitions, body = (OWN_NAMES.sub(rb"\g<1>" + mark + rb"\g<2>", part) for part in found.groups())
    group = f'<g id="{name.lower()}" inkscape:groupmode="layer" inkscape:label="{name}">\n'
    return b"".join([group.encode(), b"<defs>", definitions, b"</defs>", body, b"</g>\n"])
