"""Every setting has an option, whose value the config judges in its own words."""

import argparse
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.cli.options import (
    add_engine_options,
    add_settings,
    config_from,
    number_or_text,
    refuse_unused,
    wanted_backend,
)
from curvegui.cli.train import main as train
from curvegui.cli.window import open_start, window_start
from curvegui.core.engine.backend import AUTO, Backend
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import EDITED_SETTINGS, SETTINGS, TrainingConfig
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import line_of
from tests.help.texts import texts
from tests.session.engines import NO_LIBRARY, without_c


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="curvegui train")
    add_settings(made, EDITED_SETTINGS)
    return made


def config_of(*words: str) -> TrainingConfig:
    return config_from(parser(), parser().parse_args(words))


def words_for(config: TrainingConfig) -> list[str]:
    words = []
    for name in EDITED_SETTINGS:
        value = getattr(config, name)
        words += [f"--{name.replace('_', '-')}", *map(str, value if isinstance(value, tuple) else [value])]
    return words


def test_without_options_the_config_is_the_usual_one():
    assert config_of() == TrainingConfig()


def test_an_option_changes_its_field_and_nothing_else():
    assert config_of("--trail-every", "7") == TrainingConfig(trail_every=7)
    assert config_of("--hidden", "3", "4", "5") == TrainingConfig(hidden=(3, 4, 5))
    assert config_of("--output-activation", "linear") == TrainingConfig(output_activation="linear")
    assert config_of("--iterations", "5e4").iterations == 50_000


@given(
    hidden=st.lists(st.integers(1, 40), min_size=1, max_size=8).map(tuple),
    aggression=st.floats(0, 1_000_000),
    noise=st.floats(0, 1_000),
    iterations=st.integers(1, 1_000_000_000),
    seed=st.integers(0, 2**31 - 1),
    activation=st.sampled_from(["logistic", "tanh", "relu", "sine"]),
)
def test_a_config_written_as_options_reads_back_equal(**settings):
    config = TrainingConfig(**settings)
    assert config_of(*words_for(config)) == config


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--aggression", text], "Aggression: a number from 0 to 1,000,000.")
        for text in ("nan", "inf", "1_000", "١٢", "１２", "1e400", "-1", "", " 7", "seven", "1,5", "0x10", "1.e", ".")
    ]
    + [
        (["--hidden", "0"], "Layers: a whole number from 1 to 20,000."),
        (["--hidden", "6", "2.5"], "Layers: a whole number from 1 to 20,000."),
        (["--hidden", *["2"] * 65], "Layers: from 1 to 64 hidden layers."),
        (["--iterations", "0"], "Iterations: a whole number from 1 to 1,000,000,000."),
        (["--seed", "1.5"], "Seed: a whole number from 0 to 2,147,483,647."),
        (["--curve", "no such"], "Curve: choose one of "),
        (["--activation", "linear"], "Neurons: choose one of logistic, tanh, relu, sine, softplus."),
        (["--hidden", "5000", "5000"], "would take about 3.2 GB"),
    ],
)
def test_a_bad_value_ends_with_status_2_and_the_configs_own_sentence(words, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        config_of(*words)
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("curvegui train: error: ")
    assert sentence in last


@given(texts())
def test_only_plain_ascii_numbers_are_read_as_numbers(text):
    if isinstance(number_or_text(text), float):
        assert re.fullmatch(r"[-+.eE0-9]+", text)
    else:
        assert number_or_text(text) is text


def test_help_gives_each_setting_its_tip_what_is_allowed_and_its_default():
    told = " ".join(parser().format_help().split())
    for setting in (SETTINGS[name] for name in EDITED_SETTINGS):
        assert setting.tip in told
    assert "A whole number from 1 to 1,000,000,000; default 50,000." in told
    assert "for each, a whole number from 1 to 20,000; default 6 7." in told
    assert "One of logistic, tanh, relu, sine, softplus, linear; default logistic." in told


def refuse(*words, ways=()):
    made = parser()
    options = made.parse_args(words)
    refuse_unused(made, options, ways or [config_from(made, options)])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--momentum", "0.5"],
            "Momentum: it has no effect with the optimiser descent. Use it with momentum, nesterov",
        ),
        (["--momentum", "0.9"], "Momentum: it has no effect"),  # as it is anyway: who gives it wants it to do something
        (["--memory", "0.5", "--optimizer", "momentum"], "Memory: it has no effect with the optimiser momentum"),
        (["--aggression", "7", "--optimizer", "lbfgs"], "Aggression: it has no effect with the optimiser lbfgs"),
        (["--batch", "10", "--optimizer", "levenberg-marquardt"], "Mini-batch: it has no effect"),
        (["--schedule", "step", "--optimizer", "lbfgs"], "Schedule: it has no effect"),
        (
            ["--schedule-over", "100"],
            "Schedule over: it has no effect with the schedule constant. Use it with cosine or",
        ),
    ],
)
def test_a_setting_that_does_nothing_ends_with_status_2_and_what_would_use_it(words, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        refuse(*words)
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


pytestmark = pytest.mark.costly

SHORT = TrainingConfig(iterations=1_000)


def parsed(*words):
    parser = argparse.ArgumentParser(prog="curvegui")
    add_engine_options(parser, "auto.")
    return parser, parser.parse_args(words)


def test_an_engine_that_is_asked_for_and_not_here_ends_with_status_2_and_the_reason(monkeypatch, capsys):
    without_c(monkeypatch)
    assert wanted_backend(*parsed()) == Backend(AUTO)
    line = line_of(Project(Trainer(SHORT).record()))
    for start in (window_start, train, lambda words: open_start([*words, line])):
        with pytest.raises(SystemExit) as ended:
            start(["--engine", "c"])
        assert ended.value.code == 2
        assert NO_LIBRARY in capsys.readouterr().err
