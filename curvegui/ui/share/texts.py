"""What is made of the numbers of a run: data, code, a line of text, and a sound."""

import zipfile
from collections.abc import Callable, Generator
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.sound import SPEEDS_S
from curvegui.figure.formats import CodeFormat, DataFormat, Format, SoundFormat, TextFormat, formats, spelled
from curvegui.figure.picture.surfaces import PaintedFile, PictureSurface, SurfaceSpec, painter_on
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.disk.portable_name import portable_stem
from curvegui.files.project.project import Project
from curvegui.session.jobs.job import Jobs
from curvegui.ui.look.theme import current_theme
from curvegui.ui.share.form import ShareForm
from curvegui.ui.share.job import WorkJob
from curvegui.ui.share.moment import NO_RUN, Moment
from curvegui.ui.share.preview import SharePreview

MOST_CHARACTERS = 20_000  # of a text in the preview
COPIED = mark("Copied the text.")


class MadeForm(ShareForm):
    """A form for a file that a format makes of the run, in the background, as soon as the format is chosen: what cannot
    be made is said before a file is chosen, and what is seen is what is saved."""

    folder_key = "report_folder"
    format_kind: type[Format]

    def __init__(self, moment: Moment) -> None:
        super().__init__(self.format_kind.__name__.removesuffix("Format").lower(), moment)
        self._jobs, self._data, self._text = Jobs(self), b"", ""
        self._forms = formats(self.format_kind)
        endings = {ending: form.label or spelled(ending) for ending, form in self._forms.items()}
        self._add_list("ending", tr("&Format"), endings, "")
        self._about = self._add_sentence("about")
        self._add_more()
        moment.arrived.connect(self.refresh)
        self.refresh()

    def _add_more(self) -> None:
        """Add the editors that only this kind has."""

    @property
    def stem(self) -> str:
        return portable_stem(self._moment.snapshot.config.curve_name, "curve")

    def _making(self, project: Project) -> Callable[[], bytes]:
        return partial(self._forms[self.ending].load(), project)

    @Slot()
    def refresh(self) -> None:
        project, form = self._moment.project, self._forms[self.ending]
        self._about.setText(f"{capitalised(form.words)}.")
        self._data, self._text, self.obstacle = b"", "", ""
        if project is not None:
            self._jobs.do(self._making(project), self._take, self._refuse)
        elif self._moment.has_arrived:
            self.obstacle = tr(NO_RUN)
        self.changed.emit()

    def _take(self, data: bytes) -> None:
        if self._jobs.waiting == 0:  # else another one is to come
            self._data, self._text = data, lines_of(data)
            self.copied = "" if zipfile.is_zipfile(BytesIO(data)) else self._copied_words()
            self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self.obstacle = sentence
        self.changed.emit()

    def _copied_words(self) -> str:
        return tr(COPIED)

    def copied_text(self) -> str:
        return self._data.decode("utf-8").removesuffix("\n")

    def show_in(self, preview: SharePreview) -> None:
        preview.show_lines(self._text[:MOST_CHARACTERS], wraps=self.format_kind is TextFormat)

    @property
    def waits(self) -> bool:  # type: ignore[override]
        return not self._data and not self.obstacle

    def job(self, path: Path, parent: QWidget) -> WorkJob:
        return WorkJob(partial(_written, path, self._data), path, parent)


def _written(path: Path, data: bytes, *_: object) -> bool:
    write_bytes(path, data)
    return True


def lines_of(data: bytes) -> str:
    """The text of a file; of arrays in an archive, their names and shapes."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if not zipfile.is_zipfile(BytesIO(data)):
            return ""
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            return "\n".join(f"{name}  {arrays[name].dtype}  {arrays[name].shape}" for name in arrays.files)


class DataForm(MadeForm):
    """The numbers of a run."""

    format_kind = DataFormat


class CodeForm(MadeForm):
    """A program that trains the run again."""

    format_kind = CodeFormat


class TextForm(MadeForm):
    """The run as one line of text, which can be pasted."""

    format_kind = TextFormat

    def _copied_words(self) -> str:
        return tr("The fit is on the clipboard as a line of {line:,} characters.", line=len(self._text.strip()))


WAVE_PX, WAVE_HIGH_PX, HEADER_BYTES = 400, 240, 44


class SoundForm(MadeForm):
    """The fit or the target as a sound, which can be heard before it is saved."""

    format_kind = SoundFormat

    def _add_more(self) -> None:
        hearing = self._moment.services.features["hearing"]
        curves = {False: tr("Fit"), True: tr("Target")}
        self._add_list("of_target", tr("C&urve"), curves, hearing.hears_target)
        lengths = {seconds: tr("{seconds:g} s", seconds=seconds) for seconds in SPEEDS_S}
        self._add_list("seconds", tr("&Length"), lengths, hearing.seconds)
        self.extra = tr("&Play")

    def do_extra(self) -> None:
        self._moment.services.features["hearing"].play(self._data)

    def _making(self, project: Project) -> Callable[[], bytes]:
        return partial(self._forms[self.ending].load(), project, self["of_target"], self["seconds"])

    def _copied_words(self) -> str:
        return ""

    def stop(self) -> None:
        self._moment.services.features["hearing"].play(b"")

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
