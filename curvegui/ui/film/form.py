"""The choices of a film, as a form: its format, look, pace and size, and what is on it."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.settings.setting import Setting
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.film.options import FORMAT, LENGTH, RATE, SIZE, TIME, FilmOptions
from curvegui.figure.formats import FilmFormat, formats
from curvegui.ui.dialogs.kept_choices import kept_values
from curvegui.ui.look.tips import wrapped
from curvegui.ui.widgets.form import CheckBox, Form
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSpinBox

SWITCHES = {
    "target": mark("&Target"),
    "trail": mark("T&rail"),
    "axes": mark("A&xes"),
    "caption": mark("C&aption"),
    "loop": mark("L&oop"),
}
SIZE_STEP_PX = 20
CANVAS_TIP = mark(
    "Look, target, trail and axes as the canvas has them now. A film has no arrows and no muted curves: "
    "they belong to one iteration"
)


class FilmForm(QWidget):
    """Shows a film's options and lets a person change them; all that can be chosen goes together.

    ``look_key`` is the look of the canvas, and ``canvas`` says which of the layers it shows.
    """

    changed = Signal()

    def __init__(
        self,
        options: FilmOptions,
        look_key: str,
        canvas: Mapping[str, bool] = MappingProxyType({}),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._as_canvas, self._canvas_look, self._canvas = CheckBox(tr("As on the can&vas")), look_key, canvas
        self._as_canvas.setToolTip(wrapped(tr(CANVAS_TIP)))
        self._format, self._time = _choice_box(FORMAT), _choice_box(TIME)
        self._look = ScrolledComboBox()
        for key, each in LOOKS.items():
            self._look.addItem(each.label, key)
        self._seconds, self._rate, self._size = _number_box(LENGTH), _number_box(RATE), _number_box(SIZE)
        self._size.setSingleStep(SIZE_STEP_PX)
        self._switches = {key: CheckBox(tr(text)) for key, text in SWITCHES.items()}
        self._show(options, look_key)
        self._lay_out()
        self._connect()
        self._adapt()

    def _show(self, options: FilmOptions, look_key: str) -> None:
        for box, value in ((self._format, options.ending), (self._time, options.time), (self._look, look_key)):
            box.setCurrentIndex(box.findData(value))
        self._seconds.setValue(round(options.seconds))
        self._rate.setValue(options.frames_per_second)
        self._size.setValue(options.side_px)
        for key, switch in self._switches.items():
            switch.setChecked(getattr(options, key))

    def _lay_out(self) -> None:
        form = Form(self)
        rows = {
            tr("&Format"): self._format, tr("Loo&k"): self._look, tr("T&ime"): self._time, tr("&Length"): self._seconds,
            tr("Frames &per second"): self._rate, tr("Si&ze"): self._size,
        }  # fmt: skip
        for text, widget in rows.items():
            form.add(text, widget)
            widget.setAccessibleName(text.replace("&", ""))
        for switch in (self._as_canvas, *self._switches.values()):
            form.add_field(switch)
        form.setRowVisible(self._as_canvas, bool(self._canvas))
        named = {
            "format": self._format, "look": self._look, "time": self._time, "seconds": self._seconds,
            "rate": self._rate, "size": self._size, "as_on_canvas": self._as_canvas,
            **self._switches,
        }  # fmt: skip
        for key, each in named.items():
            each.setObjectName(f"film.{key}")

    def _connect(self) -> None:
        for box in (self._format, self._look, self._time):
            box.currentIndexChanged.connect(self._adapt)
        for number in (self._seconds, self._rate, self._size):
            number.valueChanged.connect(self._adapt)
        for switch in self._switches.values():
            switch.toggled.connect(self._adapt)
        self._as_canvas.toggled.connect(self._follow_canvas)

    @property
    def look(self) -> Look:
        """The look that is chosen."""
        return LOOKS[self._look.currentData()]

    @property
    def options(self) -> FilmOptions:
        """The other choices."""
        ending = self._format.currentData()
        side = self._size.value()
        return FilmOptions(
            ending=ending,
            side_px=side - side % 2 if formats(FilmFormat)[ending].even_sides else side,
            seconds=float(self._seconds.value()),
            frames_per_second=self._rate.value(),
            time=self._time.currentData(),
            **{key: switch.isChecked() for key, switch in self._switches.items()},
        )

    @Slot(bool)
    def _follow_canvas(self, follow: bool) -> None:
        """Take the look and the layers of the canvas, or let them be chosen."""
        if follow:
            self._look.setCurrentIndex(self._look.findData(self._canvas_look))
            for key, shown in self._canvas.items():
                self._switches[key].setChecked(shown)
        for widget in (self._look, *(self._switches[key] for key in self._canvas)):
            widget.setEnabled(not follow)

    @Slot()
    def _adapt(self) -> None:
        """Offer what the format can do."""
        kind = formats(FilmFormat)[self._format.currentData()]
        self._rate.setMaximum(int(min(RATE.high, kind.most_frames_per_second)))
        self._switches["loop"].setEnabled(kind.loops)
        self.changed.emit()


def _choice_box(setting: Setting) -> QComboBox:
    box = ScrolledComboBox()
    for value, label in setting.choices():
        box.addItem(label, value)
    box.setToolTip(wrapped(setting.tip))
    return box


def _number_box(setting: Setting) -> QSpinBox:
    box = ScrolledSpinBox()
    box.setSuffix(f" {setting.unit}" if setting.unit else "")
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setRange(int(setting.low), int(setting.high))
    box.setKeyboardTracking(False)  # a number counts when it is typed to its end
    box.setGroupSeparatorShown(True)
    box.setToolTip(wrapped(setting.tip))
    return box


def film_choices(text: str) -> FilmOptions:
    """From JSON; the default for each value that is missing, and for all where they do not go together."""
    default = FilmOptions()
    try:
        return FilmOptions(**kept_values(text, default))
    except ValueError:
        return default
