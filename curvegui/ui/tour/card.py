"""The card of a lesson: a column at the side of the window with the step's text, its task, and buttons."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QMargins, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from curvegui.core.language.text import listed, mark, tr, tr_in
from curvegui.session.study.tour import Tour
from curvegui.ui.actions.services import Services
from curvegui.ui.look.layouts import FlowLayout, filled, line_px, named, styled
from curvegui.ui.look.scale import WINDOW_EDGES_PX
from curvegui.ui.tour.frame import TourFrame, open_target, show_answer
from curvegui.ui.tour.question import as_sentence, feedback
from curvegui.ui.tour.words import TourTask, TourText, words_for
from curvegui.ui.widgets.spoken import announce, announce_news

BUTTONS_PX = 8  # between buttons


class TourControls(QWidget):
    """The list of steps, and buttons. Only Tab gives them the focus, so that other keys stay with the window. With
    ``is_locked``, the lesson cannot be left, and its last step has no button Finish."""

    def __init__(self, tour: Tour, is_locked: bool) -> None:
        super().__init__()
        self._tour, self._is_locked = tour, is_locked
        self.steps = _button("steps", "", tr("Go to any step"))
        self._menu = named(QMenu(self.steps), "tour.menu")
        self.steps.setMenu(self._menu)
        self.back = _button("back", tr_in("tour", "Back"), tr("Previous step (Alt+←)"))
        self.next = _button("next", tr_in("tour", "Next"), tr("Next step (Alt+→)"))
        self.read_on = _button("read_on", tr("Guide"), tr("Read about it in the user's guide"))
        self.answers = _button("answers", tr("Predictions"), tr("What you predicted in this lesson, and what happened"))
        self.leave = _button("leave", tr("Leave"), tr("Leave the tour; you can resume it here (Esc)"))
        self.answers.hide()
        if is_locked:
            self.leave.hide()
        self.flow = FlowLayout(BUTTONS_PX, self)
        for each in (self.steps, self.back, self.next, self.read_on, self.answers, self.leave):
            self.flow.addWidget(each)

    def show_step(self) -> None:
        """Show the present step, and which steps are done; once a step is done, the button Next is prominent."""
        tour = self._tour
        lesson, step = tour.lesson, tour.step
        if lesson is None or step is None:
            return
        self.steps.setText(tr("{step} of {steps}", step=tour.number + 1, steps=len(lesson.steps)))
        self.steps.setAccessibleName(tr("Step {text}", text=self.steps.text()))
        self.back.setEnabled(tour.number > 0)
        self.read_on.setVisible(bool(step.chapter))
        is_open = step.question is not None and not tour.is_done
        self.next.setText(tr("Finish") if tour.is_last else tr("Skip") if is_open else tr_in("tour", "Next"))
        self.next.setVisible(not (tour.is_last and self._is_locked))
        self.next.setAccessibleDescription(tr("This step is done") if tour.is_done else "")
        self.next.setProperty("primary", tour.is_done)
        self.next.style().unpolish(self.next)
        self.next.style().polish(self.next)
        self._menu.clear()
        for number, each in enumerate(lesson.steps):
            heading = f"{number + 1}. {each.heading.replace('&', '&&')}"
            entry = self._menu.addAction(heading, partial(tour.go_to, number))
            entry.setCheckable(True)  # so that screen readers say which are done
            entry.setChecked(number in tour.done)
            entry.setEnabled(number != tour.number)


def _button(name: str, text: str, tip: str) -> QPushButton:
    button = named(QPushButton(text, autoDefault=False), f"tour.{name}", "", tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


SPACING_PX = 10
WIDTH_PX = 340  # of the column
NARROW_LINES = 52  # in a window less wide, in heights of a line, the column is a strip below
LOW_SHARE, LEAST_LINES = 0.4, 7  # of the window's height for this strip, and the strip's least height
BUTTONS_LINES, MOST_PX = 13, 16_777_215  # the width of the buttons in the strip; no limit, for Qt
EDGES_PX = 4, 8, 8, 8
NOTES = {  # of a step that began a run, by whether it set something, and whether the run is as a new user's
    (False, False): mark("This step started a new run."),
    (False, True): mark("This step started a new run with the usual settings."),
    (True, False): mark("This step started a new run and set {settings}."),
    (True, True): mark("This step started a new run with the usual settings and set {settings}."),
}
NEXT_KEYS, BACK_KEYS = "Alt+Right", "Alt+Left"


class TourCard(QWidget):
    """Shows the present step of a lesson."""

    left = Signal()  # a person leaves the tour for now
    finished = Signal()  # a person goes on from the last step
    chapter_wanted = Signal(str)  # a chapter of the guide
    answers_wanted = Signal()  # the list of predictions and what happened

    def __init__(self, tour: Tour, is_locked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tour")
        self._tour, self._before = tour, dict[int, str]()
        self._text, self._task = TourText(), TourTask()
        self._controls = controls = TourControls(tour, is_locked)
        page = named(QWidget(), "scrolled")
        filled(QVBoxLayout(page), self._text, self._task, 1, edges=(0, 0, 6, 0), spacing=SPACING_PX)
        self._area = named(QScrollArea(widgetResizable=True), "tour.page", tr("Text of the step"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(page)
        self._area.verticalScrollBar().rangeChanged.connect(self._allow_focus)
        frame = styled(QFrame(), "card")
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, frame)
        filled(self._box, (self._area, 1), controls, edges=(16, 14, 10, 12), spacing=SPACING_PX)
        filled(QVBoxLayout(self), frame, edges=EDGES_PX)
        self.question = self._task.question
        self._task.answered.connect(tour.answer)
        self._task.change.clicked.connect(tour.answer_anew)
        self._showing_task = QTimer(self, singleShot=True)  # when the new words are laid out
        self._showing_task.timeout.connect(lambda: self._area.ensureWidgetVisible(self._task))
        controls.back.clicked.connect(self._go_back)
        controls.next.clicked.connect(self._go_on)
        controls.leave.clicked.connect(self.left)
        controls.read_on.clicked.connect(lambda: self.chapter_wanted.emit(tour.step.chapter if tour.step else ""))
        controls.answers.clicked.connect(self.answers_wanted)
        for keys, slot in ((NEXT_KEYS, self._go_on), (BACK_KEYS, self._go_back)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        tour.moved.connect(self._show)
        tour.done_changed.connect(self._show_done)
        self._show()

    def become(self, is_strip: bool) -> None:
        """Have the buttons below the text, or in a strip beside it."""
        way = QBoxLayout.Direction
        self._box.setDirection(way.LeftToRight if is_strip else way.TopToBottom)
        self._controls.setMaximumWidth(BUTTONS_LINES * line_px(self) if is_strip else MOST_PX)

    @Slot(int, int)
    def _allow_focus(self, _least: int, most: int) -> None:
        """Let keys scroll the text if it is longer than the card."""
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if most else Qt.FocusPolicy.NoFocus)

    @Slot()
    def _show(self) -> None:
        step, lesson = self._tour.step, self._tour.lesson
        if step is None or lesson is None:
            return
        self._text.show_step(step)
        self._show_task()
        words, number = mark("{title}, step {number} of {steps}: {heading}"), self._tour.number + 1
        steps = len(lesson.steps)
        self.setAccessibleName(tr(words, title=lesson.title, number=number, steps=steps, heading=step.heading))
        announce(self, f"{as_sentence(self.accessibleName())} {step.question.ask if step.question else step.do}")
        self._area.verticalScrollBar().setValue(0)
        self._show_ticks()

    def _show_task(self) -> None:
        step = self._tour.step
        if step is not None:
            setting = self._tour.setting or step
            set_here = listed([words_for(name, setting.settings[name]) for name in self._tour.has_set])
            note = tr("This step set {settings}.", settings=set_here) if set_here else ""
            if self._tour.has_begun:
                note = tr(NOTES[bool(set_here), setting.is_usual], settings=set_here)
            self._task.show_step(self._tour, note, self._before.get(self._tour.number, ""))

    @Slot()
    def _show_done(self) -> None:
        """Show that the step is done, or what came of the answer to its question, and what is to be done now."""
        self._show_task()
        self._show_ticks()
        step = self._tour.step
        doing = tr("Now: {do}", do=step.do) if step is not None and not self._tour.is_done else tr("Done.")
        announce_news(self, "lesson", feedback(self._tour) or doing)
        self._showing_task.start()

    def show_before(self, before: dict[int, str], has_answers: bool) -> None:
        """Show answers of an earlier time, by the number of the step; offer the list if it ``has_answers``."""
        self._before = before
        self._controls.answers.setVisible(has_answers)
        self._show_task()

    def _show_ticks(self) -> None:
        self._task.show_done(self._tour.is_done)
        self._controls.show_step()

    @Slot()
    def _go_back(self) -> None:
        self._tour.go_to(self._tour.number - 1)

    @Slot()
    def _go_on(self) -> None:
        if self._tour.is_last:
            self.finished.emit()
        else:
            self._tour.go_to(self._tour.number + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TourColumn(QWidget):
    """A column at the side of the window with a lesson's ``card``, or a strip below in a narrow window; it also puts
    frames around what a step shows. The rest of the window is laid out in the room that is left."""

    def __init__(self, services: Services, tour: Tour, in_class: bool) -> None:
        super().__init__(services.window)
        self._services, self._window = services, services.window
        self.card = TourCard(tour, in_class)
        self.card.chapter_wanted.connect(services.explain)
        self.setObjectName("tour.column")
        filled(QVBoxLayout(self), self.card)
        services.centre.card = self
        services.inspection.selected_changed.connect(self._show_answers)
        self._names: Sequence[str] = ()
        self._frames: list[TourFrame] = []
        self._window.resized.connect(self._fit)
        self._fit()
        self.show()

    @Slot()
    def _fit(self) -> None:
        """Be as large as in every step, so that nothing jumps."""
        width, height = self._window.width(), self._window.height()
        if width < NARROW_LINES * line_px(self._window):
            taken = self._window.contentsMargins().bottom() - WINDOW_EDGES_PX[-1]
            others = self._window.minimumSizeHint().height() - taken
            low = max(min(round(LOW_SHARE * height), height - others), LEAST_LINES * line_px(self._window))
            self.card.become(is_strip=True)
            self.setGeometry(0, height - low, width, low)
            self._leave_room(QMargins(0, 0, 0, low))
        else:
            self.card.become(is_strip=False)
            at_left = self._window.isRightToLeft()
            self.setGeometry(0 if at_left else width - WIDTH_PX, 0, WIDTH_PX, height)
            self._leave_room(QMargins(WIDTH_PX if at_left else 0, 0, 0 if at_left else WIDTH_PX, 0))

    def _leave_room(self, taken: QMargins) -> None:
        margins = QMargins(*WINDOW_EDGES_PX) + taken
        if self._window.contentsMargins() != margins:
            self._window.setContentsMargins(margins)
            size = self._window.size()
            QCoreApplication.sendEvent(self._window, QResizeEvent(size, size))  # to lay out what has other room now
            if not self._services.availability.whole_layout:
                self._services.views.share_out()

    def point_at(self, names: Sequence[str]) -> None:
        """Put frames around these parts of the window only; open closed panels, in a view that shows the first part."""
        for frame in self._frames:
            frame.leave()
        self._frames, self._names = [], names
        for name in names:
            widget = open_target(self._services, name)
            if widget is not None:
                self._frames.append(TourFrame(widget, leads=not self._frames))

    @Slot()
    def _show_answers(self) -> None:
        """When a part of the network has been selected, scroll to its numbers in the panels that the step points at."""
        for name in self._names:
            show_answer(self._window, name)

    def put_away(self) -> None:
        self.point_at(())
        self._window.resized.disconnect(self._fit)
        self._leave_room(QMargins())
        self._services.centre.card = None
        self.hide()
        self.deleteLater()
