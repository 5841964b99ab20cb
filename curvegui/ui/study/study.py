"""The docks in which the mathematics is alive: made when they are first seen, and fed while they are visible."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import tr
from curvegui.figure.drawing.look import Look
from curvegui.session.jobs.job import Jobs
from curvegui.ui.actions.feature import DockRecord, named
from curvegui.ui.actions.services import Services
from curvegui.ui.study.panel import PanelUpdater, StudyPanel
from curvegui.ui.study.weight_colours import LEAST_SCALE, weight_scale

AT_WORK = "understand"  # the view


class Study(QObject):
    """The panels and what they look at; each panel is made from this. ``message`` is something to say in passing."""

    message = Signal(str)
    view_changed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self.services, self.window, self.session = services, services.window, services.session
        self.inspection = services.inspection
        self._docks = services.docks
        self._records = {record.name: record for record in services.docks.records if record.panel}
        self._panels: dict[str, Any] = {}  # each a widget and a StudyPanel
        self._begun = set[str]()  # panels whose code is loaded, or could not be since their dock was seen
        self._jobs = Jobs(self)
        self._awaited: dict[str, Callable[[Any], object]] = {}
        self._handing_over = QTimer(self, singleShot=True, interval=0)  # when a panel has been laid out
        self._handing_over.timeout.connect(self._hand_over)
        self._scale = LEAST_SCALE
        self._updater = PanelUpdater(self.session, self.inspection, self)
        services.docks.opened.connect(self._updater.forget)
        services.docks.opened.connect(self._begin_anew)
        self.message.connect(services.tell)
        services.views.changed.connect(self.view_changed)
        services.availability.changed.connect(self.view_changed)
        for name, record in self._records.items():
            services.turns.add(partial(self._refresh, name), record.least_s)

    @property
    def look(self) -> Look:
        """The canvas's."""
        return self.services.display.now.look

    @property
    def is_at_work(self) -> bool:
        """Whether the view is for working on the network itself; in the others, the settings have its layers."""
        return self.services.views.now.id == AT_WORK

    def offers(self, thing: str) -> bool:
        """Whether the window offers a panel or a setting now."""
        return thing in self.services.availability

    @property
    def records(self) -> tuple[DockRecord, ...]:
        """The docks that have a panel of this kind."""
        return tuple(self._records.values())

    def panel(self, name: str) -> StudyPanel:
        """A dock's panel, made when it is first needed."""
        if name not in self._panels:
            with self.session.gate:
                self._make(name, named(self._records[name].panel))
        panel: StudyPanel = self._panels[name]
        return panel

    def _make(self, name: str, kind: Callable[["Study"], Any]) -> None:
        made = self._panels[name] = kind(self)
        self._docks.fill(name, made)
        actions = self.services.actions
        made.addActions([actions[id_] for id_ in (f"picture.{name}", f"picture.copy_{name}") if id_ in actions])
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(partial(_open_menu, made))

    def scale_for(self, parameters: FloatArray) -> float:
        """The weight at the ends of the scale of colours: the same in all panels, so that colours can be compared."""
        self._scale = weight_scale(parameters, self._scale)
        return self._scale

    def is_seen(self, name: str) -> bool:
        """Whether a dock is open, and no other one in front of it."""
        return self._docks.is_seen(name)

    def show_panel(self, name: str) -> None:
        """Open a dock and bring it to the front."""
        self._docks.show(name)

    def bring(self, name: str, then: Callable[[Any], object]) -> None:
        """Open a dock; ``then`` gets its panel when that is in sight and up to date, which may be at once."""
        self._awaited[name] = then
        self.show_panel(name)
        self._refresh(name)

    def _refresh(self, name: str) -> bool:
        """Bring a panel up to date if it is visible, whatever brought it into sight; return whether it was behind."""
        is_behind = self._updater.is_due(name) and self.is_seen(name)
        if is_behind and name in self._panels:
            self._updater.show_on(name, self.panel(name))
        elif is_behind and name not in self._begun:
            self._begun.add(name)
            load = partial(named, self._records[name].panel)  # which takes longer than a frame
            self._jobs.do(load, lambda _: self._show_loaded(name), partial(self._tell_missing, name))
        if self._is_in_sight(name):
            self._handing_over.start()
        return is_behind

    def _is_in_sight(self, name: str) -> bool:
        return name in self._awaited and name in self._panels and not self._panels[name].visibleRegion().isEmpty()

    @Slot()
    def _hand_over(self) -> None:
        """Hand panels that have come into sight to those who wait for them."""
        for name in filter(self._is_in_sight, list(self._awaited)):
            self._awaited.pop(name)(self._panels[name])

    @Slot(str)
    def _begin_anew(self, name: str) -> None:
        """Try to load again what could not be loaded when it was last seen."""
        self._begun.discard(name)

    def _show_loaded(self, name: str) -> None:
        """Make a panel; lists have the width of what is in them when they are first shown."""
        self.panel(name)
        self._begun.discard(name)
        self._refresh(name)

    def _tell_missing(self, name: str, why: str) -> None:
        """Say what is in the way; it is tried again when the dock is next seen."""
        title = self._records[name].title
        self.message.emit(
            tr(
                "The panel “{title}” could not be loaded: {why}. Close it and open it again to try once more.",
                title=title,
                why=why,
            )
        )


def _open_menu(panel: QWidget, place: QPoint) -> None:
    """Offer what a panel's actions do: pictures of it."""
    if panel.actions():
        menu = QMenu(panel)
        menu.setObjectName("panel.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(panel.actions())
        menu.popup(panel.mapToGlobal(place))
