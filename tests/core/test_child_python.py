"""The command that starts another Python."""

import subprocess
import sys
from pathlib import Path

import pytest

import curvegui
from curvegui.__main__ import main
from curvegui.core import child_python
from curvegui.core.child_python import child_command
from curvegui.environment import RUN_CHILD


def test_it_runs_code_with_our_package_and_its_own_arguments():
    code = "import sys; sys.path += sys.argv[2:]; import curvegui, numpy; print(sys.argv[1])"

    ended = subprocess.run(child_command("test", code, ["given"]), capture_output=True, text=True, check=True)

    assert ended.stdout == "given\n"


def test_without_a_python_it_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")

    with pytest.raises(RuntimeError, match="No Python"):
        child_command("test", "")


def test_a_bundle_runs_the_code_itself(monkeypatch, capsys):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", [sys.executable])

    program, *words = child_command("test", "import sys; print(__name__, sys.argv[1:])", ["given"])

    assert program == sys.executable
    assert main(words) == 0
    assert capsys.readouterr().out == "__main__ ['given']\n"


def test_outside_a_bundle_nobody_can_have_code_run_so(monkeypatch, capsys):
    with pytest.raises(SystemExit):
        main([RUN_CHILD, "print('it ran')"])

    assert "it ran" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("system", "there", "command"),
    [
        ({"frozen": True}, [], ["bin/python"]),
        ({"platform": "linux"}, ["bin/curvegui", "main.py"], ["bin/curvegui"]),
        ({"platform": "win32"}, ["bin/curvegui.exe"], ["bin/curvegui.exe"]),
        ({}, ["main.py"], ["bin/python", "main.py"]),
        ({}, [], ["bin/python", "-m", "curvegui"]),
    ],
)
def test_the_app_knows_what_starts_it(monkeypatch, tmp_path, system, there, command):
    names = {name: str(tmp_path / name) for name in ("bin/python", "bin/curvegui", "bin/curvegui.exe", "main.py")}
    (tmp_path / "bin").mkdir()
    for name in there:
        Path(names[name]).touch()
    for name, value in (system | {"executable": names["bin/python"]}).items():
        monkeypatch.setattr(sys, name, value, raising=False)
    monkeypatch.setattr(curvegui, "__file__", str(tmp_path / "curvegui" / "__init__.py"))

    assert child_python.own_command() == [names.get(word, word) for word in command]


def test_a_bundle_in_a_single_file_is_started_by_that(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("APPIMAGE", "/a/CurveGUI.AppImage")

    assert child_python.own_command() == ["/a/CurveGUI.AppImage"]


def test_a_file_opens_in_a_window_of_its_own_in_another_process(monkeypatch):
    started = []
    monkeypatch.setattr(child_python.subprocess, "Popen", lambda words, **options: started.append(words))

    child_python.open_apart("heart.curvegui")

    assert started == [[*child_python.own_command(), "--new-window", "heart.curvegui"]]


def test_on_windows_it_is_the_true_python_and_not_what_starts_it(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "_base_executable", "C:\\Python\\python.exe", raising=False)

    assert child_command("test", "")[0] == "C:\\Python\\python.exe"
