"""The fields that say what a sweep varies."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from curvegui.core.language.text import in_own_order, localised, mark, tr, within
from curvegui.core.settings.config import MAX_SEED, SETTINGS, TrainingConfig, rates_to_try
from curvegui.core.sweep.plan import MOST_RUNS, Axis, SweepPlan, parsed_axis, shown_value
from curvegui.ui.compare.workers import AT_FIRST, WorkersChoice, WorkersFields
from curvegui.ui.look.layouts import filled, named, side_by_side, styled, wrapped
from curvegui.ui.widgets.form import Form, label_unseen
from curvegui.ui.widgets.scrolled import TEXT_MARGIN_PX, ActingComboBox, ScrolledSpinBox

AXES = 3
FIRST = "aggression", "noise"
SEEDS, ITERATIONS = 2, 2_000
EXAMPLES = {name: setting.example for name, setting in SETTINGS.items() if setting.example}
FOR_EXAMPLE = mark("0, 1, 3 or 0..3+7")
HELP = mark(
    "0, 1, 3: these values.   0.1..100*7: seven values, evenly spaced on a log scale.   "
    "0..3+7: seven in equal steps.   1..9: every whole number, or, if points are drawn at random, anything between."
)
DECIMAL_COMMA = mark("With semicolons between the values, a comma is the decimal sign: 0,25; 0,5.")
NOTHING = mark("Nothing")
MOST_READ = 8  # values of a setting that are read back
SEPARATOR = " · "


class SweepForm(QWidget):
    """The fields for the settings that a sweep of ``base`` varies, and ``workers``, the fields for who computes."""

    changed = Signal()
    guide = "Many settings at once"

    def __init__(self, base: TrainingConfig, choice: WorkersChoice = AT_FIRST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self.workers = WorkersFields(choice)
        self.workers.changed.connect(self.changed)
        left, right = QWidget(), QWidget()
        axes, numbers = Form(left), Form(right)
        axes.addRow(styled(QLabel(tr("Vary")), "heading"), styled(QLabel(tr("Values")), "heading"))
        self._settings = [ActingComboBox() for _ in range(AXES)]
        self.first = self._settings[0]  # gets the keys
        self._values = [QLineEdit(placeholderText=tr(FOR_EXAMPLE)) for _ in range(AXES)]
        for number, (combo, field) in enumerate(zip(self._settings, self._values, strict=True), start=1):
            combo.addItem(tr(NOTHING), "")
            for name in EXAMPLES:
                combo.addItem(SETTINGS[name].label, name)
            combo.setObjectName(f"sweep.setting_{number}")
            named(field, f"sweep.values_{number}", tr("Values of setting {number}", number=number))
            field.setMinimumWidth(field.fontMetrics().horizontalAdvance(tr(FOR_EXAMPLE)) + 2 * TEXT_MARGIN_PX)
            axes.addRow(combo, field)
            label_unseen(combo, tr("Setting {number} to vary", number=number))
        first = [name for name in FIRST if base.uses(name)]
        for row, name in enumerate([*first, *[""] * (AXES - len(first))]):
            self.vary(row, name, self._example(name))
        for combo, field in zip(self._settings, self._values, strict=True):
            combo.activated.connect(self._suggest)
            combo.currentIndexChanged.connect(self.changed)
            field.textChanged.connect(self.changed)
        numbers.addRow(styled(QLabel(tr("Runs")), "heading"))
        self._iterations, self._seeds, self._sample = ScrolledSpinBox(), ScrolledSpinBox(), ScrolledSpinBox()
        iterations, most = min(ITERATIONS, base.iterations), int(SETTINGS["iterations"].high)
        for box, name, text, low, high, value in (
            (self._iterations, "iterations", tr("&Iterations"), 1, most, iterations),
            (self._seeds, "seeds", tr("&Seeds"), 1, MOST_RUNS, SEEDS),
            (self._sample, "sample", tr("Points &drawn"), 0, MOST_RUNS, 0),
        ):
            box.setRange(low, high)
            box.setValue(value)
            box.setGroupSeparatorShown(True)
            box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            box.setObjectName(f"sweep.{name}")
            box.valueChanged.connect(self.changed)
            numbers.add(text, box)
        self._sample.setSpecialValueText(tr("all of them"))
        self._sample.setToolTip(wrapped(tr("How many combinations to draw at random from everything that is varied")))
        self._read = styled(named(QLabel(wordWrap=True), "sweep.read"), "muted")
        words = "   ".join(map(tr, (HELP, DECIMAL_COMMA) if localised(".") == "," else (HELP,)))
        fields = side_by_side(left, right, spacing=24, stretch=True)
        filled(QVBoxLayout(self), fields, self._read, styled(QLabel(words, wordWrap=True), "muted"), self.workers)

    def _example(self, name: str) -> str:
        if name == "aggression":
            low, high = rates_to_try(self._base.optimizer)
            return f"{low:g}..{high:g}*7"
        return EXAMPLES.get(name, "")

    def vary(self, row: int, name: str, text: str) -> None:
        """Put a setting and its values into a row."""
        self._settings[row].setCurrentIndex(self._settings[row].findData(name))
        self._values[row].setText(text)
        self._values[row].setCursorPosition(0)
        self._values[row].setEnabled(bool(name))

    @Slot()
    def _suggest(self) -> None:
        for combo, field in zip(self._settings, self._values, strict=True):
            if combo is self.sender():
                field.setText(self._example(combo.currentData()))
                field.setEnabled(bool(combo.currentData()))

    def show_read(self, plan: SweepPlan | None) -> None:
        """Show the values as they were read, in the signs of the language: "0,25" may be two values."""
        self._read.setText("   ".join(map(_read_words, plan.axes)) if plan else "")

    def show_plan(self, plan: SweepPlan) -> None:
        """Show what a plan varies, as far as there are rows for its settings."""
        self._base = plan.base
        axes = [axis.text.split("=", 1) for axis in plan.axes[:AXES]]
        for row, (name, text) in enumerate([*axes, *[["", ""]] * (AXES - len(axes))]):
            self.vary(row, name, text.replace(",", ", "))
        self._iterations.setValue(plan.base.iterations)
        self._seeds.setValue(plan.seeds)
        self._sample.setValue(plan.sample or 0)

    def plan(self) -> SweepPlan:
        """The plan in the fields. Raises ``ValueError``, a sentence for people, if the fields do not make a plan."""
        rows = zip(self._settings, self._values, strict=True)
        chosen = [(setting.currentData(), values.text()) for setting, values in rows]
        axes = tuple(parsed_axis(f"{name}={text}") for name, text in chosen if name)
        seeds = 1 if any(axis.setting == "seed" for axis in axes) else self._seeds.value()
        base = self._base.changed(iterations=self._iterations.value(), seed=min(self._base.seed, MAX_SEED - seeds + 1))
        return SweepPlan(base, axes, seeds, self._sample.value() or None)


def _read_words(axis: Axis) -> str:
    """The values of a setting as they were read: "aggression 0 · 25"."""
    if axis.span:
        ends = (shown_value(axis.setting, end) for end in (axis.span.low, axis.span.high))
        values = " … ".join(ends)
    else:
        values = SEPARATOR.join(shown_value(axis.setting, value) for value in axis.values[:MOST_READ])
        values += f"{SEPARATOR}…" if len(axis.values) > MOST_READ else ""
    return f"{within(SETTINGS[axis.setting])} {in_own_order(values)}"
