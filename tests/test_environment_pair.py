"""The pair of PySide6 and Python that is installed keeps count of None and True, and the bad pair is ruled out."""

import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage, QPainter

import curvegui

PROJECT = tomllib.loads((Path(curvegui.__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CALLS = 5_000
UNRELATED = 500  # references that come and go meanwhile


class Emitter(QObject):
    emitted = Signal()


@pytest.fixture
def painter(qapp):
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    yield painter
    painter.end()


def test_emitting_a_signal_loses_no_reference_to_true_or_none():
    emitter = Emitter()
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(CALLS):
        emitter.emitted.emit()
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert after == pytest.approx(before, abs=UNRELATED)


def test_a_call_that_returns_nothing_loses_no_reference_to_none(painter):
    colour = QColor("orange")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.setPen(colour)
    assert sys.getrefcount(None) == pytest.approx(before, abs=UNRELATED)


def allowed(python_version, pyside_version):
    """Whether pip may install this PySide6 on this Python."""
    requirements = [Requirement(line) for line in PROJECT["dependencies"]]
    applying = [
        each
        for each in requirements
        if each.name.startswith("PySide6") and each.marker.evaluate({"python_version": python_version})
    ]
    assert len(applying) == 1
    return applying[0].specifier.contains(pyside_version)


@pytest.mark.parametrize("python_version", ["3.11", "3.12", "3.13", "3.14"])
def test_every_python_has_a_pyside6_that_it_may_use(python_version):
    assert allowed(python_version, "6.11.3")


@pytest.mark.parametrize("pyside_version", ["6.12.0", "6.12.1", "6.13.0", "7.0.0"])
def test_the_pyside6_that_loses_references_is_ruled_out_where_none_is_not_immortal(pyside_version):
    assert not allowed("3.11", pyside_version)
    assert allowed("3.12", pyside_version)
    assert allowed("3.13", pyside_version)


def test_no_other_package_brings_a_pyside6_of_its_own_choice():
    names = [Requirement(line).name for line in PROJECT["dependencies"]]
    assert "PySide6" not in names
    assert names.count("PySide6-Essentials") == 2


def test_pythons_before_3_11_are_refused_by_pip():
    assert PROJECT["requires-python"] == ">=3.11"
