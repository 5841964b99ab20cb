"""The files that a person saves: where each is, and under which name, the person chooses."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from curvegui.cli import saving, sweep, worksheet
from curvegui.cli.picture import FilmStyle
from curvegui.core.curve.curve import Units
from curvegui.core.learner.target import build_target
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.puzzle.puzzle import Puzzle
from curvegui.figure.application import ensure_gui_application
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.formats import FilmFormat, ending_of, formats
from curvegui.figure.picture.export import render_bytes
from curvegui.figure.picture.training_picture import TrainingPicture
from curvegui.files.disk.atomic import WriteError
from curvegui.files.export.points import save_points
from curvegui.files.project.project import Project
from curvegui.session.document.file import Locks, write_file
from curvegui.session.study import puzzle
from curvegui.session.study.exercise import write_exercise
from curvegui.ui.export import clipboard
from curvegui.ui.picture import job
from tests.faults.record import Parts, Record, nothing

OLD = b"what was here before\n" * 200


@cache
def project(iterations: int = 300) -> Project:
    """A run, the same in every process."""
    trainer = Trainer(TrainingConfig(points=40))
    trainer.advance(iterations)
    return Project(trainer.record(), name=f"after {iterations}")


@cache
def picture(ending: str) -> bytes:
    """A picture of a run: made once, as a PDF says when."""
    ensure_gui_application()
    curve = build_target(TrainingConfig(points=40)).curve_points
    figure = Figure(target=curve, trail=curve[np.newaxis].astype(np.float32), fit=curve)
    return render_bytes(figure, LOOKS["classic"], FigureOptions(), ending, side_px=64, scale=1)


def content(path: Path) -> Parts:
    """The file itself."""
    return {"file": path.read_bytes() if path.is_file() else None}


def put_old(path: Path) -> None:
    """A file is there already."""
    path.write_bytes(OLD)


def _put_half(path: Path) -> None:
    """A file is there, and what a kill has left of it."""
    put_old(path)
    path.with_name(f".{path.name}.curvegui-0123abcd.part").write_bytes(OLD)


def _saver(path: Path) -> Any:
    """What the command line saves a run with."""
    film = FilmStyle(given={"side_px": 64, "seconds": 1, "frames_per_second": 5})
    still = SimpleNamespace(still=False)
    return SimpleNamespace(project=project(), film=film, picture=lambda _: picture(ending_of(path)), style=still)


def _by_command(path: Path) -> None:
    saving.RunSaver.write(_saver(path), path)


def _by_dialog(path: Path) -> None:
    """As the dialogs of pictures, contact sheets and reports do, in a thread of the pool."""
    painting: Any = SimpleNamespace(encode=lambda: picture(path.suffix[1:]))
    job._write(painting, path, project() if path.suffix != ".pdf" else None)


def _by_notebook(path: Path) -> None:
    painted: Any = SimpleNamespace(_painted=picture)
    TrainingPicture.save(painted, path)


def _by_window(path: Path) -> None:
    write_file(path, project(), Locks(path.parent / "locks"), None)


def _points(path: Path) -> None:
    target = build_target(TrainingConfig(points=40))
    save_points(path, target, Units.fitting(target.curve_points))


def _sheet(path: Path) -> None:
    for problem in sweep._saved(path, picture):
        raise OSError(problem)


def _put_together(path: Path) -> None:
    solved = Puzzle("J_W3")
    solved.placed = solved.lines
    puzzle._write(puzzle._prepared(path, "J_W3", solved.source))


def _new_exercise(path: Path) -> None:
    is_there = os.path.isfile(path) and not path.is_symlink()  # noqa: PTH113  # whatever its name
    try:
        write_exercise(path)
    except OSError:
        if not is_there:  # else it has to refuse
            raise


def _worksheet(path: Path) -> None:
    files = {path.parent / "course" / name: f"text of {name}" * 99 for name in (path.name, "module.py")}
    there = [each for each in files if os.path.lexists(each)]
    if len(there) == len(files):  # it refuses
        return
    for each in there:  # half of it: what is missing would be written, and here all is tried
        each.unlink()
    try:
        worksheet._write(files)
    except OSError as error:
        raise OSError(str(error) if isinstance(error, WriteError) else f"It failed: {error.strerror}.") from error


def _worksheet_files(path: Path) -> Parts:
    folder = path.parent / "course"
    return {name: content(folder / name)["file"] for name in (path.name, "module.py")}


def _free(name: str, file: str, save: Callable[[Path], object], **others: Any) -> Record:
    return Record(name, file, save, **{"read": content, "before": put_old, "free": True} | others)


SAVES = (
    _free("project", "heart.curvegui", _by_window),
    _free("picture with a run", "heart.png", _by_dialog),
    _free("SVG with a run", "heart.svg", _by_dialog),
    _free("report", "report.pdf", _by_dialog),
    _free("picture by the command", "heart.png", _by_command),
    _free("picture of a notebook", "heart.pdf", _by_notebook),
    _free("contact sheet", "sheet.png", _sheet),
    *(_free(f"film as {ending}", f"a.{ending}", _by_command) for ending in formats(FilmFormat)),
    _free("line of text", "heart.txt", _by_command),
    _free("sound", "heart.wav", _by_command),
    _free("numbers by the command", "heart.npz", _by_command),
    _free("table", "heart.csv", lambda path: clipboard._export(project(), path)),
    _free("script", "heart.py", lambda path: clipboard._write_as(path, "py", OLD * 2)),
    _free("points", "points.csv", _points),
    _free("file of which half was left", "points.svg", _points, before=_put_half),
    _free("new exercise", "jacobians.py", _new_exercise, before=nothing),
    _free("new notebook", "jacobians.ipynb", _new_exercise, before=nothing),
    _free("Put it together", "jacobians.py", _put_together, before=write_exercise),
    Record("worksheet", "worksheet.ipynb", _worksheet, _worksheet_files),
)
