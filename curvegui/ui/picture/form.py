"""The choices for a picture, remembered for the next picture, and their form: format, look, scale, layers, the run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QSpinBox, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.formats import LARGEST_SCALE, SIDE_PX, PictureFormat, formats, spelled
from curvegui.figure.picture.surfaces import DPI
from curvegui.figure.poster.poster import PRINT_SCALE, PosterStyle
from curvegui.figure.poster.style import LAYOUTS, PALETTES, PAPERS, layout_of
from curvegui.files.disk.portable_name import portable_stem
from curvegui.files.project.in_picture import CARRIERS, has_room
from curvegui.files.project.project import Project
from curvegui.ui.dialogs.save_dialog import kept_values
from curvegui.ui.look.layouts import AnyWidget, named, styled, wrapped
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
        return FigureOptions(**{name: getattr(self, name) for name in LAYERS})

    @classmethod
    def from_text(cls, text: str) -> "PictureChoices":
        """Choices from JSON, with the default for each value that is missing or not allowed."""
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


class ChoicesForm(QWidget):
    """Editors of choices, in their order: lists and numbers beside their labels, boxes to tick, and muted sentences.
    The object name of an editor is ``name`` and its key. Each change calls `refresh`."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._rows = name, Form(self)

    def _add(self, key: str, editor: AnyWidget, label: str = "", tip: str = "") -> AnyWidget:
        named(editor, f"{self._name}.{key}", label.replace("&", ""), tip)
        if label:
            self._rows.add(label, editor)
        else:
            self._rows.add_field(editor)
        return editor

    def _add_list(self, key: str, label: str, choices: Mapping[Any, str], chosen: Any, tip: str = "") -> QComboBox:
        box = ScrolledComboBox()
        for value, words in choices.items():
            box.addItem(words, value)
        box.setCurrentIndex(box.findData(chosen))
        box.currentIndexChanged.connect(self.refresh)
        return self._add(key, box, label, tip)

    def _add_number(
        self, key: str, label: str, bounds: tuple[float, float], number: int, *, unit: str = "", tip: str = ""
    ) -> QSpinBox:
        box = ScrolledSpinBox()
        box.setRange(*map(int, bounds))
        box.setSuffix(f" {unit}" if unit else "")
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setValue(number)
        box.valueChanged.connect(self.refresh)
        return self._add(key, box, label, tip)

    def _add_box(self, key: str, words: str, is_ticked: bool, tip: str = "") -> CheckBox:
        box = CheckBox(words)
        box.setChecked(is_ticked)
        box.toggled.connect(self.refresh)
        return self._add(key, box, "", tip)

    def _add_sentence(self, key: str) -> QLabel:
        return self._add(key, styled(QLabel(), "muted"))

    @Slot()
    def refresh(self) -> None:
        """Enable and describe what is possible with the present choices."""
        self.changed.emit()


class RunForm(ChoicesForm):
    """A form with a list of formats, some of which can contain the run, and a box to tick for including the run."""

    _format: QComboBox
    _run: CheckBox

    def _add_run(self, key: str, wants_run: bool) -> CheckBox:
        self._wants_run = wants_run
        self._run = self._add(key, CheckBox(tr(RUN_TEXT)))
        self._run.clicked.connect(self._note_wish)
        return self._run

    @Slot(bool)
    def _note_wish(self, wanted: bool) -> None:
        self._wants_run = wanted
        self.changed.emit()

    def _obstacle(self) -> str:
        """Why the file cannot contain the run, or nothing."""
        ending = self._format.currentData()
        return "" if ending in CARRIERS else tr("{format} files cannot hold a run", format=spelled(ending))

    @property
    def will_contain_run(self) -> bool:
        return self._run.isEnabled() and self._wants_run

    def _offer_run(self) -> str:
        """Offer to include the run; return why it cannot be included, or nothing."""
        obstacle = self._obstacle()
        self._run.setEnabled(not obstacle)
        self._run.setChecked(self._wants_run and not obstacle)
        self._run.setToolTip(wrapped(obstacle or tr(RUN_TIP)))
        self._run.setAccessibleDescription(obstacle or tr(RUN_TIP))
        return obstacle


class PictureForm(RunForm):
    """Editors of a picture's choices. Without a ``project``, the run cannot be included; without ``canvas_px``, the
    size of the canvas, the view of the canvas cannot be chosen."""

    def __init__(
        self,
        look: str,
        choices: PictureChoices,
        project: ProjectSource | None = None,
        canvas_px: tuple[int, int] | None = None,
    ) -> None:
        super().__init__("picture")
        self._project, self._canvas_px = project, canvas_px
        endings = {ending: spelled(ending) for ending in formats(PictureFormat)}
        self._format = self._add_list("format", tr("&Format"), endings, choices.ending)
        looks = {key: each.label for key, each in LOOKS.items()}
        self._look = self._add_list("look", tr("&Look"), looks, look)
        self._scale = self._add_number("scale", tr("Scal&e"), (1, LARGEST_SCALE), choices.scale, unit="×")
        self._size = self._add_sentence("size")
        as_canvas = choices.as_on_canvas and canvas_px is not None
        self._as_canvas = self._add_box("as_on_canvas", tr(CANVAS_TEXT), as_canvas, tr(CANVAS_TIP))
        self._layers = {key: self._add_box(key, tr(words), getattr(choices, key)) for key, words in LAYERS.items()}
        self._add_run("run", choices.contain_run)
        self._why_not = self._add_sentence("why_not")
        for about_run in (self._run, self._why_not):
            self._rows.setRowVisible(about_run, project is not None)
        self._rows.setRowVisible(self._as_canvas, canvas_px is not None)
        self.refresh()

    @property
    def choices(self) -> PictureChoices:
        return PictureChoices(
            ending=self._format.currentData(),
            scale=self._scale.value(),
            contain_run=self._wants_run,
            as_on_canvas=self._as_canvas.isChecked(),
            **{key: box.isChecked() for key, box in self._layers.items()},
        )

    @property
    def look(self) -> Look:
        return LOOKS[self._look.currentData()]

    @property
    def will_contain_run(self) -> bool:
        return self._project is not None and super().will_contain_run

    @Slot()
    def refresh(self) -> None:
        has_pixels, scale = formats(PictureFormat)[self._format.currentData()].has_pixels, self._scale.value()
        as_canvas = self._canvas_px if self._as_canvas.isChecked() else None
        across, down = (side * scale for side in as_canvas or (SIDE_PX, SIDE_PX))
        self._scale.setEnabled(has_pixels)
        self._size.setText(
            tr("{across:,} × {down:,} pixels", across=across, down=down) if has_pixels else tr("Sharp at any size")
        )
        for widget in (self._look, *self._layers.values()):
            widget.setEnabled(as_canvas is None)  # else the canvas decides
        self._why_not.setText(self._offer_run())
        self.changed.emit()

    def _obstacle(self) -> str:
        ending, project = self._format.currentData(), self._project() if self._project else None
        if ending in CARRIERS and project and not has_room(project.record.parameters.size, ending):
            return tr("The network is too large to include")
        return super()._obstacle()


TICKS = {
    "target": (mark("T&arget"), mark("The curve that the network is to draw, as a dashed line")),
    "fit": (mark("F&it"), mark("The network's latest curve, as a line")),
    "caption": (mark("&Caption"), mark("The curve's name, the network and the settings")),
}
SCALES = (1, 2, 4)


@dataclass(frozen=True)
class PosterChoices(PosterStyle):
    """How a poster looks, its format and its size, and whether the file contains the run."""

    ending: str = "png"
    scale: int = 2
    contain_run: bool = True

    @classmethod
    def from_text(cls, text: str) -> "PosterChoices":
        """Choices from JSON, with the default for each value that is missing or not allowed."""
        default = cls()
        made = cls(**kept_values(text, default))
        known = made.layout in LAYOUTS and made.palette in PALETTES and made.paper in PAPERS
        return made if known and made.ending in formats(PictureFormat) and made.scale in SCALES else default


class PosterForm(RunForm):
    """Editors of a poster's choices."""

    def __init__(self, choices: PosterChoices) -> None:
        super().__init__("poster")
        self.has_line = True  # of text, on a card
        unsafe, palettes = mark("{palette} (not for colour-blind eyes)"), dict[str, str]()
        for key, each in PALETTES.items():
            palettes[key] = tr(each.label) if each.is_safe else tr(unsafe, palette=tr(each.label))
        lists: dict[str, tuple[str, Mapping[Any, str]]] = {
            "layout": (tr("&Paper size"), {key: tr(each.label) for key, each in LAYOUTS.items()}),
            "palette": (tr("Co&lours"), palettes),
            "paper": (tr("&Drawn as"), {key: tr(each.label) for key, each in PAPERS.items()}),
            "ending": (tr("&Format"), {key: each.label for key, each in formats(PictureFormat).items()}),
            "scale": (tr("Scal&e"), {scale: f"{scale} ×" for scale in SCALES}),
        }
        self._lists = {key: self._add_list(key, *each, getattr(choices, key)) for key, each in lists.items()}
        self._format = self._lists["ending"]
        self._size = self._add_sentence("size")
        self._ticks = {key: self._add(key, CheckBox(tr(words)), tip=tr(tip)) for key, (words, tip) in TICKS.items()}
        for key, box in self._ticks.items():
            box.setChecked(getattr(choices, key))
            box.clicked.connect(self.refresh)
        self._add_run("contain_run", choices.contain_run)
        self.refresh()

    @property
    def choices(self) -> PosterChoices:
        chosen = {key: box.currentData() for key, box in self._lists.items()}
        chosen |= {key: box.isChecked() for key, box in self._ticks.items()}
        return PosterChoices(**chosen, contain_run=self._wants_run)

    @Slot()
    def refresh(self) -> None:
        choices = self.choices
        layout = layout_of(choices.layout, self.has_line)
        has_pixels = formats(PictureFormat)[choices.ending].has_pixels
        self._lists["scale"].setEnabled(has_pixels)
        if has_pixels:
            width, height = layout.width * choices.scale, layout.height * choices.scale
            size = tr("{width:,} × {height:,} pixels", width=width, height=height)
        elif choices.ending == "svg":
            size = tr("Sharp at any size; each part is a layer")
        else:
            dots = round(DPI * PRINT_SCALE)
            size = tr("The trail with {dots} dots per inch, the rest sharp at any size", dots=dots)
        self._size.setText(size)
        self._ticks["caption"].setEnabled(not layout.has_line)
        self._offer_run()
        self.changed.emit()
