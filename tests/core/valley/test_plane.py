"""The plane of a path, or of two weights: what it holds of the path, and what a region shows."""

import numpy as np
import pytest

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.valley import plane as planes
from curvegui.core.valley.plane import Plane, path_of

RANDOM = np.random.default_rng(14)
PRESENT = RANDOM.normal(size=9)
FRAME = np.linalg.qr(RANDOM.normal(size=(9, 3)))[0].T  # three directions at right angles


def walk(*extents):
    """A path to the present network which goes so far in each direction of the frame."""
    back = np.linspace(1, 0, 30)
    ways = np.stack([back, np.sin(6 * back) * back, np.cos(9 * back) * back], axis=1)[:, : len(extents)]
    return PRESENT + (ways * extents) @ FRAME[: len(extents)]


def test_the_plane_of_a_path_holds_all_of_it_where_it_is_flat_and_its_main_part_where_it_is_not():
    flat = walk(5.0, 2.0)
    plane = Plane.of_path(flat, PRESENT)
    assert plane is not None
    assert plane.directions @ plane.directions.T == pytest.approx(np.eye(2))
    assert plane.held(flat) == pytest.approx(1)
    assert plane.at(plane.project(flat)) == pytest.approx(flat)
    assert plane.project(flat[:1])[0, 0] < 0  # it begins at the left
    bent = walk(5.0, 2.0, 1.0)
    bent_plane = Plane.of_path(bent, PRESENT)
    assert bent_plane is not None
    moves = np.square(bent - PRESENT).sum()
    off = np.square(bent - bent_plane.at(bent_plane.project(bent))).sum()
    assert bent_plane.held(bent) == pytest.approx(1 - off / moves)
    others = [Plane(PRESENT, FRAME[[first, second]]) for first, second in ((0, 1), (0, 2), (1, 2))]
    assert bent_plane.held(bent) >= max(each.held(bent) for each in others)


def test_a_path_without_a_second_direction_has_no_plane():
    for path in (PRESENT[np.newaxis], np.vstack([PRESENT, PRESENT]), walk(3.0), walk(3.0, 1e-12)):
        assert Plane.of_path(path, PRESENT) is None


def test_in_the_plane_of_two_parameters_all_others_stay_and_what_is_at_rest_is_held_whole():
    plane = Plane.of_parameters(PRESENT, 4, 1)
    moved = plane.at(np.array([[2.0, -3.0]]))[0] - PRESENT
    assert np.flatnonzero(moved).tolist() == [1, 4]
    assert moved[[4, 1]] == pytest.approx([2.0, -3.0])
    assert plane.held(PRESENT[np.newaxis]) == 1
    assert plane.held(PRESENT + 1e200 * np.eye(9)[[4, 0]]) == pytest.approx(0.5)  # however large


def test_the_path_of_a_run_leads_from_its_first_keyframe_to_the_present_network(monkeypatch):
    trainer = Trainer(TrainingConfig(hidden=(3,), points=5))
    trainer.advance(550)
    record = trainer.record()
    assert path_of(record) == pytest.approx(np.vstack([record.keyframes, record.parameters]))
    monkeypatch.setattr(planes, "MOST_NETWORKS", 3)
    thinned = path_of(record)
    assert len(thinned) == 4
    assert thinned[[0, 2, 3]] == pytest.approx(np.vstack([record.keyframes[[0, -1]], record.parameters]))
