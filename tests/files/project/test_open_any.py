"""Whatever contains a run is opened, by what it is and not by what it is called."""

import errno
import os
from pathlib import Path

import pytest

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.format.section import ProjectError
from curvegui.files.project.in_picture import embedded
from curvegui.files.project.open_any import OTHERS, RunFileKind, find_run, open_any, stands_for_run
from curvegui.files.project.project import Project, encode, save
from curvegui.files.project.text_line import line_of
from tests.files.pictures import PNG, SVG
from tests.files.projects import everything, tiny_project

PROJECT = tiny_project()
LINE = line_of(PROJECT)
CONTENTS = {
    RunFileKind.PROJECT: encode(PROJECT),
    RunFileKind.PNG: embedded(PNG, PROJECT) or b"",
    RunFileKind.SVG: embedded(SVG, PROJECT) or b"",
    RunFileKind.TEXT: f"My heart:\n> {LINE[:70]}\n> {LINE[70:]}\n".encode(),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "heart.jpg"  # whatever it is called


@pytest.mark.parametrize("kind", RunFileKind)
def test_it_is_opened_by_its_content(path: Path, kind: RunFileKind) -> None:
    path.write_bytes(CONTENTS[kind])
    found = open_any(path)

    assert find_run(str(path)).kind is kind
    assert found.name == "tiny"
    assert (found.record.config, found.record.iteration) == (PROJECT.record.config, 100)
    if kind is RunFileKind.PROJECT:
        assert everything(found.record) == everything(PROJECT.record)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_text_is_read_in_the_encodings_that_editors_write(path: Path, encoding: str) -> None:
    path.write_bytes(f"für Anna: {LINE}".encode(encoding))
    assert open_any(path).name == "tiny"


def refusal(path: Path) -> str:
    with pytest.raises(ProjectError) as refused:
        open_any(path)
    return str(refused.value)


@pytest.mark.parametrize("content", [b"hello", b"\0\1\2", b"<html></html>", b"import numpy"])
def test_what_contains_no_run_is_told_what_could_be_opened(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refusal(path) == (
        "“heart.jpg” could not be opened. It contains no run. CurveGUI opens its own projects (.curvegui), its PNG "
        "and SVG pictures, and texts with a line that begins with “curvegui1:”. "
        "Curves are made of SVG drawings, tables of points and pictures."
    )


@pytest.mark.parametrize("start", OTHERS)
def test_other_pictures_and_films_are_named(path: Path, start: bytes) -> None:
    path.write_bytes(start + bytes(100))
    assert refusal(path) == (
        f"“heart.jpg” could not be opened. It is a {OTHERS[start]}, and those contain no runs. "
        "Open the project, or a PNG or SVG picture."
    )


@pytest.mark.parametrize("kind", RunFileKind)
def test_what_is_cut_short_is_refused_with_the_name_of_the_file(path: Path, kind: RunFileKind) -> None:
    content = CONTENTS[kind]
    path.write_bytes(content[: int(0.9 * len(content))])
    with pytest.raises(ProjectError, match=r"^“heart\.jpg” could not be opened\. \w.*\.$"):
        open_any(path)


def test_no_file_a_folder_and_an_empty_file_are_told(path: Path) -> None:
    assert refusal(path) == "“heart.jpg” could not be opened. There is no such file."
    assert "It is a folder." in refusal(path.parent)
    path.touch()
    assert "It is empty." in refusal(path)


def test_a_disk_that_fails_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(CONTENTS[RunFileKind.PNG])

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "open", fail)
    assert refusal(path) == "“heart.jpg” could not be opened. The disk reported a fault."


TRAINED = Project(Trainer(TrainingConfig(seed=77)).record(), name="mine")
TRAINED_LINE = line_of(TRAINED)


@pytest.mark.parametrize("word", [TRAINED_LINE, f" {TRAINED_LINE[:60]}\n> {TRAINED_LINE[60:]} "])
def test_a_line_of_text_is_a_run(word):
    found = find_run(word)
    assert (found.kind, found.path) == (RunFileKind.TEXT, None)
    assert found.project.record.config.seed == 77
    assert stands_for_run(word)


def test_a_file_is_a_run(tmp_path):
    path = tmp_path / "heart.curvegui"
    save(path, TRAINED)
    found = find_run(str(path))
    assert (found.kind, found.path, found.project.name) == (RunFileKind.PROJECT, path, "mine")
    assert stands_for_run(str(path))


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("heart.png", "There is no such file."),
        ("curvegui1.png", "There is no such file."),
        (TRAINED_LINE[:-10], "is cut short"),
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
