"""Which engine computes, in the status bar."""

from dataclasses import replace

import pytest

from curvegui.core.engine.backend import NUMPY
from curvegui.ui.window.status import ABOUT, EngineLabel
from tests.core.runs import C
from tests.session.engines import NO_LIBRARY, with_c, without_c


@pytest.fixture
def label(qtbot):
    made = EngineLabel()
    qtbot.addWidget(made)
    return made


def test_it_says_which_engine_computes(label, monkeypatch):
    with_c(monkeypatch)
    label.show_computing(NUMPY)
    assert (label.text(), label.toolTip()) == ("NumPy engine", ABOUT)
    label.show_computing(C)
    assert label.text() == "C engine"
    label.show_computing(replace(C, precision="single"))
    assert (label.text(), label.toolTip()) == ("C engine, single precision", ABOUT)


def test_its_tip_says_why_the_fast_one_cannot_be_had(label, monkeypatch):
    without_c(monkeypatch)
    label.show_computing(NUMPY)
    assert label.text() == "NumPy engine"
    assert label.toolTip().endswith(NO_LIBRARY)
