"""The dialog in which the same run learns with several amounts of noise, from the same start, side by side."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from curvegui.core.inspection.noise_comparison import ComparisonSnapshot, compare
from curvegui.core.learner.learner import Snapshot
from curvegui.core.settings.config import SETTINGS
from curvegui.ui.dialogs.question import open_as_large_as
from curvegui.ui.dialogs.save_report import message_label, write
from curvegui.ui.look.layouts import side_by_side
from curvegui.ui.look.theme import Theme
from curvegui.ui.noise.canvas import NoiseCanvas
from curvegui.ui.noise.costs import NoiseCosts
from curvegui.ui.noise.job import NoiseJob
from curvegui.ui.noise.words import comparison_words
from curvegui.ui.widgets.number_box import MOST_CHARACTERS, NumberBox
from curvegui.ui.widgets.numbers import format_number

NOISES = 0.0, 1.0, 3.0
ITERATIONS = 2_000
MOST_ITERATIONS = 1_000_000
LINES = 46, 34  # the window's width and height at first, in heights of a line of text
LONGEST_REASON = f"“{'w' * MOST_CHARACTERS}” is not a number"
EDGES_PX = 18, 16, 18, 16  # left, top, right and bottom, inside of the window


class NoiseDialog(QDialog):
    """Compares amounts of noise; the run goes on beside it.

    Parameters
    ----------
    snapshot : Snapshot
        The moment that was seen when it was opened.
    theme : Theme
    parent : QWidget, optional
    """

    def __init__(self, snapshot: Snapshot, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noise")
        self.setWindowTitle("Compare amounts of noise")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._snapshot = snapshot
        self._job: NoiseJob | None = None
        self._noises, self._iterations = list(NOISES), ITERATIONS
        self._canvases = [NoiseCanvas(snapshot.target, theme) for _ in NOISES]
        self._boxes = [NumberBox(SETTINGS["noise"], whole=False) for _ in NOISES]
        self._length = NumberBox(SETTINGS["iterations"], whole=True)
        self._costs, self._words, self._message = NoiseCosts(theme), QLabel(), message_label()
        self._from_here = QRadioButton(f"From &here, iteration {format_number(snapshot.iteration)}")
        self._from_start = QRadioButton("From the s&tart")
        self._begin_button, self._stop_button = QPushButton("&Compare"), QPushButton("Sto&p")
        self._close_button = QPushButton("Close")
        self._name_parts()
        self._lay_out()
        self._connect()
        self._show_numbers()
        self._begin_button.setFocus()
        self._begin()

    @Slot(object)
    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        for canvas in self._canvases:
            canvas.set_theme(theme)
        self._costs.set_theme(theme)

    def _name_parts(self) -> None:
        named: dict[str, QWidget] = {
            "iterations": self._length, "words": self._words, "message": self._message, "from_here": self._from_here,
            "from_start": self._from_start, "compare": self._begin_button, "stop": self._stop_button,
            "close": self._close_button,
        }  # fmt: skip
        for number, (box, canvas) in enumerate(zip(self._boxes, self._canvases, strict=True), start=1):
            named[f"noise_{number}"], named[f"canvas_{number}"] = box, canvas
            box.setAccessibleName(f"Noise of run {number}")
        for key, widget in named.items():
            widget.setObjectName(f"noise.{key}")
        self._length.setAccessibleName("Iterations of each run")
        self._words.setWordWrap(True)
        self._from_here.setChecked(True)
        self._begin_button.setDefault(True)
        room = self._message.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # a click that leaves a mistyped box must find its button where it was
        room.setHorizontalPolicy(QSizePolicy.Policy.Ignored)  # nor may a long word make the window wider
        self._message.setSizePolicy(room)
        self._message.setText(" ")
        self._keep_room_for_message()

    def _lay_out(self) -> None:
        runs = QGridLayout()
        runs.setSpacing(10)
        for column, (box, canvas) in enumerate(zip(self._boxes, self._canvases, strict=True)):
            label = QLabel("Noise")
            label.setProperty("muted", True)
            label.setBuddy(box)
            runs.addWidget(side_by_side(label, box), 0, column)
            runs.addWidget(canvas, 1, column)
            runs.setColumnStretch(column, 1)
        length = QLabel("Iterations")
        length.setProperty("muted", True)
        length.setBuddy(self._length)
        choices = side_by_side(self._from_here, self._from_start, side_by_side(length, self._length), spacing=14)
        buttons = side_by_side(self._begin_button, self._stop_button, self._close_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*EDGES_PX)
        outer.setSpacing(12)
        outer.addLayout(runs, 3)
        outer.addWidget(self._costs, 2)
        for below in (self._words, choices, self._message, buttons):
            outer.addWidget(below)
        open_as_large_as(self, LINES)

    def _connect(self) -> None:
        for box in (*self._boxes, self._length):
            box.entered.connect(self._take_number)
            box.mistyped.connect(self._refuse)
        self._begin_button.clicked.connect(self._begin)
        self._stop_button.clicked.connect(self._stop)
        self._close_button.clicked.connect(self.close)
        self.finished.connect(self._stop)

    # The numbers

    @Slot(float)
    def _take_number(self, value: float) -> None:
        """Take a number for whichever box it was typed into, unless it is not allowed."""
        box = self.sender()
        try:
            if box is self._length:
                most = SETTINGS["iterations"].check_number(value, whole=True)
                if most > MOST_ITERATIONS:
                    raise ValueError(f"Iterations: at most {format_number(MOST_ITERATIONS)} here.")
                self._iterations = int(most)
            else:
                index = next(number for number, each in enumerate(self._boxes) if each is box)
                self._noises[index] = SETTINGS["noise"].check_number(value, whole=False)
        except ValueError as error:
            self._refuse(str(error))
        else:
            self._message.hide()
        self._show_numbers()

    def _keep_room_for_message(self) -> None:
        """As many lines as the longest of ours needs, in whatever width and font."""
        left, _, right, _ = EDGES_PX
        width = max(self.width() - left - right, 1)
        across = self.fontMetrics().horizontalAdvance(LONGEST_REASON)
        self._message.setMinimumHeight((1 + across // width) * self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths make another number of lines."""
        super().resizeEvent(event)
        self._keep_room_for_message()

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        write(self._message, reason, error=True)

    def _show_numbers(self) -> None:
        for box, canvas, noise in zip(self._boxes, self._canvases, self._noises, strict=True):
            box.show_value(noise)
            canvas.setAccessibleName(f"What is drawn with noise {format_number(noise)}")
        self._length.show_value(self._iterations)

    # The comparison

    @Slot()
    def _begin(self) -> None:
        """Let all runs learn, instead of those that do."""
        self._stop()
        now = self._snapshot
        begin = partial(compare, now.config, tuple(self._noises), self._iterations)
        if self._from_here.isChecked():
            begin = partial(begin, parameters=now.parameters, first=now.iteration)
        self._job = NoiseJob(begin, self)
        self._job.told.connect(self._show_snapshot)
        self._job.ended.connect(self._finish)
        self._show_at_work(True)
        self._job.start()

    @Slot()
    def _stop(self) -> None:
        """Let them be where they are."""
        if self._job is not None:
            self._job.stop()
            self._job = None
            self._show_at_work(False)

    def _show_at_work(self, at_work: bool) -> None:
        self._stop_button.setEnabled(at_work)

    @Slot(object)
    def _show_snapshot(self, moment: ComparisonSnapshot) -> None:
        for canvas, run in zip(self._canvases, moment.runs, strict=True):
            canvas.show_fit(run.fit)
        self._costs.show_portrait(moment)
        self._words.setText(comparison_words(moment))
        self._costs.setAccessibleDescription(self._words.text())

    @Slot(str)
    def _finish(self, problem: str) -> None:
        if self.sender() is self._job:
            self._job = None
            self._show_at_work(False)
            if problem:
                self._refuse(problem)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody waits for the runs any more."""
        self._stop()
        super().closeEvent(event)
