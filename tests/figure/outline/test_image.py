import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from curvegui.core.curve.curve import CurveError, arc_length
from curvegui.figure.outline import image as image_outline
from curvegui.figure.outline.image import image_parts, read_image

BLACK, WHITE, CLEAR = Qt.GlobalColor.black, Qt.GlobalColor.white, Qt.GlobalColor.transparent


def picture(width=300, height=200, background=WHITE):
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(background)
    return image


def with_disc(image, x, y, radius, colour=BLACK):
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.end()
    return image


def as_file(image, kind="PNG"):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


@pytest.mark.parametrize(("background", "colour"), [(WHITE, BLACK), (BLACK, WHITE), (CLEAR, BLACK), ("#ccc", "#999")])
def test_a_disc_has_a_round_outline_in_its_place(background, colour):
    (part,) = image_parts(with_disc(picture(background=QColor(background)), 140.5, 90, 60, colour))
    assert np.hypot(part.points[0] - 140.5, part.points[1] - 90) == pytest.approx(
        np.full(part.points.shape[1], 60), abs=0.5
    )
    assert (part.closed, part.label) == (True, "outline 1")
    assert arc_length(part.points, True) == pytest.approx(2 * np.pi * 60, rel=0.01)


@pytest.mark.slow
@settings(max_examples=8)
@given(st.integers(40, 1_200), st.floats(0.3, 0.45))
def test_pictures_of_any_size_keep_their_coordinates(size, share):
    image = with_disc(picture(size, size), size / 2, size / 2, share * size)
    (part,) = image_parts(image)
    radius = np.hypot(*(part.points - size / 2)) / size
    assert radius == pytest.approx(np.full(radius.size, share), abs=0.02)


def test_dirt_is_left_out_and_a_shape_may_touch_the_edge():
    image = with_disc(picture(), 0, 0, 100)
    image.setPixelColor(250, 150, BLACK)
    (part,) = image_parts(image)
    assert part.points.min() == pytest.approx(0, abs=0.6)


@pytest.mark.parametrize("image", [QImage(), picture(), picture(1, 1), picture(9, 9, CLEAR), picture(1, 900, BLACK)])
def test_a_picture_without_a_shape_says_so(image):
    with pytest.raises(CurveError, match=r"picture"):
        image_parts(image)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "JPG", "PPM"])
def test_pictures_are_read_from_files_and_from_bytes(kind, tmp_path):
    data = as_file(with_disc(picture(), 100, 100, 50).convertToFormat(QImage.Format.Format_RGB32), kind)
    (tmp_path / "disc.any").write_bytes(data)
    for source in (data, tmp_path / "disc.any", str(tmp_path / "disc.any")):
        (part,) = image_parts(read_image(source))
        assert arc_length(part.points, True) == pytest.approx(2 * np.pi * 50, rel=0.02)


PNG = as_file(picture(20, 20))
WRONG = {
    "empty": (b"", "It is empty"),
    "words": (b"hello", "not a picture"),
    "only a signature": (PNG[:8], "could not be read"),
    "cut short": (PNG[:40], "could not be read"),
    "very large": (PNG[:16] + (60_000).to_bytes(4, "big") * 2 + PNG[24:], "could not be read"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>', "not a picture"),
    "large though short": (b"P6 30000 30000 255\n", "more than 100 million pixels"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_picture_says_why(name):
    data, words = WRONG[name]
    with pytest.raises(CurveError, match=words) as caught:
        read_image(data, "test.png")
    assert str(caught.value).startswith("“test.png” could not be read. ")


def test_files_that_cannot_be_read_say_why(tmp_path, monkeypatch):
    reasons = {tmp_path / "nothing.png": "There is no such file", tmp_path: "It is a folder", "a\0b.png": "this name"}
    for path, reason in reasons.items():
        with pytest.raises(CurveError, match=reason):
            read_image(path)
    monkeypatch.setattr(image_outline, "MOST_BYTES", 50)
    (tmp_path / "large.png").write_bytes(PNG)
    for source in (PNG, tmp_path / "large.png"):
        with pytest.raises(CurveError, match="It has more than 0 MB"):
            read_image(source)


def test_damaged_pictures_are_read_or_refused_and_nothing_else():
    random = np.random.default_rng(5)
    source = as_file(with_disc(picture(40, 40), 20, 20, 9))
    for _ in range(300):
        damaged = bytearray(source)
        for place in random.integers(0, len(source), 3):
            damaged[place] = random.integers(256)
        try:
            image_parts(read_image(bytes(damaged)))
        except CurveError:
            continue
