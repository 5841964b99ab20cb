"""What is made of the numbers of a run: data, code, a line of text, and a sound."""

import zipfile
from collections.abc import Callable, Generator, Sequence
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.sound import SPEEDS_S
from curvegui.figure.formats import CodeFormat, DataFormat, SoundFormat, TextFormat, formats
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, painter_on
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.disk.portable_name import portable_stem
from curvegui.files.project.project import Project
from curvegui.session.jobs.job import Jobs
from curvegui.ui.look.theme import current_theme
from curvegui.ui.share.form import ShareField, ShareForm, format_field
from curvegui.ui.share.job import ShareJob
from curvegui.ui.share.moment import NO_RUN, Moment
from curvegui.ui.share.preview import SharePreview

MOST_CHARACTERS = 20_000  # of a text in the preview
MADE = {"data": DataFormat, "code": CodeFormat, "text": TextFormat, "sound": SoundFormat}


class MadeForm(ShareForm):
    """A form for a file that a format makes of the run, in the background, as soon as the format is chosen: what cannot
    be made is said before a file is chosen, and what is seen is what is saved."""

    folder_key = "report_folder"

    def __init__(self, moment: Moment, kind: str, more: Sequence[ShareField] = (), **given: Any) -> None:
        super().__init__(moment, kind, (format_field(MADE[kind]), ShareField("about"), *more), **given)
        self._jobs, self._data, self._text = Jobs(self), b"", ""

    @property
    def _format(self) -> Any:
        return formats(MADE[self._kind])[self.ending]

    @property
    def stem(self) -> str:
        return portable_stem(self._moment.snapshot.config.curve_name, "curve")

    def _making(self, project: Project) -> Callable[[], bytes]:
        return partial(self._format.load(), project)

    @Slot()
    def refresh(self) -> None:
        self._editors["about"].setText(f"{capitalised(self._format.words)}.")
        project, lacks_run = self._moment.project, self._moment.has_arrived and self._moment.project is None
        self._show(b"", tr(NO_RUN) if lacks_run else "")
        if project is not None:
            self._jobs.do(self._making(project), self._show, partial(self._show, b""))

    def _show(self, data: bytes, obstacle: str = "") -> None:
        """Show what was made, nothing yet, or why nothing can be made."""
        if self._jobs.waiting == 0 or not data:  # else another one is to come
            self._data, self._text, self.obstacle = data, lines_of(data), obstacle
            self.copied = self._copied_words() if self._text and not zipfile.is_zipfile(BytesIO(data)) else ""
            self.waits = not data and not obstacle
            self.changed.emit()

    def _copied_words(self) -> str:
        line = mark("The fit is on the clipboard as a line of {line:,} characters.")
        return tr(line, line=len(self._text.strip())) if self._kind == "text" else tr("Copied the text.")

    def copied_text(self) -> str:
        return self._data.decode("utf-8").removesuffix("\n")

    def show_in(self, preview: SharePreview) -> None:
        preview.show_lines(self._text[:MOST_CHARACTERS], wraps=self._kind == "text")

    def job(self, path: Path, parent: QWidget) -> ShareJob:
        return ShareJob(parent, work=partial(_written, path, self._data), path=path)


def _written(path: Path, data: bytes, *_: object) -> str:
    write_bytes(path, data)
    return ""


def lines_of(data: bytes) -> str:
    """The text of a file; of arrays in an archive, their names and shapes; of other files nothing."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if not zipfile.is_zipfile(BytesIO(data)):
            return ""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            return "\n".join(f"{name}  {arrays[name].dtype}  {arrays[name].shape}" for name in arrays.files)


WAVE_PX, WAVE_HIGH_PX, HEADER_BYTES = 400, 240, 44
SOUND = (
    ShareField("of_target", mark("C&urve"), False, lambda: {False: tr("Fit"), True: tr("Target")}),
    ShareField("seconds", mark("&Length"), 0.0, lambda: {each: tr("{seconds:g} s", seconds=each) for each in SPEEDS_S}),
)


class SoundForm(MadeForm):
    """The fit or the target as a sound, which can be heard before it is saved."""

    def __init__(self, moment: Moment, kind: str) -> None:
        hearing = moment.services.features["hearing"]
        super().__init__(moment, kind, SOUND, of_target=hearing.hears_target, seconds=hearing.seconds)
        self._hearing, self.extra = hearing, tr("&Play")

    def do_extra(self) -> None:
        self._hearing.play(self._data)

    def _making(self, project: Project) -> Callable[[], bytes]:
        return partial(self._format.load(), project, self["of_target"], self["seconds"])

    def stop(self) -> None:
        self._hearing.play(b"")

    def show_in(self, preview: SharePreview) -> None:
        if self._data:
            preview.show_painting(QSize(WAVE_PX, WAVE_HIGH_PX), partial(wave_picture, self._data))


def wave_picture(sound: bytes, scale: float) -> PaintedFile:
    """How loud a WAV file is on its two channels, the left one above."""
    samples = np.abs(np.frombuffer(sound[HEADER_BYTES:], "<i2").reshape(-1, 2))
    theme, places = current_theme(), np.linspace(0, len(samples), WAVE_PX + 1).astype(int)

    def pieces(surface: PictureSurface) -> Generator[float, None, None]:
        with painter_on(surface) as painter:
            painter.scale(surface.scale, surface.scale)
            painter.fillRect(QRectF(0, 0, WAVE_PX, WAVE_HIGH_PX), QColor(theme.card))
            painter.setPen(QPen(QColor(theme.accent), 1))
            middle, most = WAVE_HIGH_PX / 2, max(int(samples.max(initial=0)), 1)
            for x, (begin, end) in enumerate(pairwise(places)):
                left, right = samples[begin : max(end, begin + 1)].max(axis=0) / most * (middle - 12)
                painter.drawLine(QPointF(x + 0.5, middle - left), QPointF(x + 0.5, middle + right))
            yield 1.0

    return PaintedFile("png", SurfaceSpec(WAVE_PX, WAVE_HIGH_PX, scale), pieces)
