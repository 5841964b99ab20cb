"""What can be chosen about a picture, kept for the next one, and its form: format, look, scale, layers, the run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.formats import LARGEST_SCALE, SIDE_PX, PictureFormat, formats, spelled
from curvegui.figure.picture.surfaces import DPI
from curvegui.figure.poster.poster import PRINT_SCALE, PosterStyle
from curvegui.figure.poster.style import LAYOUTS, PALETTES, PAPERS, PosterPalette, layout_of
from curvegui.files.disk.portable_name import portable_stem
from curvegui.files.project.in_picture import CARRIERS, has_room
from curvegui.files.project.project import Project
from curvegui.ui.dialogs.kept_choices import choices_to_text, kept_values
from curvegui.ui.look.tips import named, wrapped
from curvegui.ui.widgets.form import CheckBox, Form
from curvegui.ui.widgets.scrolled import ScrolledComboBox, ScrolledSpinBox

LAYERS = {
    "background": mark("Background"),
    "target": mark("Target"),
    "trail": mark("Trail"),
    "axes": mark("Axes"),
    "caption": mark("Caption"),
}


@dataclass(frozen=True)
class PictureChoices:
    """A format, a size, which layers are painted, or all as on the canvas, and whether the file contains the run."""

    ending: str = "png"
    scale: int = 2
    background: bool = True
    target: bool = True
    trail: bool = True
    axes: bool = False
    caption: bool = False
    contain_run: bool = True
    as_on_canvas: bool = False

    @property
    def options(self) -> FigureOptions:
        """The layers, for the painter."""
        return FigureOptions(**{name: getattr(self, name) for name in LAYERS})

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return choices_to_text(self)

    @classmethod
    def from_text(cls, text: str) -> "PictureChoices":
        """From JSON; the default for each value that is missing or not allowed."""
        default = cls()
        made = cls(**kept_values(text, default))
        return made if made.ending in formats(PictureFormat) and 1 <= made.scale <= LARGEST_SCALE else default


def picture_name(snapshot: Snapshot | None) -> str:
    """A file name without its ending: "heart-30000"."""
    return f"{portable_stem(snapshot.target.name, 'curve')}-{snapshot.iteration}" if snapshot else "curve"


ProjectSource = Callable[[], Project | None]
"""Gives the run of the picture, or None as long as it is not there yet."""

RUN_TEXT = mark("Include the &run (can be reopened)")
CANVAS_TEXT = mark("&As on the canvas")
CANVAS_TIP = mark("The part that you see, with all overlays, as it was when you chose Save picture")
RUN_TIP = mark("Drop the picture on the window to reopen the run.")


class PictureForm(QWidget):
    """Editors of a picture's choices; without a ``project``, nothing is said of the run.

    ``canvas_px`` is the size of the canvas, whose view may be saved too; without it, that is not offered.
    """

    changed = Signal()

    def __init__(
        self,
        look: str,
        choices: PictureChoices,
        project: ProjectSource | None = None,
        canvas_px: tuple[int, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._canvas_px, self._as_canvas = canvas_px, CheckBox(tr(CANVAS_TEXT))
        self._project, self._wants_run = project, choices.contain_run
        self._format, self._look, self._scale = ScrolledComboBox(), ScrolledComboBox(), ScrolledSpinBox()
        self._boxes = {key: CheckBox(tr(label)) for key, label in LAYERS.items()}
        self._run, self._size, self._why_not = CheckBox(tr(RUN_TEXT)), QLabel(), QLabel()
        self._fill(look, choices)
        self._name_parts()
        self._lay_out()
        self._connect()
        self.refresh()

    def _fill(self, look: str, choices: PictureChoices) -> None:
        for ending in formats(PictureFormat):
            self._format.addItem(spelled(ending), ending)
        for key, each in LOOKS.items():
            self._look.addItem(each.label, key)
        self._scale.setRange(1, LARGEST_SCALE)
        self._scale.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._scale.setSuffix(" ×")
        self._format.setCurrentIndex(self._format.findData(choices.ending))
        self._look.setCurrentIndex(self._look.findData(look))
        self._scale.setValue(choices.scale)
        for key, box in self._boxes.items():
            box.setChecked(getattr(choices, key))
        self._as_canvas.setChecked(choices.as_on_canvas and self._canvas_px is not None)
        self._as_canvas.setToolTip(wrapped(tr(CANVAS_TIP)))
        for label in (self._size, self._why_not):
            label.setProperty("muted", True)

    def _name_parts(self) -> None:
        named = {
            "format": self._format, "look": self._look, "scale": self._scale, **self._boxes,
            "as_on_canvas": self._as_canvas, "run": self._run, "why_not": self._why_not,
        }  # fmt: skip
        for key, widget in named.items():
            widget.setObjectName(f"picture.{key}")

    def _lay_out(self) -> None:
        form = Form(self)
        for text, editor in ((tr("&Format"), self._format), (tr("&Look"), self._look), (tr("Scal&e"), self._scale)):
            form.add(text, editor)
            editor.setAccessibleName(text.replace("&", ""))
        for widget in (self._size, self._as_canvas, *self._boxes.values(), self._run, self._why_not):
            form.add_field(widget)
        for about_run in (self._run, self._why_not):
            form.setRowVisible(about_run, self._project is not None)
        form.setRowVisible(self._as_canvas, self._canvas_px is not None)

    def _connect(self) -> None:
        for box in (self._as_canvas, *self._boxes.values()):
            box.toggled.connect(self.refresh)
        self._run.clicked.connect(self._note_wish)
        self._format.currentIndexChanged.connect(self.refresh)
        self._look.currentIndexChanged.connect(self.refresh)
        self._scale.valueChanged.connect(self.refresh)

    @property
    def choices(self) -> PictureChoices:
        """What is chosen now."""
        layers = {key: box.isChecked() for key, box in self._boxes.items()}
        return PictureChoices(
            ending=self._format.currentData(),
            scale=self._scale.value(),
            contain_run=self._wants_run,
            as_on_canvas=self._as_canvas.isChecked(),
            **layers,
        )

    @property
    def look(self) -> Look:
        """The look that is chosen now."""
        return LOOKS[self._look.currentData()]

    @property
    def will_contain_run(self) -> bool:
        """Whether the picture is to contain the run, and can."""
        return self._project is not None and self._run.isEnabled() and self._wants_run

    @Slot()
    def refresh(self) -> None:
        """Say how large the picture will be, and whether it can contain the run."""
        has_pixels, scale = formats(PictureFormat)[self._format.currentData()].has_pixels, self._scale.value()
        as_canvas = self._canvas_px if self._as_canvas.isChecked() else None
        across, down = (side * scale for side in as_canvas or (SIDE_PX, SIDE_PX))
        self._scale.setEnabled(has_pixels)
        self._size.setText(
            tr("{across:,} × {down:,} pixels", across=across, down=down) if has_pixels else tr("Sharp at any size")
        )
        for widget in (self._look, *self._boxes.values()):
            widget.setEnabled(as_canvas is None)  # the canvas says it
        self._show_run(self._obstacle())
        self.changed.emit()

    def _obstacle(self) -> str:
        """Why the picture cannot contain the run, or nothing."""
        ending, project = self._format.currentData(), self._project() if self._project else None
        if ending not in CARRIERS:
            return tr("{format} files cannot hold a run", format=spelled(ending))
        if project and not has_room(project.record.parameters.size, ending):
            return tr("The network is too large to include")
        return ""

    def _show_run(self, obstacle: str) -> None:
        with QSignalBlocker(self._run):
            self._run.setEnabled(not obstacle)
            self._run.setChecked(self._wants_run and not obstacle)
            self._run.setToolTip(wrapped(obstacle or tr(RUN_TIP)))
            self._run.setAccessibleDescription(obstacle or tr(RUN_TIP))
            self._why_not.setText(obstacle)

    @Slot(bool)
    def _note_wish(self, wanted: bool) -> None:
        self._wants_run = wanted
        self.changed.emit()


BOXES = {
    "target": (mark("T&arget"), mark("The curve that the network is to draw, as a dashed line")),
    "fit": (mark("F&it"), mark("The network's latest curve, as a line")),
    "caption": (mark("&Caption"), mark("The curve's name, the network and the settings")),
    "contain_run": (
        mark("Include the &run (can be reopened)"),
        mark("Drop the picture on the window to reopen the run."),
    ),
}
SCALES = (1, 2, 4)


@dataclass(frozen=True)
class PosterChoices(PosterStyle):
    """How it looks, its format and its size, and whether the file contains the run."""

    ending: str = "png"
    scale: int = 2
    contain_run: bool = True

    def to_text(self) -> str:
        """As JSON, for the preferences."""
        return choices_to_text(self)

    @classmethod
    def from_text(cls, text: str) -> "PosterChoices":
        """From JSON; the default for each value that is missing or not allowed."""
        default = cls()
        made = cls(**kept_values(text, default))
        known = made.layout in LAYOUTS and made.palette in PALETTES and made.paper in PAPERS
        return made if known and made.ending in formats(PictureFormat) and made.scale in SCALES else default


class PosterForm(QWidget):
    """Editors of a poster's choices."""

    changed = Signal()

    def __init__(self, choices: PosterChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layouts = {key: tr(each.label) for key, each in LAYOUTS.items()}
        self._boxes = {
            "layout": _box(layouts, choices.layout),
            "palette": _box({key: _palette_words(each) for key, each in PALETTES.items()}, choices.palette),
            "paper": _box({key: tr(each.label) for key, each in PAPERS.items()}, choices.paper),
            "ending": _box({key: each.label for key, each in formats(PictureFormat).items()}, choices.ending),
            "scale": _box({scale: f"{scale} ×" for scale in SCALES}, choices.scale),
        }
        self._checks = {key: CheckBox(tr(words)) for key, (words, _) in BOXES.items()}
        self._size = QLabel()
        self._size.setProperty("muted", True)
        self._wants_run, self._has_line = choices.contain_run, True
        self._lay_out(choices)
        for box in self._boxes.values():
            box.currentIndexChanged.connect(self.refresh)
        for key, check in self._checks.items():
            check.clicked.connect(self._note_wish if key == "contain_run" else self.refresh)
        self.refresh()

    def _lay_out(self, choices: PosterChoices) -> None:
        form = Form(self)
        labels = {
            "layout": tr("&Paper size"),
            "palette": tr("Co&lours"),
            "paper": tr("&Drawn as"),
            "ending": tr("&Format"),
            "scale": tr("Scal&e"),
        }
        for key, label in labels.items():
            named(self._boxes[key], f"poster.{key}", label.replace("&", ""))
            form.add(label, self._boxes[key])
        form.add_field(self._size)
        for key, (_, tip) in BOXES.items():
            check = named(self._checks[key], f"poster.{key}", tip=tr(tip))
            check.setChecked(getattr(choices, key))
            form.add_field(check)

    @property
    def choices(self) -> PosterChoices:
        """What is chosen now."""
        chosen = {key: box.currentData() for key, box in self._boxes.items()}
        chosen |= {key: self._checks[key].isChecked() for key in ("target", "fit", "caption")}
        return PosterChoices(**chosen, contain_run=self._wants_run)

    @property
    def will_contain_run(self) -> bool:
        """Whether the picture is to contain the run, and can."""
        return self._wants_run and self.choices.ending in CARRIERS

    @Slot()
    def refresh(self) -> None:
        """Say how large it will be, and what goes with the format."""
        choices = self.choices
        layout, has_pixels = LAYOUTS[choices.layout], formats(PictureFormat)[choices.ending].has_pixels
        self._boxes["scale"].setEnabled(has_pixels)
        self._size.setText(self._size_words(choices))
        with QSignalBlocker(self._checks["caption"]):
            self._checks["caption"].setEnabled(not layout.has_line)
            self._checks["caption"].setChecked(choices.caption)
        check, can = self._checks["contain_run"], choices.ending in CARRIERS
        check.setEnabled(can)
        check.setChecked(self._wants_run and can)
        obstacle = tr("{format} files cannot hold a run", format=spelled(choices.ending))
        check.setToolTip(wrapped(tr(BOXES["contain_run"][1]) if can else obstacle))
        self.changed.emit()

    def know_line(self, has_line: bool) -> None:
        """Know whether a card has a line of text, for its size."""
        self._has_line = has_line
        if LAYOUTS[self.choices.layout].has_line:
            self.refresh()

    def _size_words(self, choices: PosterChoices) -> str:
        layout = layout_of(choices.layout, self._has_line)
        if formats(PictureFormat)[choices.ending].has_pixels:
            width, height = layout.width * choices.scale, layout.height * choices.scale
            return tr("{width:,} × {height:,} pixels", width=width, height=height)
        if choices.ending == "svg":
            return tr("Sharp at any size; each part is a layer")
        return tr("The trail with {dots} dots per inch, the rest sharp at any size", dots=round(DPI * PRINT_SCALE))

    @Slot(bool)
    def _note_wish(self, wanted: bool) -> None:
        self._wants_run = wanted
        self.changed.emit()


def _box(choices: Mapping[Any, str], chosen: Any) -> QComboBox:
    box = ScrolledComboBox()
    for value, words in choices.items():
        box.addItem(words, value)
    box.setCurrentIndex(box.findData(chosen))
    return box


def _palette_words(palette: PosterPalette) -> str:
    return (
        tr(palette.label) if palette.is_safe else tr("{palette} (not for colour-blind eyes)", palette=tr(palette.label))
    )
