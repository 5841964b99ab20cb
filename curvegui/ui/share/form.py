"""What the forms of all kinds have in common: editors of choices, and what becomes of these."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QWidget

from curvegui.figure.picture.surfaces import PaintedFile
from curvegui.ui.look.layouts import AnyWidget, ColumnsLayout, named, styled, wrapped
from curvegui.ui.share.job import PictureJob, ShareJob
from curvegui.ui.share.moment import Moment
from curvegui.ui.share.preview import SharePreview
from curvegui.ui.widgets.form import CheckBox, Form
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSpinBox

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import DataclassInstance

AnyChoices = TypeVar("AnyChoices", bound="DataclassInstance")
GAP_PX = 8
USUAL_SCALE = 2.0  # pixels to a logical pixel


class ShareForm(QWidget):
    """The settings of one kind of file: editors of choices by their keys, and muted sentences. The object name of an
    editor is the kind and the key. A subclass knows what the `preview` shows, and how a file is saved and copied."""

    changed = Signal()  # what is shown, or what is in the way of saving
    wanted = Signal(object, str)  # a `PaintJob` that is not saving, and what is said when it is done
    folder_key = "picture_folder"  # the field of the preferences with the folder of files of this kind
    waits = False  # for the run, or for what is made of it, before a file can be saved
    obstacle = ""  # why a file cannot be saved now
    copied = ""  # what is said when something was copied; nothing where this kind cannot be copied
    extra = extra_obstacle = ""  # the words of one more button, and why it cannot be pressed

    def __init__(self, kind: str, moment: Moment) -> None:
        super().__init__()
        self._kind, self._moment, self._rows = kind, moment, Form(self)
        self._preferences = moment.services.preferences.present
        self._editors = dict[str, Any]()

    # Editors

    def _add(self, key: str, editor: AnyWidget, label: str = "", tip: str = "") -> AnyWidget:
        named(editor, f"{self._kind}.{key}", label.replace("&", ""), tip)
        self._editors[key] = editor
        if label:
            self._rows.add(label, editor)
        elif isinstance(editor, CheckBox):
            self._rows.addRow(editor)
        else:
            self._rows.add_field(editor)
        return editor

    def _add_list(self, key: str, label: str, choices: Mapping[Any, str], chosen: Any, tip: str = "") -> QComboBox:
        box = ScrolledComboBox()
        for value, words in choices.items():
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        box.currentIndexChanged.connect(self.refresh)
        return self._add(key, box, label, tip)

    def _add_number(
        self, key: str, label: str, bounds: tuple[float, float], number: float, *, unit: str = "", tip: str = ""
    ) -> QSpinBox:
        box = ScrolledSpinBox()
        box.setRange(*map(int, bounds))
        box.setSuffix(f" {unit}" if unit else "")
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setKeyboardTracking(False)  # a number counts when it is typed to its end
        box.setValue(round(number))
        box.valueChanged.connect(self.refresh)
        return self._add(key, box, label, tip)

    def _add_ticks(self, words: Mapping[str, str], ticked: object, tips: Mapping[str, str] | None = None) -> None:
        """Add boxes to tick, in two columns where there is room; ``ticked`` has a field for each."""
        block = QWidget()
        columns = ColumnsLayout(2, GAP_PX, GAP_PX // 2, block)
        for key, each in words.items():
            box = named(CheckBox(each), f"{self._kind}.{key}", tip=(tips or {}).get(key, ""))
            box.setChecked(getattr(ticked, key))
            box.toggled.connect(self.refresh)
            self._editors[key] = box
            columns.addWidget(box)
        self._rows.addRow(block)

    def _add_sentence(self, key: str) -> QLabel:
        return self._add(key, styled(QLabel(wordWrap=True), "muted"))

    def __getitem__(self, key: str) -> Any:
        """The value of an editor."""
        editor = self._editors[key]
        if isinstance(editor, QComboBox):
            return editor.currentData()
        return editor.value() if isinstance(editor, QSpinBox) else editor.isChecked()

    def _made(self, kind: type[AnyChoices], **other: object) -> AnyChoices:
        """Choices of a kind: the values of the editors, and ``other`` values."""
        edited = {each.name: self[each.name] for each in fields(kind) if each.name in self._editors}
        return kind(**(edited | other))

    @property
    def editors(self) -> tuple[QWidget, ...]:
        return tuple(self._editors.values())

    # What becomes of them

    @property
    def ending(self) -> str:
        return str(self["ending"])

    @property
    def stem(self) -> str:
        return self._moment.name

    @property
    def remembered(self) -> dict[str, str]:
        """The choices, to be remembered as preferences."""
        return {}

    @Slot()
    def refresh(self) -> None:
        """Enable and describe what is possible with the present choices."""
        self.changed.emit()

    def show_in(self, preview: SharePreview) -> None:
        raise NotImplementedError

    def choose_part(self, part: str) -> None:
        """Choose a panel, where panels can be chosen."""

    def stop(self) -> None:
        """Stop what goes on in the preview."""

    def job(self, path: "Path", parent: QWidget) -> ShareJob:
        """What saves a file. Raises ``ValueError`` or ``MemoryError`` with a sentence."""
        return PictureJob(self.painting(self.ending), path, parent)

    def painting(self, ending: str, scale: float = 0) -> PaintedFile:
        """The chosen picture, not painted yet, with the chosen scale or, for a preview, with another one. Raises
        ``ValueError`` or ``MemoryError`` with a sentence."""
        raise NotImplementedError

    @property
    def copy_scale(self) -> float:
        return USUAL_SCALE

    def do_extra(self) -> None:
        """What the extra button does."""

    def copied_text(self) -> str:
        """The text to copy, or nothing where a picture is copied."""
        return ""

    def lacks_run(self) -> str:
        """Why a file does not contain the run that it was to contain, or nothing."""
        return ""


def refuse(box: QWidget, obstacle: str, tip: str = "") -> None:
    """Disable an editor because of an obstacle, which its tooltip names, or enable it."""
    box.setEnabled(not obstacle)
    box.setToolTip(wrapped(obstacle or tip))
    box.setAccessibleDescription(obstacle or tip)
