"""The curve that is learnt: from the name of a preset, a table, a drawing, a word or two formulas."""

import argparse

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontInfo

from curvegui.cli.curve_source import add_curve_options, take_curve
from curvegui.cli.options import config_from
from curvegui.core.curve.curve import Curve
from curvegui.figure.application import ensure_gui_application

pytestmark = pytest.mark.usefixtures("qapp")  # as there can be no other application later, with windows

TABLE = "x,y\n0,0\n1,0\n1,1\nnothing here\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="4" height="2"/></svg>'


def parser():
    made = argparse.ArgumentParser(prog="curvegui train")
    add_curve_options(made)
    return made


def config_of(*words):
    options = parser().parse_args(words)
    take_curve(parser(), options)
    return config_from(parser(), options)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "bent.csv"
    path.write_text(TABLE)
    return path


@pytest.fixture
def drawing(tmp_path):
    path = tmp_path / "box.svg"
    path.write_text(DRAWING)
    return path


def test_points_are_a_table_or_their_number_or_both(table, capsys):
    assert config_of("--points", "50").points == 50
    config = config_of("--points", str(table), "--points", "7")
    assert isinstance(config.curve, Curve)
    assert (config.points, config.curve.name, config.curve.closed) == (7, "bent", False)
    assert np.allclose(config.curve.points, [[0.1, 0.9, 0.9], [0.1, 0.1, 0.9]])
    assert "Line 5 was skipped" in capsys.readouterr().err


def test_a_drawing_stands_upright(drawing):
    curve = config_of("--svg", str(drawing)).curve
    assert isinstance(curve, Curve)
    assert (curve.name, curve.closed, curve.units.flipped) == ("box", True, True)
    assert np.ptp(curve.points, axis=1) == pytest.approx([0.8, 0.4])


def test_a_word_becomes_a_curve_of_its_letters():
    curve = config_of("--text", "Hi").curve
    assert isinstance(curve, Curve)
    assert curve.name == "Hi"
    assert curve.jumps.any()


def test_a_font_that_is_not_there_and_the_one_that_is_taken_are_named(capsys):
    ensure_gui_application()
    family = QFontInfo(QFont()).family()
    config_of("--text", "Hi", "--font", family, "--points", "100")
    assert capsys.readouterr().err == ""
    config_of("--text", "Hi", "--font", "No Such Font", "--points", "100")
    said = " ".join(capsys.readouterr().err.split())
    assert "“No Such Font” is not installed" in said
    assert "is not installed" in said


def test_a_word_is_learnt_at_as_many_points_as_its_corners_need_unless_a_number_is_given(capsys):
    assert config_of("--text", "hello").points > 100
    assert "points, because 100 would cut corners." in capsys.readouterr().err
    assert config_of("--text", "hello", "--points", "100").points == 100
    assert config_of("--formula", "cos(2 pi t)", "sin(2 pi t)").points == 100
    assert capsys.readouterr().err == ""


def test_other_letters_in_formulas_are_1_as_in_the_window(capsys):
    curve = config_of("--formula", "a cos(2βt)", "b t").curve
    assert curve.typed.values == {"a": 1.0, "β": 1.0, "b": 1.0}
    assert "a, β, b" in capsys.readouterr().err


def test_two_formulas_become_a_curve():
    curve = config_of("--formula", "cos(2 pi t)", "sin(2 pi t)").curve
    assert isinstance(curve, Curve)
    assert curve.closed
    assert np.hypot(*(curve.points - 0.5)) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--curve", "star", "--text", "Hi"], "There can be one curve only: --curve or --text."),
        (["--points", "a.csv", "--points", "b.csv"], "There can be one curve only: --points FILE."),
        (["--font", "Serif"], "--font is for --text."),
        (["--points", "no such.csv"], "no such.csv"),
        (["--svg", "no such.svg"], "“no such.svg” could not be opened. There is no such file."),
        (["--formula", "cos(", "t"], "x(t)"),
        (["--text", ""], "text"),
        (["--points", "1"], "Points: a whole number from 2 to 100,000."),
        (["--curve", "teapot"], "Curve: choose one of heart, "),
    ],
)
def test_what_is_no_curve_is_refused_with_status_2(words, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        config_of(*words)
    assert ended.value.code == 2
    assert sentence.lower() in " ".join(capsys.readouterr().err.split()).lower()
