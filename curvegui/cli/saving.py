"""Saving a run without a window: as a project, a picture, numbers or a text, as the ending of a name says."""

import argparse
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from curvegui.cli.film import FilmStyle
from curvegui.cli.picture import PictureStyle, figure_of
from curvegui.core.language.text import mark, tr
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.picture.formats import PICTURE_FORMATS
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.export.data import CODE_FORMATS, DATA_FORMATS, export_data
from curvegui.files.export.retraining import why_not
from curvegui.files.export.script import MOST_NUMBERS
from curvegui.files.film.formats import ANIMATION_FORMATS
from curvegui.files.project.in_picture import CARRIERS, embedded
from curvegui.files.project.project import Project, save
from curvegui.files.project.text_line import MOST_PARAMETERS, line_of

if TYPE_CHECKING:
    from curvegui.figure.drawing.figure import Figure


USUAL_FILM = FilmStyle()


@dataclass(frozen=True)
class Saved:
    """The files that were written, a sentence for each that could not be, and other sentences for the person."""

    paths: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class RunSaver:
    """Saves a run, as it stands in a trainer, in any form.

    ``project`` is the run as it was read; it is made from the trainer where it is not given.
    """

    def __init__(
        self, trainer: Trainer, style: PictureStyle, project: Project | None = None, film: FilmStyle = USUAL_FILM
    ) -> None:
        self.trainer, self.style, self.film = trainer, style, film
        self.notes: list[str] = []
        self._project = project

    @cached_property
    def project(self) -> Project:
        """The run as a file keeps it."""
        return self._project or Project(self.trainer.record(), look=self.style.look)

    @cached_property
    def figure(self) -> "Figure":
        """The run as it is painted."""
        return figure_of(self.trainer)

    def picture(self, path: Path) -> bytes:
        """A picture, with the run in it if that is wanted."""
        form, poster = ending(path), self.style.poster
        if poster is None:
            data = self.style.paint(self.figure, form)
        else:
            data = poster.paint(self.trainer, self.figure, self.project, form, self.style.scale)
        if not self.style.with_run or form not in CARRIERS:
            return data
        whole = embedded(data, replace(self.project, saved_at=""))  # the same run, the same picture to the last byte
        if whole is None:
            self.notes.append(tr("“{name}” does not include the run: the network is too large.", name=path.name))
        return whole or data


def _write_project(saver: RunSaver, path: Path) -> None:
    save(path, saver.project)


def _write_picture(saver: RunSaver, path: Path) -> None:
    write_bytes(path, saver.picture(path))


def _write_film(saver: RunSaver, path: Path) -> None:
    saver.film.save(saver.project.record, path, ending(path))


def _write_data(saver: RunSaver, path: Path) -> None:
    write_bytes(path, export_data(saver.project, ending(path)))


def _write_text(saver: RunSaver, path: Path) -> None:
    write_bytes(path, line_of(saver.project).encode("ascii") + b"\n")


def _write_sound(saver: RunSaver, path: Path) -> None:
    from curvegui.files.export.sound import save_sound

    snapshot = saver.trainer.snapshot()
    save_sound(path, snapshot.target.t[0], snapshot.fit)


WRITERS: dict[str, Callable[[RunSaver, Path], None]] = {
    "curvegui": _write_project,
    **dict.fromkeys(PICTURE_FORMATS, _write_picture),
    **dict.fromkeys(ANIMATION_FORMATS, _write_film),
    **dict.fromkeys(DATA_FORMATS, _write_data),
    "txt": _write_text,
    "wav": _write_sound,
}
"""What writes a file, by the ending of its name; a film where that could be a picture as well."""

WRITTEN = {
    "curvegui": mark("the project, whole"),
    **{each.ending: each.words for each in PICTURE_FORMATS.values()},
    **{form: film.words for form, film in ANIMATION_FORMATS.items()},
    "npz": mark("the parameters and the cost history, for NumPy"),
    "csv": mark("the same as a table"),
    "json": mark("the same for every program"),
    "py": mark("a script that draws the fit, with NumPy only"),
    "train.py": mark("a script that trains the run again, with NumPy only"),
    "ipynb": mark("a notebook that trains the run again, with NumPy only"),
    "torch.py": mark("a script that trains the run again, with PyTorch"),
    "txt": mark("the run as one line of text"),
    "wav": mark("the fit as a sound: its height is the pitch"),
}
"""What such a file contains, in words."""


def written_words(form: str) -> str:
    """The same in the chosen language; what is a picture as well says so."""
    words = tr(WRITTEN[form])
    is_both = form in ANIMATION_FORMATS and form in PICTURE_FORMATS
    return tr("{words}; with --still, a picture", words=words) if is_both else words


LARGEST = {"py": MOST_NUMBERS, "txt": MOST_PARAMETERS}  # how many parameters there is room for


def ending(path: Path) -> str:
    """What a file's name ends in, which says its format: ``"png"`` or ``"train.py"``."""
    name = path.name.lower()
    longer = (form for form in DATA_FORMATS if "." in form and name.endswith(f".{form}"))
    return next(longer, path.suffix.lower().removeprefix("."))


def save_all(paths: Iterable[Path], saver: RunSaver) -> Saved:
    """Save a run under every path that it can be saved under."""
    saved, failures = [], []
    for path in paths:
        try:
            is_picture = saver.style.still and ending(path) in PICTURE_FORMATS
            (_write_picture if is_picture else WRITERS[ending(path)])(saver, path)
        except MemoryError as error:
            failures.append(str(error) or tr("There is not enough memory to save “{path}”.", path=path))
        except OSError as error:
            failures.append(str(error))
        except ValueError as error:  # the network is too large for this form
            failures.append(tr("“{name}” could not be saved. {error}", name=path.name, error=error))
        except Exception as error:  # a fault of ours, which may not cost the other files
            reason = f"{type(error).__name__}: {error}"
            failures.append(tr("“{name}” could not be saved. {error}", name=path.name, error=reason))
        else:
            saved.append(str(path))
    return Saved(tuple(saved), tuple(failures), tuple(saver.notes))


def checked_paths(parser: argparse.ArgumentParser, names: Iterable[str]) -> tuple[Path, ...]:
    """The paths of these names; what could not be saved in the end ends the program now, with status 2."""
    try:
        return tuple(_checked_path(name) for name in names)
    except ValueError as error:
        parser.error(str(error))


def refuse_unless_fitting(parser: argparse.ArgumentParser, paths: Iterable[Path], parameters: int) -> None:
    """End the program with status 2 where a network with this number of parameters is too large for a file."""
    for path in paths:
        if parameters > LARGEST.get(ending(path), parameters):
            parser.error(
                tr(
                    "“{path}” cannot be saved: the network is too large for .{ending}; save .npz instead.",
                    path=path,
                    ending=ending(path),
                )
            )


def refuse_unless_code(parser: argparse.ArgumentParser, paths: Iterable[Path], config: TrainingConfig) -> None:
    """End the program with status 2 where a run with these settings cannot be written as the code that is asked for."""
    reason = why_not(config)
    for path in paths:
        if reason and ending(path) in CODE_FORMATS:
            parser.error(tr("“{path}” cannot be saved. {reason}", path=path, reason=reason))


def checked_picture(parser: argparse.ArgumentParser, name: str) -> Path:
    """The path of a picture; what could not be saved in the end ends the program now, with status 2."""
    try:
        return _checked_path(name, PICTURE_FORMATS)
    except ValueError as error:
        parser.error(str(error))


def _checked_path(name: str, endings: Iterable[str] = WRITERS) -> Path:
    path = Path(name)
    if ending(path) not in endings:
        known = ", ".join(f".{each}" for each in endings)
        raise ValueError(tr("“{name}” cannot be saved: its name must end in one of {known}.", name=name, known=known))
    try:
        if path.is_dir():
            raise ValueError(tr("“{name}” cannot be saved: there is a folder with this name.", name=name))
        is_folder = path.parent.is_dir()
    except OSError as error:  # a name too long, or a folder that may not be looked into
        raise ValueError(tr("“{name}” cannot be saved: {reason}.", name=name, reason=error.strerror)) from error
    if not is_folder:
        raise ValueError(tr("“{name}” cannot be saved: there is no folder {parent}.", name=name, parent=path.parent))
    if not os.access(path.parent, os.W_OK):
        raise ValueError(
            tr("“{name}” cannot be saved: you may not write in {absolute}.", name=name, absolute=path.parent.absolute())
        )
    return path
