"""Where what an SVG drawing has is, in plain numbers: as browsers draw it."""

from math import sqrt

import pytest

from curvegui.core.curve.curve import CurveError
from curvegui.figure.outline.svg import read_svg

BOX = 'viewBox="0 0 200 100"'


def edges(content: str, root: str = BOX) -> list[float]:
    """Left, top, right and bottom of a drawing's only part."""
    data = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {root}>{content}</svg>'
    (part,) = read_svg(data.encode(), "test.svg")
    return [*part.points.min(axis=1), *part.points.max(axis=1)]


def refused(content: str, root: str = BOX) -> str:
    with pytest.raises(CurveError) as caught:
        edges(content, root)
    return str(caught.value)


def line(x: str, y: str, more: str = "") -> str:
    return f'<line x2="{x}" y2="{y}" stroke="black" {more}/>'


@pytest.mark.parametrize(
    ("x", "y", "end"),
    [
        ("10", "1e1px", (10, 10)),
        ("2in", "72pt", (192, 96)),
        ("1cm", "10mm", (96 / 2.54, 96 / 2.54)),
        ("1pc", "40Q", (16, 96 / 2.54)),
        ("10%", "50%", (20, 50)),
        ("2em", "2ex", (32, 16)),
    ],
)
def test_lengths_have_units(x: str, y: str, end: tuple[float, float]) -> None:
    assert edges(line(x, y)) == pytest.approx([0, 0, *end])


@pytest.mark.parametrize("font", ['font-size="10"', 'style="font-size:7.5pt"', 'font-size="62.5%"', 'font-size="10px"'])
def test_the_size_of_the_font_is_the_nearest_one(font: str) -> None:
    assert edges(line("2em", "0", font)) == pytest.approx([0, 0, 20, 0])
    assert edges(f"<g {font}>{line('2em', '0')}</g>") == pytest.approx([0, 0, 20, 0])


def test_parts_of_the_viewport_are_those_of_the_drawing_and_of_a_drawing_in_it() -> None:
    radius = 0.1 * sqrt((200**2 + 100**2) / 2)
    wanted = [100 - radius, 50 - radius, 100 + radius, 50 + radius]
    assert edges('<circle cx="50%" cy="50%" r="10%"/>') == pytest.approx(wanted, abs=1e-3)
    assert edges(f'<svg x="50%" width="50%" height="50%">{line("50%", "50%")}</svg>') == pytest.approx(
        [100, 0, 150, 25]
    )
    assert edges(line("50%", "50%"), 'width="4cm" height="40"') == pytest.approx([0, 0, 192 / 2.54, 20])
    assert "“50%”" in refused(line("50%", "1"), "")


def test_a_style_may_say_where_a_shape_is() -> None:
    assert edges('<rect width="1" height="1" style="width:10%; y: 1in"/>') == pytest.approx([0, 96, 20, 97])


@pytest.mark.parametrize(
    ("attribute", "style"),
    [
        ("translate(20 30)", "translate(20px, 30px)"),
        ("rotate(45)", "rotate(45deg) !important"),
        ("skewX(30)", "skewX(30deg)"),
        ("matrix(1 2 3 4 5 6) scale(2e0)", "matrix(1,2,3,4,5,6) scale(2);transform-origin:0 0"),
        ("", "none"),
    ],
)
def test_a_transform_of_css_is_as_one_of_svg(attribute: str, style: str) -> None:
    shape = '<rect x="10" y="10" width="20" height="10" '
    assert edges(f'{shape} transform="rotate(9)" style="fill:red;transform:{style}"/>') == pytest.approx(
        edges(f'{shape} transform="{attribute}"/>')
    )


SYMBOL = '<symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol>'


@pytest.mark.parametrize(
    ("use", "wanted"),
    [
        ('<use href="#s" x="20" y="20" width="40" height="40"/>', [20, 20, 60, 60]),
        ('<use xlink:href="#s" x="10%" width="40" height="20" transform="scale(2)"/>', [60, 0, 100, 40]),
        ('<use href="#s"/>', [50, 0, 150, 100]),
    ],
)
def test_a_symbol_fills_what_uses_it(use: str, wanted: list[float]) -> None:
    assert edges(SYMBOL + use) == pytest.approx(wanted)
    assert edges(use + SYMBOL) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("ratio", "wanted"),
    [
        ("", [25, 0, 75, 50]),
        ("none", [0, 0, 100, 50]),
        ("xMinYMid", [0, 0, 50, 50]),
        ("xMaxYMid meet", [50, 0, 100, 50]),
        ("xMidYMax slice", [0, -50, 100, 50]),
    ],
)
def test_a_box_in_a_drawing_keeps_its_proportions_as_it_says(ratio: str, wanted: list[float]) -> None:
    inner = f'<svg width="100" height="50" viewBox="5 5 10 10" preserveAspectRatio="{ratio}">'
    assert edges(f'{inner}<rect x="5" y="5" width="10" height="10"/></svg>') == pytest.approx(wanted)


def test_the_whole_may_be_wider_than_it_was_drawn() -> None:
    root = 'width="300" height="1in" viewBox="0 0 100 96" preserveAspectRatio='
    assert edges('<rect width="10" height="10"/>', f'{root}"none"') == pytest.approx([0, 0, 30, 10])
    assert edges('<rect width="10" height="10"/>', f'{root}"xMidYMid"') == pytest.approx([0, 0, 10, 10])


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (line("calc(1px + 2%)", "1"), "“calc(1px + 2%)”"),
        (line("3vw", "1"), "“3vw”"),
        (line("1", "1", 'style="transform:rotateX(3deg)"'), "“rotateX(3deg)”"),
        (line("1", "1", 'style="transform:var(--a)"'), "“var(--a)”"),
        (line("1", "1", 'style="transform:translate(10%, 1px)"'), "“translate(10%, 1px)”"),
        (line("1", "1", 'transform="scale(2)" transform-origin="50% 15px"'), "“transform-origin: 50% 15px”"),
        (line("1", "1", 'style="transform:scale(2);transform-box:fill-box"'), "“transform-box: fill-box”"),
        ("<style>line{transform:scale(2)}</style>" + line("1", "1"), "“transform”"),
        ('<svg id="a" viewBox="0 0 1 1"/><use href="#a" width="20"/>', "<use>"),
    ],
)
def test_what_is_not_known_is_named(content: str, named: str) -> None:
    assert named in refused(content)
    assert "line 1" in refused(content)


def test_style_sheets_may_move_what_a_mouse_or_a_clock_moves() -> None:
    sheet = "@keyframes spin { from { x: 1 } to { transform: rotate(1turn) } } a:hover { transform: scale(2) }"
    assert edges(f"<style>{sheet} /* r: 1 */ line {{ stroke-width: 2 }}</style>{line('1', '2')}") == [0, 0, 1, 2]


@pytest.mark.parametrize("declared", ["transform-origin: 15px 15px", "transform-box: fill-box"])
def test_a_sheet_that_says_what_transforms_are_around_is_refused_where_there_is_one(declared: str) -> None:
    sheet = f"<style>.a{{{declared}}}</style>"
    assert edges(sheet + line("10", "10", 'class="a"')) == [0, 0, 10, 10]
    assert declared.partition(":")[0] in refused(sheet + line("10", "10", 'class="a" transform="rotate(45)"'))
