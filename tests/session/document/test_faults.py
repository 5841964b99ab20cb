"""Whatever the disk does while a document is saved or kept: what was there stays whole, and the next try succeeds."""

import errno

import pytest

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project, load
from curvegui.session.document.autosave_folder import AutosaveFolder, copies
from curvegui.session.document.file import Locks, Stamp, write_file
from curvegui.session.document.recent_files import RecentFiles
from tests.files.faults import SHORT, SILENT, FaultyDisk, fault_name

MOST_OPERATIONS = 100  # a save has about twenty


def project(iterations):
    trainer = Trainer(TrainingConfig(hidden=(2,), points=10))
    trainer.advance(iterations)
    return Project(trainer.record())


OLD, NEW = project(1), project(2)
KINDS = (errno.ENOSPC, errno.EACCES, SHORT, SILENT)  # all that a disk can say is in the tests of `files`
EVERY_FAULT = pytest.mark.parametrize("fault", KINDS, ids=fault_name)


def failing_everywhere(save, fault):
    """Save again and again, failing one operation later each time, until none is left to fail; what it raised."""
    disk = FaultyDisk()
    for first in range(MOST_OPERATIONS):
        raised = None
        with disk.failing(fault, first):
            try:
                save()
            except OSError as error:
                raised = error
        yield raised
        if first >= len(disk.operations):
            return
    raise AssertionError("There was always something left to fail.")


@pytest.mark.slow
@EVERY_FAULT
def test_a_file_is_the_old_one_or_the_new_one_and_is_free_for_others(tmp_path, fault):
    path, failures = tmp_path / "heart.curvegui", 0
    locks = Locks(tmp_path / "locks")
    saves = []

    def save():
        saves.append(write_file(path, NEW, locks, Stamp.of(path)))

    write_file(path, OLD, locks, None).lock.release()
    for raised in failing_everywhere(save, fault):
        assert load(path).record.iteration in (1, 2)
        assert raised or load(path).record.iteration == 2
        failures += raised is not None
        while saves:
            saves.pop().lock.release()
        write_file(path, OLD, locks, None).lock.release()  # which would be refused if the lock were still held
    assert failures >= 2


@pytest.mark.slow
@EVERY_FAULT
def test_the_autosaves_that_are_there_stay_whole(tmp_path, fault):
    folder, failures = AutosaveFolder(tmp_path / "autosave"), 0
    folder.write(OLD)
    for raised in failing_everywhere(lambda: folder.write(NEW), fault):
        kept = [load(path).record.iteration for path in copies(folder.path)]
        assert kept
        assert raised or kept[-1] == 2
        failures += raised is not None
    folder.close(keep=False)
    assert failures >= 2
    assert list((tmp_path / "autosave").iterdir()) == []


@EVERY_FAULT
def test_the_list_of_recent_files_is_never_in_the_way(tmp_path, fault):
    recent = RecentFiles(tmp_path / "recent.json")

    def save(name):
        recent.add(tmp_path / name)
        recent.write()

    save("a")
    for raised in failing_everywhere(lambda: save("b"), fault):
        assert tmp_path / "a" in recent.all()
        assert raised is None or recent.write()  # what failed comes later
        assert recent.all() == [tmp_path / "b", tmp_path / "a"]
        recent.remove(tmp_path / "b")
        recent.write()
