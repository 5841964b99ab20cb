"""The child process: it runs what a learner wrote, and sends numbers to the app. It judges nothing.

Started by ``process``, with the request as its standard input.
"""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.exercise.child.given_functions import ask_given
from curvegui.exercise.child.limits import limit_resources
from curvegui.exercise.child.namespace import LearnerNamespace
from curvegui.exercise.child.stand_ins import replace_plots
from curvegui.exercise.child.training import train
from curvegui.exercise.child.wire import LENGTHS, MOST_REQUEST, lengths, pack, unpack
from curvegui.exercise.problem import GIVEN, PARAMETERS, Problem

CUT_OFF = 65  # the exit status of a child that cannot reach the app any more

_write, _exit = os.write, os._exit  # a learner may put others in their places


class Channel:
    """The way to the app."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def send(self, header: dict[str, Any], arrays: Sequence[FloatArray] = ()) -> None:
        """Send a whole message; if that is impossible, end this process."""
        left = memoryview(pack(header, arrays))
        try:
            while left:
                left = left[_write(self._descriptor, left) :]
        except OSError:  # closed, at one end or the other
            _exit(CUT_OFF)


class CountedOutput:
    """Standard output that counts what is written to it, and drops what goes beyond ``most`` characters."""

    def __init__(self, stream: Any, most: float) -> None:
        self._stream, self._most, self.count = stream, most, 0

    def write(self, text: str) -> int:
        """As a text stream."""
        self.count += len(text)
        return int(self._stream.write(text)) if self.count <= self._most else len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def main(channel_number: int) -> None:
    """Do what the request says."""
    channel = Channel(channel_number)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whoever started the app may ignore it
    header, arrays = _request()
    limit_resources(header["memory"], header["seconds"], header["life"])
    output = CountedOutput(sys.stdout, header["printed"])
    sys.stdout = output
    replace_plots()
    np.seterr(all="ignore")  # what becomes infinite is told by its numbers
    namespace = LearnerNamespace(header["chunks"])
    channel.send({"news": "ready"})
    for index in header["run"]:
        channel.send({"news": "runs", "chunk": index})
        failed = namespace.run(index)
        if failed:
            channel.send(failed | {"news": "chunk failed", "chunk": index})
    if header["task"] == "train":
        train(namespace, header, arrays, channel.send)
    else:
        _ask_all(namespace, header["ask"], problems_of(arrays), channel, output)
    _flush()
    channel.send({"news": "done"})
    _exit(0)  # threads that never end are not waited for


def _request() -> tuple[dict[str, Any], list[FloatArray]]:
    """Read the standard input to its end, and leave nothing there for ``input()``."""
    with open(0, "rb", closefd=False) as stream:
        data = stream.read()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    head, _ = lengths(data[: LENGTHS.size], MOST_REQUEST)
    return unpack(data[LENGTHS.size : LENGTHS.size + head], data[LENGTHS.size + head :])


def problem_arrays(problems: Sequence[Problem]) -> list[FloatArray]:
    """Problems as arrays, eight each."""
    return [array for each in problems for array in (*(each.parameters[name] for name in PARAMETERS), each.x, each.y)]


def problems_of(arrays: Sequence[FloatArray]) -> list[Problem]:
    """The problems that `problem_arrays` made these arrays of."""
    groups = [arrays[start : start + 8] for start in range(0, len(arrays), 8)]
    return [Problem(dict(zip(PARAMETERS, group, strict=False)), group[6], group[7]) for group in groups]


def _ask_all(
    namespace: LearnerNamespace,
    names: Sequence[str],
    problems: Sequence[Problem],
    channel: Channel,
    output: CountedOutput,
) -> None:
    functions = {name: namespace.function(name) for name in names}
    for name in names:
        channel.send({"news": "asks", "name": name})
        if functions[name] is None:  # its definition went wrong, which has been told
            continue
        for number, problem in enumerate(problems):
            namespace.prepare(problem)
            before, given = output.count, (problem.x.copy(), problem.y.copy())
            news, arrays = namespace.answer(partial(_ask, functions[name], name, namespace, problem, given))
            about = {"news": "answer", "name": name, "number": number, "printed": output.count != before}
            about["changed"] = namespace.changed(problem, given)
            channel.send(news | about, arrays)
            _flush()


def _ask(function: Any, name: str, namespace: LearnerNamespace, problem: Problem, given: Sequence[FloatArray]) -> Any:
    if name in GIVEN:
        return ask_given(name, function, namespace.names, problem)
    return function(*given)


def _flush() -> None:
    with suppress(BaseException):  # whatever a learner has put there
        sys.stdout.flush()
