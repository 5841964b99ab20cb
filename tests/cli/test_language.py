"""The language of the command line: ``--language``, the terminal's, and what never changes."""

import json
import os

import pytest

from curvegui.__main__ import main
from curvegui.cli.language import choose_language
from curvegui.core.language.text import speak, spoken
from curvegui.files.disk.languages import BY_SYSTEM, VARIABLE

TRAIN = "train", "--iterations", "20", "--quiet", "--engine", "numpy"


@pytest.fixture(autouse=True)
def english_again(monkeypatch):
    for name in (VARIABLE, *BY_SYSTEM):
        monkeypatch.setenv(name, "")
    yield
    speak(None)


@pytest.mark.parametrize("option", [["--language", "brackets"], ["--language=brackets"]])
def test_a_language_is_chosen_and_the_other_options_stay(option):
    assert choose_language(["train", *option, "--quiet"]) == ["train", "--quiet"]
    assert spoken() == os.environ[VARIABLE] == "brackets"


def test_without_one_it_is_the_terminals(monkeypatch):
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert choose_language(["train"]) == ["train"]
    assert spoken() == "en"


def test_the_result_is_said_in_it(capsys):
    assert main([*TRAIN, "--language", "brackets"]) == 0
    assert "[" in capsys.readouterr().out


def test_what_programs_read_never_changes(capsys):
    told = []
    for language in ("en", "brackets"):
        speak(None)
        assert main([*TRAIN, "--json", "--language", language]) == 0
        told.append(json.loads(capsys.readouterr().out))
    words = [{name: value for name, value in each.items() if isinstance(value, str)} for each in told]
    assert told[0].keys() == told[1].keys()
    assert words[0] == words[1]
