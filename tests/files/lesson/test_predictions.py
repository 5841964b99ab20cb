"""Predictions are kept whole or not at all, within bounds, and no file that was there is ever in the way or lost."""

from dataclasses import replace

import pytest

from curvegui.files.lesson.predictions import LONGEST, MOST_EACH, MOST_LESSONS, Prediction, PredictionsFile

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
    kept = PredictionsFile(path)
    assert kept.of("waves") == ()
    keep(kept, "waves", [ONE, OTHER])
    newer = replace(ONE, said="0.003")
    keep(kept, "waves", [newer])
    assert PredictionsFile(path).of("waves") == (newer, OTHER)
    assert kept.of("other") == ()


def test_they_are_bounded(path):
    kept = PredictionsFile(path)
    keep(kept, "waves", [replace(ONE, ask=f"{number}", said="é" * 9_999) for number in range(MOST_EACH + 5)])
    assert len(kept.of("waves")) == MOST_EACH
    assert {len(each.said) for each in kept.of("waves")} == {LONGEST}
    for number in range(MOST_LESSONS):
        keep(kept, f"{number}", [ONE])
    assert kept.of("waves") == () and kept.of("0") == (ONE,)


@pytest.mark.parametrize("written", [b"{", b"\xff", b"[]", b'{"waves": 3}'])
def test_a_file_that_makes_no_sense_is_put_aside(path, written):
    path.parent.mkdir()
    path.write_bytes(written)
    kept = PredictionsFile(path)
    assert "damaged" in keep(kept, "waves", [ONE])
    assert kept.of("waves") == (ONE,)
    assert [each.read_bytes() for each in path.parent.glob("*damaged*")] == [written]


def test_what_makes_no_sense_among_them_is_passed_over(path):
    path.parent.mkdir()
    path.write_bytes(b'{"waves": [3, {"ask": 1}, null]}')
    kept = PredictionsFile(path)
    assert kept.of("waves") == () and keep(kept, "waves", [ONE]) == ""
    assert kept.of("waves") == (ONE,)


def test_half_a_character_in_an_answer_is_replaced_and_the_others_are_kept(path):
    kept = PredictionsFile(path)
    keep(kept, "waves", [replace(ONE, said="\ud83d is half"), OTHER])
    assert PredictionsFile(path).of("waves") == (replace(ONE, said="? is half"), OTHER)
