"""A compiled engine as tests need it: NumPy's, that is prepared when they say so, whether or not Numba is there."""

from dataclasses import replace
from threading import Event

from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.engines import ENGINES
from tests.patience import patience_s

COMPILED = Arithmetic("compiled")


class SlowEngine:
    """The compiled engine of the registry, replaced.

    ``begun`` is set when a thread prepares it, and the test sets ``may_end`` to let it end. ``error`` is what preparing
    it raises.
    """

    def __init__(self, monkeypatch):
        self.begun, self.may_end, self.error, self._prepared = Event(), Event(), None, set()
        kind = replace(
            ENGINES["compiled"],
            build=Engine,
            is_installed=lambda: True,
            is_prepared=self._prepared.__contains__,
            prepare=self._prepare,
        )
        monkeypatch.setitem(ENGINES._entries, "compiled", kind)

    def _prepare(self, precision):
        self.begun.set()
        self.may_end.wait(patience_s())
        if self.error:
            raise self.error
        self._prepared.add(precision)

    def release(self):
        """Let it be prepared."""
        self.may_end.set()


def without(monkeypatch):
    """No Numba."""
    kind = replace(ENGINES["compiled"], is_installed=lambda: False, is_prepared=lambda precision: False)
    monkeypatch.setitem(ENGINES._entries, "compiled", kind)
