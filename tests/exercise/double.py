"""A reader and a runner in this process, for files of our own that do no harm: the judge's tests need no child."""

import ast
import contextlib
import hashlib
import io
import json
import re
import traceback
from pathlib import Path

import numpy as np

from curvegui.exercise.given import arguments_of
from curvegui.exercise.learner_file import Definition, LearnerFile
from curvegui.exercise.mistake import d_sigma, sigma
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
    world |= dict(_given(world))
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
        world |= dict(_given(world))
        answers = {name: [_asked(world, mine[name], each, (each.x, each.y)) for each in problems] for name in mine}
        given = {
            name: [_asked(world, theirs[name], each, arguments_of(name, each)) for each in problems] for name in theirs
        }
    return Outcome(answers, given, Ending.FINISHED, printed.getvalue(), tuple(top_level))


def _asked(world, function, problem, arguments):
    world |= {name: array.copy() for name, array in problem.parameters.items()}
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            found = function(*(each.copy() for each in arguments))
    except SystemExit:
        return Unfinished(Ending.EXITED)
    except Exception as error:
        return _raised(error)
    if isinstance(found, tuple) and found and all(isinstance(each, np.ndarray) for each in found):
        return Value(np.vstack(found))
    if not isinstance(found, np.ndarray | np.number | float | int):
        return NoNumbers(type(found).__name__, bool(printed.getvalue()))
    return Value(np.asarray(found, dtype=float))


def _raised(error):
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename.startswith("<cell")]
    line = frames[-1].lineno if frames else getattr(error, "lineno", None)
    cell = int(frames[-1].filename[6:-1]) if frames and "None" not in frames[-1].filename else None
    return Raised(type(error).__name__, str(error), line, cell, "", getattr(error, "name", None) or "")


def _given(world):
    def network_function(a0):
        z1 = world["W1"] @ a0 + world["b1"]
        a1 = sigma(z1)
        z2 = world["W2"] @ a1 + world["b2"]
        a2 = sigma(z2)
        z3 = world["W3"] @ a2 + world["b3"]
        return a0, z1, a1, z2, a2, z3, sigma(z3)

    def cost(x, y):
        return np.linalg.norm(network_function(x)[-1] - y) ** 2 / x.size

    def reset_network(n1=6, n2=7, random=np.random):
        shapes = {"W1": (n1, 1), "W2": (n2, n1), "W3": (2, n2), "b1": (n1, 1), "b2": (n2, 1), "b3": (2, 1)}
        world.update({name: random.randn(*shape) / 2 for name, shape in shapes.items()})

    yield from {"sigma": sigma, "d_sigma": d_sigma}.items()
    yield from {"network_function": network_function, "cost": cost, "reset_network": reset_network}.items()
