"""The panels about the mathematics: each panel is made when it is first seen, and updated while it is visible."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.look import Look
from curvegui.session.jobs.job import Jobs
from curvegui.session.run.delivery import Delivery
from curvegui.ui.actions.feature import DockRecord, named
from curvegui.ui.actions.services import Services
from curvegui.ui.study.weight_colours import LEAST_SCALE, weight_scale


class StudyPanel(Protocol):
    """What every panel about the mathematics of the network can do; each is also a QWidget."""

    def show_inspected(self, inspected: InspectedSnapshot) -> None:
        """Show the newest snapshot, or the snapshot that a person looks back to. Only visible panels are asked."""


AT_WORK = "understand"  # the view


class Study(QObject):
    """Makes and updates the panels, which get the study as a parameter; ``message`` is for the toast. What panels
    show of many points or a large network is computed in a thread, always of the newest snapshot."""

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
        self._loading, self._preparing = Jobs(self), Jobs(self)
        self._fresh = set[str]()  # the panels that show the present state
        self._inspected: InspectedSnapshot | None = None  # the same for all panels: each has some of it computed
        self._prepared: InspectedSnapshot | None = None  # the last one of those that are prepared
        self._run = -1  # that was shown last
        self._awaited: dict[str, Callable[[Any], object]] = {}
        self._handing_over = QTimer(self, singleShot=True, interval=0)  # when a panel has been laid out
        self._handing_over.timeout.connect(self._hand_over)
        self._scale = LEAST_SCALE
        self.session.snapshot_ready.connect(self._note)
        self.session.time.moved.connect(self._look)
        services.docks.opened.connect(self._begin_anew)
        self.message.connect(services.toast.notify)
        services.views.changed.connect(self.view_changed)
        services.availability.changed.connect(self.view_changed)
        for name, record in self._records.items():
            services.refresh.add(partial(self._refresh, name), record.least_s)

    @property
    def look(self) -> Look:
        return self.services.display.now.look

    @property
    def is_calm(self) -> bool:
        """Whether needless motion is switched off."""
        return self.services.display.now.reduced_motion

    @property
    def is_at_work(self) -> bool:
        """Whether this is the view for working on the network; in other views, the settings change its layers."""
        return self.services.views.now.id == AT_WORK

    def offers(self, thing: str) -> bool:
        return thing in self.services.availability

    @property
    def records(self) -> tuple[DockRecord, ...]:
        return tuple(self._records.values())

    def panel(self, name: str) -> StudyPanel:
        if name not in self._panels:
            with self.session.gate:
                made = self._panels[name] = named(self._records[name].panel)(self)
                self._docks.fill(name, made)
                actions = self.services.actions
                made.addActions([actions[id_] for id_ in (f"picture.{name}", f"picture.copy_{name}") if id_ in actions])
                made.addActions(self._docks[name].ways)
                made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                made.customContextMenuRequested.connect(partial(_open_menu, made))
        panel: StudyPanel = self._panels[name]
        return panel

    def scale_for(self, parameters: FloatArray) -> float:
        """The weight with the strongest colour: the same in all panels, so that colours can be compared."""
        self._scale = weight_scale(parameters, self._scale)
        return self._scale

    def is_seen(self, name: str) -> bool:
        return self._docks.is_seen(name)

    def show_panel(self, name: str) -> None:
        self._docks.show(name)

    def bring(self, name: str, then: Callable[[Any], object]) -> None:
        """Open a panel's dock; ``then`` gets the panel as soon as it is visible and up to date."""
        self._awaited[name] = then
        self.show_panel(name)
        self._refresh(name)

    def _refresh(self, name: str) -> bool:
        """Bring a panel up to date if it is visible; return whether the panel was behind."""
        shown = self.session.shown
        is_behind = shown is not None and name not in self._fresh and self.is_seen(name)
        if is_behind and shown is not None and name in self._panels:
            self._fresh.add(name)
            ready = self._ready(self._inspected_of(shown))
            if ready is not None:
                self._panels[name].show_inspected(ready)
        elif is_behind and name not in self._begun:
            self._begun.add(name)
            load = partial(named, self._records[name].panel)  # which takes longer than a frame
            self._loading.do(load, lambda _: self._show_loaded(name), partial(self._tell_missing, name))
        if self._is_in_sight(name):
            self._handing_over.start()
        return is_behind

    @Slot()
    def _look(self) -> None:
        """Forget what is up to date, as another snapshot is shown, maybe of another network."""
        self._fresh.clear()
        shown = self.session.shown
        if shown is not None:
            inspected = self._inspected_of(shown)
            self.inspection.fit(inspected.sizes, inspected.t.size)

    @Slot(object)
    def _note(self, delivery: Delivery) -> None:
        self._look()
        if delivery.run != self._run:  # a step through one iteration of another run is no step of this one
            self._run = delivery.run
            self.inspection.light(None)

    def _ready(self, newest: InspectedSnapshot) -> InspectedSnapshot | None:
        """The snapshot to show at once: the newest, or the last one that was prepared, if of the same size."""
        if not newest.is_large or newest is self._prepared:
            return newest
        if not self._preparing.waiting:
            self._preparing.do(newest.prepare, self._take, str, is_only_seen=True)  # if it fails, the log says so
        last = self._prepared
        return last if last is not None and (last.sizes, last.t.size) == (newest.sizes, newest.t.size) else None

    def _take(self, prepared: InspectedSnapshot) -> None:
        self._prepared = prepared
        self._fresh.clear()

    def _inspected_of(self, shown: Snapshot) -> InspectedSnapshot:
        if self._inspected is None or self._inspected.snapshot is not shown:
            self._inspected = InspectedSnapshot(shown)
        return self._inspected

    def _is_in_sight(self, name: str) -> bool:
        return name in self._awaited and name in self._panels and not self._panels[name].visibleRegion().isEmpty()

    @Slot()
    def _hand_over(self) -> None:
        for name in filter(self._is_in_sight, list(self._awaited)):
            self._awaited.pop(name)(self._panels[name])

    @Slot(str)
    def _begin_anew(self, name: str) -> None:
        """Update the panels after a dock was opened, and try again to load a panel that could not be loaded."""
        self._fresh.clear()
        self._begun.discard(name)

    def _show_loaded(self, name: str) -> None:
        """Make a panel whose code is loaded, and show the present snapshot in it."""
        self.panel(name)
        self._begun.discard(name)
        self._refresh(name)

    def _tell_missing(self, name: str, why: str) -> None:
        """Say why a panel could not be loaded; opening its dock tries again."""
        words = mark("The panel “{title}” could not be loaded: {why}. Close it and open it again to try once more.")
        self.message.emit(tr(words, title=self._records[name].title, why=why))


def _open_menu(panel: QWidget, position: QPoint) -> None:
    if panel.actions():
        menu = QMenu(panel)
        menu.setObjectName("panel.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(panel.actions())
        menu.popup(panel.mapToGlobal(position))
