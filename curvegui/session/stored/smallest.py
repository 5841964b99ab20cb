"""The challenge of the smallest network, while it is on: notes which runs reach the goal, and keeps them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.challenges.smallest import GOAL, SmallNetwork, counts, curve_key, ranked, reached
from curvegui.core.language.text import tr
from curvegui.core.presets.names import titled
from curvegui.core.run.record import RunRecord
from curvegui.files.favourites.best_list import BestList
from curvegui.files.project.project import Project, now_utc
from curvegui.session.jobs.job import FileWriter, Jobs
from curvegui.session.run.delivery import Delivery
from curvegui.session.run.session import Session


class SmallestNetworks(QObject):
    """The person's best list, and the runs that are entered in it while ``is_on``."""

    changed = Signal()  # there are others in ``runs``
    noted = Signal(object, int)  # SmallNetwork, and its rank in the list of its curve, from 1
    loaded = Signal(object)  # Project
    failed = Signal(str)  # a sentence

    def __init__(self, session: Session, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: tuple[SmallNetwork, ...] = ()
        self.is_on = False
        self._session = session
        self._list, self._jobs, self._writer = BestList(folder), Jobs(self), FileWriter(self)
        self._wish = object()  # what is asked for comes back with it
        self._seen: tuple[object, ...] = ()  # the run that has been noted, or was tried last
        session.snapshot_ready.connect(self._look)
        session.captured.connect(self._take)
        self._writer.troubled.connect(self.failed)
        self.end = self._writer.end  # tries once more, behind a window that closes, to enter runs

    def follow(self, on: bool) -> None:
        self.is_on = on
        if on:
            self._session.capture(self._wish, self._session.best)

    def read(self) -> None:
        self._writer.forget_reported()
        self._writer.write(self._list, self._show)

    def load(self, listed: SmallNetwork) -> None:
        self._jobs.do(partial(self._list.load, listed), self.loaded.emit, self.failed.emit)

    @Slot(object)
    def _look(self, delivery: Delivery) -> None:
        """Ask for the run where it has reached the goal, once for each network."""
        config, (best, cost) = delivery.snapshot.config, delivery.best
        if not self.is_on or cost > GOAL or not counts(config):
            return
        run = delivery.run, config.sizes, config.activation, config.output_activation, curve_key(config), delivery.edit
        if run != self._seen:
            self._seen = run
            self._session.capture(self._wish, best)

    @Slot(object, object)
    def _take(self, wish: object, record: RunRecord | None) -> None:
        new = reached(record, now_utc()) if wish is self._wish and record is not None else None
        if new is not None and record is not None:  # it may have another curve by now
            name = tr("{title}, {n} parameters", title=titled(new.title), n=new.parameters)
            self._list.note(new, Project(record, name=name, look=""))
            self._writer.write(self._list, self._show)

    def _show(self, listed: tuple[tuple[SmallNetwork, ...], tuple[SmallNetwork, ...]]) -> None:
        self.runs, entered = listed
        self.changed.emit()
        for new in entered:
            if new in self.runs:  # no better one has come since
                self.noted.emit(new, 1 + ranked(self.runs, new.curve).index(new))
