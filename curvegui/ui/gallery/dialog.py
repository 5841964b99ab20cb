"""The dialog that chooses the curves of the gallery."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import tr
from curvegui.core.presets.names import worded
from curvegui.core.presets.presets import PRESETS
from curvegui.figure.drawing.look import LineStyle
from curvegui.figure.drawing.target_drawing import thumbnail
from curvegui.ui.dialogs.dialog import Dialog
from curvegui.ui.dialogs.kept_choices import choices_to_text, kept_values
from curvegui.ui.look.layouts import button_row, filled, open_as_large_as
from curvegui.ui.look.theme import current_theme
from curvegui.ui.look.tips import named, styled
from curvegui.ui.widgets.form import CheckBox, Form
from curvegui.ui.widgets.scrolled import ScrolledSpinBox

SECONDS = 10, 300  # for a curve, at least and at most


@dataclass(frozen=True)
class GalleryChoices:
    """How the gallery is: ``left_out`` names what is not shown, with spaces between; ``seconds`` are those for each.

    What is not named is shown, also what is drawn later.
    """

    left_out: str = ""
    seconds: int = 30
    shuffled: bool = True

    def shows(self, curve: str | Curve) -> bool:
        """Whether a preset, or a curve of the person's own, is shown."""
        return key_of(curve) not in self.left_out.split()

    def chosen(self, own: Sequence[Curve]) -> tuple[str | Curve, ...]:
        """What is shown: all there is where none is left."""
        every = choice_of(own)
        return tuple(curve for curve in every if self.shows(curve)) or every

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return choices_to_text(self)

    @classmethod
    def from_text(cls, text: str) -> "GalleryChoices":
        """From JSON; the default for each value that is missing or not allowed."""
        made = cls(**kept_values(text, cls()))
        return made if SECONDS[0] <= made.seconds <= SECONDS[1] else cls()


def choice_of(own: Sequence[Curve]) -> tuple[str | Curve, ...]:
    """All that can be shown, the person's own curves first."""
    return (*own, *PRESETS)


def key_of(curve: str | Curve) -> str:
    """A word by which a curve is known the next time."""
    return curve if isinstance(curve, str) else curve.digest[:8].hex()


LINES = 25, 30  # its width and height at first, in heights of a line of text
ICON_LINES = 1.8


class GalleryDialog(Dialog):
    """Chooses curves, seconds and order; what is chosen is kept when the gallery is started, or with Close."""

    chosen = Signal(object)  # GalleryChoices
    started = Signal()

    def __init__(self, choices: GalleryChoices, own: Sequence[Curve], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self.setWindowTitle(tr("Gallery"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._list = styled(named(QListWidget(), "gallery.curves", tr("Curves")), "boxed")
        self._seconds = named(ScrolledSpinBox(), "gallery.seconds", tr("Seconds for each curve"))
        self._shuffled = named(CheckBox(tr("In &random order")), "gallery.shuffled")
        self._all = named(QPushButton(tr("Choose &all"), autoDefault=False), "gallery.all")
        self._close = named(QPushButton(tr("Close"), autoDefault=False), "gallery.close")
        self._start = named(QPushButton(tr("&Start gallery")), "gallery.begin")
        self._fill(choices, own)
        form = Form()
        form.add(tr("Seconds for each &curve"), self._seconds)
        form.add_field(self._shuffled)
        bottom = button_row(self._all, at_end=(self._close, self._start))
        filled(QVBoxLayout(self), (self._list, 1), form, bottom, edges=(18, 18, 18, 16), spacing=12)
        self._start.setDefault(True)
        self._list.itemChanged.connect(self._check)
        self._all.clicked.connect(self._choose_all)
        self._close.clicked.connect(self.close)
        self._start.clicked.connect(self._begin)
        self.finished.connect(self._keep)
        open_as_large_as(self, LINES)

    def _fill(self, choices: GalleryChoices, own: Sequence[Curve]) -> None:
        side = round(ICON_LINES * self.fontMetrics().height())
        self._list.setIconSize(QSize(side, side))
        stroke = LineStyle(current_theme().text, 1.5)
        for curve in choice_of(own):
            name = worded(curve.name) if isinstance(curve, Curve) else PRESETS[curve].label
            item = QListWidgetItem(QIcon(thumbnail(curve, side, self.devicePixelRatioF(), stroke)), name, self._list)
            item.setData(Qt.ItemDataRole.UserRole, key_of(curve))
            item.setCheckState(Qt.CheckState.Checked if choices.shows(curve) else Qt.CheckState.Unchecked)
        self._seconds.setRange(*SECONDS)
        self._seconds.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._seconds.setValue(choices.seconds)
        self._shuffled.setChecked(choices.shuffled)

    @property
    def choices(self) -> GalleryChoices:
        """What is chosen now."""
        left = [item.data(Qt.ItemDataRole.UserRole) for item in self._items if not _is_checked(item)]
        return GalleryChoices(" ".join(left), self._seconds.value(), self._shuffled.isChecked())

    @property
    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    @Slot()
    def _check(self) -> None:
        self._start.setEnabled(any(map(_is_checked, self._items)))

    @Slot()
    def _choose_all(self) -> None:
        for item in self._items:
            item.setCheckState(Qt.CheckState.Checked)

    @Slot()
    def _keep(self) -> None:
        if any(map(_is_checked, self._items)):
            self.chosen.emit(self.choices)

    @Slot()
    def _begin(self) -> None:
        self.accept()
        self.started.emit()


def _is_checked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked
