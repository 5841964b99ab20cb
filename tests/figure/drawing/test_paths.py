import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from curvegui.figure.drawing.polyline import hairline, hairlines, path_of

CURVES = arrays(np.float64, st.tuples(st.integers(0, 4), st.just(2), st.integers(2, 6)), elements=st.floats(-1e4, 1e4))


@given(CURVES)
def test_a_path_has_every_point_and_begins_each_curve_anew(curves):
    path = path_of(curves)
    elements = [path.elementAt(index) for index in range(path.elementCount())]
    points = curves.transpose(0, 2, 1).reshape(-1, 2)
    assert [(each.x, each.y) for each in elements] == [tuple(point) for point in points.tolist()]
    begins = [index for index, each in enumerate(elements) if each.isMoveTo()]
    assert begins == list(range(0, len(points), curves.shape[2]))


def test_a_curve_with_a_point_that_is_not_a_number_is_left_out():
    curves = np.arange(12.0).reshape(2, 2, 3)
    curves[0, 1, 1] = np.nan
    path = path_of(curves)
    assert path.elementCount() == 3
    assert (path.elementAt(0).x, path.elementAt(0).y) == (6.0, 9.0)


@pytest.mark.parametrize("direction", [(1.0, 0.0), (0.0, 1.0), (0.8, 0.6)])
@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0])
def test_hairlines_beside_each_other_look_as_wide_as_a_stroke(ratio, direction):
    line = np.linspace(10.0, 50.0, 20) * np.array(direction)[:, np.newaxis] + 10.0
    stroked = _inked(path_of(line[np.newaxis]), QPen(QColor("black"), 1.5), ratio)
    fine = _inked(path_of(hairlines(line, 1.5, ratio)), hairline(QColor("black")), ratio)
    assert fine == pytest.approx(stroked, rel=0.3)


def _inked(path: QPainterPath, pen: QPen, ratio: float) -> float:
    """How many pixels a stroke of a path covers."""
    image = QImage(round(80 * ratio), round(80 * ratio), QImage.Format.Format_Grayscale8)
    image.fill(255)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawPath(path)
    painter.end()
    return float((255 - np.frombuffer(image.constBits(), np.uint8).astype(float)).sum() / 255)
