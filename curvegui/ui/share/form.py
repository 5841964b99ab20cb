"""What the forms of all kinds have in common: their fields, and what becomes of these."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QWidget

from curvegui.core.language.text import mark, said, tr
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.formats import Format, formats, spelled
from curvegui.figure.picture.surfaces import PaintedFile
from curvegui.ui.dialogs.choices import choices_to_text, kept_values
from curvegui.ui.look.layouts import ColumnsLayout, named, styled, wrapped
from curvegui.ui.share.job import ShareJob, picture_job
from curvegui.ui.share.preview import SharePreview
from curvegui.ui.widgets.form import CheckBox, Form
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSpinBox

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import DataclassInstance

AnyChoices = TypeVar("AnyChoices", bound="DataclassInstance")
GAP_PX, LETTERS = 8, 8
USUAL_SCALE = 2.0  # pixels to a logical pixel


@said("label", "tip")
@dataclass(frozen=True)
class ShareField:
    """A choice of a form, with its key and what is chosen ``usually``: in a list where there are ``choices``, else a
    number within ``bounds``, else a box to tick, beside others unless it is ``alone``. Without a label, it is a muted
    sentence, which the form writes, below the fields or ``alone``."""

    key: str
    label: str = ""
    usually: Any = None
    choices: Callable[[], Mapping[Any, str]] | None = None
    bounds: tuple[float, float] = (0, 0)
    unit: str = ""
    tip: str = ""
    alone: bool = False

    def allows(self, value: Any) -> bool:
        if self.choices is not None:
            return value in self.choices()
        return isinstance(value, bool) or self.bounds[0] <= value <= self.bounds[1]


def format_field(kind: type[Format], label: str = mark("&Format")) -> ShareField:
    """The list of a kind's formats."""

    def endings() -> dict[str, str]:
        return {ending: each.label or spelled(ending) for ending, each in formats(kind).items()}

    return ShareField("ending", label, next(iter(formats(kind))), endings)


def look_field(label: str = mark("&Look")) -> ShareField:
    """The list of the canvas's looks."""
    return ShareField("look", label, "ember", lambda: {key: each.label for key, each in LOOKS.items()})


def titles(table: Mapping[str, Any]) -> Callable[[], Mapping[str, str]]:
    """The choices of a list: what the records of a table are called, by their keys."""
    return lambda: {key: tr(each.label) for key, each in table.items()}


def in_pixels(size: QSize) -> str:
    return tr("{across:,} × {down:,} pixels", across=size.width(), down=size.height())


def _tell(box: QComboBox, tip: str, chosen: str) -> None:
    """Say in the tooltip of a list what is chosen, as the list may cut its words."""
    box.setToolTip(wrapped(f"{chosen}\n{tip}" if tip else chosen))


def kept(fields: Sequence[ShareField], text: str) -> dict[str, Any]:
    """What is chosen in some fields: the values in a JSON text as far as the fields allow them, else the usual ones."""
    usual = {each.key: each.usually for each in fields if each.usually is not None}
    found = kept_values(text, usual)
    return usual | {each.key: found[each.key] for each in fields if each.key in found and each.allows(found[each.key])}


class ShareForm(QWidget):
    """The settings of one kind of file: an editor for each field, whose object name is the kind and the key. Values
    ``given`` stand for what was chosen last. A subclass knows what is seen, and how a file is saved and copied."""

    changed = Signal()  # what is shown, or what is in the way of saving
    wanted = Signal(object, str)  # a job that is not saving, and what is said when it is done
    folder_key = "picture_folder"  # the field of the preferences with the folder of files of this kind
    waits = False  # for the run, or for what is made of it, before a file can be saved
    obstacle = ""  # why a file cannot be saved now
    copied = ""  # what is said when something was copied; nothing where this kind cannot be copied
    extra = extra_obstacle = ""  # the words of one more button, and why it cannot be pressed
    picture_size: QSize | None = None  # of the picture in logical pixels, as soon as there is one
    words = ""  # what a screen reader is told of the picture

    def __init__(self, moment: Any, kind: str, fields: Sequence[ShareField] = (), **given: Any) -> None:
        super().__init__()
        self._kind, self._moment, self._fields, self._rows = kind, moment, fields, Form(self)
        self._editors = dict[str, Any]()
        values = kept(fields, getattr(moment.services.preferences.present, kind, "")) | given
        ticks: ColumnsLayout | None = None
        for field in fields:
            editor = self._editors[field.key] = self._made_editor(field, values.get(field.key))
            named(editor, f"{kind}.{field.key}", field.label.replace("&", ""), field.tip)
            if isinstance(editor, QComboBox):
                _tell(editor, field.tip, editor.currentText())
            if isinstance(editor, CheckBox) and not field.alone:
                if ticks is None:  # in two columns where there is room
                    ticks = ColumnsLayout(2, GAP_PX, GAP_PX // 2, block := QWidget())
                    self._rows.addRow(block)
                ticks.addWidget(editor)
            elif field.alone:
                self._rows.addRow(editor)
            elif field.label:
                self._rows.add(field.label, editor)
            else:
                self._rows.add_field(editor)

    def _made_editor(self, field: ShareField, value: Any) -> QWidget:
        if field.usually is None:
            return styled(QLabel(wordWrap=True), "muted")
        if field.choices is not None:
            box = ScrolledComboBox()
            for choice, words in field.choices().items():
                box.addItem(words, choice)
            box.setCurrentIndex(max(box.findData(value), 0))
            box.setMinimumContentsLength(LETTERS)  # longer words may be cut, and are whole in the tooltip
            box.currentTextChanged.connect(partial(_tell, box, field.tip))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(self.refresh)
            return box
        if isinstance(field.usually, bool):
            tick = CheckBox(field.label)
            tick.setChecked(value)
            tick.toggled.connect(self.refresh)
            return tick
        number = ScrolledSpinBox()
        number.setRange(*map(int, field.bounds))
        number.setSuffix(f" {field.unit}" if field.unit else "")
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        number.setGroupSeparatorShown(True)
        number.setKeyboardTracking(False)  # a number counts when it is typed to its end
        number.setValue(round(value))
        number.valueChanged.connect(self.refresh)
        return number

    def __getitem__(self, key: str) -> Any:
        """The value of an editor."""
        editor = self._editors[key]
        if isinstance(editor, QComboBox):
            return editor.currentData()
        return editor.value() if isinstance(editor, QSpinBox) else editor.isChecked()

    def choose(self, key: str, value: Any) -> None:
        """Choose in a list, where the form has it."""
        if key in self._editors:
            self._editors[key].setCurrentIndex(self._editors[key].findData(value))

    def _enable(self, enabled: bool, *keys: str) -> None:
        for key in keys:
            self._editors[key].setEnabled(enabled)

    @property
    def values(self) -> dict[str, Any]:
        """What is chosen, by the fields' keys."""
        return {each.key: type(each.usually)(self[each.key]) for each in self._fields if each.usually is not None}

    def _made(self, kind: type[AnyChoices], **other: Any) -> AnyChoices:
        """Options of a kind: the values of the editors, and ``other`` values."""
        values = self.values | other
        return kind(**{each.name: values[each.name] for each in fields(kind) if each.name in values})

    @property
    def editors(self) -> tuple[QWidget, ...]:
        return tuple(self._editors.values())

    # What becomes of them

    @property
    def ending(self) -> str:
        return str(self["ending"])

    @property
    def stem(self) -> str:
        """The name of a file, without its ending, before a person has chosen one."""
        return str(self._moment.name)

    @property
    def remembered(self) -> dict[str, str]:
        """What is chosen, as a preference, for the next file of this kind."""
        is_kept = hasattr(self._moment.services.preferences.present, self._kind)
        return {self._kind: choices_to_text(self.values)} if is_kept else {}

    @Slot()
    def refresh(self) -> None:
        """Enable and describe what is possible with the present choices."""
        self.changed.emit()

    def show_in(self, preview: SharePreview) -> None:
        if self.picture_size is not None:
            preview.show_painting(self.picture_size, lambda scale: self.painting("png", scale), self.words)
        else:
            preview.stop()
            preview.show_image(QImage())

    def stop(self) -> None:
        """Stop what goes on in the preview."""

    def job(self, path: "Path", parent: QWidget) -> ShareJob:
        """What saves a file. Raises ``ValueError`` or ``MemoryError`` with a sentence."""
        return picture_job(self.painting(self.ending), path, parent)

    def painting(self, ending: str, scale: float = 0) -> PaintedFile:
        """The chosen picture, not painted yet, with the chosen scale or, for a preview, with another one. Raises
        ``ValueError`` or ``MemoryError`` with a sentence."""
        raise NotImplementedError

    def copy(self, parent: QObject) -> ShareJob | None:
        """Copy the text, or return what paints the picture to copy. Raises the same errors as `painting`."""
        clipboard = QGuiApplication.clipboard()
        if text := self.copied_text():
            clipboard.setText(text)
            return None
        picture = self.painting("png", self.copy_scale)
        job = ShareJob(parent, picture)
        job.done.connect(lambda: clipboard.setImage(picture.image))
        return job

    @property
    def copy_scale(self) -> float:
        return USUAL_SCALE

    def do_extra(self) -> None:
        """What the extra button does."""

    def copied_text(self) -> str:
        """The text to copy, or nothing where a picture is copied."""
        return ""
