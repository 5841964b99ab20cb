"""A curve from two formulas, x and y as functions of t, drawn while they are typed; their other letters are sliders."""

from dataclasses import replace
from functools import partial
from math import log10

from PySide6.QtCore import QMetaObject, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from curvegui.core.curve.curve import LARGEST, MOST, CurveError, FormulaParameter, Typed
from curvegui.core.formula.curve import FormulaError, NoValueError, formula_curve, letters_of, parse_formula
from curvegui.core.language.text import mark, tr, unstopped
from curvegui.core.settings.setting import POSITIONS, LinearScale, Setting
from curvegui.ui.curve_dialog.dialog import CurveMaker, CurveOffer, CurveSource
from curvegui.ui.curve_dialog.formula_field import FormulaField
from curvegui.ui.dialogs.latest_job import JobProgress
from curvegui.ui.dialogs.progress import message_label
from curvegui.ui.look.layouts import filled, named, styled
from curvegui.ui.widgets.number_box import NumberBox, even_steps
from curvegui.ui.widgets.scrolled import ScrolledSlider

STEPS = 100  # of the arrow keys, from one end of the range to the other
ENDS = {"low": mark("Smallest value of {name}"), "high": mark("Largest value of {name}")}


class FormulaParameterRow(QWidget):
    """The slider and the numbers of one parameter. ``changed`` is sent for a new value or range, or a wrong number."""

    changed = Signal()

    def __init__(self, parameter: FormulaParameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter, name = parameter, parameter.name
        self._slider = named(ScrolledSlider(), f"formula.{name}.slider", tr("Value of {name}", name=name))
        self._error = styled(message_label(), "error")
        self._boxes = {part: self._box(part) for part in ("value", *ENDS)}
        self._slider.setRange(0, POSITIONS)
        self._slider.setSingleStep(POSITIONS // STEPS)
        self._slider.setPageStep(POSITIONS // 10)
        self._slider.valueChanged.connect(self._slide)
        label = QLabel(f"<i>{name}</i> =")
        label.setBuddy(self._boxes["value"])
        rows = QGridLayout(self)
        rows.setVerticalSpacing(2)
        rows.setContentsMargins(0, 0, 0, 0)
        top = filled(QHBoxLayout(), label, self._boxes["value"], 1, edges=None, spacing=8)
        rows.addLayout(top, 0, 0, 1, 3)
        for column, widget in enumerate((self._boxes["low"], self._slider, self._boxes["high"])):
            rows.addWidget(widget, 1, column)
        rows.addWidget(self._error, 2, 0, 1, 3)
        rows.setColumnStretch(1, 1)
        self.show_parameter(parameter)

    def _box(self, part: str) -> NumberBox:
        name = tr(ENDS.get(part, mark("Value of {name}")), name=self.parameter.name)
        setting = Setting(name, name, low=-LARGEST, high=LARGEST, window_high=LARGEST)
        box = named(NumberBox(setting, False, step=self._stepped), f"formula.{self.parameter.name}.{part}", name)
        box.setToolTip(name)
        box.entered.connect(getattr(self, f"_set_{part}"))
        box.mistyped.connect(self._refuse)
        for seen in (box.textEdited, box.reached):
            seen.connect(self._forgive)
        return box

    def _stepped(self, value: float, count: int) -> float:
        step = 10.0 ** (round(log10(self.parameter.high - self.parameter.low)) - 2)  # about a hundredth of the range
        return even_steps(step)(value, count)

    @property
    def is_wrong(self) -> bool:
        """Whether a number was typed here that cannot be used."""
        return self._error.isVisibleTo(self)

    @property
    def is_dragged(self) -> bool:
        return self._slider.isSliderDown()

    def show_parameter(self, parameter: FormulaParameter) -> None:
        self.parameter = parameter
        for part, box in self._boxes.items():
            box.show_value(getattr(parameter, part))
        if self._scale.value(self._slider.value()) != parameter.value:  # while it is dragged, it is there already
            with QSignalBlocker(self._slider):
                self._slider.setValue(self._scale.position(parameter.value))
        self._slider.setAccessibleDescription(self._boxes["value"].text())

    @property
    def _scale(self) -> LinearScale:
        width = self.parameter.high - self.parameter.low
        return LinearScale(self.parameter.low, self.parameter.high, 2 - round(log10(width)))

    def _change(self, **parts: float) -> None:
        try:
            changed = replace(self.parameter, **parts)  # type: ignore[arg-type]
        except ValueError as error:
            self._refuse(str(error))
            self.show_parameter(self.parameter)
            return
        self._error.hide()
        self.show_parameter(changed)
        self.changed.emit()

    @Slot(int)
    def _slide(self, position: int) -> None:
        self._change(value=self._scale.value(position))

    @Slot(float)
    def _set_value(self, value: float) -> None:
        """Take a value; a value outside of the range widens the range."""
        self._change(value=value, low=min(value, self.parameter.low), high=max(value, self.parameter.high))

    @Slot(float)
    def _set_low(self, low: float) -> None:
        self._change(low=low, value=max(low, self.parameter.value))

    @Slot(float)
    def _set_high(self, high: float) -> None:
        self._change(high=high, value=min(high, self.parameter.value))

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self._error.setText(tr("{words}.", words=unstopped(reason)))
        self._error.show()
        self.changed.emit()

    @Slot()
    def _forgive(self) -> None:
        if self.is_wrong:
            self._error.hide()
            self.changed.emit()


EXAMPLES = {
    mark("Heart"): Typed("16*sin(2*pi*t)^3", mark("13*cos(2*pi*t) - 5*cos(4*pi*t) - 2*cos(6*pi*t) - cos(8*pi*t)")),
    mark("Rose"): Typed("cos(a*pi*t)*cos(pi*t)", "cos(a*pi*t)*sin(pi*t)", (FormulaParameter("a", 5, 1, 11),)),
    mark("Lissajous"): Typed(
        "sin(2*pi*a*t)",
        mark("sin(2*pi*b*t + c)"),
        (FormulaParameter("a", 3, 1, 9), FormulaParameter("b", 2, 1, 9), FormulaParameter("c", 0.8, 0, 3)),
    ),
    mark("Spiral"): Typed(
        "t^b*cos(2*pi*a*t)", "t^b*sin(2*pi*a*t)", (FormulaParameter("a", 3, 1, 9), FormulaParameter("b", 1, 0.5, 3))
    ),
    mark("Hypotrochoid"): Typed(
        mark("a*cos(6*pi*t) + 5*cos(4*pi*t)"), mark("a*sin(6*pi*t) + 5*sin(4*pi*t)"), (FormulaParameter("a", 2, 0, 9),)
    ),
    mark("Superellipse"): Typed(
        "sign(cos(2*pi*t))*abs(cos(2*pi*t))^(2/n)",
        "sign(sin(2*pi*t))*abs(sin(2*pi*t))^(2/n)",
        (FormulaParameter("n", 0.7, 0.4, 8),),
    ),
}
HINT = mark(
    "t goes from 0 to 1. You can use + − * / ^, brackets, sin, cos, tan, exp, log, sqrt, abs and more, pi and e. "
    "Any other letter, such as a, becomes a slider."
)
PAUSE_MS = 400  # without a key, before sliders come and go: “s” may become “sin”
NUMBER_WRONG = mark("The number typed for a slider cannot be used. Type another one, or move the slider.")


class FormulaSource(CurveSource):
    """A page with two formulas and the sliders of their letters; at first it shows ``typed``, or else an example."""

    guide = "Any curve/" + mark("Formula")
    title = mark("Curve from formula")
    waits = mark("Type one formula for x and one for y, or choose an example.")

    def __init__(self, typed: Typed | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = {axis: FormulaField(axis) for axis in "xy"}
        self._rows, self._sliders = dict[str, FormulaParameterRow](), QVBoxLayout()
        self._pause = QTimer(self, singleShot=True)
        self._is_making = self._is_behind = False
        self._pause.timeout.connect(self._show_rows)
        examples = named(QPushButton(tr("&Examples"), autoDefault=False), "formula.examples")
        hint = styled(message_label(), "muted")
        menu = QMenu(examples)
        for name, example in EXAMPLES.items():
            menu.addAction(tr(name)).triggered.connect(partial(self.set_formulas, example))
        examples.setMenu(menu)
        hint.setText(tr(HINT))
        hint.show()
        column = filled(QVBoxLayout(self), spacing=10)
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
        """Put formulas into the fields, and show sliders for their letters."""
        for parameter in typed.parameters:
            self._row(parameter).show_parameter(parameter)
        for axis, text in (("x", typed.x), ("y", typed.y)):
            self._fields[axis].edit.setText(text)
            self._fields[axis].edit.setCursorPosition(0)
        self._show_rows()

    def _row(self, parameter: FormulaParameter) -> FormulaParameterRow:
        name = parameter.name
        if name not in self._rows:
            self._rows[name] = row = FormulaParameterRow(parameter)
            row.hide()
            row.changed.connect(self._turn)
            self._sliders.insertWidget(sorted(self._rows).index(name), row)
        return self._rows[name]

    def _letters(self) -> list[str]:
        letters = [letter for each in self._fields.values() for letter in letters_of(each.edit.text())]
        return list(dict.fromkeys(letters))[:MOST]

    @Slot()
    def _read(self) -> None:
        values = dict.fromkeys(self._letters(), 1.0)
        for each in self._fields.values():
            each.set_in_type(values)
        self._pause.start(PAUSE_MS)
        self.changed.emit()

    @Slot()
    def _show_rows(self) -> None:
        letters = self._letters()
        for letter in letters:
            self._row(FormulaParameter(letter))
        for name, row in self._rows.items():
            row.setVisible(name in letters)

    @Slot()
    def _turn(self) -> None:
        self._is_behind = self._is_making and any(row.is_dragged for row in self._rows.values())
        if not self._is_behind:
            self.changed.emit()

    def maker(self) -> CurveMaker | None:
        self._is_behind = False
        x, y = (self._fields[axis].edit.text() for axis in "xy")
        self._is_making = bool(x.strip() and y.strip())
        if not self._is_making:
            self.take(CurveOffer())
            return None
        letters = self._letters()
        rows = {letter: self._rows[letter] for letter in letters if letter in self._rows}
        if any(row.is_wrong for row in rows.values()):
            return lambda _: CurveOffer(problem=tr(NUMBER_WRONG))
        parameters = [rows[each].parameter if each in rows else FormulaParameter(each) for each in letters]
        return partial(_curve_of, Typed(x, y, tuple(parameters)))

    def take(self, offer: CurveOffer) -> None:
        problems: dict[str, CurveError] = offer.found or {}
        for axis, each in self._fields.items():
            each.show_error(problems.get(axis))
        self._is_making = False
        if self._is_behind:
            QMetaObject.invokeMethod(self, "_turn", Qt.ConnectionType.QueuedConnection)


def _curve_of(typed: Typed, job: JobProgress) -> CurveOffer:
    problems = dict[str, CurveError]()
    for axis, text in (("x", typed.x), ("y", typed.y)):
        try:
            parse_formula(text, typed.values)
        except FormulaError as error:
            problems[axis] = error
    if not problems:
        try:
            return CurveOffer(formula_curve(typed.x, typed.y, parameters=typed.parameters))
        except NoValueError as error:
            problems[error.axis] = error
    return CurveOffer(problem=tr("These formulas cannot be drawn yet: see above."), found=problems)
