"""The script for PyTorch: it trains the run again, where PyTorch is installed."""

import ast
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.export.retraining import STEPS
from curvegui.files.export.torch_code import torch_script

needs_torch = pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")
WAYS = [{"optimizer": name, "aggression": 0.01, "weight_decay": 0.01} for name in STEPS]
HIDDEN = [name for name, each in ACTIVATIONS.items() if each.is_hidden]
WAYS += [{"activation": name, "aggression": 0.1, "output_activation": "linear"} for name in HIDDEN]


def code(settings: dict[str, Any]) -> tuple[str, list[float]]:
    """The script, and the costs that are wanted of it."""
    trainer = Trainer(TrainingConfig(**settings))
    costs = [trainer.engine.evaluate()[1]]
    for _ in range(100):
        trainer.advance(1)
        costs.append(trainer.engine.evaluate()[1])
    return torch_script(trainer.record()), costs


@needs_torch
@pytest.mark.slow
@pytest.mark.parametrize("settings", [{}, *WAYS])
def test_the_first_hundred_costs_are_those_of_the_app(tmp_path: Path, settings: dict[str, Any]) -> None:
    text, costs = code(settings)
    (tmp_path / "again.py").write_text(text, encoding="ascii")
    ask = "import runpy; print(*runpy.run_path('again.py')['train'](100))"
    ended = subprocess.run([sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, text=True, check=True)
    np.testing.assert_allclose(list(map(float, ended.stdout.split())), costs, rtol=1e-7)


@pytest.mark.slow
@pytest.mark.parametrize("settings", [{}, *WAYS])
def test_it_is_python_of_the_right_kind_and_can_be_read(settings: dict[str, Any]) -> None:
    text, _ = code(settings)
    used = {ast.unparse(each) for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Attribute)}
    assert {"optimizer.zero_grad", "optimizer.step", "torch.float64", "parameter.grad"} <= used
    assert max(len(line) for line in text.splitlines() if not line.startswith("TITLE")) <= 120
