"""Connects the editors to the session: shows the settings in force, passes on entries, explains refusals."""

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.session import Session
from curvegui.ui.actions.view import Availability
from curvegui.ui.settings.fields import Field


class SettingsForm(QObject):
    """The editors of a session's settings."""

    done = Signal()  # a person is done with an editor
    changed = Signal()  # other settings are offered than before

    def __init__(self, session: Session, availability: Availability, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._availability = session, availability
        self._fields: dict[str, Field] = {}
        session.config_changed.connect(self._show)
        availability.changed.connect(self._obey)

    def add(self, field: Field) -> Field:
        """Connect an editor, which shows its setting from now on."""
        self._fields[field.name] = field
        field.entered.connect(self._enter)
        field.done.connect(self.done)
        field.show_value(getattr(self._session.config, field.name))
        field.show_use(self._session.config.uses(field.name))
        field.show_offer(self.offers(field.name))
        return field

    def offers(self, name: str) -> bool:
        """Whether a person may change a setting."""
        return f"setting.{name}" in self._availability

    @Slot()
    def _obey(self) -> None:
        for name, field in self._fields.items():
            field.show_offer(self.offers(name))
        self.changed.emit()

    @Slot(object)
    def _show(self, config: TrainingConfig) -> None:
        for name, field in self._fields.items():
            field.show_value(getattr(config, name))
            field.show_use(config.uses(name))
            field.clear_error()  # the refused value is gone

    @Slot(str, object)
    def _enter(self, name: str, value: Any) -> None:
        field = self._fields[name]
        try:
            self._session.edit(**{name: value})
        except ValueError as error:
            field.show_error(str(error))
        else:
            field.clear_error()
        field.show_value(getattr(self._session.config, name))
