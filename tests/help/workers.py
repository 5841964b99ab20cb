"""Workers of a sweep in this very thread, which wait, lose runs or break where a test wants it."""

import json
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import asdict
from threading import Event

from curvegui.core.engine.backend import Backend
from curvegui.sweeps.executor import Connection, ExecutorError, RunLostError


class Here(Executor):
    """An executor that makes the runs one after the other, and those who work for it."""

    def __init__(self, waits_at=None, lost=(), breaks_at=None, others=None):
        self.waits_at, self._lost, self._breaks_at = waits_at, lost, breaks_at
        self._others = others or {}  # what else has computed a run, by its number
        self.waiting = Event()

    @contextmanager
    def open(self, should_stop):
        yield Connection(self, at_once=1)

    def submit(self, run, text, /):
        values, future = json.loads(text), Future()
        number = values["number"]
        self.backend = Backend(values["engine"], values["precision"], values["version"])
        if number == self.waits_at:
            self.waiting.set()
        elif number == self._breaks_at:
            future.set_exception(ExecutorError("The cable is cut."))
        elif number in self._lost:
            future.set_exception(RunLostError("No luck."))
        else:
            computed = asdict(self._others[number]) if number in self._others else {}
            future.set_result(json.dumps(json.loads(run(text)) | computed))
        return future
