"""A curve from two formulas, x and y as functions of t, drawn while they are typed; their other letters are sliders."""

from functools import partial

from PySide6.QtCore import QMetaObject, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from curvegui.core.curve.curve import CurveError
from curvegui.core.curve.typed import MOST, Parameter, Typed
from curvegui.core.formula.curve import FormulaError, NoValueError, formula_curve, letters_of, parse_formula
from curvegui.core.language.text import mark, tr
from curvegui.ui.curve_dialog.formula_field import FormulaField
from curvegui.ui.curve_dialog.parameter_row import ParameterRow
from curvegui.ui.curve_dialog.source import CurveMaker, CurveSource, Offer
from curvegui.ui.dialogs.latest_job import JobProgress
from curvegui.ui.dialogs.save_dialog import message_label
from curvegui.ui.look.tips import named

EXAMPLES = {
    mark("Heart"): Typed("16*sin(2*pi*t)^3", mark("13*cos(2*pi*t) - 5*cos(4*pi*t) - 2*cos(6*pi*t) - cos(8*pi*t)")),
    mark("Rose"): Typed("cos(a*pi*t)*cos(pi*t)", "cos(a*pi*t)*sin(pi*t)", (Parameter("a", 5, 1, 11),)),
    mark("Lissajous"): Typed(
        "sin(2*pi*a*t)",
        mark("sin(2*pi*b*t + c)"),
        (Parameter("a", 3, 1, 9), Parameter("b", 2, 1, 9), Parameter("c", 0.8, 0, 3)),
    ),
    mark("Spiral"): Typed(
        "t^b*cos(2*pi*a*t)", "t^b*sin(2*pi*a*t)", (Parameter("a", 3, 1, 9), Parameter("b", 1, 0.5, 3))
    ),
    mark("Hypotrochoid"): Typed(
        mark("a*cos(6*pi*t) + 5*cos(4*pi*t)"), mark("a*sin(6*pi*t) + 5*sin(4*pi*t)"), (Parameter("a", 2, 0, 9),)
    ),
    mark("Superellipse"): Typed(
        "sign(cos(2*pi*t))*abs(cos(2*pi*t))^(2/n)",
        "sign(sin(2*pi*t))*abs(sin(2*pi*t))^(2/n)",
        (Parameter("n", 0.7, 0.4, 8),),
    ),
}
HINT = mark(
    "t goes from 0 to 1. You can use + − * / ^, brackets, sin, cos, tan, exp, log, sqrt, abs and more, pi and e. "
    "Any other letter, such as a, becomes a slider."
)
PAUSE_MS = 400  # without a key, before sliders come and go: “s” may become “sin”
NUMBER_WRONG = mark("The number typed for a slider cannot be used. Type another one, or move the slider.")


class FormulaSource(CurveSource):
    """The two formulas and the sliders of their letters; at first those of ``typed``, or else an example."""

    guide = "Any curve/" + mark("Formula")
    title, room = mark("Curve from formula"), QSize(820, 500)
    waits = mark("Type one formula for x and one for y, or choose an example.")

    def __init__(self, typed: Typed | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = {axis: FormulaField(axis) for axis in "xy"}
        self._rows, self._sliders, self._pause = dict[str, ParameterRow](), QVBoxLayout(), QTimer(self)
        self._is_making = self._is_behind = False
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._show_rows)
        examples, hint = named(QPushButton(tr("&Examples"), autoDefault=False), "formula.examples"), message_label()
        menu = QMenu(examples)
        for name, example in EXAMPLES.items():
            menu.addAction(tr(name)).triggered.connect(partial(self.set_formulas, example))
        examples.setMenu(menu)
        hint.setText(tr(HINT))
        hint.setProperty("muted", True)
        hint.show()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for each in self._fields.values():
            column.addWidget(each)
            each.edit.textChanged.connect(self._read)
        column.addLayout(self._sliders)
        column.addStretch(1)
        column.addWidget(hint)
        column.addWidget(examples, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_formulas(typed or EXAMPLES["Heart"])
        self.setFocusProxy(self._fields["x"].edit)
        self._fields["x"].edit.selectAll()

    def set_formulas(self, typed: Typed) -> None:
        """Put formulas into the fields, and their letters below."""
        for parameter in typed.parameters:
            self._row(parameter).show_parameter(parameter)
        for axis, text in (("x", typed.x), ("y", typed.y)):
            self._fields[axis].edit.setText(text)
            self._fields[axis].edit.setCursorPosition(0)
        self._show_rows()

    # Letters

    def _row(self, parameter: Parameter) -> ParameterRow:
        """The slider of a letter; one that is gone for a while keeps its value."""
        name = parameter.name
        if name not in self._rows:
            self._rows[name] = row = ParameterRow(parameter)
            row.hide()
            row.changed.connect(self._turn)
            self._sliders.insertWidget(sorted(self._rows).index(name), row)
        return self._rows[name]

    def _letters(self) -> list[str]:
        letters = [letter for each in self._fields.values() for letter in letters_of(each.edit.text())]
        return list(dict.fromkeys(letters))[:MOST]

    @Slot()
    def _read(self) -> None:
        """Show in type what is typed, and have it drawn."""
        values = dict.fromkeys(self._letters(), 1.0)
        for each in self._fields.values():
            each.set_in_type(values)
        self._pause.start(PAUSE_MS)
        self.changed.emit()

    @Slot()
    def _show_rows(self) -> None:
        letters = self._letters()
        for letter in letters:
            self._row(Parameter(letter))
        for name, row in self._rows.items():
            row.setVisible(name in letters)

    @Slot()
    def _turn(self) -> None:
        """Have the curve drawn again: at once, or while a slider is dragged, as soon as the one before is there."""
        self._is_behind = self._is_making and any(row.is_dragged for row in self._rows.values())
        if not self._is_behind:
            self.changed.emit()

    # Making

    def maker(self) -> CurveMaker | None:
        """Make the curve of the two formulas; None while one is missing."""
        self._is_behind = False
        x, y = (self._fields[axis].edit.text() for axis in "xy")
        self._is_making = bool(x.strip() and y.strip())
        if not self._is_making:
            self.take(Offer())
            return None
        letters = self._letters()
        rows = {letter: self._rows[letter] for letter in letters if letter in self._rows}
        if any(row.is_wrong for row in rows.values()):
            return partial(_refusal, tr(NUMBER_WRONG))
        parameters = [rows[each].parameter if each in rows else Parameter(each) for each in letters]
        return partial(_curve_of, Typed(x, y, tuple(parameters)))

    def take(self, offer: Offer) -> None:
        """Say under each field what is wrong with it."""
        problems: dict[str, CurveError] = offer.found or {}
        for axis, each in self._fields.items():
            each.show_error(problems.get(axis))
        self._is_making = False
        if self._is_behind:
            QMetaObject.invokeMethod(self, "_turn", Qt.ConnectionType.QueuedConnection)


def _refusal(sentence: str, job: JobProgress) -> Offer:
    return Offer(problem=sentence)


def _curve_of(typed: Typed, job: JobProgress) -> Offer:
    problems = dict[str, CurveError]()
    for axis, text in (("x", typed.x), ("y", typed.y)):
        try:
            parse_formula(text, typed.values)
        except FormulaError as error:
            problems[axis] = error
    if not problems:
        try:
            return Offer(formula_curve(typed.x, typed.y, parameters=typed.parameters))
        except NoValueError as error:
            problems[error.axis] = error
    return Offer(problem=tr("These formulas cannot be drawn yet: see above."), found=problems)
