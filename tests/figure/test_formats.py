"""The table of what a run can be saved as: read without Qt, and each entry leads to what makes the bytes."""

import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

from curvegui.figure import formats as table
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.film.film import FORMAT
from curvegui.figure.formats import FORMATS, CodeFormat, DataFormat, PictureFormat, ending_of, formats, spelled
from curvegui.figure.picture.export import render_bytes


def test_each_leads_to_what_makes_its_bytes_and_has_a_label_of_its_own_where_people_choose() -> None:
    assert all(callable(each.load()) for each in FORMATS)
    labels = [each.label for each in FORMATS if isinstance(each, (DataFormat, CodeFormat))]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_reading_the_facts_loads_no_qt() -> None:
    code = "import sys, curvegui.cli.saving as s; print(*s.formats(s.Format), 'PySide6' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split()[-1] == "False"


@pytest.mark.parametrize("ending", [ending for ending, each in formats(PictureFormat).items() if each.has_pixels])
def test_one_with_pixels_is_what_qt_reads_again(figure: Figure, ending: str) -> None:
    data = render_bytes(figure, LOOKS["classic"], FigureOptions(background=False), ending, side_px=100, scale=1.5)
    png = render_bytes(figure, LOOKS["classic"], FigureOptions(background=False), "png", side_px=100, scale=1.5)
    image, as_png = QImage.fromData(data, ending), QImage.fromData(png)
    assert (image.width(), image.height()) == (150, 150)
    form = QImage.Format.Format_ARGB32
    assert image.convertToFormat(form) == as_png.convertToFormat(form)  # without loss


def test_one_more_is_painted_like_any_other(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "FORMATS", [*FORMATS, PictureFormat("bmp", "old", largest_px=200)])
    assert render_bytes(figure, LOOKS["light"], FigureOptions(), "bmp", side_px=100).startswith(b"BM")
    with pytest.raises(ValueError, match=r"at most 200 pixels, not 300"):
        render_bytes(figure, LOOKS["light"], FigureOptions(), "bmp", side_px=100, scale=3)


def test_formats_are_spelled_as_people_know_them():
    assert [spelled(ending) for ending in ("png", "webp", "csv")] == ["PNG", "WebP", "CSV"]
    assert ("webp", "WebP") in FORMAT.choices()


def test_the_ending_of_a_name_says_the_format():
    names = ("a.PNG", "folder.svg/b", "run.train.py", "train.py", "c.tar.gz", ".png")
    assert [ending_of(name) for name in names] == ["png", "", "train.py", "py", "gz", ""]
