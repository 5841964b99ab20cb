"""The script for PyTorch: it trains the run again, where PyTorch is installed."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.export.retraining import STEPS
from curvegui.files.export.training_code import as_torch_script
from curvegui.files.project.project import Project

needs_torch = pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")
WAYS = [{"optimizer": name, "aggression": 0.01, "weight_decay": 0.01} for name in STEPS]
HIDDEN = [name for name, each in ACTIVATIONS.items() if each.is_hidden]
WAYS += [{"activation": name, "aggression": 0.1, "output_activation": "linear"} for name in HIDDEN]


def code(settings: dict[str, Any], momenta: dict[int, float] | None = None) -> tuple[str, list[float]]:
    """The script, and the costs that are wanted of it; the momentum changes at some iterations."""
    trainer = Trainer(TrainingConfig(**settings))
    costs = [trainer.engine.evaluate()[1]]
    for iteration in range(100):
        if momenta and iteration in momenta:
            trainer.apply(trainer.config.changed(momentum=momenta[iteration]))
        trainer.advance(1)
        costs.append(trainer.engine.evaluate()[1])
    return as_torch_script(Project(trainer.record())).decode(), costs


def costs_of(text: str, folder: Path) -> list[float]:
    """The costs of a script's first hundred iterations."""
    (folder / "again.py").write_text(text, encoding="ascii")
    ask = "import runpy; print(*runpy.run_path('again.py')['train'](100))"
    ended = subprocess.run([sys.executable, "-c", ask], cwd=folder, capture_output=True, text=True, check=True)
    return list(map(float, ended.stdout.split()))


@needs_torch
@pytest.mark.slow
@pytest.mark.parametrize("settings", [{}, *WAYS])
def test_the_first_hundred_costs_are_those_of_the_app(tmp_path: Path, settings: dict[str, Any]) -> None:
    text, costs = code(settings)
    assert costs_of(text, tmp_path) == pytest.approx(costs, rel=1e-7)


def pytorch_velocities(options: str, momenta: list[float]) -> list[float]:
    """The velocity after each iteration with J = 1, as the documentation of ``torch.optim.SGD`` has it."""
    velocity, found = None, []
    for momentum in momenta:
        given = eval(f"dict(lr=1.0{options})", {"now": {"momentum": momentum}})["momentum"]
        if given != 0:  # else it does not touch what it remembers
            velocity = 1.0 if velocity is None else given * velocity + 1.0
        found.append(1.0 if velocity is None or given == 0 else velocity)
    return found


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov"])
@pytest.mark.parametrize("momenta", [[0.9, 0.9, 0.0, 0.0, 0.9], [0.0, 0.5, 0.5]])
def test_momentum_that_was_off_begins_with_the_latest_jacobian(optimizer: str, momenta: list[float]) -> None:
    wanted, velocity = [], 0.0
    for momentum in momenta:
        velocity = momentum * velocity + 1.0
        wanted.append(velocity)
    assert pytorch_velocities(STEPS[optimizer].options, momenta) == wanted


@needs_torch
@pytest.mark.slow
@pytest.mark.parametrize("optimizer", ["momentum", "nesterov"])
def test_so_it_does_in_pytorch_itself(tmp_path: Path, optimizer: str) -> None:
    text, costs = code({"optimizer": optimizer, "aggression": 0.5}, {20: 0.0, 40: 0.9})
    assert costs_of(text, tmp_path) == pytest.approx(costs, rel=1e-7)
