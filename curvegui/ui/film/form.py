"""The choices of a film, as a form: its format, look, pace and size, and what is on it."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import Slot

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.film.options import FORMAT, LENGTH, RATE, SIZE, TIME, FilmOptions
from curvegui.figure.formats import FilmFormat, formats
from curvegui.ui.dialogs.kept_choices import kept_values
from curvegui.ui.picture.form import ChoicesForm
from curvegui.ui.widgets.form import CheckBox

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


class FilmForm(ChoicesForm):
    """Editors of a film's options; all that can be chosen goes together.

    ``look_key`` is the look of the canvas, and ``canvas`` says which of the layers it shows.
    """

    def __init__(self, options: FilmOptions, look_key: str, canvas: Mapping[str, bool] = MappingProxyType({})) -> None:
        super().__init__("film")
        self._canvas_look, self._canvas = look_key, canvas
        self._format = self._add_list("format", tr("&Format"), dict(FORMAT.choices()), options.ending, FORMAT.tip)
        looks = {key: each.label for key, each in LOOKS.items()}
        self._look = self._add_list("look", tr("Loo&k"), looks, look_key)
        self._time = self._add_list("time", tr("T&ime"), dict(TIME.choices()), options.time, TIME.tip)
        numbers = {
            "seconds": (tr("&Length"), LENGTH, round(options.seconds)),
            "rate": (tr("Frames &per second"), RATE, options.frames_per_second),
            "size": (tr("Si&ze"), SIZE, options.side_px),
        }
        self._numbers = {
            key: self._add_number(key, label, (each.low, each.high), number, unit=each.unit, tip=each.tip)
            for key, (label, each, number) in numbers.items()
        }
        for box in self._numbers.values():
            box.setKeyboardTracking(False)  # a number counts when it is typed to its end
            box.setGroupSeparatorShown(True)
        self._numbers["size"].setSingleStep(SIZE_STEP_PX)
        self._as_canvas = self._add("as_on_canvas", CheckBox(tr("As on the can&vas")), tip=tr(CANVAS_TIP))
        self._as_canvas.toggled.connect(self._follow_canvas)
        self._rows.setRowVisible(self._as_canvas, bool(canvas))
        self._switches = {key: self._add_box(key, tr(words), getattr(options, key)) for key, words in SWITCHES.items()}
        self.refresh()

    @property
    def look(self) -> Look:
        """The look that is chosen."""
        return LOOKS[self._look.currentData()]

    @property
    def options(self) -> FilmOptions:
        """The other choices."""
        ending = self._format.currentData()
        seconds, rate, side = (box.value() for box in self._numbers.values())
        return FilmOptions(
            ending=ending,
            side_px=side - side % 2 if formats(FilmFormat)[ending].even_sides else side,
            seconds=float(seconds),
            frames_per_second=rate,
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
    def refresh(self) -> None:
        """Offer what the format can do."""
        form = formats(FilmFormat)[self._format.currentData()]
        self._numbers["rate"].setMaximum(int(min(RATE.high, form.most_frames_per_second)))
        self._switches["loop"].setEnabled(form.loops)
        self.changed.emit()


def film_choices(text: str) -> FilmOptions:
    """From JSON; the default for each value that is missing, and for all where they do not go together."""
    default = FilmOptions()
    try:
        return FilmOptions(**kept_values(text, default))
    except ValueError:
        return default
