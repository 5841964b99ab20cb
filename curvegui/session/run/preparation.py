"""Prepares what is to compute while something else computes: compiling takes seconds, and nobody waits for it."""

import logging
import os
import sys
import threading
from collections import deque
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.engines import is_possible, is_ready, trouble_preparing, words_for
from curvegui.session.jobs.job import Job

NICENESS = 10  # of the thread that compiles: the run and the window come first

logger = logging.getLogger(__name__)


class Preparation(QObject):
    """Prepares one thing after the other, in threads that the end of the program does not wait for.

    The runs are to be computed with what is ``wanted``. ``reason`` says why they cannot be, if that is known.
    """

    changed = Signal()  # it has begun, or ended

    def __init__(self, wanted: Arithmetic = USUAL, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wanted, self.reason = wanted, ""
        self._waiting, self._tried = deque[Arithmetic](), set[Arithmetic]()
        self._at: Arithmetic | None = None

    @property
    def is_ready(self) -> bool:
        """Whether what is wanted can be computed with."""
        return is_ready(self.wanted)

    @property
    def is_under_way(self) -> bool:
        """Whether what is wanted is on its way."""
        return self._at == self.wanted or self.wanted in self._waiting

    @property
    def is_busy(self) -> bool:
        """Whether a thread is at work on anything."""
        return self._at is not None

    def want(self, wanted: Arithmetic) -> None:
        """Let the runs be computed with something else, as soon as it is prepared."""
        self.wanted, self.reason = wanted, ""
        self._tried.discard(wanted)
        self.begin()
        self.changed.emit()

    @Slot()
    def begin(self) -> None:
        """Prepare what is wanted, unless that has been done or tried; returns at once."""
        self.add([self.wanted])

    def add(self, others: Iterable[Arithmetic]) -> None:
        """Prepare other things too, if they are installed: what computed the runs that were opened."""
        for arithmetic in others:
            if is_possible(arithmetic) and arithmetic not in self._tried and not is_ready(arithmetic):
                self._tried.add(arithmetic)
                self._waiting.append(arithmetic)
        self._go_on()

    def _go_on(self) -> None:
        if self._at is None and self._waiting:
            self._at = self._waiting.popleft()
            job = Job(partial(why_not, self._at))
            job.ended.connect(self._end)
            job.start_apart("prepare")
            self.changed.emit()

    @Slot(object, object)
    def _end(self, reason: str, error: Exception | None) -> None:
        if self._at == self.wanted:
            self.reason = reason
        self._at = None
        self._go_on()
        self.changed.emit()


def why_not(arithmetic: Arithmetic) -> str:
    """Prepare it, in a thread of low priority; return what is wrong if that fails, else nothing."""
    if sys.platform == "linux":  # elsewhere, it would be the whole program
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
    reason = trouble_preparing(arithmetic)
    if reason:
        logger.warning("%s cannot be used, NumPy goes on: %s", words_for(arithmetic), reason)
    return reason
