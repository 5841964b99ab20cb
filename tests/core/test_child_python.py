"""The command that starts another Python."""

import subprocess
import sys

import pytest

from curvegui.core.child_python import child_command


def test_it_runs_code_with_our_package_and_its_own_arguments():
    code = "import sys; sys.path += sys.argv[2:]; import curvegui, numpy; print(sys.argv[1])"

    ended = subprocess.run(child_command("test", code, ["given"]), capture_output=True, text=True, check=True)

    assert ended.stdout == "given\n"


def test_more_packages_are_found_too():
    assert child_command("test", "", packages=["/elsewhere/numba/__init__.py"])[-1].endswith("elsewhere")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("frozen", True, "no Python to run a test"), ("executable", "", "No Python")],
)
def test_without_a_python_it_is_said(monkeypatch, name, value, words):
    monkeypatch.setattr(sys, name, value, raising=False)

    with pytest.raises(RuntimeError, match=words):
        child_command("test", "")


def test_on_windows_it_is_the_true_python_and_not_what_starts_it(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "_base_executable", "C:\\Python\\python.exe", raising=False)

    assert child_command("test", "")[0] == "C:\\Python\\python.exe"
