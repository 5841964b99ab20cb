"""A contact sheet: a neat grid in three formats, painted in pieces."""

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from curvegui.figure.drawing.figure import Figure
from curvegui.figure.drawing.look import DARK, LIGHT
from curvegui.figure.formats import LARGEST_SIDE_PX, PictureFormat, formats
from curvegui.figure.picture.contact_sheet import (
    CELL_PX,
    GAP_PX,
    ContactSheet,
    SheetCell,
    SheetGrid,
    possible_scale,
    suggested_columns,
)

LINES = ("heart", "cost 5.2e-4")


@pytest.fixture
def cells(figure: Figure) -> list[SheetCell]:
    still = Figure(figure.target, figure.trail[:0], figure.fit)
    return [SheetCell(still, DARK if number % 2 else LIGHT, LINES) for number in range(5)]


def painted(sheet: ContactSheet) -> bytes:
    for _ in sheet:
        pass
    return sheet.encode()


def pixels(png: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(np.int16)


def corner_of(index: int, columns: int) -> tuple[int, int]:
    """A pixel of a figure's background, just inside of its corner."""
    square = SheetGrid(5, columns, 2).square(index)
    return round(square.top()) + 4, round(square.left()) + 4


def test_every_figure_is_in_its_place_with_its_own_look(cells: list[SheetCell]) -> None:
    drawn = pixels(painted(ContactSheet(cells, 3, scale=1)))
    grid = SheetGrid(5, 3, 2)

    assert drawn.shape[:2] == (grid.height_px, grid.width_px)
    for index in range(5):
        wanted = (20, 24, 29) if index % 2 else (251, 251, 252)
        assert tuple(drawn[corner_of(index, 3)]) == wanted
    assert tuple(drawn[corner_of(5, 3)]) == (255, 255, 255)  # nothing is there
    assert (drawn[: GAP_PX - 1] == 255).all()


def test_the_words_are_under_their_figure_and_without_them_the_rows_are_closer(cells: list[SheetCell]) -> None:
    drawn = pixels(painted(ContactSheet(cells, 5, scale=1)))
    below = drawn[GAP_PX + CELL_PX + 2 :]
    assert (below < 200).any()
    bare = [SheetCell(cell.figure, cell.look) for cell in cells]
    without = pixels(painted(ContactSheet(bare, 5, scale=1)))
    assert len(without) < len(drawn)
    assert (without[GAP_PX + CELL_PX + 2 :] == 255).all()


@pytest.mark.parametrize("ending", formats(PictureFormat))
def test_it_is_painted_in_pieces_and_the_progress_goes_up(cells: list[SheetCell], ending: str) -> None:
    sheet = ContactSheet(cells, 3, ending)
    done = list(sheet)
    assert done == sorted(done)
    assert len(done) >= len(cells)
    assert sheet.encode()[:4] in (b"\x89PNG", b"%PDF", b"<?xm", b"RIFF")


def test_an_empty_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to put"):
        ContactSheet([], 3)


def test_a_png_that_would_be_too_long_is_refused_with_what_to_do(cells: list[SheetCell]) -> None:
    many = cells * 20
    with pytest.raises(ValueError, match=r"With 1 columns .* Choose about 11 columns, or PDF"):
        ContactSheet(many, 1)
    assert painted(ContactSheet(many, 1, "pdf"))


@pytest.mark.parametrize("count", [1, 2, 5, 30, 1_000, 3_000])
def test_the_suggested_columns_make_a_sheet_that_is_possible_and_about_square(count: int) -> None:
    grid = SheetGrid(count, suggested_columns(count), 2)
    scale = possible_scale(grid, formats(PictureFormat)["png"])
    assert 0 < scale <= 2
    assert max(grid.width_px, grid.height_px) * scale <= LARGEST_SIDE_PX
    assert count < 5 or 0.6 < grid.width_px / grid.height_px < 1.6
    assert (grid.rows - 1) * grid.columns < count <= grid.rows * grid.columns
