"""``curvegui info``: the same is told of a run whatever it is in."""

import json
from pathlib import Path

import pytest

from curvegui import __version__
from curvegui.cli import main
from curvegui.cli.picture import LAYERS, PictureStyle
from curvegui.cli.saving import RunSaver, save_all
from curvegui.core.engine.backend import Backend
from curvegui.core.learner.caption import short_cost
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.project.project import Project, save

CONFIG = TrainingConfig(hidden=(4, 5), seed=77, activation="tanh", aggression=0.5, points=50)
FILES = ("heart.curvegui", "heart.png", "heart.svg", "heart.txt")


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    made = Trainer(CONFIG)
    made.advance(450)
    return made


@pytest.fixture(scope="module")
def folder(trainer, tmp_path_factory, qapp) -> Path:
    """A folder with a run in every form that can be opened, and a picture without it."""
    made = tmp_path_factory.mktemp("runs")
    project = Project(trainer.record(goal=900), name="Anna's", saved_at="2026-11-24T18:20:00Z")
    style = PictureStyle("classic", 60, 1, LAYERS)
    save_all([made / name for name in FILES], RunSaver(trainer, style, project))
    save_all([made / "stripped.png"], RunSaver(trainer, PictureStyle("classic", 60, 1, LAYERS, with_run=False)))
    return made


def told(capsys, *words: str) -> tuple[int, str, str]:
    status = main("info", words)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize("name", FILES)
def test_json_tells_everything(name, folder, trainer, capsys):
    status, out, err = told(capsys, str(folder / name), "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert found["file"] == str(folder / name)
    assert (
        found["kind"]
        == {"curvegui": "project", "png": "PNG picture", "svg": "SVG drawing", "txt": "text"}[name.partition(".")[2]]
    )
    assert (found["name"], found["curve"], found["seed"]) == ("Anna's", "heart", 77)
    assert (found["iteration"], found["goal"], found["layers"]) == (450, 900, [1, 4, 5, 2])
    assert found["parameters"]["W2"] == [5, 4]
    assert found["cost"] == pytest.approx(trainer.snapshot().cost, rel=1e-9)
    assert TrainingConfig(**found["settings"]) == CONFIG
    assert found["diverged"] is False


def test_people_are_told_in_lines(folder, capsys):
    status, out, _ = told(capsys, str(folder / "heart.curvegui"))
    lines = dict(line.split(maxsplit=1) for line in out.replace("made by", "made_by").splitlines())
    assert status == 0
    assert lines["file"] == f"{folder / 'heart.curvegui'} (project)"
    assert lines["name"] == "Anna's"
    assert lines["curve"] == "heart, 50 points"
    assert lines["iterations"] == "450 of 900"
    assert lines["layers"] == "1–4–5–2"
    assert lines["neurons"] == "tanh, logistic output"
    assert lines["timeline"] == "6 keyframes from iteration 0 on"
    assert lines["saved"] == "2026-11-24T18:20:00Z"
    assert lines["made_by"] == f"CurveGUI {__version__}"


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        ({}, "optimiser   Steepest descent\naggression  7\nnoise       1\nengine"),
        ({"optimizer": "lbfgs", "schedule": "cosine", "batch": 9}, "optimiser   L-BFGS\nengine"),
        ({"optimizer": "lbfgs", "weight_decay": 0.01}, "optimiser    L-BFGS\nweight decay 0.01\nengine"),
        (
            {"optimizer": "adam", "aggression": 0.1, "schedule": "step", "schedule_over": 2_000, "batch": 9},
            "optimiser     Adam\naggression    0.1\nnoise         1\nmomentum      0.9\nmemory        0.99\n"
            "schedule      step\nschedule over 2,000 iterations\nmini-batch    9\nengine",
        ),
    ],
)
def test_the_optimiser_is_told_with_the_settings_that_it_has(settings, lines, tmp_path, capsys):
    made = Trainer(TrainingConfig(**settings))
    made.advance(3)
    save(tmp_path / "run.curvegui", Project(made.record()))
    assert lines in told(capsys, str(tmp_path / "run.curvegui"))[1]


def test_what_computed_it_is_told_where_that_is_known(folder, tmp_path, capsys):
    made = Trainer(CONFIG)
    made.advance(100)
    made.calculate_with(Backend(precision="single"))
    made.advance(100)
    save(tmp_path / "run.curvegui", Project(made.record()))
    assert (
        "engine      NumPy engine, then NumPy engine, single precision\n"
        in told(capsys, str(tmp_path / "run.curvegui"))[1]
    )
    found = json.loads(told(capsys, str(tmp_path / "run.curvegui"), "--json")[1])
    assert found["engines"] == [
        {"from": 0, "engine": "numpy", "precision": "double", "engine_version": 0},
        {"from": 100, "engine": "numpy", "precision": "single", "engine_version": 0},
    ]
    single = Trainer(CONFIG, Backend(precision="single"))
    single.advance(100)
    save(tmp_path / "single.curvegui", Project(single.record()))
    assert "engine      NumPy engine, single precision\n" in told(capsys, str(tmp_path / "single.curvegui"))[1]
    assert "engine      NumPy engine\n" in told(capsys, str(folder / "heart.txt"))[1]


def test_a_line_itself_can_be_asked_about(folder, capsys):
    found = json.loads(told(capsys, (folder / "heart.txt").read_text(), "--json")[1])
    assert (found["file"], found["kind"], found["seed"]) == (None, "text", 77)


def test_a_run_that_diverged_is_told(tmp_path, capsys):
    trainer = Trainer(TrainingConfig(aggression=1e5, activation="relu", output_activation="linear"))
    trainer.advance(2_000)
    save_all([tmp_path / "a.curvegui"], RunSaver(trainer, PictureStyle("classic", 60, 1, LAYERS)))
    assert ", diverged" in told(capsys, str(tmp_path / "a.curvegui"))[1]
    assert json.loads(told(capsys, str(tmp_path / "a.curvegui"), "--json")[1])["diverged"] is True


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nothing.png", "“nothing.png” could not be opened. There is no such file."),
        ("stripped.png", "This picture was made by CurveGUI, but it does not contain its run. Websites often strip"),
        (".", "It is a folder."),
    ],
)
def test_what_contains_no_run_ends_with_status_2_and_one_sentence_or_two(name, reason, folder, capsys):
    status, out, err = told(capsys, str(folder / name))
    assert (status, out) == (2, "")
    assert reason in err
    assert err.count("\n") == 1


def test_a_run_that_is_tested_tells_both_costs_and_what_it_is_tested_on(tmp_path, capsys):
    trainer = Trainer(TrainingConfig(hidden=(3,), data_noise=0.02, train_one_in=5))
    trainer.advance(20)
    save(tmp_path / "tested.curvegui", Project(trainer.record()))
    status, out, _ = told(capsys, str(tmp_path / "tested.curvegui"))
    assert status == 0
    assert f"\ntest cost   {short_cost(trainer.snapshot().test_cost)}\n" in out
    assert "\ndata noise  0.02\n" in out
    assert "\ntrained on  one point in 5\n" in out
    found = json.loads(told(capsys, str(tmp_path / "tested.curvegui"), "--json")[1])
    assert found["test_cost"] == trainer.snapshot().test_cost
