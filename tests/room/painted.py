"""What widgets paint themselves: their texts, taken down by a paint device that paints nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPaintDevice, QPaintEngine, QRegion, QTextItem
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

SLACK = 2.0
CUT, DPI = "…", 96
BLANK = " \n\u2009\u200e\u200f\u2066\u2067\u2068\u2069"  # also the mark with which a line begins at the right
OTHERS = "updateState drawPixmap drawImage drawPath drawPolygon drawLines drawRects drawEllipse drawPoints"  # no text
NO_FLAGS = QWidget.RenderFlag(0)


@dataclass(frozen=True)
class Painted:
    """A text, where its line stands, and what of that its letters fill, in pixels of its widget."""

    text: str
    place: QRectF
    ink: QRectF


class Taker(QPaintEngine):
    """Takes down texts."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.taken: list[Painted] = []

    def begin(self, device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def drawTextItem(self, at: QPointF, item: QTextItem) -> None:
        if not item.width():  # marks of direction
            return
        box = QRectF(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent())
        ink = QFontMetricsF(item.font()).tightBoundingRect(item.text()).translated(at)
        mapped = self.painter().transform().mapRect
        self.taken.append(
            Painted(item.text(), mapped(box), mapped(QRectF(box.x(), ink.y(), box.width(), ink.height())))
        )

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User


for name in OTHERS.split():
    setattr(Taker, name, lambda *_: None)


class Device(QPaintDevice):
    """A device as large as a widget."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self._size = size
        self.taker = Taker()

    def paintEngine(self) -> QPaintEngine:
        return self.taker

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        kinds = QPaintDevice.PaintDeviceMetric
        dots = dict.fromkeys((kinds.PdmDpiX, kinds.PdmDpiY, kinds.PdmPhysicalDpiX, kinds.PdmPhysicalDpiY), DPI)
        known = {kinds.PdmWidth: self._size.width(), kinds.PdmHeight: self._size.height(), kinds.PdmDepth: 32}
        return {**dots, **known, kinds.PdmDevicePixelRatio: 1, kinds.PdmNumColors: 1 << 24}.get(metric, 0)


def painted_texts(part: QWidget) -> list[Painted]:
    """The texts that a widget paints itself, without those of the parts in it."""
    device = Device(part.size())
    part.render(device, QPoint(), QRegion(), NO_FLAGS)
    return device.taker.taken


def paints_itself(part: QWidget) -> bool:
    """Whether it is painted by the app and not by Qt."""
    if isinstance(part, QAbstractScrollArea):
        return False
    kinds = type(part).__mro__
    return any("paintEvent" in vars(kind) for kind in kinds if not kind.__module__.startswith(("PySide6", "Shiboken")))


def faults_of_paint(part: QWidget) -> Iterator[str]:
    """Texts that are cut or lie over each other."""
    if not paints_itself(part):
        return
    texts = [each for each in painted_texts(part) if each.text.strip(BLANK)]
    room = QRectF(part.rect()).adjusted(-SLACK, -SLACK, SLACK, SLACK)
    for each in texts:
        if not room.contains(each.ink):
            yield f"paints “{each.text}” partly outside of itself: {each.ink} in {part.size()}"
        if each.text.endswith(CUT) and each.text[:1] in "[~" and not part.toolTip():
            yield f"paints “{each.text}”, cut, without a tooltip"
    for at, one in enumerate(texts):
        for other in texts[at + 1 :]:
            common = one.place & other.place
            least = min(one.place.width(), other.place.width())
            if common.width() > 0.3 * least and common.height() > 0.4 * one.place.height() and one.text != other.text:
                yield f"paints “{one.text}” and “{other.text}” over each other"
