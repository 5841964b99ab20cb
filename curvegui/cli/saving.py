"""Saving a run without a window: as a project, a picture, numbers or a text, as the ending of a name says."""

import argparse
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from curvegui.cli import EXIT_FAILED
from curvegui.cli.picture import FilmStyle, PictureStyle, figure_of
from curvegui.cli.terminal import complain
from curvegui.core.language.text import mark, tr
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig, memory_gigabytes
from curvegui.figure.formats import CodeFormat, FilmFormat, Format, PictureFormat, ending_of, formats
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.export.retraining import why_not
from curvegui.files.export.script import MOST_NUMBERS
from curvegui.files.project.in_picture import CARRIERS, embedded
from curvegui.files.project.project import Project
from curvegui.files.project.text_line import MOST_PARAMETERS

if TYPE_CHECKING:
    from curvegui.figure.drawing.figure import Figure


@dataclass(frozen=True)
class Saved:
    """The files that were written, a sentence for each that could not be, and other sentences for the person."""

    paths: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class RunSaver:
    """Saves a trainer's run in any format; ``project`` is the run as its file had it, where there is a file."""

    def __init__(
        self, trainer: Trainer, style: PictureStyle, project: Project | None = None, film: FilmStyle | None = None
    ) -> None:
        self.trainer, self.style, self.film = trainer, style, film or FilmStyle()
        self.notes: list[str] = []
        self._project = project

    @cached_property
    def project(self) -> Project:
        return self._project or Project(self.trainer.record(), look=self.style.look)

    @cached_property
    def figure(self) -> "Figure":
        return figure_of(self.trainer)

    def picture(self, path: Path) -> bytes:
        """The bytes of a picture, which includes the run if the style says so and the network is not too large."""
        form = ending_of(path)
        if self.style.poster is None:
            data = self.style.paint(self.figure, form)
        else:
            data = self.style.paint_poster(self.trainer, self.figure, self.project, form)
        if not self.style.with_run or form not in CARRIERS:
            return data
        whole = embedded(data, replace(self.project, saved_at=""))  # the same run, the same picture to the last byte
        if whole is None:
            self.notes.append(tr("“{name}” does not include the run: the network is too large.", name=path.name))
        return whole or data

    def write(self, path: Path) -> None:
        form = formats(Format)[ending_of(path)]
        if self.style.still:
            form = formats(PictureFormat).get(form.ending, form)
        match form:
            case FilmFormat():
                self.film.save(self.project.record, path, form.ending)
            case PictureFormat():
                write_bytes(path, self.picture(path))
            case _:
                write_bytes(path, form.load()(self.project))


def written_words(form: Format) -> str:
    """What the files of a format contain, in words; of a film format, also that it can be a picture."""
    is_both = isinstance(form, FilmFormat) and form.ending in formats(PictureFormat)
    return tr("{words}; with --still, a picture", words=form.words) if is_both else form.words


LARGEST = {"py": MOST_NUMBERS, "txt": MOST_PARAMETERS}  # how many parameters there is room for


def save_all(paths: Iterable[Path], saver: RunSaver) -> Saved:
    saved, failures = [], []
    for path in paths:
        try:
            saver.write(path)
        except MemoryError as error:
            failures.append(str(error) or tr("There is not enough memory to save “{path}”.", path=path))
        except OSError as error:
            failures.append(str(error))
        except Exception as error:  # the network is too large, or a fault of ours, which may not cost the other files
            reason = error if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
            failures.append(tr("“{name}” could not be saved. {error}", name=path.name, error=reason))
        else:
            saved.append(str(path))
    return Saved(tuple(saved), tuple(failures), tuple(saver.notes))


def refuse_unless_fitting(parser: argparse.ArgumentParser, paths: Iterable[Path], parameters: int) -> None:
    """End the program with status 2 where a network with this number of parameters is too large for a file."""
    for path in paths:
        if parameters > LARGEST.get(ending_of(path), parameters):
            words = mark("“{path}” cannot be saved: the network is too large for .{ending}; save .npz instead.")
            parser.error(tr(words, path=path, ending=ending_of(path)))


def refuse_unless_code(parser: argparse.ArgumentParser, paths: Iterable[Path], config: TrainingConfig) -> None:
    """End the program with status 2 where a run with these settings cannot be written as the code that is asked for."""
    reason = why_not(config)
    for path in paths:
        if reason and ending_of(path) in formats(CodeFormat):
            parser.error(tr("“{path}” cannot be saved. {reason}", path=path, reason=reason))


def checked_path(parser: argparse.ArgumentParser, name: str, kind: type[Format] = Format) -> Path:
    """The path that a name stands for; where no file can be saved, the program ends now, with status 2."""
    path, known, words = Path(name), ", ".join(f".{each}" for each in formats(kind)), ""
    try:
        if ending_of(path) not in formats(kind):
            words = tr("“{name}” cannot be saved: its name must end in one of {known}.", name=name, known=known)
        elif path.is_dir():
            words = tr("“{name}” cannot be saved: there is a folder with this name.", name=name)
        elif not path.parent.is_dir():
            words = tr("“{name}” cannot be saved: there is no folder {parent}.", name=name, parent=path.parent)
        elif not os.access(path.parent, os.W_OK):
            folder = path.parent.absolute()
            words = tr("“{name}” cannot be saved: you may not write in {absolute}.", name=name, absolute=folder)
    except OSError as error:  # a name too long, or a folder that may not be looked into
        words = tr("“{name}” cannot be saved: {reason}.", name=name, reason=error.strerror)
    if words:
        parser.error(words)
    return path


def without_memory(parameters: int) -> int:
    """Complain that the memory is too small for a network with so many parameters; returns the exit status."""
    words = mark("There is not enough memory for this network: it takes about {gigabytes:,.1f} GB.")
    complain(tr(words, gigabytes=memory_gigabytes(parameters)))
    return EXIT_FAILED


FROM_CURVE = mark("“{path}” is the file that the curve comes from. Choose another name.")
FROM_RUN = mark("“{path}” is the file that the run comes from. Choose another name.")


def refuse_to_replace(parser: argparse.ArgumentParser, source: Path | None, words: str, paths: Sequence[Path]) -> None:
    """End the program with status 2 where a path is the source's (``words`` say so), or two paths are one file."""
    for path in paths:
        if source is not None and _is_same(path, source):
            parser.error(tr(words, path=path))
    for one, other in combinations(paths, 2):
        if _is_same(one, other):
            parser.error(tr("“{path}” is named for two things to save. Choose another name for one.", path=other))


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, also through links, and also where the file does not exist yet."""
    try:
        return one.samefile(other)
    except OSError:  # one is not there, or may not be looked at
        first, second = (os.path.normcase(os.path.realpath(path)) for path in (one, other))
        return first == second
