"""No command writes over what it reads, nor two things into one file: it says so before anything is computed."""

import os

import pytest

from tests.help.command import run_here

TABLE = "x,y\n0,0\n1,0\n1,1\n0,1\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="4" height="2"/></svg>'
TRAIN = ("train", "--iterations", "10", "--quiet")
SWEEP = ("sweep", "--seeds", "2", "--iterations", "10", "--quiet")


@pytest.fixture
def folder(tmp_path, qapp):
    """A folder with a table, a drawing and the results of a sweep, each under a second name, too."""
    (tmp_path / "points.csv").write_text(TABLE)
    (tmp_path / "drawing.svg").write_text(DRAWING)
    (tmp_path / "linked.csv").symlink_to("points.csv")
    (tmp_path / "linked.svg").symlink_to("drawing.svg")
    os.link(tmp_path / "drawing.svg", tmp_path / "same.svg")
    (tmp_path / "later.png").symlink_to("new.png")
    (tmp_path / "inside").symlink_to(".")
    return tmp_path


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ((*TRAIN, "--points", "points.csv", "--save", "points.csv"), "points.csv"),
        ((*TRAIN, "--points", "points.csv", "--save", "linked.csv"), "linked.csv"),
        ((*TRAIN, "--points", "linked.csv", "--points", "20", "--save", "points.csv"), "points.csv"),
        ((*TRAIN, "--svg", "drawing.svg", "--save", "drawing.svg"), "drawing.svg"),
        ((*TRAIN, "--svg", "drawing.svg", "--save", "a.png", "--save", "same.svg"), "same.svg"),
        ((*TRAIN, "--save", "new.png", "--save", "inside/new.png"), "new.png"),
        ((*TRAIN, "--save", "new.png", "--save", "later.png"), "later.png"),
        ((*SWEEP, "--svg", "drawing.svg", "--picture", "linked.svg"), "linked.svg"),
        ((*SWEEP, "--svg", "drawing.svg", "--plot", "drawing.svg"), "drawing.svg"),
        ((*SWEEP, "--svg", "drawing.svg", "--keep", "drawing.svg"), "drawing.svg"),
        ((*SWEEP, "--keep", "new.svg", "--picture", "new.svg"), "new.svg"),
        ((*SWEEP, "--keep", "new.svg", "--plot", "inside/new.svg"), "new.svg"),
        ((*SWEEP, "--picture", "new.png", "--plot", "new.png"), "new.png"),
    ],
)
def test_one_file_for_two_things_is_refused_and_all_stays(folder, words, name):
    before = content(folder)
    ended = run_here(*words, cwd=folder)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert f"{name}” " in ended.stderr.splitlines()[-1]
    assert content(folder) == before


def test_the_results_that_a_sweep_goes_on_with_are_no_picture(folder):
    assert run_here(*SWEEP, "--keep", "results.svg", "--workers", "1", cwd=folder).returncode == 0
    before = content(folder)
    assert run_here("sweep", "--resume", "results.svg", "--picture", "results.svg", cwd=folder).returncode == 2
    assert content(folder) == before
