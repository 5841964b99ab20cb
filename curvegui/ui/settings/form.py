"""Connects the editors to the session: shows the settings in force, passes on entries, explains refusals."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.settings.config import TrainingConfig, size_concern
from curvegui.session.run.session import Session
from curvegui.ui.actions.view import Availability
from curvegui.ui.settings.fields import Field, LayersField


class SettingsForm(QObject):
    """The editors of a session's settings; ``agrees`` asks a person whether a very large network should be built."""

    done = Signal()  # a person is done with an editor
    changed = Signal()  # other settings are offered than before

    def __init__(
        self, session: Session, agrees: Callable[[str], bool], availability: Availability, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._agrees, self._availability = session, agrees, availability
        self._fields: dict[str, Field] = {}
        session.config_changed.connect(self._show)
        availability.changed.connect(self._obey)

    def add(self, field: Field) -> Field:
        """Connect an editor, which shows its setting from now on."""
        self._fields[field.name] = field
        field.entered.connect(self._enter)
        field.done.connect(self.done)
        if isinstance(field, LayersField):
            field.removed.connect(self._remove_layer)
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
        self._change(name, value, partial(self._session.edit, **{name: value}))

    @Slot(int)
    def _remove_layer(self, layer: int) -> None:
        hidden = self._session.config.hidden
        self._change("hidden", hidden[: layer - 1] + hidden[layer:], partial(self._session.remove_layer, layer))

    def _change(self, name: str, value: Any, change: Callable[[], None]) -> None:
        field = self._fields[name]
        try:
            concern = size_concern(self._session.config.changed(hidden=value).sizes) if name == "hidden" else None
            if concern is None or self._agrees(concern):
                change()
        except ValueError as error:
            field.show_error(str(error))
        else:
            field.clear_error()
        field.show_value(getattr(self._session.config, name))
