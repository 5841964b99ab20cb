"""The panel beside the canvas: the settings that everybody changes, and all others behind "All settings"."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from curvegui.core.language.text import tr
from curvegui.core.settings.config import SETTINGS
from curvegui.core.settings.setting import GROUPS
from curvegui.ui.actions.actions import ICON, chip
from curvegui.ui.actions.services import Services
from curvegui.ui.look.icons import icon, icon_size
from curvegui.ui.look.layouts import ColumnsLayout, button_row, card, filled, named, styled
from curvegui.ui.look.theme import follow_theme
from curvegui.ui.settings.fields import ChoiceField, Field, NumberField, field_for
from curvegui.ui.settings.form import SettingsForm
from curvegui.ui.widgets.scrolled import FocusPage, ScrollPage

EDGES_PX = 0, 0, 0, 0  # left, top, right, bottom
SPACING_PX = 10
COLUMN_GAP_PX, ROW_GAP_PX = 16, 6
COLUMNS = 2
USUAL = "aggression", "noise", "seed"  # in the order of the panel
BOX_LETTERS, LABEL_LETTERS = 9, 13  # the widths of an editor and of a line of its label: all begin at one line
LEAST_LINES = 7  # of the others, where there is little room


class SettingsPanel(QWidget):
    """The editors of all settings; ``form`` connects them to the session, ``new_seed`` stands beside the seed."""

    resized = Signal()  # it needs more height, or less

    def __init__(self, form: SettingsForm, new_seed: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        tip = tr("Neurons, data, optimiser, when to stop, drawing")
        self.more = styled(named(QToolButton(), "settings.more", tip=tip), "link")
        self.more.setText(tr("All settings"))
        self.more.setCheckable(True)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        backwards = Qt.LayoutDirection.LeftToRight if self.isRightToLeft() else Qt.LayoutDirection.RightToLeft
        self.more.setLayoutDirection(backwards)  # its arrow comes after the words
        around = QWidget(self)
        self._usual = _usual_card(form, new_seed, self.more, around)
        filled(QVBoxLayout(around), self._usual)
        usual = ScrollPage(around, self)  # where the panel is too low for it
        usual.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.more.toggled.connect(self._open)
        form.changed.connect(self._obey)
        self._page: _Page | None = None  # made when it is first opened
        self._column = filled(QVBoxLayout(self), usual, 0, edges=EDGES_PX, spacing=SPACING_PX)
        lettered = {name: setting.letter for name, setting in SETTINGS.items() if setting.group and setting.letter}
        self._letters = [QShortcut(QKeySequence.mnemonic(f"&{letter}"), self) for letter in lettered.values()]
        for name, shortcut in zip(lettered, self._letters, strict=True):
            shortcut.activated.connect(partial(self._reach, name))
        follow_theme(self._draw)
        self._obey()

    @Slot()
    def _obey(self) -> None:
        """Show the parts in which a setting is offered, and hide the others."""
        has_more = any(self._form.offers(name) for name, setting in SETTINGS.items() if setting.group)
        _offer(self._usual, has_more or any(map(self._form.offers, USUAL)))
        _offer(self.more, has_more)
        if self._page is not None:
            self._page.obey()
        self.resized.emit()

    def _reach(self, name: str) -> None:
        """Go to a setting by its letter, while the setting's label, which has the same letter, is not in sight."""
        self.more.setChecked(self.more.isChecked() or self._form.offers(name))
        if self._page is not None and self._page.fields[name].isVisible():  # else it has no effect
            self._page.fields[name].editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(bool)
    def _open(self, is_open: bool) -> None:
        if self._page is None:
            self._page = _Page(self._form, self)
            self._column.insertWidget(self._column.count() - 1, self._page, 1)
        self._page.setVisible(is_open)
        for letter in self._letters:
            letter.setEnabled(not is_open)
        self._draw()
        self.resized.emit()

    @Slot()
    def _draw(self) -> None:
        self.more.setIcon(icon("open" if self.more.isChecked() else "closed", "accent"))
        self.more.setIconSize(icon_size(self.more, 0.9))

    def whole_height(self) -> int:
        return self.heightForWidth(self.width())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """The height, in px, at which nothing scrolls."""
        left, top, right, bottom = EDGES_PX
        inside = width - left - right
        parts = [self._usual.heightForWidth(inside)] if self._usual.isVisibleTo(self) else []
        if self._page is not None and self.more.isChecked() and self.more.isVisibleTo(self):
            parts.append(self._page.whole_height(inside))
        return top + sum(parts) + SPACING_PX * (len(parts) - 1) + bottom


class _Page(FocusPage):
    """All groups of settings with their titles, one below the other, in one grid."""

    def __init__(self, form: SettingsForm, parent: QWidget) -> None:
        super().__init__(parent)
        self._card = card(parent=self, spacing=ROW_GAP_PX)
        column = self._card.layout()
        assert column is not None
        self._form = form
        self.fields: dict[str, Field] = {}
        self._groups: dict[str, tuple[QWidget, QWidget]] = {}  # the title and the editors of each
        for key, title in GROUPS.items():
            heading = styled(QLabel(tr(title), self._card), "heading")
            heading.setIndent(0)
            group = named(QWidget(self._card), f"settings.{key}", title)
            rows, grid = filled(QVBoxLayout(group), spacing=ROW_GAP_PX), QWidget(group)
            layout = ColumnsLayout(COLUMNS, COLUMN_GAP_PX, ROW_GAP_PX, grid)
            for name in (name for name, setting in SETTINGS.items() if setting.group == key):
                field = form.add(field_for(name, group))
                field.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                (rows if _is_long(field) else layout).addWidget(field)
                self.fields[name] = field
            rows.addWidget(grid)
            self._groups[key] = heading, group
            for part in self._groups[key]:
                column.addWidget(part)
        around = QWidget(self)
        filled(QVBoxLayout(around), self._card)
        self.hold(around)
        self._fit()
        self.obey()

    def obey(self) -> None:
        """Show the groups in which a setting is offered."""
        for key, parts in self._groups.items():
            offered = any(self._form.offers(name) for name, setting in SETTINGS.items() if setting.group == key)
            for part in parts:
                _offer(part, offered)

    def whole_height(self, width: int) -> int:
        """The height, in px, at which nothing scrolls."""
        return self._card.heightForWidth(width - self.verticalScrollBar().sizeHint().width())

    def minimumSizeHint(self) -> QSize:
        wide = self._card.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(wide, LEAST_LINES * self.fontMetrics().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another width when an editor needs another width."""
        taken = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return taken

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        fields = self.fields.values()
        usual = self.fontMetrics().horizontalAdvance("0" * BOX_LETTERS) + 3 * self.fontMetrics().height()
        wide = max(usual, *(field.editor.sizeHint().width() for field in fields if not _is_long(field)))
        for field in fields:
            field.editor.setMinimumWidth(wide)
            letters = self.fontMetrics().horizontalAdvance("0" * LABEL_LETTERS)
            own = self.fontMetrics().horizontalAdvance(field.label.text())
            field.label.setMinimumWidth(min(letters, own) if _is_long(field) else letters)  # room for its long choice


def _offer(part: QWidget, is_offered: bool) -> None:
    """Show or hide a part, if it changes: a part that is shown before the window is complete gets too narrow."""
    if bool(part.property("away")) == is_offered:
        part.setProperty("away", not is_offered)
        part.setVisible(is_offered)


def _is_long(field: Field) -> bool:
    return isinstance(field, ChoiceField) and field.is_long


def _usual_card(form: SettingsForm, new_seed: QWidget, more: QWidget, parent: QWidget) -> QWidget:
    usual = card(parent=parent)
    sliders = QWidget(usual)
    row = ColumnsLayout(COLUMNS, COLUMN_GAP_PX, ROW_GAP_PX, sliders)
    for name in USUAL[:2]:
        row.addWidget(form.add(field_for(name, sliders)))
    seed = QWidget(usual)
    filled(QHBoxLayout(seed), form.add(NumberField("seed", seed)), new_seed)
    column = usual.layout()
    assert isinstance(column, QVBoxLayout)
    filled(column, sliders, button_row(seed, at_end=[more]), edges=None, spacing=ROW_GAP_PX)
    return usual


NAME = "settings"  # of the dock


class Settings(QObject):
    """Fills the dock of settings, and asks for room when the panel needs more."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services
        self.form = SettingsForm(services.session, services.availability, self)
        self.form.done.connect(services.leave_for_canvas)
        new_seed = styled(chip(services.actions["run.new_seed"], tr("Another seed"), ICON), "low")
        self.panel = SettingsPanel(self.form, new_seed)
        self.panel.resized.connect(self._make_room)
        services.docks.fill(NAME, self.panel, self.panel.whole_height)

    @Slot()
    def _make_room(self) -> None:
        self._services.docks.give_needed(NAME)
