"""The preferences as a form; each choice takes effect at once."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from curvegui.core.engine.backend import Backend
from curvegui.core.language.text import mark, spoken, tr
from curvegui.core.learner.engines import ENGINES, now_computing
from curvegui.session.stored.preferences import Preferences
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.question import LEAVE, Choice, Dialog, QuestionBox, Standard
from curvegui.ui.look.language import code_of
from curvegui.ui.look.layouts import button_row, filled, named, open_as_large_as, styled, wrapped
from curvegui.ui.look.scale import BETWEEN_PX, GAP_PX
from curvegui.ui.preferences.rows import GROUPS, PreferenceRow
from curvegui.ui.widgets.form import Form
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrollPage

ABOUT_ENGINE = mark("The engine that computes the iterations")
LINES = 32, 42  # the dialog's width and height at first, in heights of a line of text; with the row to restart


class PreferencesDialog(Dialog):
    """Shows the preferences, and emits what is chosen; ``obstacle`` returns why a value cannot be chosen, or ""."""

    chosen = Signal(object, object)  # a PreferenceRow, and its new value
    restart_wanted = Signal()  # as a language was chosen
    restored = Signal()  # the person wants the defaults

    def __init__(self, obstacle: Callable[[PreferenceRow, Any], str], parent: QWidget) -> None:
        super().__init__("preferences", tr("Preferences"), parent, is_kept=True)
        self._boxes: dict[PreferenceRow, QComboBox] = {}
        self.computing = styled(named(QLabel(wordWrap=True), "preferences.computing", tip=tr(ABOUT_ENGINE)), "muted")
        page = QWidget()
        self._form = form = Form(page)
        form.setSpacing(BETWEEN_PX)
        for title, rows in GROUPS.items():
            heading = QLabel(tr(title), indent=0)
            heading.setProperty("heading", True)
            form.addRow(heading)
            for row in rows:
                self._boxes[row] = box = self._box(row, obstacle)
                form.add(row.label, box)
                if row.name == "engine":
                    form.add_field(self.computing)
                if row.name == "language":
                    form.add(tr("At the next start"), self._restart_button())
        restore = named(QPushButton(tr("Restore &defaults…"), autoDefault=False), "preferences.restore")
        restore.clicked.connect(self._ask)
        close = named(QPushButton(tr("Close")), "preferences.close")
        close.clicked.connect(self.reject)
        buttons = button_row(restore, at_end=(close,))
        filled(QVBoxLayout(self), (ScrollPage(page), 1), buttons, edges=(GAP_PX,) * 4, spacing=GAP_PX)
        close.setDefault(True)
        open_as_large_as(self, LINES)

    def _box(self, row: PreferenceRow, obstacle: Callable[[PreferenceRow, Any], str]) -> QComboBox:
        box = named(ScrolledComboBox(), f"preferences.{row.name}", row.label.replace("&", ""), row.tip)
        box.setAccessibleDescription(row.tip)
        for index, (value, words) in enumerate(row.choices.items()):
            trouble = obstacle(row, value)
            box.addItem(tr("{choice} (not available here)", choice=tr(words)) if trouble else tr(words), value)
            if trouble:
                box.setItemData(index, wrapped(trouble), Qt.ItemDataRole.ToolTipRole)
                box.setItemData(index, 0, Qt.ItemDataRole.UserRole - 1)  # which disables the entry
        box.activated.connect(partial(self._choose, row))
        return box

    def _restart_button(self) -> QPushButton:
        button = self._restart = named(
            styled(QPushButton(tr("Restart now"), autoDefault=False), "low"),
            "preferences.restart",
            tr("Restart now"),
            tr("Start CurveGUI anew, in this language. The run comes back as it is, paused, without its Undo."),
        )
        button.clicked.connect(self.restart_wanted)
        return button

    def _choose(self, row: PreferenceRow, index: int) -> None:
        self.chosen.emit(row, self._boxes[row].itemData(index))

    @Slot()
    def _ask(self) -> None:
        text, restore = tr("Restore the defaults of all preferences?"), tr("&Restore")
        choices = Choice("restore", Standard.RestoreDefaults, restore), LEAVE
        more = tr("Your runs, favourites and panels stay as they are.")
        QuestionBox(self, "restore", text, more, *choices).ask(restore=self.restored.emit)

    def show_values(self, value_of: Callable[[PreferenceRow], Any], offers_restart: bool) -> None:
        """Show the present values; with ``offers_restart``, also the button that restarts the app."""
        for row, box in self._boxes.items():
            box.setCurrentIndex(box.findData(value_of(row)))
        self._form.setRowVisible(self._restart, offers_restart)


DEFAULTS = Preferences()


class PreferencesActions(QObject):
    """Opens the dialog, and carries out what is chosen in it."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._file = services, services.preferences

    @cached_property
    def _dialog(self) -> PreferencesDialog:
        dialog = PreferencesDialog(_obstacle, self._services.window)
        dialog.chosen.connect(self.choose)
        dialog.restored.connect(self.restore)
        dialog.restart_wanted.connect(self._services.features["documents"].restart)
        self._services.display.changed.connect(self._show)
        self._services.session.snapshot_ready.connect(self._show_engine)
        return dialog

    @Slot()
    def open(self) -> None:
        """Open the dialog, or bring it to the front; the window behind it stays alive."""
        self._show()
        self._dialog.show()
        self._dialog.activateWindow()

    @Slot()
    def _show(self) -> None:
        self._show_engine()
        self._dialog.show_values(self._value_of, code_of(self._file.present.language) != spoken())

    @Slot()
    def _show_engine(self) -> None:
        words = now_computing(self._services.session.backend)
        if words != self._dialog.computing.text():
            self._dialog.computing.setText(words)

    def _value_of(self, row: PreferenceRow) -> Any:
        """The present value of a row, or the default if the saved value is not among the choices."""
        owner, name = (self._services.display.now, row.shown_by) if row.shown_by else (self._file.present, row.name)
        value = getattr(owner, name)
        return value if value in row.choices else getattr(DEFAULTS, row.name)

    @Slot(object, object)
    def choose(self, row: PreferenceRow, value: Any) -> None:
        """Save a chosen value, and let it take effect."""
        if row.shown_by:
            self._services.display.see(**{row.shown_by: value})
            return
        self._file.remember(**{row.name: value})
        self._show()
        kept = self._file.present
        if row.name in ("engine", "precision"):
            self._services.session.calculate_with(Backend(kept.engine, kept.precision))
        elif row.name == "autosave_s":
            self._services.features["documents"].autosave_every(value)
        elif row.name == "files_open" and "second_start" in self._services.features:
            self._services.features["second_start"].follow()

    @Slot()
    def restore(self) -> None:
        """Choose the defaults of all preferences."""
        for row in (row for rows in GROUPS.values() for row in rows):
            if self._value_of(row) != getattr(DEFAULTS, row.name):
                self.choose(row, getattr(DEFAULTS, row.name))
        self._show()


def _obstacle(row: PreferenceRow, value: Any) -> str:
    """Why a value cannot be chosen on this machine; empty if it can."""
    return ENGINES[value].obstacle() if row.name == "engine" and value in ENGINES else ""
