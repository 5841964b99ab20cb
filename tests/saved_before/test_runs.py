"""Runs that an older version saved open as they were, and go on as they would have then but for rounding."""

import numpy as np
import pytest

from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.files.curves.kept import KeptCurves
from curvegui.files.favourites.folder import FavouritesFolder
from curvegui.files.project.open_any import open_any
from tests.saved_before.as_before import AFTERWARDS, CLOSE, FILES

RUNS = ("plain.curvegui", "by-hand.curvegui", "star.png", "star.svg", "star.txt", "favourites/A potato.curvegui")
LOOKED_BACK = 150, 407, 555, 640  # before and after settings changed, and weights were set by hand


@pytest.mark.parametrize("name", RUNS)
def test_a_run_opens_and_goes_on_as_it_would_have_then(name):
    record, (opened, later, _) = open_any(FILES / name).record, AFTERWARDS[name.replace("/", "__")]
    assert record.parameters.tobytes() == opened.tobytes()
    trainer = Trainer.going_on(record)
    trainer.advance(100)
    np.testing.assert_allclose(trainer.parameters, later, rtol=0, atol=CLOSE * np.abs(opened).max())


def test_what_was_changed_on_the_way_is_known():
    project = open_any(FILES / "by-hand.curvegui")
    record = project.record
    assert (project.name, project.look, dict(project.layers)) == ("By hand", "dark", {"trail": True, "axes": True})
    assert (record.iteration, record.goal, record.config.curve_name) == (800, 1200, "A potato")
    assert [iteration for iteration, _ in record.changes] == [0, 300, 400, 600]
    first, frozen, undone, last = (config for _, config in record.changes)
    assert (first.frozen, frozen.frozen, undone) == ((), (0, 3, 7), frozen)
    assert (last.optimizer, last.schedule, last.data_noise, last.train_one_in) == ("adam", "cosine", 0.01, 3)
    assert record.edits.tolist() == [460]


def test_a_run_can_be_looked_back_to():
    trainer = Trainer.going_on(open_any(FILES / "by-hand.curvegui").record)
    found = np.stack([Replayer().snapshot(trainer, iteration).parameters for iteration in LOOKED_BACK])
    expected = AFTERWARDS["looked back"]
    np.testing.assert_allclose(found, expected, rtol=0, atol=CLOSE * np.abs(expected).max())


def test_favourites_are_listed_and_open():
    folder = FavouritesFolder(FILES / "favourites")
    found = sorted(map(folder.read, folder.entries()), key=lambda each: each.name)
    assert [(each.name, each.problem) for each in found] == [("A heart: the first", ""), ("A potato", "")]
    assert [each.summary.config.curve_name for each in found] == ["heart", "A potato"]
    assert all(folder.curves(each) is not None for each in found)
    assert [folder.load(each).record.iteration for each in found] == [1500, 800]


def test_the_latest_curves_are_listed():
    other, potato = KeptCurves(FILES / "recent.curves").read()
    assert (other.name, other.t.size, potato.name, potato.t.size) == ("Another potato", 30, "A potato", 40)
    assert potato == open_any(FILES / "by-hand.curvegui").record.config.curve
