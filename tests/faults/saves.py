"""The files that a person saves: where each is, and under which name, the person chooses."""

import contextlib
import io
import os
from functools import cache, partial
from types import SimpleNamespace

import numpy as np

from curvegui.cli import saving, sweep, worksheet
from curvegui.cli.picture import FilmStyle
from curvegui.core.curve.curve import Units
from curvegui.core.learner.target import build_target
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.file.template import MODULE, WORKSHEET
from curvegui.exercise.puzzle.puzzle import Puzzle
from curvegui.figure.application import ensure_gui_application
from curvegui.figure.drawing.figure import Figure, FigureOptions
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.formats import DataFormat, FilmFormat, ending_of, formats
from curvegui.figure.picture.export import render_bytes
from curvegui.figure.picture.training_picture import TrainingPicture
from curvegui.files.export.points import save_points
from curvegui.files.project.project import Project
from curvegui.session.document.file import Locks, write_file
from curvegui.session.study import puzzle
from curvegui.session.study.exercise import write_exercise
from curvegui.ui.share import job, texts
from tests.faults.trials import Record

OLD = b"what was here before\n" * 200
CONFIG = TrainingConfig(points=40)


@cache
def project(iterations=300):
    """A run, the same in every process."""
    trainer = Trainer(CONFIG)
    trainer.advance(iterations)
    return Project(trainer.record(), name=f"after {iterations}")


@cache
def picture(ending):
    """A picture of a run: made once, as a PDF says when."""
    ensure_gui_application()
    curve = build_target(CONFIG).curve_points
    figure = Figure(target=curve, trail=curve[np.newaxis].astype(np.float32), fit=curve)
    return render_bytes(figure, LOOKS["classic"], FigureOptions(), ending, side_px=64, scale=1)


def content(path):
    return {"file": path.read_bytes() if path.is_file() else None}


def put_old(path):
    path.write_bytes(OLD)


def put_half(path):
    """A file is there, and what a kill has left of it."""
    put_old(path)
    path.with_name(f".{path.name}.curvegui-0123abcd.part").write_bytes(OLD)


def _by_command(path):
    ensure_gui_application()  # as the command line does before it makes a saver
    # not in Ember: Qt adds light up in threads of a pool, which a forked process does not have
    film = FilmStyle("classic", given={"side_px": 64, "seconds": 1, "frames_per_second": 5})
    saver = SimpleNamespace(project=project(), film=film, style=SimpleNamespace(still=False))
    saver.picture = lambda path: picture(ending_of(path))
    saving.RunSaver.write(saver, path)


def _by_dialog(path):
    """As the dialogs of pictures, contact sheets and reports do, in a thread of the pool."""
    painting = SimpleNamespace(encode=lambda: picture(path.suffix[1:]))
    job._write(painting, path, project() if path.suffix != ".pdf" else None)


def _sheet(path):
    for problem in sweep._saved(path, picture):
        raise OSError(problem)


def _points(path):
    target = build_target(CONFIG)
    save_points(path, target, Units.fitting(target.curve_points))


def _put_together(path):
    solved = Puzzle("J_W3")
    solved.placed = solved.lines
    puzzle._write(puzzle._prepared(path, "J_W3", solved.source))


def _new_exercise(path):
    is_there = os.path.isfile(path) and not path.is_symlink()  # noqa: PTH113  # whatever its name
    try:
        write_exercise(path)
    except OSError:
        if not is_there:  # else it has to refuse
            raise


def _worksheet(path):
    with contextlib.redirect_stderr(io.StringIO()) as said, contextlib.redirect_stdout(io.StringIO()):
        status = worksheet.main([str(path.parent)])
    if status and not all(os.path.lexists(path.parent / name) for name in (WORKSHEET, MODULE)):  # else it has to refuse
        raise OSError(said.getvalue().strip())


def _worksheet_files(path):
    return {name: content(path.parent / name)["file"] for name in (WORKSHEET, MODULE)}


def _free(name, file, save, before=put_old):
    return Record(name, file, save, content, before, free=True)


SAVES = (
    _free("project", "heart.curvegui", lambda path: write_file(path, project(), Locks(path.parent / "locks"), None)),
    _free("picture with a run", "heart.png", _by_dialog),
    _free("SVG with a run", "heart.svg", _by_dialog),
    _free("report", "report.pdf", _by_dialog),
    _free("picture by the command", "heart.png", _by_command),
    _free("picture of a notebook", "heart.pdf", partial(TrainingPicture.save, SimpleNamespace(_painted=picture))),
    _free("contact sheet", "sheet.png", _sheet),
    *(_free(f"film as {ending}", f"a.{ending}", _by_command) for ending in formats(FilmFormat)),
    _free("line of text", "heart.txt", _by_command),
    _free("sound", "heart.wav", _by_command),
    _free("numbers by the command", "heart.npz", _by_command),
    _free("table", "heart.csv", lambda path: texts._written(path, formats(DataFormat)["csv"].load()(project()))),
    _free("script", "heart.py", lambda path: texts._written(path, OLD * 2)),
    _free("points", "points.csv", _points),
    _free("file of which half was left", "points.svg", _points, put_half),
    _free("new exercise", "jacobians.py", _new_exercise, None),
    _free("new notebook", "jacobians.ipynb", _new_exercise, None),
    _free("Put it together", "jacobians.py", _put_together, write_exercise),
    Record("worksheet", f"course/{WORKSHEET}", _worksheet, _worksheet_files),
)
