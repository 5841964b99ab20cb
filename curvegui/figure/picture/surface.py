"""What any surface of a picture has: a device to paint on, and how it becomes bytes."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPaintDevice

from curvegui.figure.picture.formats import PictureFormat

DPI = 96  # one logical pixel is 1/96 inch, in SVG as in CSS; another resolution would shrink the text


@dataclass(frozen=True)
class Sheet:
    """What a surface is to be like: ``side_px`` wide and ``high_px`` high in logical pixels, or a square at 0.

    ``scale`` is device pixels to a logical pixel; formats without pixels ignore it. ``opaque`` says whether a
    background will cover all of it. The ``description`` goes into the file's own one.
    """

    side_px: int
    scale: float
    opaque: bool
    description: str
    high_px: int = 0

    @property
    def height_px(self) -> int:
        """Its height, in logical pixels."""
        return self.high_px or self.side_px


class Surface(ABC):
    """A device to paint on; ``side`` and ``height`` are in its own units, ``scale`` of them to a logical pixel."""

    device: QPaintDevice

    def __init__(self, sheet: Sheet, form: PictureFormat) -> None:
        self._form = form
        self.side: float = sheet.side_px
        self.height: float = sheet.height_px
        self.scale = 1.0

    def clear(self) -> Iterator[float]:
        """Make the device blank before anything is painted on it; yields between pieces of a few milliseconds."""
        yield from ()

    def begin_layer(self, name: str) -> QPaintDevice | None:
        """Another device, if the format keeps layers apart: for what belongs to the layer of this name."""
        return None

    @abstractmethod
    def encode(self) -> bytes:
        """The finished file. Call it when the painting has ended, in any thread."""


def opened_buffer() -> QBuffer:
    """A buffer in memory, to write to."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
