"""The picture formats know all about themselves, without Qt; one more of them is found everywhere."""

import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.film.options import FORMAT
from curvegui.figure.picture.export import render_bytes
from curvegui.figure.picture.formats import PICTURE_FORMATS, spelled


def test_each_has_a_name_for_people_and_says_whether_it_has_pixels() -> None:
    assert list(PICTURE_FORMATS)[:3] == ["png", "svg", "pdf"]
    told = [(each.label, each.has_pixels) for each in PICTURE_FORMATS.values()]
    assert told[:3] == [("PNG picture", True), ("SVG drawing", False), ("PDF document", False)]
    assert all(each.ending == ending for ending, each in PICTURE_FORMATS.items())


def test_reading_the_facts_loads_no_qt() -> None:
    code = "import sys, curvegui.cli.saving as s; print(*s.WRITTEN, 'PySide6' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split()[-1] == "False"
    assert set(PICTURE_FORMATS) < set(found.stdout.split())


@pytest.mark.parametrize("ending", [ending for ending, each in PICTURE_FORMATS.items() if each.has_pixels])
def test_one_with_pixels_is_what_qt_reads_again(figure: Figure, ending: str) -> None:
    data = render_bytes(figure, LOOKS["classic"], FigureOptions(background=False), ending, side_px=100, scale=1.5)
    image, as_png = (
        QImage.fromData(data, ending),
        QImage.fromData(
            render_bytes(figure, LOOKS["classic"], FigureOptions(background=False), "png", side_px=100, scale=1.5)
        ),
    )
    assert (image.width(), image.height()) == (150, 150)
    form = QImage.Format.Format_ARGB32
    assert image.convertToFormat(form) == as_png.convertToFormat(form)  # without loss


def test_one_more_is_painted_like_any_other(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {**PICTURE_FORMATS, "bmp": replace(PICTURE_FORMATS["png"], ending="bmp", largest_px=200)}
    monkeypatch.setattr(PICTURE_FORMATS, "_entries", entries)
    assert render_bytes(figure, LOOKS["light"], FigureOptions(), "bmp", side_px=100).startswith(b"BM")
    with pytest.raises(ValueError, match=r"at most 200 pixels, not 300"):
        render_bytes(figure, LOOKS["light"], FigureOptions(), "bmp", side_px=100, scale=3)


def test_formats_are_spelled_as_people_know_them():
    assert [spelled(ending) for ending in ("png", "webp", "csv")] == ["PNG", "WebP", "CSV"]
    assert ("webp", "WebP") in FORMAT.choices()
