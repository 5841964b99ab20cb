"""Joins the editors to the session and the window."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from curvegui.core.language.text import tr
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.actions.actions import ICON, chip
from curvegui.ui.actions.services import Services
from curvegui.ui.dialogs.question import agrees
from curvegui.ui.settings.form import SettingsForm
from curvegui.ui.settings.panel import SettingsPanel

NAME = "settings"  # of the dock


class Settings(QObject):
    """Fills the panel of settings."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services = services
        self.form = SettingsForm(services.session, partial(agrees, parent=services.window), services.availability, self)
        self.form.done.connect(services.leave_for_canvas)
        self.panel = SettingsPanel(self.form, chip(services.actions["run.new_seed"], tr("Another seed"), ICON))
        self.panel.resized.connect(self._make_room)
        services.docks.fill(NAME, self.panel, self.panel.whole_height)
        self._layers = len(services.session.config.hidden)
        services.session.config_changed.connect(self._follow_layers)

    @Slot(object)
    def _follow_layers(self, config: TrainingConfig) -> None:
        """More layers may need another row; an open page scrolls anyway."""
        before, self._layers = self._layers, len(config.hidden)
        if self._layers != before and not self.panel.more.isChecked():
            self._make_room()

    @Slot()
    def _make_room(self) -> None:
        self._services.docks.sizes.give_needed(NAME)
