"""``curvegui worksheet``: both files or none, and nothing that is there is touched."""

import json
import os
from importlib.util import find_spec

import pytest

from curvegui.cli import worksheet
from curvegui.exercise.file.learner_file import read_learner_file
from curvegui.exercise.verdict.judge import check
from curvegui.exercise.verdict.verdict import Grade
from curvegui.files.disk import atomic
from tests.help.command import run_here
from tests.notebook.validity import assert_valid

FILES = ["readonly/BackpropModule.ipynb", "worksheet.ipynb"]


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_it_writes_valid_notebooks_whose_functions_are_there_in_the_exercises_order(tmp_path):
    if find_spec("nbformat") is None:
        pytest.skip("needs nbformat, of the extra test")
    ended = run_here("worksheet", os.fspath(tmp_path / "new" / "folder"))
    folder = tmp_path / "new" / "folder"
    assert (ended.returncode, files_in(folder)) == (0, FILES)
    assert str(folder / "worksheet.ipynb") in ended.stdout
    assert_valid(*(folder / name for name in FILES))
    cells = json.loads((folder / "worksheet.ipynb").read_text(encoding="utf-8"))["cells"]
    codes = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    assert codes[0] == '%run "readonly/BackpropModule.ipynb"'
    names = [code[4:8] for code in codes if code.startswith("def J_")]
    assert names == ["J_W3", "J_b3", "J_W2", "J_b2", "J_W1", "J_b1"]
    assert "plot_training(x, y" in codes[-1]


def test_what_it_writes_can_be_checked(tmp_path):
    run_here("worksheet", os.fspath(tmp_path))
    report = check(read_learner_file(tmp_path / "worksheet.ipynb"), seed=1)
    grades = {name: verdict.grade for name, verdict in report.functions.items()}
    assert {name for name, grade in grades.items() if grade is Grade.RIGHT} == {"J_W3", "J_W2"}
    assert (report.altered, report.remarks) == ({}, ())


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_there_stays_and_none_is_written(tmp_path, name):
    (tmp_path / "readonly").mkdir()
    (tmp_path / name).write_text("mine", encoding="utf-8")
    ended = run_here("worksheet", os.fspath(tmp_path))
    assert ended.returncode == 2
    assert "already exists" in ended.stderr and name in ended.stderr
    assert files_in(tmp_path) == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_what_a_kill_between_the_two_has_left_is_completed(tmp_path):
    run_here("worksheet", os.fspath(tmp_path))
    (tmp_path / "worksheet.ipynb").unlink()
    ended = run_here("worksheet", os.fspath(tmp_path))
    assert (ended.returncode, files_in(tmp_path)) == (0, FILES)
    whole = [(tmp_path / name).read_bytes() for name in FILES]
    assert run_here("worksheet", os.fspath(tmp_path)).returncode == 2  # both are there: the person may have written
    assert [(tmp_path / name).read_bytes() for name in FILES] == whole


def test_where_the_second_file_cannot_be_written_nothing_is_left(tmp_path, monkeypatch):
    def write_bytes(path, data, **options):
        if path.name == "worksheet.ipynb":
            raise atomic.WriteError(28, "The disk is full.")
        atomic.write_bytes(path, data, **options)

    monkeypatch.setattr(worksheet, "write_bytes", write_bytes)
    ended = run_here("worksheet", os.fspath(tmp_path / "new"))
    assert (ended.returncode, ended.stderr) == (1, "The disk is full.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = run_here("worksheet", os.fspath(tmp_path / "file"))
    assert ended.returncode == 1
    assert "could not be made. Part of the path is not a folder. Choose" in ended.stderr
    assert ended.stderr.count("\n") == 1
