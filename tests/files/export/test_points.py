"""Training points, as other programs and CurveGUI itself read them."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve, Units, curve_through
from curvegui.core.learner.target import Target, build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.atomic import WriteError
from curvegui.files.export import ExportError
from curvegui.files.export.points import POINT_FORMATS, points_csv, points_svg, save_points
from curvegui.files.table.points import parse_table, read_table

POINTS = np.array([[-120.0, 300.0, 310.5, 0.1], [7.0, 8.0, 90.25, 40.0]])


def curve(closed: bool = True, flipped: bool = False) -> Curve:
    return curve_through("mine", POINTS, closed=closed, flipped=flipped)


def target(of: Curve, points: int = 50) -> Target:
    return build_target(TrainingConfig(curve=of, points=points))


def subpaths(svg: str) -> list[FloatArray]:
    """The points of each part of the one path, shape (2, n) each."""
    (path,) = ElementTree.fromstring(svg).findall("{*}path")
    parts = path.attrib["d"].rstrip("Z").split("M")[1:]
    return [np.array([each.split(",") for each in part.split("L")], np.float64).T for part in parts]


@pytest.mark.slow
@settings(max_examples=20)
@given(count=st.integers(2, 200), closed=st.booleans(), flipped=st.booleans())
def test_points_that_were_saved_are_the_same_when_they_are_read(count: int, closed: bool, flipped: bool) -> None:
    mine = curve(closed, flipped)
    wanted = target(mine, count)

    table = parse_table(points_csv(wanted, mine.units), "mine.csv")

    assert table.columns == ("x", "y", "t")
    assert np.array_equal(table.points, mine.units.to_person(wanted.points))
    assert np.array_equal(table.points[:, 0], POINTS[:, 0]) or table.points[:, 0] == pytest.approx(POINTS[:, 0])
    if count > 2:
        assert table.t is not None and np.array_equal(table.t, wanted.t[0])
        assert table.closed is closed
        again = table.curve()
        assert (again.closed, again.t.size) == (closed, count)


def test_a_table_is_as_the_standard_has_it() -> None:
    mine = curve()
    text = points_csv(target(mine), mine.units)

    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert header == ["t", "x", "y"]
    assert len(rows) == 50
    assert text.count("\r\n") == 51 and text.endswith("\r\n")
    assert re.fullmatch(r"[txy0-9.,e\r\n-]*", text)


def test_y_points_down_in_a_drawing() -> None:
    up, down = curve(), curve(flipped=True)

    (turned,) = subpaths(points_svg(target(up), up.units))
    (as_it_was,) = subpaths(points_svg(target(down), down.units))

    assert np.array_equal(turned * [[1], [-1]], up.units.to_person(target(up).points))
    assert np.array_equal(as_it_was, down.units.to_person(target(down).points))


def test_a_closed_curve_is_a_closed_path_and_an_open_one_is_not() -> None:
    assert 'Z"' in points_svg(target(curve()), curve().units)
    assert "Z" not in points_svg(target(curve(closed=False)), curve(closed=False).units)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("closed", [False, True])
def test_jumps_are_not_drawn(closed: bool, last: bool) -> None:
    plain = target(curve(closed), 5)
    jumps = np.array([False, True, False, False, last])

    parts = subpaths(points_svg(replace(plain, jumps=jumps), Units()))

    assert [part.shape[1] for part in parts] == [2, 4 if closed and not last else 3]
    if closed and not last:
        assert np.array_equal(parts[-1][:, -1], parts[0][:, 0])


def test_points_are_saved_by_the_ending_of_the_name(tmp_path: Path) -> None:
    mine = curve()
    wanted = target(mine)

    save_points(tmp_path / "mine.CSV", wanted, mine.units)
    save_points(tmp_path / "mine.svg", wanted, mine.units)

    assert np.array_equal(read_table(tmp_path / "mine.CSV").points, mine.units.to_person(wanted.points))
    assert (tmp_path / "mine.svg").read_text(encoding="ascii") == points_svg(wanted, mine.units)
    with pytest.raises(ExportError, match=r"mine\.xlsx.*must end in \.csv or \.svg"):
        save_points(tmp_path / "mine.xlsx", wanted, mine.units)
    with pytest.raises(WriteError):
        save_points(tmp_path / "gone" / "mine.csv", wanted, mine.units)
    assert list(POINT_FORMATS) == ["csv", "svg"]


def test_noise_is_not_saved_as_if_it_were_the_curve() -> None:
    noisy, clean = (build_target(TrainingConfig(points=9, data_noise=noise)) for noise in (0.1, 0.0))

    assert points_csv(noisy, Units()) == points_csv(clean, Units())
    assert points_svg(noisy, Units()) == points_svg(clean, Units())
