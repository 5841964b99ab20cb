"""A curve from a drawing (SVG): its outlines."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from curvegui.figure.outline.svg import read_svg
from curvegui.files.project.curve_file import read_all
from curvegui.ui.curve_dialog.outlines_source import Outlines, OutlinesSource
from curvegui.ui.dialogs.latest_job import Errand


class SvgSource(OutlinesSource):
    """A drawing.

    Parameters
    ----------
    name : str
        What the curve will be called.
    content : Path or bytes
        The file, or what is in one.
    """

    title = "Curve from a drawing"

    def __init__(self, name: str, content: Path | bytes, parent: QWidget | None = None) -> None:
        super().__init__(name, partial(_outlines, name, content), parent)


def _outlines(name: str, content: Path | bytes, errand: Errand) -> Outlines:
    if isinstance(content, bytes):
        return read_svg(content, name)
    return read_svg(read_all(content, errand.cancelled, errand.progress), content.name)
