"""A word on the command line stands for a file that is there, or else for a line of text."""

from pathlib import Path

import pytest

from curvegui.cli.found_run import find_run, stands_for_run
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.format.section import ProjectError
from curvegui.files.project.open_any import Kind
from curvegui.files.project.project import Project, save
from curvegui.files.project.text_line import line_of

PROJECT = Project(Trainer(TrainingConfig(seed=77)).record(), name="mine")
LINE = line_of(PROJECT)


@pytest.mark.parametrize("word", [LINE, f" {LINE[:60]}\n> {LINE[60:]} "])
def test_a_line_of_text_is_a_run(word):
    found = find_run(word)
    assert (found.kind, found.path) == (Kind.TEXT, None)
    assert found.project.record.config.seed == 77
    assert stands_for_run(word)


def test_a_file_is_a_run(tmp_path):
    path = tmp_path / "heart.curvegui"
    save(path, PROJECT)
    found = find_run(str(path))
    assert (found.kind, found.path, found.project.name) == (Kind.PROJECT, path, "mine")
    assert stands_for_run(str(path))


def test_a_file_that_is_called_like_a_line_is_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save("curvegui1:heart", PROJECT)
    assert find_run("curvegui1:heart").path == Path("curvegui1:heart")


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("heart.png", "There is no such file."),
        ("curvegui1.png", "There is no such file."),
        (LINE[:-10], "is cut short"),
        ("curvegui1:700:abc", "is cut short"),
        ("x" * 5_000, "This text is not a run"),
        ("\0", "No file can have this name."),
        (".", "It is a folder."),
    ],
)
def test_what_is_neither_is_refused_with_a_reason(word, reason, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ProjectError, match=reason.replace(".", r"\.")):
        find_run(word)


@pytest.mark.parametrize("word", ["trian", "\0", "heart.png"])
def test_another_word_stands_for_nothing(word, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert not stands_for_run(word)
