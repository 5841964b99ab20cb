"""The options that the window is opened with: settings, or a file with a run to go on from."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from curvegui.cli import EXIT_USAGE
from curvegui.cli.options import (
    CommandParser,
    add_engine_options,
    add_settings,
    command_parser,
    config_from,
    wanted_backend,
)
from curvegui.cli.terminal import complain
from curvegui.core.child_python import open_apart
from curvegui.core.engine.backend import AUTO, NUMPY, Backend
from curvegui.core.language.text import mark, tr
from curvegui.core.settings.config import EDITED_SETTINGS, TrainingConfig
from curvegui.files.disk.languages import translated
from curvegui.ui.tour import EXPERIMENTS, FOLDER

if TYPE_CHECKING:  # most of the time the window opens without a file, and sooner without what reads one
    from curvegui.files.project.project import Project

    Lesson = tuple[Path, bool, frozenset[str]] | None
    Start = tuple[TrainingConfig, Path | Project | None, Backend | None, bool, Lesson, bool]

USAGE = mark("""curvegui [settings]
       curvegui FILE...
       curvegui --experiment NAME
       curvegui --lesson FILE [--class] [settings]
       curvegui train [settings] [--save FILE]...
       curvegui sweep --vary SETTING=VALUES... [settings]
       curvegui export FILE [--png OUT]...
       curvegui info FILE
       curvegui check FILE...
       curvegui worksheet FOLDER
       curvegui open "LINE or FILE\"""")
EPILOG = mark("""To train without a window, see: curvegui train --help
To try many settings on all cores: curvegui sweep --help
To save a run in another format: curvegui export --help
To see what is in a file: curvegui info --help
To check a learner's own Jacobians: curvegui check --help
To get the exercise as a notebook for Jupyter: curvegui worksheet --help""")
MOST_FILES = 8  # each with a run that trains
FILE_HELP = mark(
    "A project, a picture that includes its run, or a run as a line of text, itself or in a file. "
    "Of any other picture, drawing or table of points, the window offers to make a curve."
)
AUTO_ENGINE = mark("auto takes the faster one. Without either option, the preferences of the window say what computes.")


def window_start(arguments: Sequence[str]) -> "Start":
    """Read what the window starts with: the settings; a file or a run to open; the backend (None: the
    preferences say which); whether the curve is settled (False: the preferences say with which a run begins); the
    lesson; and whether a file is for a window of its own. Further files get a window each. Raises ``SystemExit`` with
    status 2 for wrong options, and 0 after ``--help`` and ``--version``."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    lesson = _lesson(parser, options)
    has_settings = any(hasattr(options, name) for name in EDITED_SETTINGS)
    if options.experiment is not None:
        if has_settings or options.files or lesson is not None:
            parser.error(tr("An experiment has its own settings: give nothing else to begin with."))
        lesson = translated(FOLDER, "experiments", f"{options.experiment}.md"), False, frozenset()
    if not options.files:
        config = config_from(parser, options)
        return config, None, _wanted(parser, options), hasattr(options, "curve"), lesson, True
    from curvegui.files.project.open_any import stands_for_run

    for file in options.files:
        if not stands_for_run(file):
            parser.error(tr("“{file}” is neither a command nor a file.", file=file))
    if has_settings:
        parser.error(tr("A file has its own settings: give either a file or settings."))
    if len(options.files) > MOST_FILES:
        words = mark("These are {n} files. Each gets a window: give {most} at most.")
        parser.error(tr(words, n=len(options.files), most=MOST_FILES))
    wanted, (first, *others) = _wanted(parser, options), options.files
    start, apart = _opened(first), bool(options.new_window or wanted or lesson or others)
    for file in others:
        open_apart(file)
    return *start, wanted, True, lesson, apart


def _wanted(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Backend | None:
    """The backend that the options ask for; None if they ask for none."""
    if options.engine is None and options.precision is None:
        return None
    options.engine, options.precision = options.engine or AUTO, options.precision or NUMPY.precision
    return wanted_backend(parser, options)


def _lesson(parser: argparse.ArgumentParser, options: argparse.Namespace) -> "Lesson":
    """The lesson's file, whether it is taken in class mode, and what it then hides; its mistakes are reported at
    once."""
    if options.lesson is None:
        if options.in_class:
            parser.error(tr("--class needs a lesson: curvegui --lesson FILE --class"))
        return None
    from curvegui.files.lesson.lesson import LessonError, read_lesson
    from curvegui.files.lesson.words import Parts
    from curvegui.ui.window.features import PANELS

    path, hidden = Path(options.lesson), frozenset[str]()
    try:
        hidden = read_lesson(path, Parts(PANELS)).steps[0].hidden
    except OSError as error:
        parser.error(tr("The lesson “{path}” cannot be read: {error}.", path=path, error=error.strerror))
    except LessonError as error:
        if sys.stderr is not None:  # else the window says it
            complain(str(error))
            raise SystemExit(EXIT_USAGE) from error
    return path, options.in_class, hidden if options.in_class else frozenset()


def build_parser() -> argparse.ArgumentParser:
    description = tr("Watch a small neural network learn to draw a curve.")
    parser = command_parser("curvegui", description, tr(EPILOG), tr(USAGE))
    files_help = tr("What to open. {formats}", formats=tr(FILE_HELP))
    parser.add_argument("files", metavar=tr("FILE"), nargs="*", help=files_help)
    apart = tr("Open the file in a window of its own, also where the preferences have it open in one that is there.")
    parser.add_argument("--new-window", action="store_true", help=apart)
    names = tuple(EXPERIMENTS)
    about = tr("Open an experiment, with what to try and what to look for: {names}.", names=", ".join(names))
    parser.add_argument("--experiment", metavar=tr("NAME"), choices=names, help=about)
    parser.add_argument("--lesson", metavar=tr("FILE"), help=tr("A lesson to take in the window."))
    in_class = tr("Class mode: the lesson decides what can be seen, and leaving it needs to be confirmed.")
    parser.add_argument("--class", dest="in_class", action="store_true", help=in_class)
    add_settings(parser, EDITED_SETTINGS)
    add_engine_options(parser, tr(AUTO_ENGINE))
    parser.set_defaults(engine=None, precision=None)
    return parser


def open_start(arguments: Sequence[str]) -> "Start":
    """Read what ``curvegui open`` starts the window with; errors as in `window_start`."""
    parser = CommandParser(prog="curvegui open", description=tr("Open a run in the window and continue it."))
    parser.add_argument("run", metavar=tr("LINE_OR_FILE"), help=tr(FILE_HELP))
    add_engine_options(parser, tr(AUTO_ENGINE))
    parser.set_defaults(engine=None, precision=None)
    options = parser.parse_args(arguments)
    return *_opened(options.run), _wanted(parser, options), True, None, True


def _opened(word: str) -> "tuple[TrainingConfig, Path | Project]":
    """The settings, and the run of a file or a line, which is read here to report a mistake where it was typed."""
    from curvegui.files.format.section import ProjectError
    from curvegui.files.project.open_any import find_run

    try:
        found = find_run(word)
    except ProjectError as error:
        if sys.stderr is None or _holds_curve(word):  # nobody would see it, or nothing is wrong: the window takes it
            return TrainingConfig(), Path(word)
        complain(str(error))
        raise SystemExit(EXIT_USAGE) from error
    return TrainingConfig(), found.path or found.project


def _holds_curve(word: str) -> bool:
    """Whether the window can import a curve from a file, or say what a picture lacks."""
    from curvegui.files.curves.kind import CurveKind, kind_by_name
    from curvegui.files.format.section import ProjectError
    from curvegui.files.project.open_any import curve_kind

    with suppress(ProjectError):
        if curve_kind(word) is not None:
            return True
    with suppress(OSError):  # a name too long
        return Path(word).is_file() and kind_by_name(word) in (CurveKind.PICTURE, CurveKind.DRAWING)
    return False
