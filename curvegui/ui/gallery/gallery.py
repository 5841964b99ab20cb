"""The gallery: its choices, their dialog, and the stage over the whole screen; the person's own run waits meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
    Slot,
)
from PySide6.QtGui import QBrush, QCloseEvent, QColor, QFont, QIcon, QKeyEvent, QMouseEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from curvegui.core.curve.curve import Curve
from curvegui.core.language.text import tr
from curvegui.core.presets.names import worded
from curvegui.core.presets.presets import PRESETS
from curvegui.figure.drawing.look import LineStyle
from curvegui.figure.drawing.target_drawing import thumbnail
from curvegui.session.many.gallery import Gallery
from curvegui.session.run.delivery import Delivery, Phase
from curvegui.ui.actions.display import Display
from curvegui.ui.actions.services import Services
from curvegui.ui.canvas.canvas import Canvas
from curvegui.ui.canvas.run_items import CORNERS, LEGENDS, lay_over
from curvegui.ui.dialogs.choices import choices_to_text, kept_values
from curvegui.ui.dialogs.question import Dialog
from curvegui.ui.look.layouts import button_row, filled, named, open_as_large_as, styled
from curvegui.ui.look.theme import current_theme
from curvegui.ui.widgets.form import CheckBox, Form
from curvegui.ui.widgets.scrolled import ScrolledSpinBox
from curvegui.ui.widgets.spoken import announce_news

SECONDS = 10, 300  # for a curve, at least and at most


@dataclass(frozen=True)
class GalleryChoices:
    """What a person has chosen: ``left_out`` has keys of curves not to show; each other curve has up to ``seconds``."""

    left_out: str = ""
    seconds: int = 30
    shuffled: bool = True

    def shows(self, curve: str | Curve) -> bool:
        return key_of(curve) not in self.left_out.split()

    def chosen(self, own: Sequence[Curve]) -> tuple[str | Curve, ...]:
        """The curves to show; all curves if none would be left."""
        every = choice_of(own)
        return tuple(curve for curve in every if self.shows(curve)) or every

    @classmethod
    def from_text(cls, text: str) -> "GalleryChoices":
        """Choices from JSON, with the default for each value that is missing or not allowed."""
        made = cls(**kept_values(text, cls()))
        return made if SECONDS[0] <= made.seconds <= SECONDS[1] else cls()


def choice_of(own: Sequence[Curve]) -> tuple[str | Curve, ...]:
    """All curves that can be shown, the person's own first."""
    return (*own, *PRESETS)


def key_of(curve: str | Curve) -> str:
    """The key under which the preferences note a curve: a preset's name, or a digest of a person's own curve."""
    return curve if isinstance(curve, str) else curve.digest[:8].hex()


LINES = 25, 30  # its width and height at first, in heights of a line of text
ICON_LINES = 1.8


class GalleryDialog(Dialog):
    """Chooses curves, seconds and order; the choices are remembered with Start and with Close."""

    chosen = Signal(object)  # GalleryChoices
    started = Signal()

    def __init__(self, choices: GalleryChoices, own: Sequence[Curve], parent: QWidget | None = None) -> None:
        super().__init__("gallery", tr("Gallery"), parent)
        self._list = styled(named(QListWidget(), "gallery.curves", tr("Curves")), "boxed")
        self._seconds = named(ScrolledSpinBox(), "gallery.seconds", tr("Seconds for each curve"))
        self._shuffled = named(CheckBox(tr("In &random order")), "gallery.shuffled")
        self._all = named(QPushButton(tr("Choose &all"), autoDefault=False), "gallery.all")
        self._close = named(QPushButton(tr("Close"), autoDefault=False), "gallery.close")
        self._start = named(QPushButton(tr("&Start gallery")), "gallery.begin")
        side = round(ICON_LINES * self.fontMetrics().height())
        self._list.setIconSize(QSize(side, side))
        stroke = LineStyle(current_theme().text, 1.5)
        for curve in choice_of(own):
            name = worded(curve.name) if isinstance(curve, Curve) else PRESETS[curve].label
            item = QListWidgetItem(QIcon(thumbnail(curve, side, self.devicePixelRatioF(), stroke)), name, self._list)
            item.setData(Qt.ItemDataRole.UserRole, key_of(curve))
            item.setCheckState(Qt.CheckState.Checked if choices.shows(curve) else Qt.CheckState.Unchecked)
        self._seconds.setRange(*SECONDS)
        self._seconds.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._seconds.setValue(choices.seconds)
        self._shuffled.setChecked(choices.shuffled)
        form = Form()
        form.add(tr("Seconds for each &curve"), self._seconds)
        form.add_field(self._shuffled)
        bottom = button_row(self._all, at_end=(self._close, self._start))
        filled(QVBoxLayout(self), (self._list, 1), form, bottom, edges=(18, 18, 18, 16), spacing=12)
        self._start.setDefault(True)
        self._list.itemChanged.connect(self._check)
        self._all.clicked.connect(self._choose_all)
        self._close.clicked.connect(self.close)
        self._start.clicked.connect(self._begin)
        self.finished.connect(self._keep)
        open_as_large_as(self, LINES)

    @property
    def choices(self) -> GalleryChoices:
        left = [item.data(Qt.ItemDataRole.UserRole) for item in self._items if not _is_checked(item)]
        return GalleryChoices(" ".join(left), self._seconds.value(), self._shuffled.isChecked())

    @property
    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    @Slot()
    def _check(self) -> None:
        self._start.setEnabled(any(map(_is_checked, self._items)))

    @Slot()
    def _choose_all(self) -> None:
        for item in self._items:
            item.setCheckState(Qt.CheckState.Checked)

    @Slot()
    def _keep(self) -> None:
        if any(map(_is_checked, self._items)):
            self.chosen.emit(self.choices)

    @Slot()
    def _begin(self) -> None:
        self.accept()
        self.started.emit()


def _is_checked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked


FADE_MS = 1_200  # out, and in again
HINT_MS = 6_000
LINES_HIGH = 34  # of the canvas's numbers, in its height
NAME_LINES = 2.4  # the height of the curve's name in those
EDGE = 0.03  # of its height
NUMBERS_LINES, HINT_SHARE = 2.5, 0.7  # a hint wider than this part of the window is below the canvas's numbers


class GalleryStage(QWidget):
    """Shows a gallery over the whole screen of ``parent``. Any click or Esc ends the gallery."""

    ended = Signal()

    def __init__(self, gallery: Gallery, display: Display, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        named(self, "gallery.stage", tr("Gallery")).setWindowTitle(tr("Gallery"))
        self.setAccessibleDescription(tr("Esc or a click ends the gallery. The right arrow key shows the next curve."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._gallery, self._display, self._is_over = gallery, display, False
        self._canvas = canvas = Canvas(display.look, self)
        canvas.setObjectName("gallery.canvas")
        canvas.gate, canvas.is_rounded = gallery.session.gate, False
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        canvas.set_reduced_motion(display.reduced_motion)
        ground = QColor(display.look.background.stops[-1][1])
        self._veil, self._name, self._hint = QGraphicsRectItem(), QGraphicsSimpleTextItem(), QGraphicsSimpleTextItem()
        self._veil.setBrush(ground)
        self._veil.setPen(QPen(Qt.PenStyle.NoPen))
        for words in (self._name, self._hint):
            words.setBrush(QBrush(display.look.text.qcolor()))
        lay_over(canvas.scene(), LEGENDS, self._name, self._hint)
        lay_over(canvas.scene(), CORNERS + 1, self._veil)
        filled(QVBoxLayout(self), canvas)
        self._fading = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=FADE_MS)
        self._fading.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._fading.valueChanged.connect(self._draw_veil)
        self._fading.finished.connect(self._have_faded)
        self._hinted = QTimer(self, singleShot=True, interval=HINT_MS)
        self._hinted.timeout.connect(self._hint.hide)
        self._waits_for_first = True  # snapshot of a curve, to come in with
        gallery.setParent(self)
        gallery.session.snapshot_ready.connect(self._show)
        gallery.entered.connect(self._name_curve)
        gallery.left.connect(partial(self._fade, inwards=False))

    def begin(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.screen().geometry())
        self.showFullScreen()
        self.activateWindow()
        self.setFocus()
        self._hint.setText(tr("Esc or a click ends the gallery. → shows the next curve."))
        self._hinted.start()
        self._draw_veil(0.0 if self._display.reduced_motion else 1.0)
        self._gallery.begin()

    def end(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._fading.stop()
            self._gallery.close()
            self.close()
            self.deleteLater()

    @Slot(object)
    def _show(self, delivery: Delivery) -> None:
        self._canvas.show_delivery(delivery, self._gallery.session.received.trail)
        if self._waits_for_first:
            self._waits_for_first = False
            self._fade(inwards=True)

    @Slot(object)
    def _name_curve(self, curve: str | Curve) -> None:
        self._waits_for_first = True
        self._name.setText(worded(curve.name) if isinstance(curve, Curve) else PRESETS[curve].label)
        self._lay_out()
        announce_news(self, "gallery", self._which())

    def _which(self) -> str:
        place, count = self._gallery.index + 1, len(self._gallery.curves)
        return tr("{curve}, {place} of {count}", curve=self._name.text(), place=place, count=count)

    def in_words(self) -> str:
        return f"{self._which()}. {self._canvas.in_words()}"

    def _fade(self, inwards: bool) -> None:
        if self._display.reduced_motion:
            if not inwards:
                self._gallery.go_on()
            return
        direction = QVariantAnimation.Direction.Backward if inwards else QVariantAnimation.Direction.Forward
        self._fading.stop()
        self._fading.setDirection(direction)
        self._fading.start()

    @Slot()
    def _have_faded(self) -> None:
        if self._fading.direction() is QVariantAnimation.Direction.Forward:
            self._gallery.go_on()

    @Slot(object)
    def _draw_veil(self, opacity: float) -> None:
        self._veil.setVisible(opacity > 0)
        self._veil.setOpacity(opacity)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        font = QFont()
        font.setPixelSize(max(self.height() // LINES_HIGH, self.fontMetrics().height()))
        self._canvas.setFont(font)
        self._hint.setFont(font)
        font.setPixelSize(round(NAME_LINES * font.pixelSize()))
        self._name.setFont(font)
        self._lay_out()

    def _lay_out(self) -> None:
        width, height, edge = self.width(), self.height(), EDGE * self.height()
        self._veil.setRect(QRectF(-1, -1, width + 2, height + 2))
        name, hint = self._name.boundingRect(), self._hint.boundingRect()
        self._name.setPos(QPointF(edge, height - edge - name.height()))
        below = NUMBERS_LINES * hint.height() if hint.width() > HINT_SHARE * width else 0.0
        self._hint.setPos(QPointF(width - edge - hint.width(), edge + below))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the gallery, the right arrow and Space go on to the next curve; other keys do nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Space) and not event.isAutoRepeat():
            self._gallery.leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ended.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if not self._is_over:
            self.ended.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        return super().event(event)


class GalleryActions(QObject):
    """Shows the gallery on a stage over the screen, and the dialog that chooses its curves."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._session = services, services.session
        self._stage: GalleryStage | None = None
        self._goes_on = False  # the person's run, when this ends
        services.closed.connect(self.end)
        self._session.about_to_leave.connect(self._forget_run)

    @property
    def choices(self) -> GalleryChoices:
        return GalleryChoices.from_text(self._services.preferences.present.gallery)

    @property
    def _own(self) -> Sequence[Curve]:
        own: Sequence[Curve] = self._services.features["curves"].recent
        return own

    @Slot()
    def start(self) -> None:
        if self._stage is not None:
            return
        self._goes_on = self._session.phase is Phase.LEARNING
        if self._goes_on:
            self._session.pause()
        choices, wanted = self.choices, self._session.wanted
        gallery = Gallery(choices.chosen(self._own), choices.seconds, shuffled=choices.shuffled, wanted=wanted)
        self._stage = stage = GalleryStage(gallery, self._services.display.now, self._services.window)
        stage.ended.connect(self.end)
        stage.begin()

    @Slot()
    def end(self) -> None:
        """End the gallery; the person's run goes on if it was learning before."""
        stage, self._stage = self._stage, None
        if stage is None:
            return
        stage.end()
        if self._goes_on and self._session.phase is Phase.PAUSED:
            self._session.run()
        self._services.leave_for_canvas()

    @Slot()
    def _forget_run(self) -> None:
        """Forget the run that waits: a file that was opened from outside has replaced it."""
        self._goes_on = False

    @Slot()
    def choose(self) -> None:
        dialog = GalleryDialog(self.choices, self._own, self._services.window)
        dialog.chosen.connect(self._keep)
        dialog.started.connect(self.start)
        dialog.open()

    @Slot(object)
    def _keep(self, choices: GalleryChoices) -> None:
        self._services.preferences.remember(gallery=choices_to_text(choices))
