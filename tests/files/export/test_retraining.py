"""From where on a script trains a run, and when it cannot."""

from typing import Any

import numpy as np
import pytest

from curvegui.core.run.operations import AddNeurons, PlannedOperations
from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.export.retraining import retraining, why_not
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import line_of, project_of


def record(*, then: dict[str, Any] | None = None, edited: int | None = None, **settings: Any) -> RunRecord:
    """A run of 150 iterations with a change after 130, or an edit by hand after 120."""
    trainer = Trainer(TrainingConfig(**settings))
    trainer.advance(120)
    if edited is not None:
        trainer.set_parameters({edited: 0.5})
    trainer.advance(10)
    trainer.apply(trainer.config.changed(**(then or {})))
    trainer.advance(20)
    return trainer.record()


def test_it_begins_at_the_start_and_makes_as_many_iterations_as_the_run() -> None:
    found = retraining(record(then={"aggression": 3.0}))
    assert (found.start.iteration, found.iterations) == (0, 150)
    assert found.settings == {0: {"aggression": 7.0, "noise": 1.0}, 130: {"aggression": 3.0, "noise": 1.0}}


@pytest.mark.parametrize("then", [{"curve": "circle"}, {"points": 50}, {"seed": 9}, {"optimizer": "adam"}])
def test_it_begins_where_something_changed_that_a_script_cannot_change(then: dict[str, Any]) -> None:
    found = retraining(record(then=then))
    assert (found.start.iteration, found.iterations) == (130, 20)
    assert found.config == TrainingConfig().changed(**then)


def test_it_begins_behind_what_was_edited_by_hand() -> None:
    found = retraining(record(edited=3))
    assert (found.start.iteration, found.start.parameters[3]) == (120, 0.5)


def test_a_run_that_has_made_no_iteration_is_trained_up_to_its_goal() -> None:
    found = retraining(Trainer(TrainingConfig(iterations=70)).record())
    assert found.iterations == 70
    assert np.array_equal(found.start.parameters, Trainer(TrainingConfig()).parameters)


def test_the_end_of_a_run_as_a_line_of_text_is_trained_on_from_there() -> None:
    trainer = Trainer(TrainingConfig(iterations=120))
    trainer.advance(120)
    found = retraining(project_of(line_of(Project(trainer.record()))).record)
    assert (found.start.iteration, found.iterations) == (120, 120)


def test_a_network_that_has_grown_is_trained_from_where_it_grew() -> None:
    before = record(optimizer="adam", aggression=0.1)
    grown = Trainer.going_on(PlannedOperations.planned(before.config, AddNeurons(1, 2)).on(before))
    grown.advance(50)
    found = retraining(grown.record())
    assert (found.start.iteration, found.iterations, found.config.hidden) == (150, 50, (8, 7))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"optimizer": "lbfgs"}, "L-BFGS"),
        ({"batch": 10}, "mini-batches"),
        ({"frozen": (1,)}, "frozen"),
        ({"hidden": (3,) * 9}, "more than 8 hidden layers"),
        ({"hidden": (600, 600)}, "weights and biases"),
    ],
)
def test_what_cannot_be_written_readably_is_said_with_what_to_do(settings: dict[str, Any], words: str) -> None:
    reason = why_not(TrainingConfig(**settings))
    assert words in reason
    assert reason.endswith("Save its data instead.")
    with pytest.raises(ValueError, match=words):
        retraining(Trainer(TrainingConfig(**settings)).record())


def test_what_an_optimiser_remembers_of_another_curve_is_not_in_a_script() -> None:
    with pytest.raises(ValueError, match=r"Adam remembers iterations before number 130.*Reset the run"):
        retraining(record(optimizer="adam", aggression=0.1, then={"curve": "circle"}))
