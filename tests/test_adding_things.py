"""One thing more in its one place, and the command line and the files have it; the window is in ``tests/ui``."""

import json
from dataclasses import replace

import numpy as np
import pytest

from curvegui.cli import sweep, train, window
from curvegui.core.ensemble.plan import VARIED, WallPlan, usual_ranges
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.sweep.plan import NOT_VARIED, parsed_axis
from curvegui.files.project.project import Project, decode, encode
from curvegui.files.project.text_line import line_of, project_of
from tests.files.projects import TINY
from tests.help import new_things
from tests.help.command import environment, run
from tests.help.lessons import parse_lesson

SMALL = ("--film-size", "64", "--seconds", "1", "--fps", "5", "--scale", "1", "--quiet", "--json")
OTHERS = {"curve": "circle", "hidden": (3, 4), "frozen": (0, 5), "iterations": 70, "points": 8, "train_one_in": 3}
"""Values that are not the defaults, where half of the default is not allowed or says too little."""


@pytest.fixture(scope="module")
def with_all(tmp_path_factory):
    """The outputs of commands of a program with one thing more of each kind, and the folder they were written to."""
    folder = tmp_path_factory.mktemp("new")
    learner, saved = folder / "mine.py", [folder / f"run.{ending}" for ending in ("curvegui", "bmp", "raw", "py")]
    learner.write_text(new_things.LEARNER)
    chosen = ["egg", "--activation", "gentle", "--optimizer", "signs", "--calmness", "2.5", "--iterations", "30"]
    commands = {
        "help": ["train", "--help"],
        "train": ["train", "--curve", *chosen, *SMALL, *(word for path in saved for word in ("--save", str(path)))],
        "info": ["info", "--json", str(saved[0])],
        "sweep": ["sweep", "--help"],
        "check": ["check", "--json", "--allow-code", str(learner)],
    }
    program = "-W", "error", "-m", "tests.help.new_things"
    env = environment(**new_things.with_a_setting(folder))
    done = run(program=program, stdin=None, input=json.dumps(list(commands.values())), env=env, cwd=folder)
    assert done.returncode == 0, done.stderr
    answers = dict(zip(commands, json.loads(done.stdout), strict=True))
    assert {name: status for name, (status, _) in answers.items()} == dict.fromkeys(commands, 0) | {"check": 1}, (
        done.stderr
    )
    texts = {name: text for name, (_, text) in answers.items()}
    words = {name: " ".join(texts.pop(name).split()) for name in ("help", "sweep")}
    return {"folder": folder, **words, **{name: json.loads(text) for name, text in texts.items()}}


def changed(name):
    """The settings of a tiny run with another value of this one."""
    setting, usual = SETTINGS[name], getattr(TINY, name)
    if name in OTHERS:
        return {name: OTHERS[name]}
    if setting.choices():
        return {name: next(choice for choice, _ in setting.choices() if choice != usual)}
    value = usual / 2 if usual else min(1.0, setting.high)
    return {name: int(value) if setting.whole else value}


@pytest.mark.slow  # a program of its own
def test_an_activation(with_all, monkeypatch):
    assert "softplus, gentle; default logistic." in with_all["help"]
    assert "softplus, linear, gentle; default" in with_all["help"]
    assert with_all["info"]["settings"]["activation"] == "gentle"
    assert "np.tanh(z / 2)" in (with_all["folder"] / "run.py").read_text()
    new_things.add_activation(monkeypatch.setattr)
    assert parsed_axis("activation=gentle,tanh").values == ("gentle", "tanh")


@pytest.mark.slow  # a program of its own
def test_a_preset(with_all, monkeypatch):
    assert "egg" in with_all["help"]
    assert (with_all["train"]["curve"], with_all["info"]["settings"]["curve"]) == ("egg", "egg")
    new_things.add_preset(monkeypatch.setattr)
    assert parsed_axis("curve=egg,heart").values == ("egg", "heart")


@pytest.mark.slow  # a program of its own
def test_an_optimiser(with_all, monkeypatch):
    assert "Signs: Goes by the sign of each Jacobian." in with_all["help"]
    assert (with_all["train"]["optimizer"], with_all["info"]["settings"]["optimizer"]) == ("signs", "signs")
    assert with_all["info"]["settings"]["aggression"] == TrainingConfig().aggression * 0.01 / 7  # the usual one of it
    new_things.add_optimizer(monkeypatch.setattr)
    assert parsed_axis("optimizer=signs,adam").values == ("signs", "adam")


@pytest.mark.slow  # a program of its own
def test_a_setting(with_all):
    assert "--calmness N How calm the run is. A number from 0 to 9; default 0.5." in with_all["help"]
    assert with_all["info"]["settings"]["calmness"] == 2.5
    assert " calmness" in with_all["sweep"].partition("any of ")[2].partition(".")[0]


@pytest.mark.slow  # a program of its own
def test_a_picture_format(with_all):
    assert ".bmp: a picture for the oldest programs" in with_all["help"]
    assert "PNG, WebP or BMP" in with_all["help"]
    assert (with_all["folder"] / "run.bmp").read_bytes()[:2] == b"BM"


@pytest.mark.slow  # a program of its own
def test_a_film_format(with_all):
    assert ".raw: a film without any packing" in with_all["help"]
    pixels = np.fromfile(with_all["folder"] / "run.raw", np.uint32)
    assert pixels.size == 5 * 64 * 64


@pytest.mark.slow  # a program of its own
def test_a_finding(with_all):
    assert with_all["train"]["diagnosis"]["headline"] == new_things.FINDING


@pytest.mark.slow  # a program of its own
def test_a_learners_mistake(with_all):
    verdict = with_all["check"]["functions"]["J_b3"]
    assert (verdict["verdict"], verdict["line"]) == ("wrong", 4)
    assert new_things.MISTAKE in verdict["reason"]


def test_a_lesson(monkeypatch):
    new_things.add_activation(monkeypatch.setattr)
    (step,) = parse_lesson(new_things.LESSON).steps
    assert step.settings == {"activation": "gentle"}
    facts = {"activation": "gentle", "finding plateau": True}
    assert step.until.holds(facts.get)


def test_every_setting_has_an_option_or_is_set_on_the_network():
    options = {each: " ".join(each.build_parser().format_help().split()) for each in (window, train)}
    for name, setting in SETTINGS.items():
        option = f"--{name.replace('_', '-')} "
        assert (option in options[window]) == setting.has_editor
        assert (option in options[train]) == (setting.has_editor and name != "speed")  # nobody watches


def test_every_setting_is_in_every_file():
    for name in SETTINGS:
        project = Project(Trainer(replace(TINY, **changed(name))).record())
        for kept in (decode(encode(project)), project_of(line_of(project))):
            assert {name: getattr(kept.record.config, name)} == changed(name)


def test_every_setting_can_be_swept_or_says_why_not():
    text = " ".join(sweep.build_parser().format_help().split())
    for name, setting in SETTINGS.items():
        assert bool(setting.example) != (name in NOT_VARIED)
        if name not in NOT_VARIED:
            assert parsed_axis(f"{name}={setting.example}").setting == name
            assert name in text
            continue
        with pytest.raises(ValueError, match=f"{setting.label} cannot be varied: {setting.why_not_varied}"):
            parsed_axis(f"{name}=1")


def test_every_setting_of_one_network_can_go_along_a_wall():
    ranges = usual_ranges()
    assert set(ranges) == {name for name in VARIED if name != "seed" and SETTINGS[name].choices is tuple}
    for name, (low, high) in ranges.items():
        assert WallPlan(varied=name, low=low, high=high).varied == name
