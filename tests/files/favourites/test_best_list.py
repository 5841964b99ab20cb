"""The list of the smallest networks on the disk: kept with its runs, and set aside where it is damaged."""

import errno
import json
from dataclasses import replace

import pytest

from curvegui.core.challenges.by_hand import HAND_CURVES
from curvegui.core.challenges.smallest import reached
from curvegui.files.disk import shared_file
from curvegui.files.favourites.best_list import LIST, BestList
from curvegui.files.project.project import Project

RECORD = HAND_CURVES[0].record(HAND_CURVES[0].drawn_by)
ONE = reached(RECORD, "2026-11-24T18:20:00Z")


def add(best, one=ONE):
    """Enter a run; the list, and the run in it."""
    best.note(one, Project(RECORD, name="Step, 10 parameters"))
    listed, entered = best.write()
    return listed, (*entered, None)[0]


def test_a_run_is_entered_and_kept_as_a_favourite_which_can_be_opened(tmp_path):
    folder = tmp_path / "favourites"
    assert BestList(folder).all() == ()
    listed, kept = add(BestList(folder))
    assert listed == (kept,) == BestList(folder).all()
    assert replace(kept, run="") == ONE
    assert BestList(folder).load(kept).record.parameters.tolist() == list(HAND_CURVES[0].drawn_by)
    assert add(BestList(folder)) == (listed, None)  # no better: no second file
    assert len([*folder.glob("[!.]*")]) == 2
    (folder / kept.run).unlink()
    with pytest.raises(OSError, match="no longer"):
        BestList(folder).load(kept)


def test_a_run_that_cannot_be_entered_now_is_entered_the_next_time_and_kept_once(tmp_path, monkeypatch):
    best = BestList(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(shared_file, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
        for enter in (add, BestList.write):
            with pytest.raises(OSError, match="tries again later"):
                enter(best)
    assert best.all() == ()
    listed, entered = best.write()
    assert listed == entered == best.all()
    assert len([*tmp_path.glob("*.curvegui")]) == 1
    assert best.write() == (listed, ())


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 1}', '{"version": 1, "runs": [{}]}', '{"version": 1, "runs": 3}', "{" * 9_999]
)
def test_a_damaged_list_is_set_aside_and_said(tmp_path, text):
    (tmp_path / LIST).write_text(text)
    best = BestList(tmp_path)
    assert best.all() == ()
    (aside,) = tmp_path.glob("*damaged*")
    assert aside.read_text() == text
    assert aside.name in best.take_notice()
    assert len(add(best)[0]) == 1


@pytest.mark.parametrize(("field", "value"), [("iterations", -1), ("layers", ["6"]), ("title", 3), ("layers", 6)])
def test_a_wrong_value_is_damage_too(tmp_path, field, value):
    add(BestList(tmp_path))
    written = json.loads((tmp_path / LIST).read_text())
    written["runs"][0][field] = value
    (tmp_path / LIST).write_text(json.dumps(written))
    assert BestList(tmp_path).all() == ()
    assert list(tmp_path.glob("*damaged*"))


def test_a_list_that_cannot_be_read_is_told_in_words(tmp_path):
    (tmp_path / LIST).mkdir()
    with pytest.raises(OSError, match=r"smallest networks .* It is a folder"):
        add(BestList(tmp_path))


def test_the_list_of_a_newer_version_stays_as_it_is(tmp_path):
    (tmp_path / LIST).write_text('{"version": 2}')
    with pytest.raises(OSError, match="newer"):
        add(BestList(tmp_path))
    assert [each.name for each in tmp_path.glob("[!.]*")] == [LIST]
