"""Predictions are kept whole or not at all, within bounds, and no file that was there is ever in the way or lost."""

import os
from dataclasses import replace

import pytest

from curvegui.files.lesson.predictions import LONGEST, MOST_EACH, MOST_LESSONS, KeptPredictions, Prediction

ONE = Prediction("How much?", "0.01", "The cost was 0.0032.", "It came out differently.", "2026-11-27")
OTHER = replace(ONE, ask="Which way?", said="“Down”")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "predictions.json"


def test_they_come_back_each_in_place_of_the_one_before(path):
    kept = KeptPredictions(path)
    assert kept.of("waves") == ()
    kept.keep("waves", [ONE, OTHER])
    newer = replace(ONE, said="0.003")
    kept.keep("waves", [newer])
    assert KeptPredictions(path).of("waves") == (newer, OTHER)
    assert kept.of("other") == ()


def test_they_are_bounded(path):
    kept = KeptPredictions(path)
    kept.keep("waves", [replace(ONE, ask=f"{number}", said="é" * 9_999) for number in range(MOST_EACH + 5)])
    assert len(kept.of("waves")) == MOST_EACH
    assert {len(each.said) for each in kept.of("waves")} == {LONGEST}
    for number in range(MOST_LESSONS):
        kept.keep(f"{number}", [ONE])
    assert kept.of("waves") == () and kept.of("0") == (ONE,)


@pytest.mark.parametrize("written", [b"{", b"\xff", b"[]", b'{"waves": 3}', b'{"waves": [3, {"ask": 1}, null]}'])
def test_a_file_that_makes_no_sense_is_empty_and_put_aside_not_lost(path, written):
    path.parent.mkdir()
    path.write_bytes(written)
    kept = KeptPredictions(path)
    assert kept.of("waves") == ()
    kept.keep("waves", [ONE])
    assert kept.of("waves") == (ONE,)
    aside = path.with_suffix(".unreadable")
    assert not aside.exists() or aside.read_bytes() == written
    assert aside.exists() or b"waves" in written


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="of folders that cannot be written")
def test_what_cannot_be_written_is_told_and_changes_nothing(path, monkeypatch):
    kept = KeptPredictions(path)
    kept.keep("waves", [ONE])
    monkeypatch.setattr(os, "fsync", lambda _handle: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="disk is full"):
        kept.keep("waves", [OTHER])
    monkeypatch.undo()
    assert kept.of("waves") == (ONE,)
