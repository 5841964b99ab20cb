"""What a picture is to be is checked before the training; what was trained is saved as far as it can be."""

import argparse
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from curvegui.cli import picture
from curvegui.cli.picture import (
    ENDINGS,
    LOOK_NAMES,
    SCALE,
    SIZE,
    PictureOrder,
    add_picture_options,
    picture_order,
    save_pictures,
)
from curvegui.core.config import TrainingConfig
from curvegui.core.trainer import Trainer
from curvegui.figure import export
from curvegui.figure.look import LOOKS

LAYERS = {"background": True, "trail": True, "target": True, "axes": False, "caption": False}


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    made = Trainer(TrainingConfig())
    made.advance(300)
    return made


def order_of(*words: str) -> PictureOrder:
    parser = argparse.ArgumentParser(prog="curvegui train")
    add_picture_options(parser)
    return picture_order(parser, parser.parse_args(words))


def test_the_names_written_down_for_want_of_qt_are_those_of_the_painter():
    assert tuple(export.PICTURE_FORMATS) == ENDINGS
    assert tuple(LOOKS) == LOOK_NAMES
    assert SIZE.high == export.LARGEST_SIDE_PX
    assert SCALE.high == export.LARGEST_SCALE
    assert picture.DEFAULT_SIZE_PX == export.SIDE_PX


def test_the_options_say_which_layers_are_painted():
    assert order_of() == PictureOrder((), "classic", 900, 1, LAYERS)
    words = ("--no-background", "--no-trail", "--no-target", "--axes", "--caption", "--look", "dark")
    assert order_of(*words).layers == {name: not usual for name, usual in LAYERS.items()}
    assert order_of(*words).look == "dark"


def test_save_may_be_given_again(tmp_path):
    paths = [tmp_path / "a.png", tmp_path / "b.SVG"]
    assert order_of("--save", str(paths[0]), "--save", str(paths[1])).paths == tuple(paths)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--save", "heart.gif"], "“heart.gif” cannot be saved: a picture's name ends in one of .png, .svg, .pdf."),
        (["--save", "heart"], "ends in one of .png, .svg, .pdf."),
        (["--save", ".png"], "ends in one of .png, .svg, .pdf."),
        (["--save", "no/such/heart.png"], f"there is no folder {Path('no/such')}."),
        (["--save", "folder.png"], "there is a folder of this name."),
        (["--save", "x" * 300 + ".png"], "cannot be saved"),
        (["--size", "15"], "Size: a whole number from 16 to 16,384."),
        (["--size", "900.5"], "Size: a whole number from 16 to 16,384."),
        (["--size", "big"], "Size: a whole number from 16 to 16,384."),
        (["--scale", "8.5"], "Scale: a number from 1 to 8."),
        (["--size", "4096", "--scale", "5"], "Size times scale is at most 16,384 pixels"),
        (["--look", "neon"], "classic"),
    ],
)
def test_what_cannot_be_painted_or_saved_ends_with_status_2(words, sentence, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(SystemExit) as ended:
        order_of(*words)
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("curvegui train: error: ")
    assert sentence in last


def test_a_folder_that_may_not_be_written_to_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(picture.os, "access", lambda path, mode: False)
    with pytest.raises(SystemExit):
        order_of("--save", str(tmp_path / "heart.png"))
    assert f"you may not write in {tmp_path}" in capsys.readouterr().err


def test_pictures_are_painted_in_the_size_and_layers_asked_for(tmp_path, trainer, qapp):
    path = tmp_path / "heart.png"
    order = order_of("--save", str(path), "--size", "100", "--scale", "1.5", "--no-background")
    assert save_pictures(order, trainer) == ((str(path),), ())
    image = QImage(str(path))
    assert (image.width(), image.height()) == (150, 150)
    assert image.pixelColor(1, 1).alpha() == 0
    assert save_pictures(replace(order, layers=LAYERS), trainer)[0] == (str(path),)
    assert QImage(str(path)).pixelColor(1, 1).alpha() == 255


def test_the_caption_of_the_run_goes_into_the_picture(tmp_path, trainer, qapp):
    plain, captioned = tmp_path / "plain.svg", tmp_path / "captioned.svg"
    save_pictures(order_of("--save", str(plain), "--no-trail"), trainer)
    save_pictures(order_of("--save", str(captioned), "--no-trail", "--caption"), trainer)
    assert len(captioned.read_bytes()) > len(plain.read_bytes())
    assert "300 iterations" in captioned.read_text(encoding="utf-8")


def test_one_picture_that_fails_does_not_keep_the_others_from_being_saved(tmp_path, trainer, qapp):
    lost, good = tmp_path / "gone" / "a.png", tmp_path / "b.png"
    lost.parent.mkdir()
    order = order_of("--save", str(lost), "--save", str(good), "--size", "50")
    lost.parent.rmdir()
    saved, failures = save_pictures(order, trainer)
    assert saved == (str(good),)
    assert len(failures) == 1
    assert "a.png" in failures[0]
    assert "no such folder" in failures[0]


def test_a_picture_that_fails_leaves_the_old_file_as_it_was(tmp_path, trainer, qapp, monkeypatch):
    path = tmp_path / "heart.png"
    path.write_bytes(b"the old one")

    def refuse(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(export, "render_bytes", refuse)
    saved, failures = save_pictures(order_of("--save", str(path)), trainer)
    assert saved == ()
    assert failures == (f"There is not enough memory to paint “{path}”.",)
    assert path.read_bytes() == b"the old one"
