"""A curve from a picture: the outlines of the shapes in it."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from curvegui.figure.outline.image import image_parts, read_image
from curvegui.ui.curve_dialog.outlines_source import Outlines, OutlinesSource
from curvegui.ui.dialogs.latest_job import Errand


class ImageSource(OutlinesSource):
    """A picture.

    Parameters
    ----------
    name : str
        What the curve will be called.
    content : Path or QImage
        The file, or what is in one.
    """

    title = "Curve from a picture"

    def __init__(self, name: str, content: Path | QImage, parent: QWidget | None = None) -> None:
        super().__init__(name, partial(_outlines, content), parent)


def _outlines(content: Path | QImage, errand: Errand) -> Outlines:
    return image_parts(content if isinstance(content, QImage) else read_image(content))
