"""A film on its way to a file beside a window: told how it is going, given up at any moment, never half written."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool

from curvegui.figure.drawing.look import CLASSIC
from curvegui.figure.film.film import FilmOptions, film_pieces
from curvegui.ui.film.dialog import STEP, FilmJob
from tests.figure.runs import short_run
from tests.help.films import read_film
from tests.help.narrow_pool import room_for_one, wait_for_another
from tests.help.writing import names_in

pytestmark = pytest.mark.usefixtures("qapp")
OPTIONS = FilmOptions(side_px=96, seconds=1, frames_per_second=20)


@pytest.fixture
def start(qtbot):
    """Start jobs; at the end nothing is being written any more."""
    owner = QObject()

    def start_with(pieces, path):
        job = FilmJob(pieces, path, owner)
        job.start()
        return job

    yield start_with
    QThreadPool.globalInstance().waitForDone()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Held:
    """The pieces of a film, which stop after the first few until they may go on."""

    def __init__(self, path, pieces=5):
        self.reached, self.go_on = threading.Event(), threading.Event()
        self._pieces, self._path = pieces, path

    def __call__(self):
        real = film_pieces(short_run(), CLASSIC, OPTIONS, self._path)
        try:
            for number, done in enumerate(real):
                if number == self._pieces:
                    self.reached.set()
                    self.go_on.wait()
                yield done
        finally:
            real.close()


@pytest.fixture
def held(tmp_path):
    made = Held(tmp_path / "heart.gif")
    yield made
    made.go_on.set()


def test_the_film_is_saved_and_its_path_is_told(start, qtbot, tmp_path):
    path = tmp_path / "heart.gif"
    job = start(film_pieces(short_run(), CLASSIC, OPTIONS, path), path)
    with qtbot.waitSignal(job.saved) as saved:
        pass
    assert saved.args == [str(path)]
    assert names_in(tmp_path) == ["heart.gif"]
    assert read_film(path).seconds == pytest.approx(1.0)


def test_progress_goes_up_to_the_end_and_is_not_told_too_often(start, qtbot, tmp_path):
    path, seen = tmp_path / "heart.gif", []
    job = start(film_pieces(short_run(), CLASSIC, OPTIONS, path), path)
    job.progressed.connect(seen.append)
    with qtbot.waitSignal(job.saved):
        pass
    assert seen == sorted(seen)
    assert seen[-1] == 1
    assert 5 < len(seen) <= 1 / STEP


def test_a_job_that_is_cancelled_stops_after_the_piece_that_is_under_way(start, qtbot, tmp_path, held):
    (tmp_path / "heart.gif").write_bytes(b"old")
    job = start(held(), tmp_path / "heart.gif")
    qtbot.waitUntil(held.reached.is_set)
    assert len(names_in(tmp_path)) == 2
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
        held.go_on.set()
    assert names_in(tmp_path) == ["heart.gif"]
    assert (tmp_path / "heart.gif").read_bytes() == b"old"


def test_a_job_that_is_gone_ends_quietly_and_leaves_nothing(start, qtbot, tmp_path, held):
    job = start(held(), tmp_path / "heart.gif")
    qtbot.waitUntil(held.reached.is_set)
    job.cancel()
    job.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    held.go_on.set()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.sendPostedEvents()
    assert names_in(tmp_path) == []


def test_a_failure_is_told_in_a_sentence(start, qtbot, tmp_path):
    path = tmp_path / "no" / "heart.gif"
    job = start(film_pieces(short_run(), CLASSIC, OPTIONS, path), path)
    with qtbot.waitSignal(job.failed) as failed:
        pass
    assert "There is no such folder. Choose another one." in failed.args[0]


def test_while_a_film_is_made_nothing_else_waits_for_it(start, held, qtbot, tmp_path):
    with room_for_one():
        job = start(held(), tmp_path / "heart.gif")
        qtbot.waitUntil(held.reached.is_set)
        wait_for_another(qtbot)
        with qtbot.waitSignal(job.saved):
            held.go_on.set()
