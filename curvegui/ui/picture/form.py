"""What can be chosen about a picture, kept for the next one, and its form: format, look, scale, layers, the run."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.figure.drawing.figure import FigureOptions
from curvegui.figure.drawing.look import LOOKS, Look
from curvegui.figure.formats import LARGEST_SCALE, SIDE_PX, PictureFormat, formats, spelled
from curvegui.files.disk.portable_name import portable_stem
from curvegui.files.project.in_picture import CARRIERS, has_room
from curvegui.files.project.project import Project
from curvegui.ui.dialogs.kept_choices import choices_to_text, kept_values
from curvegui.ui.look.tips import wrapped
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
