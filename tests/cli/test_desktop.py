"""``curvegui desktop``: what is put into a person's folders, and taken out again."""

import subprocess
import sys

import pytest

from curvegui import APP_ID
from curvegui.cli import desktop
from tests.help.command import run_here

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="for Linux")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A person's folder, on a system without the programs that would be told."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data home"))
    monkeypatch.setattr(desktop.shutil, "which", lambda name: None)
    return tmp_path / "data home"


def files_in(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_is_installed_starts_this_very_program_and_is_all_removed(home):
    (home / "applications").mkdir(parents=True)
    (home / "applications" / "other.desktop").write_text("kept")
    ended = run_here("desktop", "install")
    assert ended.returncode == 0
    assert "shared-mime-info" in ended.stderr  # what the person has to install
    entry = (home / "applications" / f"{APP_ID}.desktop").read_text(encoding="utf-8")
    (start,) = (line for line in entry.splitlines() if line.startswith("Exec="))
    assert start.endswith(" %F")
    assert desktop.own_command()[0] in start
    assert f"mime/packages/{APP_ID}.xml" in files_in(home)
    assert run_here("desktop", "install").returncode == 0
    assert run_here("desktop", "remove").returncode == 0
    assert run_here("desktop", "remove").returncode == 0
    assert files_in(home) == {"applications/other.desktop"}


def test_the_desktop_is_told_and_what_goes_wrong_is_said(home, monkeypatch):
    told = []

    def tell(words, **options):
        told.append([*words])
        return subprocess.CompletedProcess(words, 3)

    monkeypatch.setattr(desktop.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(desktop.subprocess, "run", tell)
    ended = run_here("desktop", "install")
    assert (ended.returncode, ended.stderr.count("status 3")) == (0, 2)
    assert told == [["/usr/bin/update-mime-database", home / "mime"],
                    ["/usr/bin/update-desktop-database", home / "applications"]]  # fmt: skip


@pytest.mark.parametrize("trouble", [subprocess.TimeoutExpired("x", 60), OSError(8, "Exec format error")])
def test_a_program_that_hangs_or_cannot_be_started_is_told_and_the_rest_is_done(home, monkeypatch, trouble):
    def fail(words, **options):
        raise trouble

    monkeypatch.setattr(desktop.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(desktop.subprocess, "run", fail)
    ended = run_here("desktop", "install")
    assert (ended.returncode, ended.stdout.count("\n")) == (0, 1)
    assert f"applications/{APP_ID}.desktop" in files_in(home)
    told = ended.stderr.splitlines()
    assert [line.startswith("update-") for line in told] == [True, True]
    assert "update-mime-database" in told[0]
    assert "update-desktop-database" in told[1]


def test_where_nothing_can_be_written_it_says_so(home):
    home.write_text("no folder")
    ended = run_here("desktop", "install")
    assert ended.returncode == 1
    assert "not a folder" in ended.stderr or "File exists" in ended.stderr or "already" in ended.stderr


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_there_is_no_such_thing(monkeypatch, home, system):
    monkeypatch.setattr(desktop.sys, "platform", system)
    assert run_here("desktop", "install").returncode == 1
    assert not home.exists()


@pytest.mark.parametrize(
    ("command", "start"),
    [
        (["/usr/bin/curvegui"], "/usr/bin/curvegui %F"),
        (["/a b/50%/python", "main.py"], '"/a b/50%%/python" main.py %F'),
        (['/a"$`\\b'], r'"/a\\"\\$\\`\\\\b" %F'),
    ],
)
def test_a_command_is_quoted_as_the_specification_has_it(command, start):
    lines = desktop.entry("Name=CurveGUI\nExec=curvegui %F\n", command).splitlines()
    assert lines[0] == "Name=CurveGUI"
    assert lines[-1] == f"Exec={start}"
