"""A reader and a runner in this process, for files of our own that do no harm: the judge's tests need no child."""

import ast
import contextlib
import hashlib
import io
import json
import re
import traceback
from functools import partial
from pathlib import Path

import numpy as np

from curvegui.exercise.given_functions import ask_given, given_functions
from curvegui.exercise.learner_file import Definition, LearnerFile
from curvegui.exercise.outcome import Ending, NoNumbers, Outcome, Raised, Unfinished, Value
from curvegui.exercise.problem import GIVEN, JACOBIANS

NAMES = {*JACOBIANS, *GIVEN}


def read_source(source: str, path: Path = Path("learner.py"), cell=None):
    """The definitions and chunks of one piece of code: whole functions, found by their indentation."""
    definitions, chunks = [], []
    lines = source.splitlines()
    number = 0
    while number < len(lines):
        end = number + 1
        while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t)]}#"):
            end += 1
        piece = "\n".join(lines[number:end]).rstrip()
        if piece and not piece.lstrip().startswith(("%", "!", "#")):
            named = re.match(r"def\s+(\w+)", piece)
            error, error_line = "", None
            try:
                ast.parse(piece)
            except SyntaxError as fault:
                error, error_line = fault.msg, number + (fault.lineno or 1)
            if named:
                definitions.append(Definition(named[1], piece, number + 1, cell, error, error_line))
            if not error:
                chunks.append((piece, number + 1, cell))
        number = end
    return definitions, chunks


def read_file(path: Path) -> LearnerFile:
    data = path.read_bytes()
    definitions, chunks = [], []
    if path.suffix == ".ipynb":
        for number, cell in enumerate(json.loads(data)["cells"], start=1):
            if cell["cell_type"] == "code":
                found = read_source("".join(cell["source"]), path, number)
                definitions += found[0]
                chunks += found[1]
    else:
        definitions, chunks = read_source(data.decode(), path)
    return LearnerFile(path, hashlib.sha256(data).hexdigest(), tuple(definitions), tuple(chunks))


def file_of(source: str) -> LearnerFile:
    definitions, chunks = read_source(source)
    return LearnerFile(Path("learner.py"), "", tuple(definitions), tuple(chunks))


def run_here(file: LearnerFile, problems) -> Outcome:
    """As the child does, without its limits."""
    world = {
        "np": np,
        "numpy": np,
        "__name__": "__main__",
        "training_data": lambda: (np.zeros((1, 5)), np.zeros((2, 5))),
    }
    world |= given_functions(world)
    top_level = []
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), np.errstate(all="ignore"):
        for source, line, cell in file.chunks:
            try:
                exec(compile("\n" * (line - 1) + source, f"<cell {cell}>", "exec"), world)
            except Exception as error:
                top_level.append(_raised(error))
        theirs = {name: world[name] for name in GIVEN if file.last(name) and callable(world.get(name))}
        mine = {name: world[name] for name in JACOBIANS if name in world}
        world |= given_functions(world)
        answers = {name: [_asked(world, mine[name], each, (each.x, each.y)) for each in problems] for name in mine}
        given = {
            name: [_asked(world, partial(ask_given, name, theirs[name], world), each, (each,)) for each in problems]
            for name in theirs
        }
    return Outcome(answers, given, Ending.FINISHED, printed.getvalue(), tuple(top_level))


def _asked(world, function, problem, arguments):
    world |= {name: array.copy() for name, array in problem.parameters.items()}
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            found = function(*arguments)
    except SystemExit:
        return Unfinished(Ending.EXITED)
    except Exception as error:
        return _raised(error)
    if not isinstance(found, np.ndarray | np.number | float | int):
        return NoNumbers(type(found).__name__, bool(printed.getvalue()))
    return Value(np.asarray(found, dtype=float))


def _raised(error):
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename.startswith("<cell")]
    line = frames[-1].lineno if frames else getattr(error, "lineno", None)
    cell = int(frames[-1].filename[6:-1]) if frames and "None" not in frames[-1].filename else None
    return Raised(type(error).__name__, str(error), line, cell, "", getattr(error, "name", None) or "")
