"""How to get a part that is missing is said with the line that works here, in the language of the app."""

import sys

import pytest

from curvegui import environment
from curvegui.core.installing import install_hint
from curvegui.core.language.text import speak, tr
from curvegui.files.disk.languages import use


def test_a_bundle_speaks_of_the_package_and_not_of_pip(monkeypatch):
    assert install_hint("video") == f"To install it:\n{environment.extra_line('video')}"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "pip" not in install_hint("video")
    assert environment.extra_line("video") == ""


def test_how_to_install_a_part_is_said_in_the_language_of_the_app(in_brackets, monkeypatch):
    assert install_hint("video") == f"[To install it:]\n{environment.extra_line('video')}"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert install_hint("video") == "[No bundle has it: it needs CurveGUI as a package for Python.]"


@pytest.fixture
def arabic():
    use("ar")
    yield
    speak(None)


@pytest.mark.usefixtures("arabic")
@pytest.mark.parametrize("python", ["python3", "/home/anna/.venv/bin/python", r"C:\Users\أحمد\python.exe"])
def test_the_line_stands_as_it_is_typed_on_a_line_of_its_own_also_from_the_right(python, monkeypatch):
    monkeypatch.setattr(environment, "_python", lambda: python)
    line = environment.extra_line("video")
    assert python in line
    for said in (hint := install_hint("video"), tr("The pictures need Matplotlib. {hint}", hint=hint)):
        assert said.split("\n")[1:] == [line]
