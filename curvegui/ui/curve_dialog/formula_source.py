"""A curve from two formulas, x and y as functions of t, with their errors shown while they are typed."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from curvegui.core.curve.curve import CurveError
from curvegui.core.formula.curve import FormulaError, NoValueError, formula_curve, parse_formula
from curvegui.ui.curve_dialog.source import CurveSource, Making, Offer
from curvegui.ui.dialogs.latest_job import JobProgress
from curvegui.ui.dialogs.save_dialog import message_label

EXAMPLES = {
    "Heart": ("16*sin(2*pi*t)^3", "13*cos(2*pi*t) - 5*cos(4*pi*t) - 2*cos(6*pi*t) - cos(8*pi*t)"),
    "Rose with five petals": ("cos(5*pi*t)*cos(pi*t)", "cos(5*pi*t)*sin(pi*t)"),
    "Lissajous": ("sin(6*pi*t)", "sin(4*pi*t + pi/4)"),
    "Spiral": ("t*cos(6*pi*t)", "t*sin(6*pi*t)"),
    "Hypotrochoid": ("2*cos(6*pi*t) + 5*cos(4*pi*t)", "2*sin(6*pi*t) - 5*sin(4*pi*t)"),
}
HINT = "t goes from 0 to 1. You can use + − * / ^, brackets, sin, cos, tan, exp, log, sqrt, abs and more, pi and e."


class FormulaSource(CurveSource):
    """The two formulas."""

    title = "Curve from formula"
    waits = "Type one formula for x and one for y, or choose an example."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = {axis: FormulaField(axis) for axis in "xy"}
        self._examples, hint = QPushButton("&Examples"), message_label()
        self._examples.setObjectName("formula.examples")
        self._examples.setAutoDefault(False)
        menu = QMenu(self._examples)
        for name, (x, y) in EXAMPLES.items():
            menu.addAction(name).triggered.connect(partial(self.set_formulas, x, y))
        self._examples.setMenu(menu)
        hint.setText(HINT)
        hint.setProperty("muted", True)
        hint.show()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for each in self._fields.values():
            column.addWidget(each)
            each.edit.textChanged.connect(self.changed)
        column.addWidget(self._examples, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(hint)
        column.addStretch(1)
        self.set_formulas(*EXAMPLES["Heart"])
        self.setFocusProxy(self._fields["x"].edit)

    def set_formulas(self, x: str, y: str) -> None:
        """Put formulas into the fields."""
        for axis, text in (("x", x), ("y", y)):
            self._fields[axis].edit.setText(text)
            self._fields[axis].edit.setCursorPosition(0)

    def making(self) -> Making | None:
        """Make the curve of the two formulas; None while one is missing."""
        x, y = (self._fields[axis].edit.text() for axis in "xy")
        if not (x.strip() and y.strip()):
            self.take(Offer())
            return None
        return partial(_curve_of, x, y)

    def take(self, offer: Offer) -> None:
        """Say under each field what is wrong with it."""
        problems: dict[str, CurveError] = offer.found or {}
        for axis, each in self._fields.items():
            each.show_error(problems.get(axis))


class FormulaField(QWidget):
    """A line for one formula, and what is wrong with it below; ``axis`` is "x" or "y"."""

    def __init__(self, axis: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label, self.edit, self._error = QLabel(f"&{axis}(t) ="), QLineEdit(), message_label()
        label.setBuddy(self.edit)
        self.edit.setObjectName(f"formula.{axis}")
        self.edit.setAccessibleName(f"{axis}(t)")
        self.edit.setMaxLength(2_000)
        self._error.setObjectName(f"formula.{axis}.error")
        self._error.setProperty("error", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (label, self.edit, self._error):
            column.addWidget(widget)

    def show_error(self, error: CurveError | None) -> None:
        """Mark the place of an error, if it has one, and say what it is; or that there is none."""
        self.edit.setProperty("wrong", error is not None)
        self.edit.style().polish(self.edit)
        self.edit.setAccessibleDescription(str(error or ""))
        self._error.setText(str(error or ""))
        self._error.setVisible(error is not None)
        self._mark(error if isinstance(error, FormulaError) else None)

    def _mark(self, error: FormulaError | None) -> None:
        """Underline the place like a spelling mistake; a text line offers this to input methods only."""
        marks = []
        if error is not None and self.edit.text():
            ink = QTextCharFormat()
            ink.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            ink.setUnderlineColor(self.palette().brightText().color())
            ink.setForeground(self.palette().brightText())
            place = min(error.position, len(self.edit.text()) - 1)
            start, kind = place - self.edit.cursorPosition(), QInputMethodEvent.AttributeType.TextFormat
            marks = [QInputMethodEvent.Attribute(kind, start, 1, ink)]
        QCoreApplication.sendEvent(self.edit, QInputMethodEvent("", marks))


def _curve_of(x: str, y: str, job: JobProgress) -> Offer:
    problems = dict[str, CurveError]()
    for axis, text in (("x", x), ("y", y)):
        try:
            parse_formula(text)
        except FormulaError as error:
            problems[axis] = error
    if not problems:
        try:
            return Offer(formula_curve(x, y))
        except NoValueError as error:
            problems[error.axis] = error
    return Offer(problem="These formulas cannot be drawn yet: see above.", found=problems)
