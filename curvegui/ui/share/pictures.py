"""Pictures, posters and cards of a run, and pictures of panels: their choices, remembered for the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.formats import LARGEST_SCALE, SIDE_PX, PictureFormat, formats, spelled
from curvegui.figure.picture.export import Rendering
from curvegui.figure.picture.surfaces import DPI, PaintedFile
from curvegui.figure.poster.poster import PRINT_SCALE, Poster, PosterRendering, PosterStyle
from curvegui.figure.poster.style import LAYOUTS, PALETTES, PAPERS, layout_of
from curvegui.figure.poster.words import Words
from curvegui.files.project.in_picture import CARRIERS, has_room
from curvegui.files.project.text_line import short_line_of
from curvegui.session.jobs.job import Jobs
from curvegui.ui.dialogs.save_dialog import choices_to_text, kept_values
from curvegui.ui.share.form import ShareForm, refuse
from curvegui.ui.share.job import PictureJob
from curvegui.ui.share.moment import Moment
from curvegui.ui.share.preview import SharePreview
from curvegui.ui.widgets.form import CheckBox

LAYERS = {
    "background": mark("Background"),
    "target": mark("Target"),
    "trail": mark("Trail"),
    "axes": mark("Axes"),
    "caption": mark("Caption"),
}
LARGEST_COPY = 2  # times the usual size
RUN_TEXT = mark("Include the &run (can be reopened)")
RUN_TIP = mark("Drop the picture on the window to reopen the run.")
CANVAS_TEXT = mark("&As on the canvas")
CANVAS_TIP = mark("The part that you see, with all overlays, as it was when you opened Share")
NOT_YET = mark("the run could not be recorded. Save the picture again.")


class PaintedForm(ShareForm):
    """A form for a picture that may contain the run: saving waits for the run then."""

    def __init__(self, kind: str, moment: Moment) -> None:
        super().__init__(kind, moment)
        self.copied = tr("Copied the picture.")

    def _add_run(self, wanted: bool) -> None:
        self._wants_run = wanted
        self._run = self._add("contain_run", CheckBox(tr(RUN_TEXT)))
        self._run.clicked.connect(self._note_wish)
        self._why_not = self._add_sentence("why_not")

    @Slot(bool)
    def _note_wish(self, wanted: bool) -> None:
        self._wants_run = wanted
        self.changed.emit()

    def _offer_run(self) -> None:
        """Offer to include the run, or say why it cannot be included."""
        project, obstacle = self._moment.project, ""
        if self.ending not in CARRIERS:
            obstacle = tr("{format} files cannot hold a run", format=spelled(self.ending))
        elif project and not has_room(project.record.parameters.size, self.ending):
            obstacle = tr("The network is too large to include")
        refuse(self._run, obstacle, tr(RUN_TIP))
        self._run.setChecked(self._wants_run and not obstacle)
        self._why_not.setText(obstacle)
        self._rows.setRowVisible(self._why_not, bool(obstacle))

    @property
    def waits(self) -> bool:  # type: ignore[override]
        return self._run.isChecked() and not self._moment.has_arrived

    @property
    def copy_scale(self) -> float:
        return float(min(self["scale"], LARGEST_COPY))

    def lacks_run(self) -> str:
        return tr(NOT_YET) if self._run.isChecked() and self._moment.project is None else ""

    def job(self, path: Path, parent: QWidget) -> PictureJob:
        project = self._moment.project if self._run.isChecked() else None
        return PictureJob(self.painting(self.ending), path, parent, project)

    def show_in(self, preview: SharePreview) -> None:
        preview.show_painting(self._natural_size, lambda scale: self.painting("png", scale))

    @property
    def _natural_size(self) -> QSize:
        """The size of the picture in logical pixels."""
        raise NotImplementedError


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


class PictureForm(PaintedForm):
    """Editors of a picture's choices. The view of the canvas can be chosen if the moment has it."""

    def __init__(self, moment: Moment) -> None:
        super().__init__("picture", moment)
        kept = PictureChoices.from_text(self._preferences.picture)
        endings = {ending: spelled(ending) for ending in formats(PictureFormat)}
        self._add_list("ending", tr("&Format"), endings, kept.ending)
        looks = {key: each.label for key, each in LOOKS.items()}
        self._add_list("look", tr("&Look"), looks, moment.services.display.now.look_key)
        self._add_number("scale", tr("Scal&e"), (1, LARGEST_SCALE), kept.scale, unit="×")
        self._size = self._add_sentence("size")
        canvas = self._add("as_on_canvas", CheckBox(tr(CANVAS_TEXT)), tip=tr(CANVAS_TIP))
        canvas.setChecked(kept.as_on_canvas and moment.view is not None)
        canvas.toggled.connect(self.refresh)
        self._rows.setRowVisible(canvas, moment.view is not None)
        self._add_ticks({key: tr(words) for key, words in LAYERS.items()}, kept)
        self._add_run(kept.contain_run)
        self.refresh()

    @property
    def choices(self) -> PictureChoices:
        return self._made(PictureChoices, contain_run=self._wants_run)

    @property
    def remembered(self) -> dict[str, str]:
        return {"picture": choices_to_text(self.choices)}

    @property
    def _figure(self) -> Figure:
        return replace(self._moment.figure, view=self._moment.view if self["as_on_canvas"] else None)

    @property
    def _natural_size(self) -> QSize:
        view = self._figure.view
        return QSize(*view.size_px) if view else QSize(SIDE_PX, SIDE_PX)

    @Slot()
    def refresh(self) -> None:
        has_pixels, size = formats(PictureFormat)[self.ending].has_pixels, self._natural_size * self["scale"]
        self._editors["scale"].setEnabled(has_pixels)
        words = tr("{across:,} × {down:,} pixels", across=size.width(), down=size.height())
        self._size.setText(words if has_pixels else tr("Sharp at any size"))
        for key in ("look", *LAYERS):
            self._editors[key].setEnabled(not self["as_on_canvas"])  # else the canvas decides
        self._offer_run()
        self.changed.emit()

    def painting(self, ending: str, scale: float = 0) -> Rendering:
        look, options = LOOKS[self["look"]], self.choices.options
        return Rendering(
            self._figure, look, options, ending, scale=scale or self["scale"], is_preview=bool(scale)
        )  # fmt: skip


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


class PosterForm(PaintedForm):
    """Editors of a poster's choices; a card also has the run as a line of text, once the run is there."""

    def __init__(self, moment: Moment) -> None:
        super().__init__("poster", moment)
        self.poster = Poster(moment.figure, moment.trail, Words.of(moment.snapshot))
        self._jobs, self._has_line, self._has_written = Jobs(self), True, False
        kept = PosterChoices.from_text(self._preferences.poster)
        unsafe, palettes = mark("{palette} (not for colour-blind eyes)"), dict[str, str]()
        for key, each in PALETTES.items():
            palettes[key] = tr(each.label) if each.is_safe else tr(unsafe, palette=tr(each.label))
        lists: dict[str, tuple[str, Mapping[Any, str]]] = {
            "layout": (tr("&Paper size"), {key: tr(each.label) for key, each in LAYOUTS.items()}),
            "palette": (tr("Co&lours"), palettes),
            "paper": (tr("&Drawn as"), {key: tr(each.label) for key, each in PAPERS.items()}),
            "ending": (tr("&Format"), {ending: spelled(ending) for ending in formats(PictureFormat)}),
            "scale": (tr("Scal&e"), {scale: f"{scale} ×" for scale in SCALES}),
        }
        for key, (label, choices) in lists.items():
            self._add_list(key, label, choices, getattr(kept, key))
        self._size = self._add_sentence("size")
        words, tips = ({key: tr(each[part]) for key, each in TICKS.items()} for part in (0, 1))
        self._add_ticks(words, kept, tips)
        self._add_run(kept.contain_run)
        self._write_line()
        moment.arrived.connect(self._write_line)
        self.refresh()

    @property
    def choices(self) -> PosterChoices:
        return self._made(PosterChoices, contain_run=self._wants_run)

    @property
    def remembered(self) -> dict[str, str]:
        return {"poster": choices_to_text(self.choices)}

    @property
    def waits(self) -> bool:  # type: ignore[override]
        return super().waits or (LAYOUTS[self["layout"]].has_line and not self._has_written)

    @Slot()
    def _write_line(self) -> None:
        """Write the card's line of text, now that the run is there."""
        project = self._moment.project
        if project is not None:
            self._jobs.do(lambda: short_line_of(project), self._take_line, str)
        elif self._moment.has_arrived:
            self._take_line("")

    def _take_line(self, line: str) -> None:
        self.poster = replace(self.poster, words=replace(self.poster.words, line=line))
        self._has_line, self._has_written = self.poster.words.has_line, True
        self.refresh()

    @property
    def _natural_size(self) -> QSize:
        layout = layout_of(self["layout"], self._has_line)
        return QSize(round(layout.width), round(layout.height))

    @Slot()
    def refresh(self) -> None:
        choices, natural = self.choices, self._natural_size * self["scale"]
        has_pixels = formats(PictureFormat)[choices.ending].has_pixels
        self._editors["scale"].setEnabled(has_pixels)
        if has_pixels:
            size = tr("{width:,} × {height:,} pixels", width=natural.width(), height=natural.height())
        elif choices.ending == "svg":
            size = tr("Sharp at any size; each part is a layer")
        else:
            dots = round(DPI * PRINT_SCALE)
            size = tr("The trail with {dots} dots per inch, the rest sharp at any size", dots=dots)
        self._size.setText(size)
        self._editors["caption"].setEnabled(not layout_of(choices.layout, self._has_line).has_line)
        self._offer_run()
        self.changed.emit()

    def painting(self, ending: str, scale: float = 0) -> PaintedFile:
        return PosterRendering(self.poster, self.choices, ending, scale=scale or self["scale"])
