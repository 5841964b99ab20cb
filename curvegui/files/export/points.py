"""Saves the points of a curve, without noise, in the person's own units: as a table, or as SVG."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from curvegui.core.curve.curve import Units
from curvegui.core.language.text import either, mark, tr
from curvegui.core.learner.target import Target
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.export import ExportError

CSV_HEADER = ("t", "x", "y")
MARGIN = 0.05  # of the larger side of a drawing
STROKE = 0.005
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">
<path d="{path}" fill="none" stroke="black" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>
</svg>
"""


def save_points(path: str | os.PathLike[str], target: Target, units: Units) -> None:
    """Save points in the format that the file's name ends in: csv or svg. Raises ``ExportError`` if there is no such
    format, ``WriteError`` if the file cannot be written."""
    ending = Path(path).suffix.removeprefix(".").lower()
    if ending not in POINT_FORMATS:
        words = mark("“{name}” cannot be saved: its name must end in {allowed}.")
        raise ExportError(tr(words, name=Path(path).name, allowed=either([f".{each}" for each in POINT_FORMATS])))
    write_bytes(path, POINT_FORMATS[ending](target, units).encode("ascii"))


def points_csv(target: Target, units: Units) -> str:
    """The points as a table (RFC 4180): t, x and y under their names, with every digit that they have."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CSV_HEADER)
    for row in np.vstack([target.t, units.to_person(target.curve_points)]).T.tolist():
        writer.writerow(map(repr, row))
    return text.getvalue()


def points_svg(target: Target, units: Units) -> str:
    """The points as one path of an SVG drawing, with gaps at jumps; turned over if the person's y axis points up."""
    x, y = units.to_person(target.curve_points)
    points = np.array([x, y if units.flipped else 0.0 - y])  # never -0.0
    low, size = points.min(axis=1), np.ptp(points, axis=1)
    side = float(size.max()) or 1.0
    box = [*(low - MARGIN * side).tolist(), *(size + 2 * MARGIN * side).tolist()]
    pairs, jumps = [f"{x!r},{y!r}" for x, y in points.T.tolist()], target.jumps.tolist()
    letters = ["M", *("M" if jump else "L" for jump in jumps[:-1])]
    path = "".join(letter + pair for letter, pair in zip(letters, pairs, strict=True))
    if target.closed and not jumps[-1]:
        path += f"L{pairs[0]}" if any(jumps) else "Z"
    return SVG.format(box=" ".join(map(repr, box)), path=path, width=repr(STROKE * side))


POINT_FORMATS: dict[str, Callable[[Target, Units], str]] = {"csv": points_csv, "svg": points_svg}
"""The formats the points can be saved in, by the ending of a file's name."""
