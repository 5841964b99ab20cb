"""The engine in C as tests need it, whether or not its library is there."""

from dataclasses import replace

from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.engines import ENGINES

NO_LIBRARY = "There is no library."


def with_c(monkeypatch):
    """An engine in C, for which NumPy computes."""
    monkeypatch.setitem(ENGINES, "c", replace(ENGINES["c"], build=Engine, obstacle=lambda: ""))


def without_c(monkeypatch):
    """No library."""
    monkeypatch.setitem(ENGINES, "c", replace(ENGINES["c"], obstacle=lambda: NO_LIBRARY))
