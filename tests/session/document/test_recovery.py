"""What is found of windows that did not end well: whole copies, none of a window that lives."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project
from curvegui.session.document.autosave import AutosaveFolder, lock_of
from curvegui.session.document.file import marked
from curvegui.session.document.recovery import find_crashes

pytestmark = pytest.mark.costly

DIE = """
import os, sys
from pathlib import Path
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.run.trainer import Trainer
from curvegui.files.project.project import Project
from curvegui.session.document.autosave import AutosaveFolder
folder = AutosaveFolder(Path(sys.argv[1]))
folder.write(Project(Trainer(TrainingConfig()).record()))
print(folder.path, flush=True)
os.kill(os.getpid(), 9)
"""


def project(iterations=10, **settings):
    trainer = Trainer(TrainingConfig(**settings))
    trainer.advance(iterations)
    return Project(trainer.record())


@pytest.fixture
def root(tmp_path):
    return tmp_path / "autosave"


@pytest.fixture
def left(root):
    """Leave copies behind as a window that ended badly."""

    def leave(*projects):
        folder = AutosaveFolder(root)
        for each in projects:
            folder.write(each)
        folder.close(keep=True)
        return folder.path

    return leave


@pytest.fixture
def found(root):
    """Look, and let go of what was found in the end."""
    looks = []

    def look():
        looks.append(find_crashes(root))
        return looks[-1]

    yield look
    for crash in (each for crashes in looks for each in crashes):
        crash.release()


def test_what_was_left_is_found_the_newest_first_with_its_picture(left, found):
    path = Path("/home/ann/heart.curvegui")
    left(marked(project(10), path), marked(project(20, seed=7), path))
    (crash,) = found()
    assert [each.summary.iteration for each in crash.generations] == [20, 10]
    newest = crash.generations[0]
    target, fit, look = newest.curves
    assert (newest.saved_in, newest.summary.config.curve_name, look) == (path, "heart", "classic")
    assert (target.shape, fit.shape) == ((2, 101), (2, 100))  # the target is closed
    assert 0 < newest.summary.cost < 10
    assert newest.summary.saved_at.endswith("Z")


def test_a_window_that_lives_is_left_alone(root, found):
    folder = AutosaveFolder(root)
    folder.write(project())
    assert found() == []
    folder.close(keep=False)


def test_only_one_of_two_that_look_gets_it(left, found):
    left(project())
    assert [len(found()), len(found())] == [1, 0]


def test_what_is_released_is_found_again_and_what_is_discarded_is_not(left, found, root):
    left(project())
    found()[0].release()
    (crash,) = found()
    crash.discard()
    assert found() == []
    assert list(root.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_a_process_that_was_killed_leaves_its_copies_to_the_next(root, found):
    done = subprocess.run([sys.executable, "-c", DIE, str(root)], capture_output=True, text=True, check=False)
    assert done.returncode == -9
    folder = Path(done.stdout.strip())
    assert lock_of(folder).getLockInfo()[0] != os.getpid()
    (crash,) = found()
    assert crash.folder == folder
    assert len(crash.generations) == 1


def test_a_broken_copy_is_passed_over_and_named(left, found, caplog):
    folder = left(project(10), project(20), project(30))
    newest, middle = sorted(folder.iterdir(), reverse=True)[:2]
    data = bytearray(newest.read_bytes())
    data[len(data) // 2] ^= 1
    newest.write_bytes(data)
    middle.write_bytes(b"")
    (crash,) = found()
    assert [each.summary.iteration for each in crash.generations] == [10]
    assert len(crash.broken) == 2
    assert newest.name in crash.broken[0]
    assert "It is empty." in crash.broken[1]
    assert "cannot be used" in caplog.text


@pytest.mark.parametrize("fault", [errno.EACCES, errno.EIO])
def test_copies_in_a_folder_that_cannot_be_read_now_stay_and_hide_no_others(left, found, monkeypatch, fault):
    shut, other = left(project()), left(project(20))

    def failing(names):
        def listed(folder):
            if os.fspath(folder) == os.fspath(shut):
                raise OSError(fault, os.strerror(fault))
            return names(folder)

        return listed

    with monkeypatch.context() as broken:
        for name in ("listdir", "scandir"):
            broken.setattr(os, name, failing(getattr(os, name)))
        crashes = found()
    readable, unreadable = crashes
    assert ([each.folder for each in crashes], len(readable.generations)) == ([other, shut], 1)
    assert (unreadable.generations, len(unreadable.broken)) == ((), 1)
    assert len(list(shut.iterdir())) == 1


def test_where_all_are_broken_that_is_said(left, found):
    folder = left(project())
    next(folder.iterdir()).write_bytes(b"nonsense")
    (crash,) = found()
    assert crash.generations == ()
    assert len(crash.broken) == 1


def test_empty_folders_and_lone_locks_are_cleared_away(root, found):
    (root / "window-1").mkdir(parents=True)
    (root / "window-2.lock").write_text("")
    assert found() == []
    assert list(root.iterdir()) == []


def test_what_is_not_ours_stays(root, found):
    root.mkdir()
    (root / "notes.txt").write_text("mine")
    assert found() == []
    assert (root / "notes.txt").exists()


def test_what_another_program_adds_to_a_window_s_folder_is_no_copy_and_in_nobody_s_way(root, found):
    folder = AutosaveFolder(root)
    for iterations in (10, 20, 30):
        folder.write(project(iterations))
    foreign = folder.path / "000009 (conflicted copy).curvegui"
    foreign.write_bytes(b"of a program that synchronises folders")
    folder.write(project(40))
    folder.forget(3)
    assert sorted(each.name for each in folder.path.iterdir()) == ["000004.curvegui", foreign.name]
    folder.close(keep=True)
    (crash,) = found()
    assert ([each.summary.iteration for each in crash.generations], crash.broken) == ([40], ())


def test_what_cannot_be_removed_keeps_no_copy_to_be_offered_after_a_clean_end(root, found):
    folder = AutosaveFolder(root)
    folder.write(project())
    for name in ("0", "z"):
        (folder.path / name).mkdir()
    folder.write(project(20))
    folder.close(keep=False)
    assert sorted(each.name for each in folder.path.iterdir()) == ["0", "z"]
    assert found() == []
