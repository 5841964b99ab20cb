"""What the preferences do: each is kept in the person's file, and tells its owner in the window."""

from functools import cached_property
from typing import Any

from PySide6.QtCore import QObject, Slot

from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.language.text import spoken
from curvegui.core.learner.engines import ENGINES
from curvegui.session.stored.preferences import Preferences
from curvegui.ui.actions.services import Services
from curvegui.ui.look.language import code_of
from curvegui.ui.preferences.dialog import PreferencesDialog
from curvegui.ui.preferences.rows import GROUPS, PreferenceRow

DEFAULTS = Preferences()


class PreferencesActions(QObject):
    """Opens the dialog, and carries out what is chosen there."""

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
        return dialog

    @Slot()
    def open(self) -> None:
        """Open the dialog, or bring it to the front; the run goes on beside it."""
        self._show()
        self._dialog.show()
        self._dialog.activateWindow()

    @Slot()
    def _show(self) -> None:
        self._dialog.show_values(self._value_of)
        self._dialog.offer_restart(code_of(self._file.present.language) != spoken())

    def _value_of(self, row: PreferenceRow) -> Any:
        """What is in force: the default where another version has kept what this one does not know."""
        owner, name = (self._services.display.now, row.shown_by) if row.shown_by else (self._file.present, row.name)
        value = getattr(owner, name)
        return value if value in row.choices else getattr(DEFAULTS, row.name)

    @Slot(object, object)
    def choose(self, row: PreferenceRow, value: Any) -> None:
        """Put a choice into force."""
        if row.shown_by:
            self._services.display.see(**{row.shown_by: value})
            return
        self._file.remember(**{row.name: value})
        self._show()
        kept = self._file.present
        if row.name in ("engine", "precision"):
            self._services.session.calculate_with(Arithmetic(kept.engine, kept.precision))
        elif row.name == "autosave_s":
            self._services.features["documents"].autosave_every(value)
        elif row.name == "files_open" and "second_start" in self._services.features:
            self._services.features["second_start"].follow()

    @Slot()
    def restore(self) -> None:
        """Put the defaults into force."""
        for row in (row for rows in GROUPS.values() for row in rows):
            if self._value_of(row) != getattr(DEFAULTS, row.name):
                self.choose(row, getattr(DEFAULTS, row.name))
        self._show()


def _obstacle(row: PreferenceRow, value: Any) -> str:
    """Why a value cannot be chosen on this machine; empty if it can."""
    return ENGINES[value].obstacle() if row.name == "engine" and value in ENGINES else ""
