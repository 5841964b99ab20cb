"""The language of the command line: ``--language``, the terminal's, and what never changes."""

import argparse
import ast
import inspect
import json
import os
import re

import pytest

from curvegui.__main__ import main
from curvegui.cli.language import OF_ARGPARSE, choose_language
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


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["export", "x", "--json", "o.json"], "de"),  # a file to save
        (["train", "--json"], "en"),
        (["info", "x", "--json"], "en"),
    ],
)
def test_only_what_is_printed_for_programs_is_english(words, language):
    assert choose_language(["--language", "de", *words]) == words
    assert spoken() == language


def test_results_are_said_in_it_with_every_name(capsys, tmp_path):
    saved = str(tmp_path / "heart.curvegui")
    for words in ([*TRAIN, "--save", saved], ["info", saved]):
        assert main([*words, "--language", "brackets"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) > 5
        assert [line for line in lines if not line.startswith("[")] == []


def test_what_programs_read_never_changes(capsys):
    told = []
    for language in ("en", "brackets"):
        speak(None)
        assert main([*TRAIN, "--json", "--language", language]) == 0
        told.append(json.loads(capsys.readouterr().out))
    words = [{name: value for name, value in each.items() if isinstance(value, str)} for each in told]
    assert told[0].keys() == told[1].keys()
    assert words[0] == words[1]


NOT_FOR_PEOPLE = (
    r"is not callable|not defined|mode %r|can't open|conflicting|subparser|cannot merge|must be optional|dest="
    r"|conflict_resolution|invalid option string|unexpected option|unknown parser|subcommands|deprecated|warning"
    r"|invalid argument for positionals|program's version|\(default|%\(heading\)s"
)
"""What argparse says of a mistake in our code, and of what none of our commands has."""


def test_all_that_argparse_says_to_people_is_known():
    calls = [each for each in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(each, ast.Call)]
    texts = [each.args[0].value for each in calls if ast.unparse(each.func) == "_" and hasattr(each.args[0], "value")]
    assert len(texts) > len(OF_ARGPARSE)
    said = {text.rstrip() for text in texts if text and not re.search(NOT_FOR_PEOPLE, text)}
    assert said <= set(OF_ARGPARSE)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("de", "Aufruf:"),
        ("es", "uso:"),
        ("fr", "utilisation\u202f:"),
        ("ko", "사용법:"),
        ("zh", "用法:"),
        ("ar", "الاستخدام:"),
    ],
)
def test_help_has_no_word_of_argparses_own(code, words, capsys):
    with pytest.raises(SystemExit):
        main(["train", "--help", "--language", code])
    told = capsys.readouterr().out
    assert told.startswith(words)
    assert not re.search(r"usage:|show this|^(curve|files|settings|engine):", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["train", "--engine", "steam"], "ungültige Wahl: 'steam'"),
        (["train", "--engine"], "ein Wert wird erwartet"),
        (["train", "--formula", "t"], "2 Werte werden erwartet"),
        (["info"], "das fehlt: DATEI"),
        (["train", "--no-such"], "unbekannt: --no-such"),
        (["train", "--font", "Mono"], "--font ist für --text."),
    ],
)
def test_a_mistake_is_told_in_it(typed, words, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*typed, "--language", "de"])
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert f"curvegui {typed[0]}: Fehler: " in told
    assert words in told


@pytest.mark.parametrize("code", ["double", "x"])
def test_a_translation_that_argparse_could_not_fill_in_is_english(code, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["train", "--no-such", "--language", code])
    assert ended.value.code == 2
    assert "unrecognized arguments: --no-such" in capsys.readouterr().err
