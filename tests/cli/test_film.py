"""Films on the command line: saved by train and export, and refused before anything is trained."""

import pytest
from PIL import Image

from curvegui.cli.picture import FILM_FIELDS
from curvegui.cli.train import main as train
from curvegui.figure.film.film import FilmOptions
from curvegui.files.film.mp4 import Mp4Animation

SMALL = ["--film-size", "64", "--seconds", "1", "--fps", "10"]


def test_the_options_are_those_that_films_have():
    assert set(FILM_FIELDS.values()) <= set(FilmOptions.__dataclass_fields__)


@pytest.mark.parametrize("ending", ["gif", "webp"])
def test_a_training_can_be_saved_as_a_film(ending, tmp_path):
    path = tmp_path / f"a.{ending}"
    words = ["--iterations", "500", "--quiet", *SMALL, "--no-caption", "--no-loop", "--save", str(path)]
    assert train(words) == 0
    with Image.open(path) as film:
        assert film.size == (64, 64)
        assert film.n_frames > 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--save", "a.gif", "--film-size", "3"], "Size:"),
        (["--save", "a.gif", "--seconds", "soon"], "Length:"),
        (["--save", "a.mp4", "--film-size", "101"], "even number of pixels"),
        (["--save", "a.gif", "--fps", "60"], "Frames per second"),
    ],
)
def test_a_film_that_is_not_possible_is_refused_before_the_training(words, sentence, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        train(["--iterations", "100", *words])
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_library_that_is_missing_is_named_before_the_training(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Mp4Animation, "missing", classmethod(lambda _: "Install it: pip install it."))
    with pytest.raises(SystemExit) as ended:
        train(["--iterations", "100", "--save", "a.mp4"])
    assert ended.value.code == 2
    assert "pip install it" in capsys.readouterr().err
