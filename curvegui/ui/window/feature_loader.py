"""Makes the features that show something from the beginning, one in each turn of the event loop; other features are
made when they are needed. The code of what a view or a dock shows is loaded in the pool before anybody looks at it:
later, while a run learns at full speed, loading and training would slow each other down for a second and more."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from curvegui.session.jobs.job import Jobs
from curvegui.ui.actions.feature import named
from curvegui.ui.actions.services import Services

LOAD_AFTER_MS = 300  # after the features that are seen at first: until they have been painted


class FeatureLoader(QObject):
    """Makes features in the order of their table; what a person does meanwhile is served between two features."""

    finished = Signal()  # the features that show something from the beginning are made

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._features = services, services.features
        starting = (each.id for each in self._features.table if each.starts)
        self._waiting: list[Callable[[], object]] = [partial(self._features.want, id_) for id_ in starting]
        self._next = QTimer(self)
        self._next.timeout.connect(self._make_next)
        self._seen = QTimer(self, singleShot=True)
        self._seen.timeout.connect(self._make_wanted)
        self._unloaded = [name for each in self._features.table for name in each.shown]
        self._jobs, self._load = Jobs(self), QTimer(self, singleShot=True, interval=LOAD_AFTER_MS)
        self._load.timeout.connect(self._load_next)
        for timer in (self._next, self._seen, self._load):
            services.closed.connect(timer.stop)
        self._next.start()

    def finish(self) -> None:
        """Make all features that are not there yet, at once."""
        while self._waiting:
            self._make_next()

    @Slot()
    def _make_next(self) -> None:
        if self._waiting:
            self._waiting.pop(0)()
        if not self._waiting:
            self._next.stop()
            self._services.views.changed.connect(self._make_wanted)
            self._services.display.changed.connect(self._make_wanted)
            for record in self._features.docks:
                self._services.docks[record.name].visibilityChanged.connect(self._seen.start)
            self._make_wanted()
            self._load.start()
            self.finished.emit()

    @Slot()
    def _load_next(self) -> None:
        """Load the code of one feature that can be seen; an error is reported when somebody opens the feature."""
        if self._unloaded:
            self._jobs.do(partial(named, self._unloaded.pop(0)), self._load_another, self._load_another)

    def _load_another(self, _: object) -> None:
        self._load.start(0)

    @Slot()
    def _make_wanted(self) -> None:
        """Make the features that the display or the view has switched on, or whose dock is seen. A dock that another
        view has opened only to give it a position is not seen any more when this is called."""
        display, view = self._services.display.now, self._services.views.now
        for feature in self._features.table:
            docks = [self._services.docks[record.name] for record in feature.docks if not record.panel]
            is_seen = bool(feature.made) and any(dock.isVisible() for dock in docks)
            if is_seen or view.id in feature.views or any(getattr(display, name) for name in feature.switches):
                self._features.want(feature.id)
