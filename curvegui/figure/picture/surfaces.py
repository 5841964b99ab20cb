"""What a picture is painted on, pixels or paths, and how it becomes bytes in memory, piece by piece."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from shiboken6 import delete

from curvegui.core.language.text import tr
from curvegui.figure.picture.formats import PictureFormat
from curvegui.figure.picture.surface import DPI, Sheet, Surface, opened_buffer
from curvegui.figure.picture.svg_surface import SvgSurface
from curvegui.files.project.in_picture import SOFTWARE, TITLE

__all__ = ["Painting", "PdfSurface", "PixelSurface", "Sheet", "Surface", "SvgSurface", "painter_on", "surface_for"]

CLEARED_PIXELS = 1_000_000  # at a time


def blank_image(side: int, opaque: bool, height: int = 0) -> QImage:
    """An image of ``side`` × ``height`` pixels, or a square, to paint on: white if ``opaque``, else transparent.

    Raises ``MemoryError`` if there is no memory for it; it says how much it takes.
    """
    image = _image(side, opaque, height or side)
    image.fill(_blank(image))
    return image


def _image(side: int, opaque: bool, height: int) -> QImage:
    """See `blank_image`, but with nothing in it yet."""
    form = QImage.Format.Format_RGB32 if opaque else QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(side, height, form)
    if image.isNull():
        megabytes = side * height * 4 / 1e6
        raise MemoryError(
            tr(
                "There is not enough memory for a picture of {side:,} × {height:,} pixels: it takes "
                "{megabytes:,.0f} MB.",
                side=side,
                height=height,
                megabytes=megabytes,
            )
        )
    return image


def _blank(image: QImage) -> Qt.GlobalColor:
    return Qt.GlobalColor.transparent if image.hasAlphaChannel() else Qt.GlobalColor.white


class PixelSurface(Surface):
    """Pixels. Encoding takes longer than painting, and lets other threads run meanwhile."""

    def __init__(self, sheet: Sheet, form: PictureFormat) -> None:
        super().__init__(sheet, form)
        side, height = round(sheet.side_px * sheet.scale), round(sheet.height_px * sheet.scale)
        self.side, self.height = side, height
        self.scale = sheet.scale
        self.device = self._image = _image(side, sheet.opaque, height)
        dots_per_metre = round(DPI * sheet.scale / 0.0254)  # print and documents show every scale equally large
        self._image.setDotsPerMeterX(dots_per_metre)
        self._image.setDotsPerMeterY(dots_per_metre)
        self._texts = {"Title": TITLE, "Description": sheet.description, "Software": SOFTWARE}

    def clear(self) -> Iterator[float]:
        """See `Surface.clear`: the system finds memory for a row when it is first written to."""
        rows = max(1, CLEARED_PIXELS // self._image.width())
        painter = QPainter(self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        try:
            for top in range(0, self._image.height(), rows):
                painter.fillRect(0, top, self._image.width(), rows, _blank(self._image))
                yield 0.0
        finally:
            painter.end()

    def encode(self) -> bytes:
        """See `Surface.encode`."""
        buffer = opened_buffer()
        writer = QImageWriter(buffer, self._form.ending.encode("ascii"))
        writer.setQuality(self._form.quality)
        for key, text in self._texts.items():
            if text:
                writer.setText(key, text)
        if not writer.write(self._image):
            raise MemoryError(tr("The picture could not be encoded: {reason}.", reason=writer.errorString()))
        return bytes(buffer.data().data())


class PdfSurface(Surface):
    """Paths on a page that is the figure and nothing else, for print."""

    def __init__(self, sheet: Sheet, form: PictureFormat) -> None:
        super().__init__(sheet, form)
        self._buffer = opened_buffer()
        self.device = writer = QPdfWriter(self._buffer)
        writer.setResolution(DPI)
        # Qt rounds a page to points: the figure has to follow
        across, down = (max(1, round(px * 72 / DPI)) for px in (sheet.side_px, sheet.height_px))
        self.side, self.height = across * DPI / 72, down * DPI / 72
        self.scale = self.side / sheet.side_px
        size = QPageSize(QSizeF(across, down), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
        writer.setPageSize(size)
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(TITLE)
        writer.setCreator(SOFTWARE)

    def encode(self) -> bytes:
        """See `Surface.encode`."""
        return bytes(self._buffer.data().data())


def surface_for(form: PictureFormat, sheet: Sheet) -> Surface:
    """What a picture of a format is painted on. Raises ``MemoryError`` if there is no room for its pixels."""
    surfaces = {each.__name__: each for each in (PixelSurface, SvgSurface, PdfSurface)}
    return surfaces[form.surface](sheet, form)


@contextmanager
def painter_on(surface: Surface) -> Iterator[QPainter]:
    """A painter that ends with it. Qt then writes all of a drawing: 12 s for 200 curves of 100,000 points.

    Its destructor does that as `end` does, and alone lets other threads of Python go on meanwhile.
    """
    painter = QPainter(surface.device)
    try:
        yield painter
    finally:
        delete(painter)


@contextmanager
def layers_on(surface: Surface) -> Iterator[Callable[[str], QPainter]]:
    """What gives a painter for each layer, by its name; all of them end with it, as in `painter_on`.

    Where a format has no layers, it is the same painter each time.
    """
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


class Painting:
    """A file on its way to bytes.

    Advance it until it is ``painted``, between the frames of a window; then call `encode`, or `drop` it if it is no
    longer wanted: both may take longer, and can be called from any thread. Its pieces paint on the surface's device,
    and yield how much is done; after 1.0, there is only the end of their painter.
    """

    def __init__(self, surface: Surface, pieces: Generator[float, None, None]) -> None:
        self._surface, self._pieces = surface, _after_clearing(surface, pieces)
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

    def encode(self) -> bytes:
        """The finished file. Raises ``RuntimeError`` if it is not ``painted`` yet."""
        if not self.painted:
            raise RuntimeError("The picture is not painted yet: advance it first.")
        self.drop()
        if self._data is None:
            self._data = self._surface.encode()
        return self._data

    def drop(self) -> None:
        """Paint no more."""
        self._pieces.close()

    @property
    def image(self) -> QImage:
        """What is painted, as pixels. Raises ``TypeError`` if it has none."""
        if not isinstance(self._surface.device, QImage):
            raise TypeError("This picture is made of paths.")
        self.drop()
        return self._surface.device

    @property
    def data(self) -> bytes:
        """The finished file, encoded when it is first asked for; see `encode`."""
        return self.encode()


def _after_clearing(surface: Surface, pieces: Generator[float, None, None]) -> Generator[float, None, None]:
    yield from surface.clear()
    yield from pieces
