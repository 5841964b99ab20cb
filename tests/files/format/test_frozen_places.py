"""Frozen parameters and cuts in files and in lines of text."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.format.container import MIN_READER, SURGERY_READER
from curvegui.files.format.few_bytes import indices_of, stretches
from curvegui.files.format.section import ProjectError
from curvegui.files.project.project import Project, decode, encode
from curvegui.files.project.record import record_objects
from curvegui.files.project.text_line import line_of, project_of


@given(places=st.sets(st.integers(0, 60)).map(sorted).map(tuple))
def test_places_are_read_as_they_were_written(places: tuple[int, ...]) -> None:
    written = stretches(places)
    assert indices_of(written) == places
    assert sum(count for _, count in written) == len(places)


def test_what_lies_side_by_side_is_one_stretch() -> None:
    assert stretches((4, 5, 6, 9)) == [[4, 3], [9, 1]]


@pytest.mark.parametrize(
    "value", [None, {}, [1], [[1]], [[1, 2, 3]], [[-1, 2]], [[1, 0]], [[1.0, 2]], [[True, 1]], "ab"], ids=repr
)
def test_what_are_no_stretches_is_refused(value: Any) -> None:
    with pytest.raises(ProjectError, match="what is frozen in it"):
        indices_of(value)


def test_more_than_can_be_frozen_is_refused_before_it_is_counted_out() -> None:
    with pytest.raises(ProjectError, match="too much is frozen"):
        indices_of([[0, 10**15]])


def lived(**settings: Any) -> tuple[Trainer, dict[int, Any]]:
    trainer, seen = Trainer(TrainingConfig(**settings)), {}
    for step in range(260):
        if step == 90:
            trainer.apply(replace(trainer.config, frozen=(0, 1, 30)))
        if step == 130:
            trainer.set_parameters({0: 1.5})
        if step == 180:
            trainer.apply(replace(trainer.config, frozen=()))
        seen[step] = trainer.parameters
        trainer.advance(1)
    return trainer, seen


def test_a_project_keeps_both_and_every_iteration_is_computed_anew_from_it() -> None:
    trainer, seen = lived()
    project = decode(encode(Project(trainer.record())))
    assert project.record.edits.tolist() == [130]
    again = Trainer.going_on(project.record)
    for iteration in (0, 89, 90, 91, 129, 130, 131, 179, 180, 181, 259):
        np.testing.assert_array_equal(Replayer().snapshot(again, iteration).parameters, seen[iteration])


def test_an_older_reader_is_kept_off_where_it_would_get_the_run_wrong_and_only_there() -> None:
    trainer, _ = lived()
    assert record_objects(trainer.record())["min_reader"] == SURGERY_READER > MIN_READER
    frozen = Trainer(TrainingConfig(frozen=(3,)))
    assert record_objects(frozen.record())["min_reader"] == SURGERY_READER
    assert "min_reader" not in record_objects(Trainer(TrainingConfig()).record())


def test_a_line_of_text_keeps_what_is_frozen_in_few_letters() -> None:
    plain, frozen = (Project(Trainer(TrainingConfig(frozen=places)).record()) for places in ((), range_of(14)))
    assert project_of(line_of(frozen)).record.config.frozen == range_of(14)
    assert len(line_of(frozen)) - len(line_of(plain)) < 40


def test_a_line_has_no_room_for_many_single_weights() -> None:
    config = TrainingConfig(hidden=(200, 200), points=2, frozen=tuple(range(0, 40_000, 2)))
    with pytest.raises(ProjectError, match="Too many single weights are frozen"):
        line_of(Project(Trainer(config).record()))


def range_of(count: int) -> tuple[int, ...]:
    return tuple(range(count))
