"""The page of a report: its content, the painting of its parts, and the page as a PDF."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.inspected_snapshot import InspectedSnapshot
from curvegui.core.language.text import mark, tr
from curvegui.core.network.parts import Neuron
from curvegui.core.round_numbers import power_labels, powers_between
from curvegui.figure.drawing.caption import draw_text, text_font
from curvegui.figure.drawing.data_map import DataMap
from curvegui.figure.drawing.figure import Figure, FigureOptions, paint_figure
from curvegui.figure.drawing.look import LIGHT, Ink, LineStyle
from curvegui.figure.drawing.network_layout import DOT_PX, Layout, can_be_drawn, shares_of
from curvegui.figure.drawing.polyline import painting, path_of, saved, stroke_curve
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, blank_image, painter_on

INK, MUTED, RULE = Ink("#18212f"), Ink("#4d596b"), Ink("#18212f", 0.2)
TEXT_PX, SMALL_PX = 12.0, 11.0  # logical pixels, of 1/96 inch: 9 and 8 points
LOOK = LIGHT  # little ink, and a target that is dashed where there are no colours


def letters(pixels: float = TEXT_PX, bold: bool = False) -> QFont:
    font = text_font(pixels)
    font.setBold(bold)
    return font


def write(painter: QPainter, baseline: QPointF, text: str, font: QFont, ink: Ink = INK, *, align: float = 0.0) -> float:
    """Write a line that begins at ``baseline``, or with ``align`` of 1 ends there; return the line's width."""
    width = QFontMetricsF(font).horizontalAdvance(text)
    draw_text(painter, baseline - QPointF(align * width, 0.0), text, font, ink)
    return width


CURVES = LineStyle("#00304d", 1.6), LineStyle("#c25100", 1.6, dashes=(4.0, 2.0))  # the cost, and the test cost
NAMES = mark("training"), mark("test")
FIRST = 10.0  # iterations before it would fill a third of the axis
LEAST_COST = 1e-300  # 0 has no logarithm
BESIDE_PX, BELOW_PX, TICK_PX = 42.0, 34.0, 22.0
NAME_PX = 36.0  # a sample of a curve, and what is around it and its name


def paint_costs(painter: QPainter, rect: QRectF, costs: FloatArray, number: Callable[[float], str]) -> None:
    """Paint rows of iteration, cost and test cost (or NaN), shape (n, 3); ``number`` writes the labels."""
    last = max(float(costs[-1, 0]), FIRST)
    finite = np.where(np.isfinite(costs[:, 1:]), costs[:, 1:], np.nan)
    x, y = np.log10(np.maximum(costs[:, 0], 1.0)), np.log10(np.maximum(finite, LEAST_COST)).T
    seen = y[:, costs[:, 0] >= min(FIRST, last / FIRST)]
    seen = seen[np.isfinite(seen)]
    low, high = (floor(seen.min()), ceil(seen.max())) if seen.size else (-1, 0)
    area, left = rect.adjusted(BESIDE_PX, SMALL_PX / 2, -1, -BELOW_PX), 1.0 if last > FIRST**2 else 0.0
    device = (area.x(), area.y(), area.width(), area.height())
    plane = DataMap(left=left, right=log10(last * 1.02), bottom=low, top=max(high, low + 1), device=device)
    with saved(painter):
        _label(painter, plane, number)
        painter.setClipRect(plane.rect)
        for row, stroke in zip(y, CURVES, strict=True):
            stroke_curve(painter, plane.map(np.stack([x, row])[:, np.isfinite(row)]), stroke.pen(1.0))
    if not np.isfinite(costs[:, 2]).any():
        return
    names, top, font = [tr(name) for name in NAMES], area.top() + 14, letters(SMALL_PX)
    left = area.right() - sum(NAME_PX + QFontMetricsF(font).horizontalAdvance(name) for name in names)
    for name, stroke in zip(names, CURVES, strict=True):  # at the upper right, each after a sample
        with saved(painter):
            painter.setPen(stroke.pen(1.0))
            painter.drawLine(QPointF(left, top - 4), QPointF(left + 20, top - 4))
        left += NAME_PX + write(painter, QPointF(left + 24, top), name, font, MUTED)


def _label(painter: QPainter, plane: DataMap, number: Callable[[float], str]) -> None:
    font, area = letters(SMALL_PX), plane.rect
    middle = QFontMetricsF(font).capHeight() / 2
    across, up = plane.pixels_per_unit
    powers = powers_between(plane.bottom, plane.top, int(area.height() / TICK_PX))
    for power, text in zip(powers, power_labels(powers, number), strict=True):
        y = area.bottom() - (power - plane.bottom) * up
        painter.fillRect(QRectF(area.left(), y - 0.4, area.width(), 0.8), RULE.qcolor())
        write(painter, QPointF(area.left() - 6, y + middle), text, font, MUTED, align=1.0)
    below = area.bottom() + 2 * middle + 6
    for power in powers_between(plane.left, plane.right, 8):
        x = area.left() + (power - plane.left) * across
        painter.fillRect(QRectF(x - 0.4, area.bottom(), 0.8, 4), MUTED.qcolor())
        write(painter, QPointF(x, below), number(10.0**power), font, MUTED, align=0.5)
    write(painter, QPointF(area.right(), below + 1.4 * SMALL_PX), tr("Iteration"), font, MUTED, align=1.0)


MOST_EDGES, BATCH = 400, 40  # painted in all, and in a piece
WIDEST_PX, MOST_WIDE = 3.5, 250  # where there are more, all are thin
DASHES = (4.0, 2.0)  # of negative weights: seen without colours, too
KEY = mark("Solid: positive weight. Dashed: negative. Thicker: larger.")
TOO_LARGE = mark("The network is too large to be drawn.")
Colour = Callable[[float], QColor]


def paint_network(painter: QPainter, rect: QRectF, inspected: InspectedSnapshot, colour: Colour) -> Iterator[float]:
    """Paint a network with its key below, in pieces; ``colour`` gives the colour of a weight or bias."""
    if not can_be_drawn(inspected.sizes):
        write(painter, QPointF(rect.left(), rect.top() + SMALL_PX), tr(TOO_LARGE), letters(SMALL_PX), MUTED)
        return
    layout = Layout(inspected.sizes, rect.width(), rect.height() - 1.4 * SMALL_PX, SMALL_PX)
    left_out = len(layout.indices) > MOST_EDGES
    key = f"{tr('The {n} largest weights.', n=MOST_EDGES)} {tr(KEY)}" if left_out else tr(KEY)
    write(painter, QPointF(rect.left(), rect.bottom() - 3), key, letters(SMALL_PX), MUTED)
    painter.translate(rect.topLeft())
    for _ in _paint_weights(painter, layout, inspected, colour):
        yield 0.0
    for layer in range(len(inspected.sizes)):
        _paint_layer(painter, layout, inspected, layer, colour)
    last = len(layout.sizes) - 1
    for name, neuron in zip("txy", (Neuron(0, 0), Neuron(last, 0), Neuron(last, 1)), strict=True):
        box = layout.box(neuron)
        x, align = (box.left() - 4, 1.0) if neuron.layer == 0 else (box.right() + 5, 0.0)
        write(painter, QPointF(x, box.center().y() + SMALL_PX / 3), name, letters(SMALL_PX), align=align)
    painter.translate(-rect.topLeft())


def _paint_weights(painter: QPainter, layout: Layout, inspected: InspectedSnapshot, colour: Colour) -> Iterator[None]:
    weights = np.nan_to_num(inspected.snapshot.parameters[layout.indices])
    order = np.argsort(np.abs(weights))[-MOST_EDGES:]
    largest = max(float(np.abs(weights).max()), 1e-9)
    widest = WIDEST_PX if len(order) <= MOST_WIDE else 1.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number, (curve, weight) in enumerate(zip(layout.curves(order), weights[order].tolist(), strict=True), 1):
        pen = QPen(colour(weight), 0.4 + (widest - 0.4) * (abs(weight) / largest) ** 0.5)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if weight < 0:
            pen.setDashPattern([length / pen.widthF() for length in DASHES])
        painter.setPen(pen)
        painter.drawPath(path_of(curve[np.newaxis]))
        if number % BATCH == 0:
            yield


def _paint_layer(painter: QPainter, layout: Layout, inspected: InspectedSnapshot, layer: int, colour: Colour) -> None:
    """Paint the nodes of a layer, the biases as dots, and the activations as curves."""
    values, count = inspected.passed[layer][1], inspected.sizes[layer]
    pictured, last = layout.pictured[layer], layer == len(inspected.sizes) - 1
    painter.setPen(QPen(MUTED.qcolor(), 0.8 if pictured else 0.3))
    painter.setBrush(QColor("white"))
    for index in range(count):
        box = layout.box(Neuron(layer, index))
        corner = min(0.2 * box.height(), 6.0)
        painter.drawRoundedRect(box, corner, corner)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if pictured:
        painter.setPen(QPen(QColor((LOOK.fit if last else LOOK.target).colour), 1.2))
        painter.drawPath(path_of(layout.curves_inside(layer, shares_of(values, layer, inspected))))
        painter.setPen(Qt.PenStyle.NoPen)
        biases = inspected.snapshot.parameters[layout.bias_indices[layer - 1]].tolist() if layer else []
        for index, bias in enumerate(biases):
            painter.setBrush(colour(bias))
            painter.drawEllipse(layout.dot(Neuron(layer, index)), DOT_PX, DOT_PX)


A4_PX, LETTER_PX = (794, 1123), (816, 1056)  # 1/96 inch
WIDE_PX, HIGH_PX = 794.0, 1056.0  # fits on both; on other paper, all is larger or smaller
EDGE_PX, GAP_PX, LINE_PX = 48.0, 24.0, 16.0
SIDE_PX = 337.0  # of the picture: half of what is between the edges
IMAGE_SCALE = 2.25  # pixels of the picture to a logical one, 216 dpi: more would stop the window while a PDF is made
NETWORK_PX, ALONE_PX = 280.0, 440.0  # the height of network and settings, above verdicts and alone
VALUE_PX, SIGN_PX, NAME_PX = 128.0, 18.0, 66.0  # where columns begin
TITLE_PX, HEAD_PX = 24.0, 14.0
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class Judged:
    """A verdict on one function: a sign, the function's name, and words."""

    sign: str
    name: str
    words: str


@dataclass(frozen=True, eq=False)
class RunReport:
    """The content of the page, with words and numbers in the person's language.

    ``costs`` are rows for `paint_costs`; ``number`` and ``colour`` write and colour numbers. Settings are a label, a
    value and a note each, in ``changed`` where they are not as usual. ``exercise`` is the heading of the verdicts.
    """

    title: str
    date: str
    cost: str
    figure: Figure
    inspected: InspectedSnapshot
    costs: FloatArray
    changed: Sequence[tuple[str, str, str]]
    usual: Sequence[tuple[str, str, str]]
    number: Callable[[float], str]
    colour: Colour
    exercise: str = ""
    verdicts: Sequence[Judged] = ()


def paint_page(painter: QPainter, paper: QRectF, report: RunReport) -> Generator[float, None, None]:
    """Paint the page on ``paper``, in the device's units, in pieces of a few milliseconds; yields how much is done.
    The picture comes first: its trail can take seconds."""
    side, scale = round(SIDE_PX * IMAGE_SCALE), IMAGE_SCALE * 0.6
    picture = blank_image(side, side)
    with painting(picture) as small:
        for done in paint_figure(small, QRectF(picture.rect()), report.figure, LOOK, FigureOptions(), scale=scale):
            yield 0.3 * done
    scale = min(paper.width() / WIDE_PX, paper.height() / HIGH_PX)
    content = QRectF(EDGE_PX, EDGE_PX, 2 * SIDE_PX + GAP_PX, paper.height() / scale - 2 * EDGE_PX)
    painter.translate(paper.left() + (paper.width() - WIDE_PX * scale) / 2, paper.top())
    painter.scale(scale, scale)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    top = _paint_head(painter, content, report)
    left, right = (QRectF(x, top, SIDE_PX, SIDE_PX) for x in (content.left(), content.right() - SIDE_PX))
    painter.drawImage(left, picture)
    with saved(painter):
        painter.setPen(RULE.qcolor())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(left)
    yield 0.3
    _head(painter, right, tr("Cost {cost}", cost=report.cost))
    paint_costs(painter, right.adjusted(0, GAP_PX, 0, 0), report.costs, report.number)
    yield 0.5
    height = NETWORK_PX if report.exercise else ALONE_PX
    left, right = (QRectF(each.left(), each.bottom() + GAP_PX, SIDE_PX, height) for each in (left, right))
    _head(painter, left, tr("Network"))
    yield from (0.6 for _ in paint_network(painter, left.adjusted(0, GAP_PX, 0, 0), report.inspected, report.colour))
    yield 0.8
    _head(painter, right, tr("Settings"))
    _paint_settings(painter, right.adjusted(0, GAP_PX, 0, 0), report)
    if report.exercise:
        content.setTop(left.bottom() + GAP_PX)
        _head(painter, content, report.exercise)
        _paint_verdicts(painter, content.adjusted(0, GAP_PX, 0, 0), report.verdicts)
    yield 1.0


def _paint_head(painter: QPainter, content: QRectF, report: RunReport) -> float:
    font, baseline = letters(TITLE_PX, bold=True), content.top() + TITLE_PX
    room = content.width() - GAP_PX
    room -= write(painter, QPointF(content.right(), baseline), report.date, letters(), MUTED, align=1.0)
    title = QFontMetricsF(font).elidedText(report.title, Qt.TextElideMode.ElideRight, room)
    write(painter, QPointF(content.left(), baseline), title, font)
    painter.fillRect(QRectF(content.left(), baseline + 10, content.width(), 1), RULE.qcolor())
    return baseline + GAP_PX


def _head(painter: QPainter, rect: QRectF, text: str) -> None:
    write(painter, QPointF(rect.left(), rect.top() + HEAD_PX), text, letters(HEAD_PX, bold=True))


def _paint_settings(painter: QPainter, rect: QRectF, report: RunReport) -> None:
    """Write changed settings first, in strong letters, and then usual settings, closer together where they are many."""
    rows = len(report.changed) + len(report.usual) + 0.5
    pitch = min(LINE_PX, rect.height() / rows)
    y, size = rect.top() + TEXT_PX, min(TEXT_PX, pitch * 0.8)
    metrics = QFontMetricsF(letters(size))
    labels = (metrics.horizontalAdvance(label) for label, _, _ in (*report.changed, *report.usual))
    values = rect.left() + max(VALUE_PX, TEXT_PX + max(labels, default=0.0))
    for settings, ink, bold in ((report.changed, INK, True), (report.usual, MUTED, False)):
        for label, value, note in settings:
            write(painter, QPointF(rect.left(), y), label, letters(size), ink)
            x = values
            for text, font in ((value, letters(size, bold)), (note, letters(size * 0.9))):
                shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.right() - x)
                x += write(painter, QPointF(x, y), shown, font, ink) + TEXT_PX / 2
            y += pitch
        y += pitch / 2 if settings else 0


def _paint_verdicts(painter: QPainter, rect: QRectF, verdicts: Sequence[Judged]) -> None:
    room, size = rect.adjusted(SIGN_PX + NAME_PX, 0, 0, 0), TEXT_PX
    while sum(_heights(room, verdicts, size)) > rect.height() and size > TEXT_PX / 3:
        size -= 1
    ascent, strong = QFontMetricsF(letters(size)).ascent(), letters(size, bold=True)
    for verdict, height in zip(verdicts, _heights(room, verdicts, size), strict=True):
        baseline = room.top() + ascent
        write(painter, QPointF(rect.left(), baseline), verdict.sign, strong)
        write(painter, QPointF(rect.left() + SIGN_PX, baseline), verdict.name, strong)
        painter.setFont(letters(size))
        painter.setPen(INK.qcolor())
        painter.drawText(room, WRAPPED, verdict.words)
        room.setTop(room.top() + height)


def _heights(room: QRectF, verdicts: Sequence[Judged], size: float) -> list[float]:
    metrics = QFontMetricsF(letters(size))
    return [metrics.boundingRect(room, WRAPPED, each.words).height() + size / 2 for each in verdicts]


class ReportPage(PaintedFile):
    """A report on its way to a file, on a sheet of ``paper_px`` logical pixels: see `PaintedFile`."""

    def __init__(
        self, report: RunReport, paper_px: tuple[int, int] = A4_PX, ending: str = "pdf", scale: float = 1
    ) -> None:
        self._report = report
        super().__init__(ending, SurfaceSpec(*paper_px, scale, description=report.title), self._painted_on)

    def _painted_on(self, surface: PictureSurface) -> Generator[float, None, None]:
        with painter_on(surface) as painter:
            paper = QRectF(0, 0, surface.side, surface.height)
            painter.fillRect(paper, Qt.GlobalColor.white)
            yield from paint_page(painter, paper, self._report)
