"""The script and the notebook train the run again: their costs are those of the trainer."""

import json
import os
import runpy
import subprocess
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curvegui.core.arrays import FloatArray
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import SCHEDULES
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.export.retraining import STEPS
from curvegui.files.export.training_code import as_notebook, as_numpy_script
from curvegui.files.project.project import Project
from tests.notebook.validity import assert_valid

COUNT = 100
RATES = {name: entry.usual / 10 for name, entry in OPTIMIZERS.items()}


def trained(**settings: Any) -> Trainer:
    trainer = Trainer(TrainingConfig(**settings))
    trainer.advance(COUNT)
    return trainer


def costs_of(settings: dict[str, Any]) -> FloatArray:
    """What the trainer's costs are after each of the first iterations, the start included."""
    trainer = Trainer(TrainingConfig(**settings))
    costs = [trainer.engine.evaluate()[1]]
    for _ in range(COUNT):
        trainer.advance(1)
        costs.append(trainer.engine.evaluate()[1])
    return np.array(costs)


def assert_trains_alike(settings: dict[str, Any], folder: Path) -> None:
    path = folder / "again.py"
    path.write_text(as_numpy_script(Project(trained(**settings).record())).decode(), encoding="ascii")
    found = runpy.run_path(str(path))["train"](COUNT)
    np.testing.assert_allclose(found, costs_of(settings), rtol=1e-8)


def test_the_first_hundred_costs_of_the_usual_run_are_those_of_the_app(tmp_path: Path) -> None:
    assert_trains_alike({}, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(("optimizer", "schedule"), [*zip(STEPS, cycle(SCHEDULES), strict=False)])
def test_every_optimiser_and_schedule_that_it_can_write(tmp_path: Path, optimizer: str, schedule: str) -> None:
    way = {"schedule": schedule, "schedule_over": 60, "weight_decay": 0.01, "momentum": 0.8, "memory": 0.95}
    assert_trains_alike({"optimizer": optimizer, "aggression": RATES[optimizer], **way}, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_and_other_layers(tmp_path: Path, activation: str) -> None:
    hidden = activation if ACTIVATIONS[activation].is_hidden else "sine"
    layers = {"hidden": (5, 3, 4) if activation == "tanh" else (4,), "activation": hidden}
    data = {"output_activation": activation, "points": 60, "train_one_in": 3, "data_noise": 0.01}
    assert_trains_alike({**layers, **data, "aggression": 0.1}, tmp_path)


def test_settings_that_were_changed_on_the_way_change_in_the_script_too(tmp_path: Path) -> None:
    trainer = trained()
    trainer.apply(trainer.config.changed(aggression=3.0, noise=0.5))
    trainer.advance(20)
    path = tmp_path / "again.py"
    path.write_text(as_numpy_script(Project(trainer.record())).decode(), encoding="ascii")
    found = runpy.run_path(str(path))["train"]()
    assert len(found) == 121
    assert found[-1] == pytest.approx(trainer.engine.evaluate()[1], rel=1e-8)


def test_as_a_program_it_says_what_came_of_it_without_this_package_or_matplotlib(tmp_path: Path) -> None:
    (tmp_path / "again.py").write_text(as_numpy_script(Project(trained().record())).decode(), encoding="ascii")
    (tmp_path / "matplotlib.py").write_text("raise ImportError", encoding="ascii")
    command = [sys.executable, "-W", "error", str(tmp_path / "again.py")]
    ended = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "After 100 iterations" in ended.stdout
    assert "install matplotlib" in ended.stdout


def test_the_notebook_is_one_and_its_cells_train_alike(tmp_path: Path) -> None:
    path, text = tmp_path / "training.ipynb", as_notebook(Project(trained().record())).decode()
    path.write_text(text, encoding="utf-8")
    assert_valid(path)
    cells = json.loads(text)["cells"]
    names: dict[str, Any] = {}
    *most, last = (each["source"] for each in cells if each["cell_type"] == "code")
    for source in most:
        exec(source, names)
    np.testing.assert_allclose(names["train"](COUNT), costs_of({}), rtol=1e-8)
    assert last.startswith("costs = train()")
