"""Frames around the parts of the window that a step points at; clicks go through the frames, and nothing moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QMainWindow, QScrollArea, QWidget

from curvegui.ui.actions.services import Services
from curvegui.ui.actions.view import VIEWS
from curvegui.ui.look.painter import painter_for
from curvegui.ui.look.theme import current_theme


@dataclass(frozen=True)
class LessonTarget:
    """A part of the window that a lesson can point at."""

    name: str  # the objectName of a widget
    dock: str = ""  # the dock that the widget is in, without "dock."; empty for none
    views: tuple[str, ...] = ()  # the views to show it in, the first if the present view is none of them; empty for all
    whole: bool = False  # whether the widget's parent is meant: an editor with its label
    answer: str = ""  # the objectName of the widget with numbers about a selection; empty for none


PLAY, STUDY = ("play",), ("understand",)
WITH_RUN = ("play", "understand", "exercise")  # all views but the one that shows only the picture
TARGETS: Mapping[str, LessonTarget] = {
    "canvas": LessonTarget("canvas"),
    "timeline": LessonTarget("timeline", views=WITH_RUN),
    "run button": LessonTarget("run", views=WITH_RUN),
    "step button": LessonTarget("button.run.step", views=WITH_RUN),
    "transport": LessonTarget("transport", views=WITH_RUN),
    "aggression": LessonTarget("editor.aggression", "settings", PLAY, whole=True),
    "noise": LessonTarget("editor.noise", "settings", PLAY, whole=True),
    "layers": LessonTarget("editor.hidden", "network", PLAY),
    "status": LessonTarget("advice", views=WITH_RUN),
    "curves": LessonTarget("curves", views=PLAY),
    "toolbar": LessonTarget("tools"),
}


def target_of(name: str) -> LessonTarget:
    """The target for a name in a lesson: one of ``TARGETS``, or else a panel."""
    if name in TARGETS:
        return TARGETS[name]
    views = tuple(id_ for id_, view in VIEWS.items() if any(name in group for group in view.panels))
    return LessonTarget(f"dock.{name}", name, views[::-1] or PLAY + STUDY, answer=f"{name}.sum")


def open_target(services: Services, name: str) -> QWidget | None:
    """The widget for a name in a lesson, in a view that shows it; None if the widget is not in this window."""
    target, docks, views = target_of(name), services.docks, services.views
    if target.dock and not docks.offers(target.dock):
        return None
    if target.views and views.now.id not in target.views:
        views.show(target.views[0])
    if target.dock:
        docks.show(target.dock)
        docks.enlarge(target.dock)
    widget = services.window.findChild(QWidget, target.name)
    if widget is None and target.dock:
        widget = docks[target.dock]  # whose panel comes soon
    return widget.parentWidget() if widget is not None and target.whole else widget


def show_answer(window: QMainWindow, name: str) -> None:
    answer = target_of(name).answer
    widget = window.findChild(QWidget, answer) if answer else None
    if widget is not None:
        _scroll_to(widget, _ancestors(widget))


def _ancestors(widget: QWidget) -> list[QWidget]:
    parent = None if widget.isWindow() else widget.parentWidget()
    return [] if parent is None else [parent, *_ancestors(parent)]


def _scroll_to(widget: QWidget, ancestors: list[QWidget]) -> None:
    for each in ancestors:
        if isinstance(each, QScrollArea):
            each.ensureWidgetVisible(widget)


OUTSIDE_PX = 6  # between the frame and the framed widget
LINE_PX = 3
RADIUS_PX = 12
SCROLLING_S = 0.5  # until everything is laid out; later, only the person scrolls
MOVES = {
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.LayoutRequest,
    QEvent.Type.ParentChange,
}  # fmt: skip


class TourFrame(QWidget):
    """A ring over the window around the widget ``target``, which the ring follows. If ``leads``, pages are scrolled to
    the widget; only one of several targets leads."""

    def __init__(self, target: QWidget, leads: bool = True) -> None:
        super().__init__(target.window())
        self.setObjectName("tour.frame")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target, self._leads = target, leads
        self._move_timer = QTimer(self, singleShot=True)
        self._move_timer.timeout.connect(self._follow_target)
        target.installEventFilter(self)
        target.destroyed.connect(self._move_timer.stop)
        target.destroyed.connect(self.hide)
        self.hide()
        self._around: list[QWidget] = []
        self._scrolls_until = 0.0
        self._move_timer.start()

    def leave(self) -> None:
        self._move_timer.timeout.disconnect(self._follow_target)
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self._move_timer.start()
        return False

    @Slot()
    def _follow_target(self) -> None:
        """Put the ring around the part of the target that is visible now."""
        target, window, around = self._target, self.window(), _ancestors(self._target)
        if around != self._around:  # events of earlier ancestors do no harm
            for each in around:
                each.installEventFilter(self)
            self._around, self._scrolls_until = around, perf_counter() + SCROLLING_S
        if self._leads and perf_counter() < self._scrolls_until:
            _scroll_to(target, around)
        seen = QRect()  # the part of the target that is not cut off, in the window's coordinates
        if target.isVisibleTo(window):
            seen = QRect(target.mapTo(window, target.rect().topLeft()), target.size())
            for each in around:
                seen = seen.intersected(QRect(each.mapTo(window, each.rect().topLeft()), each.size()))
        self.setVisible(not seen.isEmpty())
        if seen.isEmpty():
            return
        grown = seen.adjusted(-OUTSIDE_PX, -OUTSIDE_PX, OUTSIDE_PX, OUTSIDE_PX)
        self.setGeometry(grown.intersected(self.window().rect()))
        inner = self.rect().adjusted(*(OUTSIDE_PX + LINE_PX,) * 2, *(-OUTSIDE_PX - LINE_PX,) * 2)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inner)))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line in the accent colour, with edges in the card's colour: visible on any picture."""
        painter, theme = painter_for(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((theme.card, LINE_PX + 2.0), (theme.accent, float(LINE_PX))):
            painter.setPen(QPen(QColor(colour), width))
            half = (LINE_PX + 2) // 2
            painter.drawRoundedRect(self.rect().adjusted(half, half, -half - 1, -half - 1), RADIUS_PX, RADIUS_PX)
