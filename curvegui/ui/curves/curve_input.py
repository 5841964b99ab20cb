"""A file, a text or a picture that a curve can be made of, and the page of the dialog that makes the curve."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from curvegui.core.language.text import mark, tr
from curvegui.files.curves.kind import CurveKind, kind_of_text
from curvegui.ui.actions.feature import named

if TYPE_CHECKING:  # loaded when something is brought in
    from curvegui.ui.curve_dialog.dialog import CurveSource

MOST_TEXT = 10_000_000  # bytes that are pasted or dropped; a file may be larger
PASTED = mark("pasted curve")
DIALOG = "curvegui.ui.curve_dialog.dialog:CurveDialog"
PAGES = {
    CurveKind.DRAWING: "curvegui.ui.curve_dialog.outlines_source:SvgSource",
    CurveKind.TABLE: "curvegui.ui.curve_dialog.table_source:TableSource",
    CurveKind.PICTURE: "curvegui.ui.curve_dialog.outlines_source:ImageSource",
}


@dataclass(frozen=True)
class CurveInput:
    """A file, text or picture that a curve can be made of; ``name`` is the curve's name."""

    kind: CurveKind
    name: str
    content: Path | bytes | QImage = field(repr=False)


def input_in_file(path: Path) -> CurveInput | None:
    """The input in a file; None for a run, or for no curve. Raises the errors of `curve_kind`. Loads the code of the
    dialog, which takes some tenths of a second, in the calling thread."""
    from curvegui.files.project.open_any import curve_kind

    kind = curve_kind(path)
    if kind is None:
        return None
    for position in (DIALOG, PAGES[kind]):
        named(position)
    return CurveInput(kind, path.stem, path)


def input_in_text(text: str) -> CurveInput | None:
    kind = kind_of_text(text)
    return None if kind is None else CurveInput(kind, tr(PASTED), text.encode("utf-8", "replace"))


def is_too_long(found: QMimeData) -> bool:
    """Whether a text is so long that reading it would hold up the window; Qt knows the size without reading."""
    return found.hasText() and found.data("text/plain").size() > MOST_TEXT


def input_on_clipboard(found: QMimeData) -> CurveInput | None:
    """The drawing, text or picture that another program has copied, if a curve can be made of it."""
    if found.hasFormat("image/svg+xml"):
        return CurveInput(CurveKind.DRAWING, tr(PASTED), bytes(found.data("image/svg+xml").data()))
    in_text = input_in_text(found.text()) if found.hasText() else None
    if in_text is None and found.hasImage():
        image = found.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return CurveInput(CurveKind.PICTURE, tr(PASTED), image)
    return in_text


def source_of(found: CurveInput) -> "CurveSource":
    page: CurveSource = named(PAGES[found.kind])(found.name, found.content)
    return page
