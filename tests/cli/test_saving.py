"""Files are checked before the training; what was trained is saved as far as it can be, in every form."""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from curvegui.cli import saving
from curvegui.cli.picture import LAYERS, FilmStyle, PictureStyle
from curvegui.cli.saving import (
    LARGEST,
    RunSaver,
    Saved,
    checked_path,
    refuse_unless_code,
    refuse_unless_fitting,
    save_all,
)
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.core.sound import SPEEDS_S, USUAL_SPEED, trace_sound, wav
from curvegui.figure.formats import Format, formats
from curvegui.figure.picture import export
from curvegui.figure.poster.style import LAYOUTS
from curvegui.files.project.open_any import open_any
from curvegui.files.project.project import ProjectError

STYLE = PictureStyle("dark", 60, 1, LAYERS)
FILM = FilmStyle(given={"seconds": 1.0, "side_px": 64, "frames_per_second": 5})
WITH_RUN = {"curvegui", "png", "svg", "txt"}


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    made = Trainer(TrainingConfig())
    made.advance(300)
    return made


def checked(*names: str, parameters: int = 77) -> tuple[Path, ...]:
    parser = argparse.ArgumentParser(prog="curvegui train")
    paths = tuple(checked_path(parser, name) for name in names)
    refuse_unless_fitting(parser, paths, parameters)
    return paths


def save(path: Path, trainer: Trainer, **style: object) -> Saved:
    return save_all([path], RunSaver(trainer, replace(STYLE, **style), film=FILM))


# Before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("heart.jpg", "“heart.jpg” cannot be saved: its name must end in one of .curvegui, .png, .svg, .pdf, .webp, "),
        ("heart", "must end in one of"),
        (".png", "must end in one of"),
        ("no/such/heart.png", f"there is no folder {Path('no/such')}."),
        ("folder.png", "there is a folder with this name."),
        ("x" * 300 + ".png", "cannot be saved"),
    ],
)
def test_what_cannot_be_saved_ends_with_status_2(name, sentence, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(SystemExit) as ended:
        checked(name)
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("curvegui train: error: ")
    assert sentence in last


def test_a_folder_that_may_not_be_written_to_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(saving.os, "access", lambda path, mode: False)
    with pytest.raises(SystemExit):
        checked(str(tmp_path / "heart.png"))
    assert f"you may not write in {tmp_path}" in capsys.readouterr().err


@pytest.mark.parametrize("ending", LARGEST)
def test_a_network_too_large_for_a_form_is_refused_before_it_is_trained(ending, tmp_path, capsys):
    assert checked(str(tmp_path / f"a.{ending}"), parameters=LARGEST[ending])
    with pytest.raises(SystemExit):
        checked(str(tmp_path / f"a.{ending}"), parameters=LARGEST[ending] + 1)
    assert f"the network is too large for .{ending}; save .npz instead." in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.train.py", "A.IPYNB", "a.torch.py"])
def test_code_that_nobody_could_read_is_refused_before_the_training(name, capsys):
    parser, other = argparse.ArgumentParser(), Path("a.py")
    refuse_unless_code(parser, [Path(name), other], TrainingConfig())
    refuse_unless_code(parser, [other], TrainingConfig(batch=10))
    with pytest.raises(SystemExit):
        refuse_unless_code(parser, [Path(name)], TrainingConfig(batch=10))
    assert "it uses mini-batches" in capsys.readouterr().err


# After


def test_a_sound_is_that_of_the_fit(tmp_path, trainer):
    path, snapshot = tmp_path / "heart.wav", trainer.snapshot()
    assert save(path, trainer).paths == (str(path),)
    assert path.read_bytes() == wav(trace_sound(snapshot.target.t[0], snapshot.fit, SPEEDS_S[USUAL_SPEED]))


@pytest.mark.parametrize("ending", formats(Format))
def test_every_form_is_saved_and_those_that_contain_the_run_give_it_back(ending, tmp_path, trainer, qapp):
    path = tmp_path / f"heart.{ending}"
    assert save(path, trainer) == Saved((str(path),))
    if ending not in WITH_RUN:
        with pytest.raises(ProjectError):
            open_any(path)
        return
    found = open_any(path).record
    assert (found.config, found.iteration) == (trainer.config, 300)
    np.testing.assert_allclose(found.parameters, trainer.parameters, rtol=0, atol=0 if ending != "txt" else 1e-12)


@pytest.mark.parametrize("still", [False, True])
def test_a_name_that_could_mean_a_film_as_well_is_a_picture_where_that_is_asked_for(still, tmp_path, trainer, qapp):
    path = tmp_path / "heart.webp"
    assert save_all([path], RunSaver(trainer, replace(STYLE, still=still), film=FILM)) == Saved((str(path),))
    with Image.open(path) as image:
        assert (image.n_frames == 1) == still


def test_a_picture_of_a_network_without_room_is_saved_and_that_is_said(tmp_path, qapp):
    path = tmp_path / "heart.png"
    saved = save(path, Trainer(TrainingConfig(hidden=(100, 100), points=2)))
    assert saved == Saved((str(path),), notes=("“heart.png” does not include the run: the network is too large.",))
    assert QImage(str(path)).width() == 60


def test_pictures_are_painted_in_the_size_and_layers_asked_for(tmp_path, trainer, qapp):
    path = tmp_path / "heart.png"
    save(path, trainer, side_px=100, scale=1.5, layers={**LAYERS, "background": False})
    image = QImage(str(path))
    assert (image.width(), image.height()) == (150, 150)
    assert image.pixelColor(1, 1).alpha() == 0
    save(path, trainer)
    assert QImage(str(path)).pixelColor(1, 1).alpha() == 255


def test_a_poster_has_the_size_of_its_paper_and_contains_the_run(tmp_path, trainer, qapp):
    assert save(tmp_path / "card.png", trainer, poster={"layout": "card", "paper": "white"}).failures == ()
    image = QImage(str(tmp_path / "card.png"))
    assert (image.width(), image.height()) == (LAYOUTS["card"].width, LAYOUTS["card"].height)
    assert open_any(tmp_path / "card.png").record.iteration == 300
    too_large = save(tmp_path / "large.png", trainer, poster={"layout": "portrait"}, scale=8)
    assert "from 1 to 4" in too_large.failures[0]


def test_one_file_that_fails_does_not_keep_the_others_from_being_saved(tmp_path, trainer, qapp):
    lost, good = tmp_path / "gone" / "a.png", tmp_path / "b.csv"
    saved = save_all([lost, good], RunSaver(trainer, STYLE))
    assert saved.paths == (str(good),)
    assert len(saved.failures) == 1
    assert "a.png" in saved.failures[0]
    assert "no such folder" in saved.failures[0]


def test_a_fault_of_ours_in_one_file_is_told_and_costs_no_other_one(tmp_path, trainer, monkeypatch):
    def lacking(project):
        raise ModuleNotFoundError("No module named 'wave'")

    monkeypatch.setattr("curvegui.files.export.sound.as_sound", lacking)
    saved = save_all([tmp_path / "a.wav", tmp_path / "b.csv"], RunSaver(trainer, STYLE))
    assert saved.paths == (str(tmp_path / "b.csv"),)
    (failure,) = saved.failures
    assert "“a.wav” could not be saved" in failure
    assert "No module named 'wave'" in failure


def test_want_of_memory_is_told_and_leaves_the_old_file_as_it_was(tmp_path, trainer, qapp, monkeypatch):
    path = tmp_path / "heart.png"
    path.write_bytes(b"the old one")

    def refuse(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(export, "render_bytes", refuse)
    assert save(path, trainer) == Saved((), (f"There is not enough memory to save “{path}”.",))
    assert path.read_bytes() == b"the old one"
