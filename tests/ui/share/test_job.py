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
from curvegui.figure.film.film import FilmOptions, carry_out, film_pieces
from curvegui.figure.formats import PictureFormat, formats
from curvegui.figure.picture import surfaces
from curvegui.figure.picture.export import Rendering, render_bytes
from curvegui.files.project.project import Project
from curvegui.session.jobs.job import is_apart
from curvegui.ui.share.job import STEP, ShareJob, picture_job
from tests.figure.runs import short_run
from tests.help.narrow_pool import room_for_one, wait_for_another

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
        job = picture_job(Rendering(figure, CLASSIC, FigureOptions(), ending, **options), path, owner, project)
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
    assert saved.args == [str(path), ""]
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


def test_a_job_that_is_cancelled_while_it_paints_writes_nothing(start, qtbot, tmp_path):
    job = start(tmp_path / "heart.png", scale=8)
    with qtbot.waitSignal(job.progressed):
        pass
    job.cancel()
    with qtbot.assertNotEmitted(job.progressed, wait=50):
        pass
    QThreadPool.globalInstance().waitForDone()
    assert list(tmp_path.iterdir()) == []


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


# Work in a thread


@pytest.fixture
def start_work(qtbot):
    """Start work that saves a file; at the end nothing is being written any more."""
    owner = QObject()

    def start_with(work):
        job = ShareJob(owner, work=work, path="heart.gif")
        job.start()
        return job

    yield start_with
    QThreadPool.globalInstance().waitForDone()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_progress_goes_up_to_the_end_and_is_not_told_too_often(start_work, qtbot, tmp_path):
    path, seen = tmp_path / "heart.gif", []
    pieces = film_pieces(short_run(), CLASSIC, FilmOptions(side_px=96, seconds=1, frames_per_second=20), path)
    job = start_work(lambda tell, stops: "" if carry_out(pieces, progress=tell, should_stop=stops) else None)
    job.progressed.connect(seen.append)
    with qtbot.waitSignal(job.saved):
        pass
    assert seen == sorted(seen)
    assert seen[-1] == 1
    assert 5 < len(seen) <= 1 / STEP


def test_while_work_goes_on_nothing_else_waits_for_it(start_work, qtbot):
    reached, go_on = threading.Event(), threading.Event()

    def work(tell, stops):
        reached.set()
        go_on.wait()
        return ""

    with room_for_one():
        job = start_work(work)
        qtbot.waitUntil(reached.is_set)
        wait_for_another(qtbot)
        with qtbot.waitSignal(job.saved):
            go_on.set()
