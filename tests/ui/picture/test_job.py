"""A picture on its way to a file: whole or not at all, and what becomes of it when nobody waits any more."""

import threading

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool
from PySide6.QtGui import QImage
from shiboken6 import delete

from curvegui.core.learner.target import training_data
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import CLASSIC
from curvegui.figure.formats import PictureFormat, formats
from curvegui.figure.picture import surfaces
from curvegui.figure.picture.export import Rendering, render_bytes
from curvegui.files.project.project import Project
from curvegui.session.jobs.job import is_apart
from curvegui.ui.picture import job as picture_job
from curvegui.ui.picture.job import PictureJob

pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.costly]


@pytest.fixture
def figure():
    target = training_data()[1]
    return Figure(target, np.stack([target * share for share in np.linspace(0.2, 1, 60)]).astype(np.float32), target)


@pytest.fixture
def start(figure, qtbot):
    """Start jobs; at the end nothing is being written any more."""
    owner = QObject()

    def start_with(path, ending="png", project=None, **options):
        job = PictureJob(Rendering(figure, CLASSIC, FigureOptions(), ending, **options), path, owner, project)
        job.start()
        return job

    yield start_with
    QThreadPool.globalInstance().waitForDone()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.parametrize("ending", formats(PictureFormat))
def test_the_file_is_what_the_painter_makes(start, figure, qtbot, tmp_path, ending):
    path = tmp_path / f"heart.{ending}"
    with qtbot.waitSignal(start(path, ending).saved) as saved:
        pass
    assert saved.args == [str(path), False]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    if formats(PictureFormat)[ending].has_pixels:
        assert QImage(str(path)) == QImage.fromData(render_bytes(figure, CLASSIC, FigureOptions(), ending))
    else:
        assert path.read_bytes()[:4] in (b"%PDF", b"<?xm")


def test_a_run_that_cannot_be_put_in_is_a_failure_and_the_old_file_stays(start, figure, qtbot, tmp_path):
    path, project = tmp_path / "heart.pdf", Project(Trainer(TrainingConfig()).record())
    path.write_bytes(b"old")
    with qtbot.waitSignal(start(path, "pdf", project).failed) as failed:
        pass
    assert "png, svg" in failed.args[0]
    assert path.read_bytes() == b"old"


def test_a_failure_is_told_in_a_sentence_and_an_old_file_stays(start, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "heart.png"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "“heart.png” could not be saved. The disk is full.")

    monkeypatch.setattr(picture_job, "write_bytes", full)
    with qtbot.waitSignal(start(path).failed) as failed:
        pass
    assert "The disk is full." in failed.args[0]
    assert path.read_bytes() == b"old"


def test_a_job_that_is_cancelled_while_it_paints_writes_nothing(start, qtbot, tmp_path):
    job = start(tmp_path / "heart.png", scale=8)
    with qtbot.waitSignal(job.progressed):
        pass
    job.cancel()
    with qtbot.assertNotEmitted(job.progressed, wait=50):
        pass
    QThreadPool.globalInstance().waitForDone()
    assert list(tmp_path.iterdir()) == []


def test_a_job_that_is_gone_while_it_is_written_ends_quietly_and_whole(start, qtbot, tmp_path, monkeypatch):
    is_writing, go_on = threading.Event(), threading.Event()
    write = picture_job.write_bytes

    def slow(path, data):
        is_writing.set()
        go_on.wait()
        write(path, data)

    monkeypatch.setattr(picture_job, "write_bytes", slow)
    path = tmp_path / "heart.png"
    job = start(path)
    qtbot.waitUntil(is_writing.is_set)
    job.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    go_on.set()
    QThreadPool.globalInstance().waitForDone()
    assert not QImage(str(path)).isNull()
    assert [each.name for each in tmp_path.iterdir()] == ["heart.png"]


@pytest.mark.parametrize("is_wanted", [True, False])
def test_a_drawing_is_made_into_a_file_by_another_thread(start, qtbot, tmp_path, monkeypatch, is_wanted):
    threads = []

    def noted(painter):
        threads.append(threading.get_ident())
        delete(painter)

    monkeypatch.setattr(surfaces, "delete", noted)  # which takes seconds where there is much
    job = start(tmp_path / "heart.pdf", "pdf")
    if not is_wanted:
        with qtbot.waitSignal(job.progressed):
            pass
        job.cancel()
    qtbot.waitUntil(lambda: len(threads) == 1 and not is_apart())
    assert threads != [threading.get_ident()]
    QThreadPool.globalInstance().waitForDone()
    assert [each.name for each in tmp_path.iterdir()] == (["heart.pdf"] if is_wanted else [])


def test_the_window_is_not_held_up_while_an_8x_picture_is_painted(start, qtbot, tmp_path):
    job, pieces = start(tmp_path / "heart.png", scale=8), []
    job.progressed.connect(pieces.append)
    qtbot.waitUntil(lambda: len(pieces) > 10)  # between any two of them, the window is served
    job.cancel()
