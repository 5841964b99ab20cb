"""Whatever a disk does while the app saves something: the old file is there, whole, or the new one is."""

import io
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from curvegui.core.learner.target import training_data
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.picture.export import render_bytes
from curvegui.files.disk.atomic import HINTS, WriteError, write_bytes
from curvegui.files.disk.lock import NAME
from curvegui.files.project.project import save
from curvegui.session.stored.preferences import Preferences, PreferencesFile
from tests.files.faults import ERRNOS, FAULTS, SHORT, SILENT, FaultyDisk, Saver, fault_name
from tests.files.projects import tiny_project

OLD = json.dumps(asdict(Preferences(views="before" * 100))).encode()
PROJECT = tiny_project()
CHOSEN = replace(Preferences(), geometry="AdnQ" * 200)


@cache
def _picture() -> bytes:
    _, target = training_data()
    figure = Figure(target, np.stack([target, 1 - target]).astype(np.float32), target / 2, "a heart")
    return render_bytes(figure, LOOKS["classic"], FigureOptions(), "png", side_px=60)


SAVERS = {
    "project": Saver(lambda path: save(path, PROJECT)),
    "preferences": Saver(lambda path: PreferencesFile(path).save(CHOSEN), raises=False),
    "picture": Saver(lambda path: write_bytes(path, _picture())),
}


@pytest.fixture(autouse=True)
def application(qapp: QGuiApplication) -> QGuiApplication:
    return qapp


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


class Trial:
    """A saver, a folder to save in, and what is there before and after."""

    def __init__(self, saver: Saver, folder: Path, old: bytes | None) -> None:
        self.saver, self.old = saver, old
        self.path = folder / saver.name
        saver.save(self.path)
        self.new = self.path.read_bytes()
        self.disk = FaultyDisk()
        self.faults: Counter[str] = Counter()

    def run(self, fault: int | str, first: int, *, on: bool = False) -> WriteError | None:
        """Save once on a disk that fails; the error."""
        self.path.unlink(missing_ok=True)
        for each in self.path.parent.iterdir():
            each.unlink()
        if self.old is not None:
            self.path.write_bytes(self.old)
        try:
            with self.disk.failing(fault, first, on=on):
                self.saver.save(self.path)
        except WriteError as error:
            return error
        return None

    def operations(self) -> list[str]:
        """Those of a save where nothing fails."""
        assert self.run(0, -1) is None
        return self.disk.operations

    def leftovers(self) -> list[str]:
        """Files that should not be there."""
        return [each.name for each in self.path.parent.iterdir() if each != self.path and each.name != NAME]


@pytest.fixture(params=SAVERS)
def saver(request: pytest.FixtureRequest) -> Saver:
    return SAVERS[request.param]


@pytest.fixture(params=[OLD, None], ids=["over an old file", "where there was none"])
def trial(request: pytest.FixtureRequest, saver: Saver, tmp_path: Path) -> Trial:
    return Trial(saver, tmp_path, request.param)


def test_the_operations_of_a_save_are_all_seen(trial: Trial) -> None:
    operations = trial.operations()

    assert trial.path.read_bytes() == trial.new
    assert {"open", "write", "read", "fsync", "replace", "stat"} <= set(operations)
    assert operations.count("write") >= 2
    assert operations.count("open") >= 2  # to write and to read back, and the folder
    assert ("chmod" in operations) is (trial.old is not None)
    assert ("mkdir" in operations) is (trial.saver is SAVERS["preferences"])


def _places(trial: Trial, fault: int | str) -> Iterator[int]:
    """The operations at which a fault can happen: only a write can be cut short."""
    for index, name in enumerate(trial.operations()):
        if isinstance(fault, int) or name == "write":
            yield index


@pytest.mark.parametrize("fault", FAULTS, ids=fault_name)
def test_one_fault_leaves_the_old_file_or_the_new_one_and_nothing_else(
    trial: Trial, fault: int | str, caplog: pytest.LogCaptureFixture
) -> None:
    failures = 0
    for place in list(_places(trial, fault)):
        caplog.clear()
        error = trial.run(fault, place)
        found = _bytes_of(trial.path)

        assert found in (trial.old, trial.new)
        assert trial.leftovers() == []
        if trial.saver.raises and found == trial.old:
            assert error is not None
            _check_sentence(error, fault, trial)
        elif not trial.saver.raises:
            assert error is None
            assert bool(caplog.records) is (found == trial.old)
        failures += found == trial.old

    assert failures >= 2  # of two writes at least


def _check_sentence(error: WriteError, fault: int | str, trial: Trial) -> None:
    number = {SHORT: ERRNOS[0], SILENT: ERRNOS[1]}.get(fault, fault) if isinstance(fault, str) else fault
    assert isinstance(number, int)
    assert f"“{trial.path.name}” could not be saved in {trial.path.parent}. {HINTS[number]}" in str(error)
    assert str(error).endswith("The file that was there is unchanged.") is (trial.old is not None)


@pytest.mark.parametrize("fault", FAULTS, ids=fault_name)
def test_a_disk_that_fails_from_some_moment_on_leaves_the_old_file_or_the_new_one(
    trial: Trial, fault: int | str
) -> None:
    for place in list(_places(trial, fault)):
        error = trial.run(fault, place, on=True)
        found = _bytes_of(trial.path)

        assert found in (trial.old, trial.new)
        assert all(name.endswith(".part") for name in trial.leftovers())
        assert trial.leftovers() == [] or "unlink" in trial.disk.operations
        assert trial.leftovers() == [] or isinstance(fault, int)  # it could not be cleaned up either
        assert error is None or "could not be saved" in str(error)
        assert error is not None or found == trial.new or not trial.saver.raises


def test_what_could_not_be_saved_can_be_saved_again_at_once(trial: Trial) -> None:
    for place in range(len(trial.operations())):
        trial.run(ERRNOS[0], place)
        trial.saver.save(trial.path)

        assert trial.path.read_bytes() == trial.new
        assert trial.leftovers() == []


def test_the_disk_is_itself_again_afterwards(tmp_path: Path) -> None:
    with FaultyDisk().failing(ERRNOS[0], 0, on=True), pytest.raises(OSError, match=os.strerror(ERRNOS[0])):
        (tmp_path / "file").write_bytes(b"lost")
    (tmp_path / "file").write_bytes(b"kept")

    assert io.open(tmp_path / "file", "rb").close() is None  # noqa: UP020
    assert (tmp_path / "file").read_bytes() == b"kept"
