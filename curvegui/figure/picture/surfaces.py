"""The surfaces on which pictures are painted, of pixels or paths, and how these become bytes, piece by piece."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from shiboken6 import delete

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.polyline import at_once
from curvegui.figure.formats import PictureFormat, formats
from curvegui.files.project.in_picture import SOFTWARE, TITLE

DPI = 96  # one logical pixel is 1/96 inch, in SVG as in CSS; another resolution would shrink the text


@dataclass(frozen=True)
class SurfaceSpec:
    """A surface in logical pixels. ``scale`` is device pixels to a logical pixel, ignored by formats without pixels.
    ``opaque`` says whether a background will cover all of the surface. The ``description`` goes into the file."""

    side_px: int
    high_px: int
    scale: float = 1.0
    opaque: bool = True
    description: str = ""


class PictureSurface(ABC):
    """A device to paint on; ``side`` and ``height`` are its own units, ``scale`` of which are a logical pixel."""

    device: QPaintDevice

    def __init__(self, spec: SurfaceSpec, form: PictureFormat) -> None:
        self._form = form
        self.side: float = spec.side_px
        self.height: float = spec.high_px
        self.scale = 1.0

    def begin_layer(self, name: str) -> QPaintDevice | None:
        """The device for the layer of this name where the format keeps layers apart; else None."""
        return None

    @abstractmethod
    def encode(self) -> bytes:
        """The finished file; to be called after the painting, in any thread."""


def opened_buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def blank_image(side: int, height: int, opaque: bool = True) -> QImage:
    """An image of pixels: transparent, or not filled at all if ``opaque``. Raises ``MemoryError`` if there is no memory
    for the pixels."""
    form = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(side, height, form)
    if image.isNull():
        words = mark(
            "There is not enough memory for a picture of {side:,} × {height:,} pixels: it takes {megabytes:,.0f} MB."
        )
        raise MemoryError(tr(words, side=side, height=height, megabytes=side * height * 4 / 1e6))
    if not opaque:
        image.fill(Qt.GlobalColor.transparent)
    return image


class PixelSurface(PictureSurface):
    """A picture of pixels. To encode it takes longer than to paint it, and lets other threads run meanwhile."""

    def __init__(self, spec: SurfaceSpec, form: PictureFormat) -> None:
        super().__init__(spec, form)
        side, height = round(spec.side_px * spec.scale), round(spec.high_px * spec.scale)
        self.side, self.height, self.scale = side, height, spec.scale
        self.device = self._image = blank_image(side, height, spec.opaque)
        dots_per_metre = round(DPI * spec.scale / 0.0254)  # print and documents show every scale equally large
        self._image.setDotsPerMeterX(dots_per_metre)
        self._image.setDotsPerMeterY(dots_per_metre)
        self._texts = {"Title": TITLE, "Description": spec.description, "Software": SOFTWARE}

    def encode(self) -> bytes:
        buffer = opened_buffer()
        writer = QImageWriter(buffer, self._form.ending.encode("ascii"))
        writer.setQuality(self._form.quality)
        for key, text in self._texts.items():
            if text:
                writer.setText(key, text)
        if not writer.write(self._image):
            raise MemoryError(tr("The picture could not be encoded: {reason}.", reason=writer.errorString()))
        return bytes(buffer.data().data())


class PdfSurface(PictureSurface):
    """Paths on a page of the figure's size, for print."""

    def __init__(self, spec: SurfaceSpec, form: PictureFormat) -> None:
        super().__init__(spec, form)
        self._buffer = opened_buffer()
        self.device = writer = QPdfWriter(self._buffer)
        writer.setResolution(DPI)
        # Qt rounds a page to points: the figure has to follow
        across, down = (max(1, round(px * 72 / DPI)) for px in (spec.side_px, spec.high_px))
        self.side, self.height = across * DPI / 72, down * DPI / 72
        self.scale = self.side / spec.side_px
        size = QPageSize(QSizeF(across, down), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageSize(size)
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(TITLE)
        writer.setCreator(SOFTWARE)

    def encode(self) -> bytes:
        return bytes(self._buffer.data().data())


BODY = re.compile(rb"<defs>(.*?)</defs>(.*)</svg>", re.DOTALL)
OWN_NAMES = re.compile(rb'((?:\bid="|url\(#))([A-Za-z]\w*)')  # of gradients and clip paths, the same in each drawing
ROOT = b"<svg "
INKSCAPE = b'<svg xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '


class SvgSurface(PictureSurface):
    """Paths that scale without loss, for the web and for drawing programs, which show layers by their names."""

    def __init__(self, spec: SurfaceSpec, form: PictureFormat) -> None:
        super().__init__(spec, form)
        self._spec, self._style = spec, ""
        self._drawings: list[tuple[str, QBuffer, QPaintDevice]] = []
        self.device = self.begin_layer("")

    def begin_layer(self, name: str) -> QPaintDevice:
        spec, buffer = self._spec, opened_buffer()
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the Tiny version cannot clip
        generator.setOutputDevice(buffer)
        generator.setResolution(DPI)
        generator.setSize(QSize(spec.side_px, spec.high_px))
        generator.setViewBox(QRect(0, 0, spec.side_px, spec.high_px))
        generator.setTitle(TITLE)
        generator.setDescription(spec.description)
        self._drawings.append((name, buffer, generator))
        return generator

    def blend(self, name: str, mode: str) -> None:
        """Let the lines of a layer mix with the layers below by one of CSS's blend modes, in viewers that can."""
        self._style = f"#{name.lower()} polyline {{ mix-blend-mode: {mode}; }}"

    def encode(self) -> bytes:
        drawings = [(name, bytes(buffer.data().data())) for name, buffer, _ in self._drawings]
        return joined([drawing for drawing in drawings if drawing[1]], self._style)


def joined(drawings: Sequence[tuple[str, bytes]], style: str = "") -> bytes:
    """Join drawings of the same size, each with its layer's name, the first at the bottom.

    Drawing programs such as Inkscape list the groups as layers. A single drawing without a name is not changed; a
    drawing without a name beside others is left out: nothing was painted outside of the layers. ``style`` is CSS.
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


@contextmanager
def painter_on(surface: PictureSurface) -> Iterator[QPainter]:
    """A painter that ends with the context. Qt then writes all of a drawing: 12 s for 200 curves of 100,000 points. The
    painter's destructor does so like `end`, but lets other threads of Python go on meanwhile."""
    painter = QPainter(surface.device)
    try:
        yield painter
    finally:
        delete(painter)


@contextmanager
def layers_on(surface: PictureSurface) -> Iterator[Callable[[str], QPainter]]:
    """A function that gives the painter of a layer, by name; all painters end with the context, as in `painter_on`.
    Where a format has no layers, all names give the same painter."""
    painters = [QPainter(surface.device)]

    def begin(name: str) -> QPainter:
        device = surface.begin_layer(name)
        if device is not None:
            painters.append(QPainter(device))
        return painters[-1]

    try:
        yield begin
    finally:
        while painters:
            delete(painters.pop())


class PaintedFile:
    """A picture on its way to bytes, on a new surface of a format. Raises ``MemoryError`` if there is no room.

    Call `advance` until it is ``painted``, between frames of a window; then `encode`, or `drop` if the picture is no
    longer wanted: both may take longer, and can be called in any thread. ``paint`` paints on the surface's
    device, and yields how much is done; after 1.0, only the painter ends.
    """

    def __init__(
        self, ending: str, spec: SurfaceSpec, paint: Callable[[PictureSurface], Generator[float, None, None]]
    ) -> None:
        form = formats(PictureFormat)[ending]
        self._surface: PictureSurface = form.load()(spec, form)
        self._pieces = paint(self._surface)
        self._data: bytes | None = None
        self.painted = False

    def advance(self) -> float:
        """Paint one piece of a few milliseconds; how much is done, from 0 to 1."""
        done = next(self._pieces, 1.0)
        self.painted = done >= 1.0
        return done

    def __iter__(self) -> Iterator[float]:
        while not self.painted:
            yield self.advance()

    def paint_all(self) -> Self:
        at_once(self)
        return self

    def encode(self) -> bytes:
        """The finished file, encoded at the first call, when the picture is ``painted``."""
        self.drop()
        if self._data is None:
            self._data = self._surface.encode()
        return self._data

    def drop(self) -> None:
        self._pieces.close()

    @property
    def image(self) -> QImage:
        """The picture as pixels, in a format that has them."""
        assert isinstance(self._surface.device, QImage)
        self.drop()
        return self._surface.device
