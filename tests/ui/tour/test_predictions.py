"""What was said the last time comes back in the lesson, whenever its file can be read; what is said now does not."""

import errno
from dataclasses import replace

import pytest

from curvegui.files.disk import shared_file
from curvegui.files.lesson.predictions import KeptPredictions, Prediction

OLD = Prediction("How much?", "0.01", "0.0032", "It came out differently.", "2026-11-27")
NEW = replace(OLD, said="0.003", when="2026-11-29")


@pytest.fixture
def predictions(open_window):
    """Those of a window, on whose disk there is an answer from the last time."""
    predictions = open_window().window.features["tour"].predictions
    kept = KeptPredictions(predictions._kept.path)
    kept.keep("waves", [OLD])
    kept.write()
    predictions._writer._again.setInterval(600_000)  # it is tried again when the test says so
    return predictions


@pytest.fixture
def recalled(predictions):
    recalled = []
    predictions.recalled.connect(lambda: recalled.append(dict(predictions.before)))
    return recalled


def answer(predictions, monkeypatch, given):
    monkeypatch.setattr(predictions, "_now", lambda _: given)
    predictions._follow()


def until_done(predictions, qtbot):
    qtbot.waitUntil(lambda: not predictions._writer._jobs.waiting)


def fail(_):
    raise OSError(errno.EIO, "fault")


def test_it_comes_back_where_the_file_could_not_be_read_until_after_an_answer(
    predictions, recalled, monkeypatch, qtbot
):
    with monkeypatch.context() as broken:
        broken.setattr(shared_file, "open_regular", fail)
        predictions.begin("waves", recalls=True)
        until_done(predictions, qtbot)
        answer(predictions, monkeypatch, NEW)
        answer(predictions, monkeypatch, replace(NEW, ask="Which way?"))
        until_done(predictions, qtbot)
    assert recalled == []
    predictions._writer._try_again()
    until_done(predictions, qtbot)
    assert recalled == [{OLD.ask: OLD}]
    assert predictions._kept.of("waves") == (NEW, replace(NEW, ask="Which way?"))
    answer(predictions, monkeypatch, replace(NEW, said="0.1"))
    until_done(predictions, qtbot)
    assert recalled == [{OLD.ask: OLD}]


def test_an_answer_before_the_file_was_read_is_not_one_of_the_last_time(predictions, recalled, monkeypatch, qtbot):
    predictions.begin("waves", recalls=True)
    answer(predictions, monkeypatch, NEW)
    until_done(predictions, qtbot)
    assert recalled == [{OLD.ask: OLD}]
    predictions.begin("waves", recalls=True)
    until_done(predictions, qtbot)
    assert recalled[1:] == [{NEW.ask: NEW}]


def test_in_class_nothing_comes_back(predictions, recalled, monkeypatch, qtbot):
    predictions.begin("waves", recalls=True)
    until_done(predictions, qtbot)
    predictions.begin("waves", recalls=False)
    answer(predictions, monkeypatch, NEW)
    until_done(predictions, qtbot)
    assert len(recalled) == 1 and predictions.before == {}
