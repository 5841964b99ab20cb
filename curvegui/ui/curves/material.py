"""What a curve can be made of, a file or something pasted or dropped, and the dialog page that makes it."""

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
class Material:
    """Something that a curve can be made of; ``name`` is what its curve will be called."""

    kind: CurveKind
    name: str
    content: Path | bytes | QImage = field(repr=False)


def material_in_file(path: Path) -> Material | None:
    """What a file is; None if it holds a run, or nothing to make a curve of. Raises the errors of `curve_kind`.

    The code of the dialog for it is loaded here, in whatever thread that is: it takes some tenths of a second.
    """
    from curvegui.files.project.open_any import curve_kind

    kind = curve_kind(path)
    if kind is None:
        return None
    for place in (DIALOG, PAGES[kind]):
        named(place)
    return Material(kind, path.stem, path)


def material_in_text(text: str) -> Material | None:
    kind = kind_of_text(text)
    return None if kind is None else Material(kind, tr(PASTED), text.encode("utf-8", "replace"))


def is_too_long(found: QMimeData) -> bool:
    """Whether a text is so long that reading it would hold up the window. Its size is asked of Qt, which is quick."""
    return found.hasText() and found.data("text/plain").size() > MOST_TEXT


def material_on_clipboard(found: QMimeData) -> Material | None:
    """What some other program has copied, or None."""
    if found.hasFormat("image/svg+xml"):
        return Material(CurveKind.DRAWING, tr(PASTED), bytes(found.data("image/svg+xml").data()))
    in_text = material_in_text(found.text()) if found.hasText() else None
    if in_text is None and found.hasImage():
        image = found.imageData()
        return (
            Material(CurveKind.PICTURE, tr(PASTED), image) if isinstance(image, QImage) and not image.isNull() else None
        )
    return in_text


def source_of(material: Material) -> "CurveSource":
    page: CurveSource = named(PAGES[material.kind])(material.name, material.content)
    return page
