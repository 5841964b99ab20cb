"""Pictures, posters and cards of a run."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Slot
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import mark, tr
from curvegui.figure.drawing.figure import FigureOptions
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
from curvegui.ui.look.layouts import wrapped
from curvegui.ui.share.form import ShareField, ShareForm, format_field, in_pixels, look_field, titles
from curvegui.ui.share.job import ShareJob, picture_job
from curvegui.ui.share.moment import Moment

LAYERS = "background", "target", "trail", "axes", "caption"
LARGEST_COPY = 2  # times the usual size
RUN_TIP = mark("Drop the picture on the window to reopen the run.")
CANVAS_TIP = mark("The part that you see, with all overlays, as it was when you opened Share")
NOT_YET = mark("the run could not be recorded. Save the picture again.")
RUN = (
    ShareField("contain_run", mark("Include the &run (can be reopened)"), True, alone=True),
    ShareField("why_not", alone=True),
)

PICTURE = (
    format_field(PictureFormat),
    look_field(),
    ShareField("scale", mark("Scal&e"), 2, bounds=(1, LARGEST_SCALE), unit="×"),
    ShareField("size"),
    ShareField("as_on_canvas", mark("&As on the canvas"), False, tip=CANVAS_TIP, alone=True),
    ShareField("background", mark("Background"), True),
    ShareField("target", mark("Target"), True),
    ShareField("trail", mark("Trail"), True),
    ShareField("axes", mark("Axes"), False),
    ShareField("caption", mark("Caption"), False),
    *RUN,
)


def palettes() -> dict[str, str]:
    unsafe, labels = mark("{palette} (not for colour-blind eyes)"), titles(PALETTES)()
    return {key: words if PALETTES[key].is_safe else tr(unsafe, palette=words) for key, words in labels.items()}


POSTER = (
    ShareField("layout", mark("&Paper size"), "square", titles(LAYOUTS)),
    ShareField("palette", mark("Co&lours"), "ember", palettes),
    ShareField("paper", mark("&Drawn as"), "dark", titles(PAPERS)),
    format_field(PictureFormat),
    ShareField("scale", mark("Scal&e"), 2, lambda: {scale: f"{scale} ×" for scale in (1, 2, 4)}),
    ShareField("size"),
    ShareField("target", mark("T&arget"), False, tip=mark("The curve that the network is to draw, as a dashed line")),
    ShareField("fit", mark("F&it"), False, tip=mark("The network's latest curve, as a line")),
    ShareField("caption", mark("&Caption"), True, tip=mark("The curve's name, the network and the settings")),
    *RUN,
)


class PaintedForm(ShareForm):
    """A form for a picture that may contain the run: saving waits for the run then."""

    def __init__(self, moment: Moment, kind: str, fields: Sequence[ShareField], **given: Any) -> None:
        super().__init__(moment, kind, fields, **given)
        self.copied, self._run, self._why_not = tr("Copied the picture."), *(self._editors[each.key] for each in RUN)
        self._wants_run = self._run.isChecked()

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"contain_run": self._wants_run}

    def _describe(self, size: QSize, sharp: str, waits: bool = False) -> None:
        """Say how large the picture of a ``size`` is, or how ``sharp`` where it has no pixels; and offer to include the
        run, or say why it cannot be included. It ``waits`` for the run in any case."""
        project, obstacle, has_pixels = self._moment.project, "", formats(PictureFormat)[self.ending].has_pixels
        self.picture_size = size
        self._enable(has_pixels, "scale")
        self._editors["size"].setText(in_pixels(size * self["scale"]) if has_pixels else sharp)
        if self._run.isEnabled():
            self._wants_run = self._run.isChecked()
        if self.ending not in CARRIERS:
            obstacle = tr("{format} files cannot hold a run", format=spelled(self.ending))
        elif project and not has_room(project.record.parameters.size, self.ending):
            obstacle = tr("The network is too large to include")
        self._run.setEnabled(not obstacle)
        self._run.setToolTip(wrapped(obstacle or tr(RUN_TIP)))
        self._run.setAccessibleDescription(obstacle or tr(RUN_TIP))
        with QSignalBlocker(self._run):
            self._run.setChecked(self._wants_run and not obstacle)
        self._why_not.setText(obstacle)
        self._rows.setRowVisible(self._why_not, bool(obstacle))
        self.waits = waits or (self._run.isChecked() and not self._moment.has_arrived)
        self.changed.emit()

    @property
    def copy_scale(self) -> float:
        return float(min(self["scale"], LARGEST_COPY))

    def job(self, path: Path, parent: QWidget) -> ShareJob:
        is_wanted, project = self._run.isChecked(), self._moment.project
        lacks = tr(NOT_YET) if is_wanted and project is None else ""
        return picture_job(self.painting(self.ending), path, parent, project if is_wanted else None, lacks)


class PictureForm(PaintedForm):
    """A picture. The view of the canvas can be chosen if the moment has it."""

    def __init__(self, moment: Moment, kind: str) -> None:
        given = {} if moment.view else {"as_on_canvas": False}
        super().__init__(moment, kind, PICTURE, look=moment.services.display.now.look_key, **given)
        self._rows.setRowVisible(self._editors["as_on_canvas"], moment.view is not None)

    @Slot()
    def refresh(self) -> None:
        self._enable(not self["as_on_canvas"], "look", *LAYERS)  # else the canvas decides
        size = self._moment.view.size_px if self["as_on_canvas"] else (SIDE_PX, SIDE_PX)
        self._describe(QSize(*size), tr("Sharp at any size"))

    def painting(self, ending: str, scale: float = 0) -> Rendering:
        figure = replace(self._moment.figure, view=self._moment.view if self["as_on_canvas"] else None)
        look, options, factor = LOOKS[self["look"]], self._made(FigureOptions), scale or self["scale"]
        return Rendering(figure, look, options, ending, scale=factor)


class PosterForm(PaintedForm):
    """A poster; a card also has the run as a line of text, once the run is there."""

    def __init__(self, moment: Moment, kind: str) -> None:
        super().__init__(moment, kind, POSTER)
        self.poster = Poster(moment.figure, Words.of(moment.snapshot))
        self._jobs, self._has_written = Jobs(self), False
        moment.arrived.connect(self._write_line)
        self._write_line()

    @Slot()
    def _write_line(self) -> None:
        """Write the card's line of text, now that the run is there."""
        if project := self._moment.project:
            self._jobs.do(lambda: short_line_of(project), self._take_line, str)
        elif self._moment.has_arrived:
            self._take_line("")

    def _take_line(self, line: str) -> None:
        self.poster, self._has_written = replace(self.poster, words=replace(self.poster.words, line=line)), True
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        layout = layout_of(self["layout"], self.poster.words.has_line)
        self._enable(not layout.has_line, "caption")
        dots, sharp = round(DPI * PRINT_SCALE), tr("Sharp at any size; each part is a layer")
        if self.ending == "pdf":
            sharp = tr("The trail with {dots} dots per inch, the rest sharp at any size", dots=dots)
        waits = LAYOUTS[self["layout"]].has_line and not self._has_written
        self._describe(QSize(round(layout.width), round(layout.height)), sharp, waits)

    def painting(self, ending: str, scale: float = 0) -> PaintedFile:
        return PosterRendering(self.poster, self._made(PosterStyle), ending, scale=scale or self["scale"])
