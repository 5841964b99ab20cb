"""Which engine computes, in the status bar."""

import pytest

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.environment import extra_line
from curvegui.session.run.preparation import Preparation
from curvegui.ui.window.engine_label import ABOUT, EngineLabel
from tests.session.engines import COMPILED, SlowEngine, without


@pytest.fixture
def slow_engine(monkeypatch):
    engine = SlowEngine(monkeypatch)
    yield engine
    engine.release()


@pytest.fixture
def label(qtbot):
    def shown(wanted=USUAL):
        made, preparation = EngineLabel(), Preparation(wanted)
        made.follow(preparation)
        qtbot.addWidget(made)
        return made

    return shown


def test_it_says_which_engine_computes(label, slow_engine):
    shown = label()
    assert (shown.text(), shown.toolTip()) == ("NumPy engine", ABOUT)
    shown.show_computing(COMPILED)
    assert shown.text() == "Compiled engine"
    shown.show_computing(Arithmetic("compiled", "single"))
    assert (shown.text(), shown.toolTip()) == ("Compiled engine, single precision", ABOUT)


def test_it_says_that_another_is_on_its_way(label, slow_engine, qtbot):
    shown = label(COMPILED)
    preparation = shown._preparation
    preparation.begin()
    assert "compiled" in shown.text()
    slow_engine.release()
    qtbot.waitUntil(lambda: not preparation.is_busy)
    shown.show_computing(COMPILED)
    assert shown.text() == "Compiled engine"


def test_it_says_why_another_cannot_be_had(label, slow_engine, qtbot):
    slow_engine.error = OSError("libllvm.so: <b>cannot</b> open")
    slow_engine.release()
    shown = label(COMPILED)
    preparation = shown._preparation
    preparation.begin()
    qtbot.waitUntil(lambda: not preparation.is_busy)
    assert shown.text() == "NumPy engine"
    assert shown.toolTip().endswith("\nOSError: libllvm.so: <b>cannot</b> open")


def test_without_numba_it_says_how_to_have_more(label, monkeypatch):
    without(monkeypatch)
    shown = label()
    assert shown.text() == "NumPy engine"
    assert extra_line("fast") in " ".join(shown.toolTip().split())
