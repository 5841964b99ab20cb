"""What was said the last time comes back in the lesson; in class it does not."""

from dataclasses import replace

import pytest

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


def test_in_class_nothing_comes_back(predictions, recalled, monkeypatch, qtbot):
    predictions.begin("waves", recalls=True)
    until_done(predictions, qtbot)
    predictions.begin("waves", recalls=False)
    answer(predictions, monkeypatch, NEW)
    until_done(predictions, qtbot)
    assert len(recalled) == 1 and predictions.before == {}
