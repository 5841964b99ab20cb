"""The fields that say what a sweep varies."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from curvegui.core.language.text import in_own_order, localised, mark, tr, within
from curvegui.core.settings.config import MAX_SEED, SETTINGS, TrainingConfig, rates_to_try
from curvegui.core.sweep.plan import MOST_RUNS, Axis, SweepPlan, parsed_axis, shown_value
from curvegui.ui.look.layouts import filled, side_by_side
from curvegui.ui.look.tips import styled, wrapped
from curvegui.ui.sweep.place import AT_FIRST, PlaceChoices, SweepPlace
from curvegui.ui.widgets.acting_list import ActingComboBox
from curvegui.ui.widgets.form import Form, label_unseen
from curvegui.ui.widgets.scrolled import TEXT_MARGIN_PX, ScrolledSpinBox

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
    """The fields: what is varied of ``base``, and in ``place`` where the runs are carried out."""

    changed = Signal()

    def __init__(self, base: TrainingConfig, choices: PlaceChoices = AT_FIRST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self.place = SweepPlace(choices)
        self._settings = [ActingComboBox() for _ in range(AXES)]
        self._values = [QLineEdit() for _ in range(AXES)]
        self._iterations, self._seeds, self._sample = ScrolledSpinBox(), ScrolledSpinBox(), ScrolledSpinBox()
        self._read, self._help = QLabel(), QLabel(_help())
        self._fill()
        self._lay_out()
        self._connect()

    def _fill(self) -> None:
        for number, (combo, field) in enumerate(zip(self._settings, self._values, strict=True), start=1):
            combo.addItem(tr(NOTHING), "")
            for name in EXAMPLES:
                combo.addItem(SETTINGS[name].label, name)
            combo.setObjectName(f"sweep.setting_{number}")
            field.setObjectName(f"sweep.values_{number}")
            field.setAccessibleName(tr("Values of setting {number}", number=number))
            field.setPlaceholderText(tr(FOR_EXAMPLE))
            field.setMinimumWidth(field.fontMetrics().horizontalAdvance(tr(FOR_EXAMPLE)) + 2 * TEXT_MARGIN_PX)
        first = [name for name in FIRST if self._base.uses(name)]
        for place, name in enumerate([*first, *[""] * (AXES - len(first))]):
            self.vary(place, name, self._example(name))
        boxes = (
            (
                self._iterations,
                "iterations",
                1,
                int(SETTINGS["iterations"].high),
                min(ITERATIONS, self._base.iterations),
            ),
            (self._seeds, "seeds", 1, MOST_RUNS, SEEDS),
            (self._sample, "sample", 0, MOST_RUNS, 0),
        )
        for box, name, low, high, value in boxes:
            box.setRange(low, high)
            box.setValue(value)
            box.setGroupSeparatorShown(True)
            box.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            box.setObjectName(f"sweep.{name}")
        self._sample.setSpecialValueText(tr("all of them"))
        self._sample.setToolTip(wrapped(tr("How many combinations to draw at random from everything that is varied")))
        self._read.setObjectName("sweep.read")
        for label in (self._read, self._help):
            label.setProperty("muted", True)
            label.setWordWrap(True)

    def _example(self, name: str) -> str:
        """Values of a setting that make sense."""
        if name == "aggression":
            low, high = rates_to_try(self._base.optimizer)
            return f"{low:g}..{high:g}*7"
        return EXAMPLES.get(name, "")

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        axes, numbers = Form(left), Form(right)
        axes.addRow(_heading(tr("Vary")), _heading(tr("Values")))
        for number, (combo, field) in enumerate(zip(self._settings, self._values, strict=True), start=1):
            axes.addRow(combo, field)
            label_unseen(combo, tr("Setting {number} to vary", number=number))
        numbers.addRow(_heading(tr("Runs")))
        for text, box in (
            (tr("&Iterations"), self._iterations),
            (tr("&Seeds"), self._seeds),
            (tr("Points &drawn"), self._sample),
        ):
            numbers.add(text, box)
        filled(
            QVBoxLayout(self), side_by_side(left, right, spacing=24, stretch=True), self._read, self._help, self.place
        )

    def _connect(self) -> None:
        for combo, field in zip(self._settings, self._values, strict=True):
            combo.activated.connect(self._suggest)
            combo.currentIndexChanged.connect(self.changed)
            field.textChanged.connect(self.changed)
        for box in (self._iterations, self._seeds, self._sample):
            box.valueChanged.connect(self.changed)
        self.place.changed.connect(self.changed)

    def vary(self, place: int, name: str, text: str) -> None:
        """Put a setting and its values into a row."""
        self._settings[place].setCurrentIndex(self._settings[place].findData(name))
        self._values[place].setText(text)
        self._values[place].setCursorPosition(0)
        self._values[place].setEnabled(bool(name))

    @Slot()
    def _suggest(self) -> None:
        """Give a setting that has just been chosen values that make sense."""
        for combo, field in zip(self._settings, self._values, strict=True):
            if combo is self.sender():
                field.setText(self._example(combo.currentData()))
                field.setEnabled(bool(combo.currentData()))

    def show_read(self, plan: SweepPlan | None) -> None:
        """Say which values the fields were read as, in the signs of the language; "0,25" may be two."""
        self._read.setText("   ".join(map(_read_words, plan.axes)) if plan else "")

    def show_plan(self, plan: SweepPlan) -> None:
        """Show what another plan varies, as far as there are rows for it."""
        self._base = plan.base
        axes = [axis.text.split("=", 1) for axis in plan.axes[:AXES]]
        for place, (name, text) in enumerate([*axes, *[["", ""]] * (AXES - len(axes))]):
            self.vary(place, name, text.replace(",", ", "))
        self._iterations.setValue(plan.base.iterations)
        self._seeds.setValue(plan.seeds)
        self._sample.setValue(plan.sample or 0)

    def plan(self) -> SweepPlan:
        """What the fields ask for. Raises ``ValueError``, a sentence for people, if that is not possible."""
        chosen = [
            (combo.currentData(), field.text()) for combo, field in zip(self._settings, self._values, strict=True)
        ]
        axes = tuple(parsed_axis(f"{name}={text}") for name, text in chosen if name)
        seeds = 1 if any(axis.setting == "seed" for axis in axes) else self._seeds.value()
        base = self._base.changed(iterations=self._iterations.value(), seed=min(self._base.seed, MAX_SEED - seeds + 1))
        return SweepPlan(base, axes, seeds, self._sample.value() or None)

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed while a sweep is carried out."""
        for combo, field in zip(self._settings, self._values, strict=True):
            combo.setEnabled(not busy)
            field.setEnabled(not busy and bool(combo.currentData()))
        for box in (self._iterations, self._seeds, self._sample):
            box.setEnabled(not busy)
        self.place.setEnabled(not busy)


def _help() -> str:
    """How to write values, also where numbers have a comma."""
    return "   ".join(map(tr, (HELP, DECIMAL_COMMA) if localised(".") == "," else (HELP,)))


def _read_words(axis: Axis) -> str:
    """The values of a setting as they were read: "aggression 0 · 25"."""
    if axis.span:
        ends = (shown_value(axis.setting, end) for end in (axis.span.low, axis.span.high))
        values = " … ".join(ends)
    else:
        values = SEPARATOR.join(shown_value(axis.setting, value) for value in axis.values[:MOST_READ])
        values += f"{SEPARATOR}…" if len(axis.values) > MOST_READ else ""
    return f"{within(SETTINGS[axis.setting])} {in_own_order(values)}"


def _heading(words: str) -> QLabel:
    return styled(QLabel(words), "heading")
