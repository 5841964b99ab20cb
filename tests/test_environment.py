"""What the app needs is checked before anything is imported, and told in one sentence with its cure."""

import ast
import platform
import re
import shlex
import subprocess
import sys
import tomllib
from importlib import metadata, util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from curvegui import __version__, environment
from tests.help.command import environment as without_display
from tests.help.command import run

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [Requirement(each) for each in PROJECT["dependencies"]]
READ_BY_OLD_PYTHONS = ("main.py", "curvegui/__init__.py", "curvegui/__main__.py", "curvegui/environment.py")


def without(*names: str):
    """A ``find_spec`` that finds all but these."""
    return lambda name: None if name in names else util.spec_from_loader(name, None)


def allowed(pyside: str, python: str) -> bool:
    """Whether pyproject.toml lets pip install this PySide6 for this Python."""
    return any(
        each.name == "PySide6-Essentials"
        and each.marker.evaluate({"python_version": python})
        and each.specifier.contains(pyside)
        for each in DECLARED
    )


def test_here_nothing_is_missing():
    assert environment.problem() is None


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize("pyside", ["6.10.0", "6.11.3", "6.12.0", "6.12.1", "6.13.0"])
def test_the_pairs_refused_at_start_are_those_that_pip_is_kept_from(python, pyside):
    version = tuple(map(int, python.split(".")))
    assert (environment.bad_pair(version, pyside) is None) == allowed(pyside, python)


def test_no_other_package_brings_a_pyside6_of_its_own_choice():
    names = [each.name for each in DECLARED]
    assert "PySide6" not in names
    assert names.count("PySide6-Essentials") == 2


def test_this_pyside_gives_back_what_it_borrows():
    class Sender(QObject):
        told = Signal()

    sender, image = Sender(), QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    pen = painter.pen()
    before = [sys.getrefcount(each) for each in (None, True)]
    for _ in range(5_000):
        sender.told.emit()
        painter.setPen(pen)
    after = [sys.getrefcount(each) for each in (None, True)]
    painter.end()
    assert all(abs(b - a) < 1_000 for a, b in zip(after, before, strict=True))


def test_an_old_python_is_told_which_one_is_needed():
    assert environment.old_python((3, 11)) is None
    assert environment.old_python((3, 14)) is None
    sentence = environment.old_python((3, 9))
    assert "Python 3.11 or newer" in sentence
    assert "this is Python 3.9" in sentence
    assert PROJECT["requires-python"] == ">=3.11"


@pytest.mark.parametrize("path", READ_BY_OLD_PYTHONS)
def test_an_old_python_can_read_what_comes_before_the_check(path):
    assert ast.parse((ROOT / path).read_text(encoding="utf-8"), feature_version=(3, 8)).body


def test_the_requirements_are_those_of_the_project():
    declared = {str(each.specifier): each.name for each in DECLARED if not each.marker or each.marker.evaluate()}
    told = [Requirement(each) for each in environment.REQUIREMENTS.values()]
    assert {str(each.specifier): each.name for each in told} == declared
    assert all(util.find_spec(name) for name in environment.REQUIREMENTS)


def test_what_is_missing_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr(environment, "_is_kept_by_the_system", lambda: False)
    monkeypatch.setattr(environment.util, "find_spec", without("numpy", "PIL"))
    sentence = environment.missing_dependency()
    told, line = sentence.split(": type  ")
    assert told == "CurveGUI needs numpy, Pillow"
    assert shlex.split(line)[1:] == ["-m", "pip", "install", "numpy>=2.0", "Pillow>=12.1.1"]


def test_the_line_starts_with_a_name_by_which_a_shell_finds_this_very_python(monkeypatch):
    monkeypatch.setattr(environment, "_is_kept_by_the_system", lambda: False)
    monkeypatch.setattr(environment.shutil, "which", lambda name: "/elsewhere/python")
    monkeypatch.setattr(environment.sys, "executable", "/my programs/python")
    assert environment.install_line(["numpy"]) == '"/my programs/python" -m pip install numpy'
    monkeypatch.setattr(environment.shutil, "which", lambda name: sys.executable if name == "python3" else None)
    assert environment.install_line(["numpy"]) == "python3 -m pip install numpy"


def test_where_pip_itself_is_missing_the_line_brings_it(monkeypatch):
    monkeypatch.setattr(environment, "_is_kept_by_the_system", lambda: False)
    monkeypatch.setattr(environment.util, "find_spec", without("pip"))
    assert re.fullmatch(r"(\S+) -m ensurepip && \1 -m pip install numpy", environment.install_line(["numpy"]))


def test_a_python_that_the_system_keeps_is_left_alone(monkeypatch, tmp_path):
    (tmp_path / "EXTERNALLY-MANAGED").touch()
    monkeypatch.setattr(environment.sysconfig, "get_path", lambda name: str(tmp_path))
    monkeypatch.setattr(environment.sys, "base_prefix", sys.prefix)
    monkeypatch.chdir(ROOT)
    here = environment.install_line(["numpy"])
    assert here.endswith(" -m venv .venv && .venv/bin/pip install . && .venv/bin/curvegui")
    monkeypatch.chdir(tmp_path)
    assert shlex.split(environment.install_line(["numpy"]))[7] == str(ROOT)


def test_a_library_that_the_system_lacks_is_told_with_the_packages_that_bring_it():
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
    sentence = environment.missing_library(error)
    assert "library libEGL.so.1:" in sentence
    assert "apt-get install libegl1 " in sentence
    assert environment.missing_library(ImportError("cannot import name 'run'")) is None


@pytest.mark.parametrize("words", [["main.py"], ["-m", "curvegui"], ["main.py", "train"]])
def test_a_python_that_has_nothing_gets_one_sentence_and_status_1(words):
    bare = [sys.executable, "-S", *words]  # -S: without the packages that are installed
    ended = subprocess.run(bare, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("CurveGUI needs PySide6-Essentials, pyqtgraph, numpy, Pillow: type  ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["PySide6-6.12.0.dist-info", "pyside6_essentials-6.12.0.dist-info"])
def test_the_bad_pair_is_found_by_either_name_that_pyside_goes_by(monkeypatch, tmp_path, name):
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").touch()
    (tmp_path / name).mkdir()
    found = ModuleSpec("PySide6", None, origin=str(tmp_path / "PySide6" / "__init__.py"))
    find = environment.util.find_spec
    monkeypatch.setattr(environment.util, "find_spec", lambda each: found if each == "PySide6" else find(each))
    monkeypatch.setattr(environment.sys, "version_info", (3, 11, 7))
    assert environment.problem().startswith("PySide6 6.12.0 makes Python 3.11 abort")


def test_the_version_found_is_that_of_the_pyside_in_use():
    assert environment._pyside_version() == metadata.version("PySide6-Essentials")


def test_what_it_runs_on_is_told_for_a_report(monkeypatch):
    def found(package):
        if package == "av":
            raise metadata.PackageNotFoundError(package)
        return "1.0"

    monkeypatch.setattr(metadata, "version", found)
    assert [part for part, _ in environment.parts() if "PyAV" in part] == []
    assert len(environment.parts()) == len(environment.PARTS) - 1
    first, system, python, *others = environment.details()
    assert first == f"CurveGUI {__version__} (package)"
    assert system.endswith(" cores")
    assert python == f"Python {platform.python_version()}"
    assert "NumPy 1.0" in others
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert environment.details()[0].endswith("(bundle)")


@pytest.mark.parametrize("extra", environment.EXTRAS)
def test_the_line_for_an_extra_is_that_of_the_package(monkeypatch, tmp_path, extra):
    packages = environment.EXTRAS[extra]
    assert PROJECT["optional-dependencies"][extra] == packages
    monkeypatch.setattr(environment, "_is_kept_by_the_system", lambda: False)
    assert shlex.split(environment.extra_line(extra))[-2 - len(packages) :] == ["pip", "install", *packages]
    monkeypatch.setattr(environment, "_is_kept_by_the_system", lambda: True)
    monkeypatch.chdir(ROOT)
    assert f'.venv/bin/pip install ".[{extra}]" && ' in environment.extra_line(extra)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a display")
def test_without_a_display_there_is_a_sentence_and_no_core_dump(monkeypatch):
    ended = run(env=without_display(QT_QPA_PLATFORM="", WAYLAND_SOCKET=""))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("There is no display")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert environment.no_display() is None
