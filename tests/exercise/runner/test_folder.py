"""The folders that children run in: none is left, however the app has ended."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from curvegui.exercise.runner.folder import ChildFolder
from tests.disk import names_in

KILLED = """
import os, signal
from curvegui.exercise.runner.folder import ChildFolder
folder = ChildFolder()
open(os.path.join(folder.path, "notes.txt"), "w").close()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The system's folder for what is temporary."""
    monkeypatch.setattr(tempfile, "tempdir", os.fspath(tmp_path))
    return tmp_path


def test_a_folder_is_private_and_gone_afterwards(place):
    folder = ChildFolder()
    (Path(folder.path) / "notes.txt").write_text("hello", encoding="utf-8")
    assert Path(folder.path).parent == place
    if os.name != "nt":
        assert Path(folder.path).stat().st_mode & 0o077 == 0
    folder.remove()
    assert list(place.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="There, it is a minute before one is taken for left")
def test_what_a_killed_app_has_left_goes_with_the_next_child_and_what_is_in_use_stays(place):
    ours = ChildFolder()
    subprocess.run([sys.executable, "-c", KILLED], env={**os.environ, "TMPDIR": os.fspath(place)}, check=False)
    assert len(list(place.iterdir())) == 2
    another = ChildFolder()
    assert {each.name for each in place.iterdir()} == {Path(each.path).name for each in (ours, another)}
    for each in (ours, another):
        each.remove()


@pytest.mark.skipif(sys.platform == "win32", reason="There, it is a minute before one is taken for left")
def test_what_code_has_locked_away_or_replaced_by_a_link_goes_and_nothing_behind_the_link(place, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "mine.txt").touch()
    for leaves in (ChildFolder.remove, ChildFolder._let_go):  # it ends, or its app was killed
        locked, linked = ChildFolder(), ChildFolder()
        (Path(locked.path) / "a" / "b").mkdir(parents=True)
        for name in ("a/b", "a", "."):
            (Path(locked.path) / name).chmod(0)
        Path(linked.path).rename(place / "renamed")
        Path(linked.path).symlink_to(elsewhere)
        for each in (locked, linked):
            leaves(each)
        ChildFolder().remove()
        assert names_in(place) == ["renamed"]
        (place / "renamed").rmdir()
    assert names_in(elsewhere) == ["mine.txt"]
