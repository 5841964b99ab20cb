"""The page: what a report says, where its parts are, and the page as a PDF."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from curvegui.core.arrays import FloatArray
from curvegui.core.inspection.portrait import Portrait
from curvegui.core.language.text import tr
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.layers import paint_figure
from curvegui.figure.drawing.polyline import saved
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, blank_image, painter_on
from curvegui.figure.report.costs import paint_costs
from curvegui.figure.report.lettering import INK, LOOK, MUTED, RULE, TEXT_PX, letters, write
from curvegui.figure.report.network import Colour, paint_network

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
    """What is on the page, with words and numbers as the person's language has them.

    ``costs`` are what `paint_costs` takes, ``number`` and ``colour`` write and colour numbers. Of the settings, each a
    label, a value and a note, ``changed`` are those that are not as usual. ``exercise`` is the heading of the verdicts.
    """

    title: str
    date: str
    cost: str
    figure: Figure
    portrait: Portrait
    costs: FloatArray
    changed: Sequence[tuple[str, str, str]]
    usual: Sequence[tuple[str, str, str]]
    number: Callable[[float], str]
    colour: Colour
    exercise: str = ""
    verdicts: Sequence[Judged] = ()


def blank_picture() -> QImage:
    """An image for the picture on the page; `paint_picture` paints it."""
    return blank_image(round(SIDE_PX * IMAGE_SCALE), opaque=True)


def paint_picture(image: QImage, figure: Figure) -> Generator[float, None, None]:
    """Paint the picture in pieces of a few milliseconds: a trail can take seconds, so it is not done on the page."""
    painter = QPainter(image)
    try:
        yield from paint_figure(painter, QRectF(image.rect()), figure, LOOK, FigureOptions(), scale=IMAGE_SCALE * 0.6)
    finally:
        painter.end()


def paint_page(painter: QPainter, paper: QRectF, report: RunReport, picture: QImage) -> Iterator[float]:
    """Paint the page on ``paper``, in the device's units, in pieces of a few milliseconds; yields how much is done."""
    scale = min(paper.width() / WIDE_PX, paper.height() / HIGH_PX)
    content = QRectF(EDGE_PX, EDGE_PX, 2 * SIDE_PX + GAP_PX, paper.height() / scale - 2 * EDGE_PX)
    painter.translate(paper.left() + (paper.width() - WIDE_PX * scale) / 2, paper.top())
    painter.scale(scale, scale)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    top = _paint_head(painter, content, report)
    left, right = (QRectF(x, top, SIDE_PX, SIDE_PX) for x in (content.left(), content.right() - SIDE_PX))
    yield 0.1
    painter.drawImage(left, picture)
    _paint_frame(painter, left)
    yield 0.3
    _head(painter, right, tr("Cost {cost}", cost=report.cost))
    paint_costs(painter, right.adjusted(0, GAP_PX, 0, 0), report.costs, report.number)
    yield 0.5
    height = NETWORK_PX if report.exercise else ALONE_PX
    left, right = (QRectF(each.left(), each.bottom() + GAP_PX, SIDE_PX, height) for each in (left, right))
    _head(painter, left, tr("Network"))
    yield from (0.6 for _ in paint_network(painter, left.adjusted(0, GAP_PX, 0, 0), report.portrait, report.colour))
    yield 0.8
    _head(painter, right, tr("Settings"))
    _paint_settings(painter, right.adjusted(0, GAP_PX, 0, 0), report)
    if report.exercise:
        content.setTop(left.bottom() + GAP_PX)
        _head(painter, content, report.exercise)
        _paint_verdicts(painter, content.adjusted(0, GAP_PX, 0, 0), report.verdicts)
    yield 1.0


def _paint_head(painter: QPainter, content: QRectF, report: RunReport) -> float:
    """Write title and date above a line; return where the page goes on."""
    font, baseline = letters(TITLE_PX, bold=True), content.top() + TITLE_PX
    room = content.width() - GAP_PX
    room -= write(painter, QPointF(content.right(), baseline), report.date, letters(), MUTED, align=1.0)
    title = QFontMetricsF(font).elidedText(report.title, Qt.TextElideMode.ElideRight, room)
    write(painter, QPointF(content.left(), baseline), title, font)
    painter.fillRect(QRectF(content.left(), baseline + 10, content.width(), 1), RULE.qcolor())
    return baseline + GAP_PX


def _head(painter: QPainter, rect: QRectF, text: str) -> None:
    write(painter, QPointF(rect.left(), rect.top() + HEAD_PX), text, letters(HEAD_PX, bold=True))


def _paint_frame(painter: QPainter, rect: QRectF) -> None:
    with saved(painter):
        painter.setPen(RULE.qcolor())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)


def _paint_settings(painter: QPainter, rect: QRectF, report: RunReport) -> None:
    """Write what differs from the defaults in strong letters first, and then the rest, closer where there is much."""
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
    """Write the verdicts below each other, in smaller letters where they would not fit."""
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


class ReportPdf(PaintedFile):
    """A report on its way to a PDF: advance it until it is ``painted``, then `encode` it."""

    def __init__(self, report: RunReport, picture: QImage, paper_px: tuple[int, int] = A4_PX) -> None:
        spec = SurfaceSpec(paper_px[0], description=report.title, high_px=paper_px[1])
        super().__init__("pdf", spec, lambda surface: _painted(surface, report, picture))


def _painted(surface: PictureSurface, report: RunReport, picture: QImage) -> Generator[float, None, None]:
    """Paint in pieces; the painter ends with them, also when somebody drops them half-way."""
    with painter_on(surface) as painter:
        yield from paint_page(painter, QRectF(0, 0, surface.side, surface.height), report, picture)
