"""The card of the guided tour: a strip over the window with the step's text, what to do, and the way on."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from curvegui.core.language.text import listed, mark, tr
from curvegui.session.study.tour import Tour
from curvegui.ui.look.layouts import filled, line_px
from curvegui.ui.look.tips import named, styled
from curvegui.ui.tour.controls import TourControls
from curvegui.ui.tour.outcome import as_sentence, feedback
from curvegui.ui.tour.words import TourTask, TourText, words_for
from curvegui.ui.widgets.spoken import announce, tell_news

WIDE_LINES = 48  # from this width, in heights of a line, the task stands beside the text
SHARES = 3, 2  # of the width then
SPACING_PX, BELOW_PX = 18, 9  # between the text and the task beside or below it
EDGES_PX = 8, 8, 8, 2
MOST_SHARE = 0.4  # of the window's height; what is higher scrolls
LEAST_LINES = 2  # of text, even in a low window
FRAME_PX = 2  # the card's border, left and right together
NEXT_KEYS, BACK_KEYS = "Alt+Right", "Alt+Left"


class TourCard(QWidget):
    """Shows the present step of a tour."""

    left = Signal()  # a person leaves the tour for now
    finished = Signal()  # a person goes on from the last step
    chapter_wanted = Signal(str)  # a chapter of the guide
    answers_wanted = Signal()  # the list of predictions and what happened
    settled = Signal()  # it has the height that the step needs

    def __init__(self, tour: Tour, is_locked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tour")
        self._tour = tour
        self._text, self._task, self._controls = TourText(), TourTask(), TourControls()
        self._build()
        if is_locked:
            self._controls.lock()
        self.question = self._task.question
        self._before: Mapping[int, str] = {}
        self._task.answered.connect(tour.answer)
        self._task.change.clicked.connect(tour.answer_anew)
        self._text.picture.decoded.connect(self.settle)
        self._controls.back.clicked.connect(self._go_back)
        self._controls.next.clicked.connect(self._go_on)
        self._controls.leave.clicked.connect(self.left)
        self._controls.chosen.connect(tour.go_to)
        self._controls.read_on.clicked.connect(self._read_on)
        self._controls.answers.clicked.connect(self.answers_wanted)
        for keys, slot in ((NEXT_KEYS, self._go_on), (BACK_KEYS, self._go_back)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self._settling = QTimer(self, singleShot=True)
        self._settling.timeout.connect(self._settle)
        tour.moved.connect(self._show)
        tour.done_changed.connect(self._show_done)
        self._show()

    def _build(self) -> None:
        self._text.setObjectName("scrolled")
        self._area = named(QScrollArea(widgetResizable=True), "tour.page", tr("Text of the step"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._text)
        self._side = QWidget()
        self._beside = filled(QVBoxLayout(self._side), self._task, 1, self._controls)
        self._frame = styled(QFrame(), "card")
        sides = (self._area, SHARES[0]), (self._side, SHARES[1])
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._frame)
        filled(self._row, *sides, edges=(14, 11, 14, 12), spacing=SPACING_PX)
        filled(QVBoxLayout(self), self._frame, edges=EDGES_PX)

    # What it shows

    @Slot()
    def _show(self) -> None:
        step, lesson = self._tour.step, self._tour.lesson
        if step is None or lesson is None:
            return
        self._text.show_step(step)
        self._show_task()
        self.setAccessibleName(
            tr(
                "{title}, step {number} of {steps}: {heading}",
                title=lesson.title,
                number=self._tour.number + 1,
                steps=len(lesson.steps),
                heading=step.heading,
            )
        )
        announce(self, f"{as_sentence(self.accessibleName())} {step.question.ask if step.question else step.do}")
        self._area.verticalScrollBar().setValue(0)
        self._show_ticks()
        self._settling.start()

    def _show_task(self) -> None:
        step = self._tour.step
        if step is not None:
            setting = self._tour.setting or step
            set_here = listed([words_for(name, setting.settings[name]) for name in self._tour.has_set])
            note = _note(set_here, self._tour.has_begun, setting.is_usual)
            self._task.show_step(self._tour, note, self._before.get(self._tour.number, ""))

    @Slot()
    def _show_done(self) -> None:
        """The step is done, or its question was answered: for one with an experiment, now that is to be done."""
        self._show_task()
        self._show_ticks()
        step = self._tour.step
        doing = tr("Now: {do}", do=step.do) if step is not None and not self._tour.is_done else tr("Done.")
        tell_news(self, "lesson", feedback(self._tour) or doing)
        self._settling.start()

    def show_before(self, before: Mapping[int, str], has_answers: bool) -> None:
        """Show what was answered an earlier time to the questions of some steps, and offer the list of answers."""
        self._before = before
        self._controls.answers.setVisible(has_answers)
        self._show_task()
        self._settling.start()

    def _show_ticks(self) -> None:
        self._task.show_done(self._tour.is_done)
        self._controls.show_step(self._tour)

    # What a person does

    @Slot()
    def _go_back(self) -> None:
        self._tour.go_to(self._tour.number - 1)

    @Slot()
    def _go_on(self) -> None:
        if self._tour.is_last:
            self.finished.emit()
        else:
            self._tour.go_to(self._tour.number + 1)

    @Slot()
    def _read_on(self) -> None:
        if self._tour.step is not None:
            self.chapter_wanted.emit(self._tour.step.chapter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # Its height

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the height for another width."""
        super().resizeEvent(event)
        self._settling.start()

    def changeEvent(self, event: QEvent) -> None:
        """Find the height for another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._settling.start()

    @Slot()
    def settle(self) -> None:
        """Find the height again, as for a window of another height."""
        self._settling.start()

    @Slot()
    def _settle(self) -> None:
        """Be as high as the step needs, at most a share of the window; the task is beside the text if there is room."""
        left, top, right, bottom = EDGES_PX
        inside, line = self._row.contentsMargins(), line_px(self)
        width = self.width() - left - right - inside.left() - inside.right() - FRAME_PX
        edges = top + bottom + inside.top() + inside.bottom() + FRAME_PX
        bar = self._area.verticalScrollBar().sizeHint().width()
        most = min(round(MOST_SHARE * self.window().height()), self._room()) - edges
        first, second = ((width - SPACING_PX) * share // sum(SHARES) for share in SHARES)
        for each in (self._task, self._controls):
            _layout_of(each).invalidate()  # it does not know yet what was just hidden or shown
        side = _height(self._task, second) + self._beside.spacing() + _height(self._controls, second)
        if self.width() >= WIDE_LINES * line and side <= most:
            wanted, least = max(self._text.words_height(first - bar), side), max(LEAST_LINES * line, side)
            self._put_beside()
        else:
            task = _height(self._task, self._text.fit(width - bar))
            below = _height(self._controls, width) + BELOW_PX
            wanted = self._text.words_height(width - bar) + self._text.spacing + task + below
            least = max(LEAST_LINES * line, task) + below
            self._put_below(is_first=wanted > most)
        self.setFixedHeight(min(wanted, max(most, least)) + edges)
        scrolls = wanted > max(most, least)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if scrolls else Qt.FocusPolicy.NoFocus)
        self.settled.emit()

    def _room(self) -> int:
        """The height that the rest of the window does not need."""
        window = self.window()
        return window.height() - (window.minimumSizeHint().height() - self.minimumHeight())

    def _put_beside(self) -> None:
        self._arrange(QBoxLayout.Direction.LeftToRight, SPACING_PX, SHARES[1])
        if self._beside.indexOf(self._task) < 0:
            self._beside.insertWidget(0, self._task)
            self._task.show()  # now: Qt would keep it hidden until the next layout

    def _put_below(self, is_first: bool) -> None:
        """Let the task scroll with the text; above it, if not all is visible."""
        self._arrange(QBoxLayout.Direction.TopToBottom, BELOW_PX, 0)
        self._text.take_in(self._task, is_first)

    def _arrange(self, direction: QBoxLayout.Direction, spacing: int, share: int) -> None:
        self._row.setDirection(direction)
        self._row.setSpacing(spacing)
        self._row.setStretch(1, share)


def _height(widget: QWidget, width: int) -> int:
    layout = _layout_of(widget)
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


def _layout_of(widget: QWidget) -> QLayout:
    layout = widget.layout()
    assert layout is not None
    return layout


def _note(set_here: str, has_begun: bool, is_usual: bool) -> str:
    """What the step has done to the run; ``set_here`` are the settings."""
    if not has_begun:
        return tr("This step set {settings}.", settings=set_here) if set_here else ""
    if set_here:
        usual = mark("This step started a new run with the usual settings and set {settings}.")
        return tr(usual if is_usual else mark("This step started a new run and set {settings}."), settings=set_here)
    return (
        tr("This step started a new run with the usual settings.") if is_usual else tr("This step started a new run.")
    )
