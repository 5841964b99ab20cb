"""What pictures are to look like, from the options."""

import argparse

import pytest

from curvegui.cli.picture import (
    LAYERS,
    LAYOUT_NAMES,
    LOOK_NAMES,
    PALETTE_NAMES,
    PAPER_NAMES,
    PictureStyle,
    add_picture_options,
    picture_style,
)
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.poster.style import LAYOUTS, PALETTES, PAPERS


def style_of(*words: str, **usual: object) -> PictureStyle:
    parser = argparse.ArgumentParser(prog="curvegui train")
    add_picture_options(parser)
    return picture_style(parser, parser.parse_args(words), **usual)


def test_the_names_written_down_for_want_of_qt_are_those_of_the_painter():
    assert tuple(LOOKS) == LOOK_NAMES


def test_the_names_for_posters_are_those_of_the_painter_too():
    assert (tuple(LAYOUTS), tuple(PALETTES), tuple(PAPERS)) == (LAYOUT_NAMES, PALETTE_NAMES, PAPER_NAMES)


def test_pictures_become_posters_with_a_size_and_colours_of_their_own():
    assert style_of().poster is None
    style = style_of("--poster", "card", "--palette", "viridis", "--paper", "white", "--no-caption")
    assert style.poster == {
        "layout": "card", "palette": "viridis", "paper": "white", "target": False, "caption": False,
    }  # fmt: skip


def test_the_options_say_which_layers_are_painted_and_whether_the_run_is_in_it():
    words = ("--no-background", "--no-trail", "--no-target", "--axes", "--caption", "--look", "dark", "--no-run")
    style = style_of(*words)
    assert style.layers == {name: not usual for name, usual in LAYERS.items()}
    assert (style.look, style.with_run) == ("dark", False)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--size", "15"], "Size: a whole number from 16 to 16,384."),
        (["--size", "900.5"], "Size: a whole number from 16 to 16,384."),
        (["--size", "big"], "Size: a whole number from 16 to 16,384."),
        (["--scale", "8.5"], "Scale: a number from 1 to 8."),
        (["--size", "4096", "--scale", "5"], "Size times scale is at most 16,384 pixels"),
        (["--look", "neon"], "classic"),
        (["--palette", "viridis"], "--poster"),
    ],
)
def test_what_cannot_be_painted_ends_with_status_2(words, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        style_of(*words)
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("curvegui train: error: ")
    assert sentence in last
