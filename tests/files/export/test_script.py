"""The script draws the fit with NumPy alone, and nothing of a project but its numbers is in it as code."""

import ast
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.run.replay import last_snapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.export import script as script_module
from curvegui.files.export.script import script

PYPLOT = """
def __getattr__(name):
    return lambda *args, **options: print(name, *args[:1] if name == "title" else ())
"""


@cache
def moment(iterations: int = 300, **settings: object) -> Snapshot:
    trainer = Trainer(TrainingConfig(**settings))  # type: ignore[arg-type]
    trainer.advance(iterations)
    return last_snapshot(trainer.record())


def run(text: str, folder: Path, *words: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a script as its reader would, with warnings as errors and without this package."""
    file = folder / "heart.py"
    file.write_text(text, encoding="ascii")
    command = [sys.executable, "-W", "error", "-P", str(file), *words]
    environment = {**os.environ, "PYTHONPATH": str(path or "")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def points_of(text: str, folder: Path) -> FloatArray:
    """What the script prints: t, x, y in three rows."""
    ended = run(text, folder, "--points")
    assert (ended.returncode, ended.stderr) == (0, "")
    return np.array([[float(word) for word in line.split()] for line in ended.stdout.splitlines()]).T


@pytest.mark.slow
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_its_points_are_those_of_the_fit(tmp_path: Path, activation: str) -> None:
    hidden = "sine" if activation == "linear" else activation
    shown = moment(hidden=(5, 4), activation=hidden, output_activation=activation, aggression=0.1, points=40)
    found = points_of(script(shown), tmp_path)

    assert np.array_equal(found[:1], shown.target.t)
    np.testing.assert_allclose(found[1:], shown.fit, rtol=0, atol=1e-12 * np.abs(shown.fit).max())


@pytest.mark.slow
@pytest.mark.parametrize("hidden", [(1,), (6, 7), (2, 3, 4, 5, 6)])
def test_networks_of_any_depth_are_drawn(tmp_path: Path, hidden: tuple[int, ...]) -> None:
    shown = moment(hidden=hidden)
    shown = replace(shown, target=replace(shown.target, name="ä'"))
    np.testing.assert_allclose(points_of(script(shown), tmp_path)[1:], shown.fit, rtol=0, atol=1e-12)


def test_it_draws_both_curves_into_a_file_of_its_readers_choice(tmp_path: Path) -> None:
    shown = moment()
    ended = run(script(shown), tmp_path, "picture.svg")
    drawing = ElementTree.parse(tmp_path / "picture.svg").getroot()
    curves = [each.attrib["points"].split() for each in drawing if each.tag.endswith("polyline")]
    x, y = np.array([[float(number) for number in point.split(",")] for point in curves[1]]).T

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["heart.py", "picture.svg"]
    np.testing.assert_allclose([x, 1 - y], shown.fit, atol=1e-5)
    assert len(curves[0]) == 100


def test_without_matplotlib_it_prints_the_points_and_says_what_else_it_can(tmp_path: Path) -> None:
    (tmp_path / "lacking" / "matplotlib").mkdir(parents=True)
    (tmp_path / "lacking" / "matplotlib" / "__init__.py").touch()  # one without pyplot
    ended = run(script(moment()), tmp_path, path=tmp_path / "lacking")
    assert ended.returncode == 0
    assert len(ended.stdout.splitlines()) == 100
    assert "install matplotlib, or add a name" in ended.stderr


def test_with_matplotlib_it_shows_both_curves_under_the_caption(tmp_path: Path) -> None:
    (tmp_path / "there" / "matplotlib").mkdir(parents=True)
    (tmp_path / "there" / "matplotlib" / "__init__.py").touch()
    (tmp_path / "there" / "matplotlib" / "pyplot.py").write_text(PYPLOT)
    ended = run(script(moment()), tmp_path, path=tmp_path / "there")
    called = [line.split()[0] for line in ended.stdout.splitlines()]
    assert (ended.returncode, called) == (0, ["plot", "plot", "axis", "title", "legend", "show"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ['""" + print(1) + """', "'; import os  #", "\\", "\n\nprint(1)\n", "ä"])
def test_what_a_curve_is_called_cannot_become_code(name: str) -> None:
    shown = moment()
    text = script(replace(shown, target=replace(shown.target, name=name)))
    title, tree = taken_title(text)

    assert title.startswith(f"{name} · ")
    assert tree == taken_title(script(shown))[1]


def taken_title(text: str) -> tuple[str, str]:
    """The title in a script, and the rest of it as a tree."""
    tree = ast.parse(text)
    (assignment,) = (each for each in tree.body if isinstance(each, ast.Assign) and "TITLE" in ast.unparse(each))
    assert isinstance(assignment.value, ast.Constant)
    title, assignment.value.value = assignment.value.value, ""
    return str(title), ast.dump(tree)


def test_a_network_too_large_to_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_module, "MOST_NUMBERS", 76)
    with pytest.raises(ValueError, match=r"it has 77 weights and biases.* Save its numbers as \.npz\."):
        script(moment(1))
