"""Predictions are kept whole or not at all, within bounds, and no file that was there is ever in the way or lost."""

import errno
import os
from dataclasses import replace
from unittest.mock import Mock

import pytest

from curvegui.files.lesson.predictions import LONGEST, MOST_EACH, MOST_LESSONS, KeptPredictions, Prediction
from tests.help.disk import names_in

ONE = Prediction("How much?", "0.01", "The cost was 0.0032.", "It came out differently.", "2026-11-27")
OTHER = replace(ONE, ask="Which way?", said="“Down”")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "predictions.json"


def keep(kept, lesson, new):
    """Keep them at once; a sentence if the file was damaged."""
    kept.keep(lesson, new)
    kept.write()
    return kept.take_notice()


def test_they_come_back_each_in_place_of_the_one_before(path):
    kept = KeptPredictions(path)
    assert kept.of("waves") == ()
    keep(kept, "waves", [ONE, OTHER])
    newer = replace(ONE, said="0.003")
    keep(kept, "waves", [newer])
    assert KeptPredictions(path).of("waves") == (newer, OTHER)
    assert kept.of("other") == ()


def test_they_are_bounded(path):
    kept = KeptPredictions(path)
    keep(kept, "waves", [replace(ONE, ask=f"{number}", said="é" * 9_999) for number in range(MOST_EACH + 5)])
    assert len(kept.of("waves")) == MOST_EACH
    assert {len(each.said) for each in kept.of("waves")} == {LONGEST}
    for number in range(MOST_LESSONS):
        keep(kept, f"{number}", [ONE])
    assert kept.of("waves") == () and kept.of("0") == (ONE,)


@pytest.mark.parametrize("written", [b"{", b"\xff", b"[]", b'{"waves": 3}'])
def test_a_file_that_makes_no_sense_is_put_aside_and_never_in_place_of_an_older_one(path, written):
    path.parent.mkdir()
    kept, asides = KeptPredictions(path), []
    for _ in range(2):
        path.write_bytes(written)
        asides.append(keep(kept, "waves", [ONE]))
        assert kept.of("waves") == (ONE,)
    assert all("damaged" in each for each in asides)
    assert [each.read_bytes() for each in path.parent.glob("*damaged*")] == [written] * 2


def test_what_makes_no_sense_among_them_is_passed_over(path):
    path.parent.mkdir()
    path.write_bytes(b'{"waves": [3, {"ask": 1}, null]}')
    kept = KeptPredictions(path)
    assert kept.of("waves") == () and keep(kept, "waves", [ONE]) == ""
    assert kept.of("waves") == (ONE,)


def test_where_the_disk_fails_to_read_nothing_is_written_over_and_it_is_said(path):
    kept = KeptPredictions(path)
    keep(kept, "waves", [ONE])
    written = path.read_bytes()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "open", Mock(side_effect=OSError(errno.EIO, "fault")))
        with pytest.raises(OSError, match="cannot be read"):
            keep(kept, "waves", [OTHER])
    assert (path.read_bytes(), names_in(path.parent)) == (written, [".lock", path.name])


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="of folders that cannot be written")
def test_what_cannot_be_written_is_told_and_changes_nothing(path, monkeypatch):
    kept = KeptPredictions(path)
    keep(kept, "waves", [ONE])
    monkeypatch.setattr(os, "fsync", lambda _handle: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="disk is full"):
        keep(kept, "waves", [OTHER])
    monkeypatch.undo()
    assert kept.of("waves") == (ONE,)
    keep(kept, "waves", [])  # as soon as there is room
    assert kept.of("waves") == (ONE, OTHER)


def test_half_a_character_in_an_answer_is_replaced_and_the_others_are_kept(path):
    kept = KeptPredictions(path)
    keep(kept, "waves", [replace(ONE, said="\ud83d is half"), OTHER])
    assert KeptPredictions(path).of("waves") == (replace(ONE, said="? is half"), OTHER)
