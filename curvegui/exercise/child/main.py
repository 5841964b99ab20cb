"""The child process: it runs what a learner wrote, and sends numbers to the app. It judges nothing.

Started by ``process``, with the request as its standard input.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block
from curvegui.exercise.child.given_functions import ask_given
from curvegui.exercise.child.namespace import LearnerNamespace
from curvegui.exercise.child.stand_ins import replace_plots
from curvegui.exercise.child.wire import LENGTHS, MOST_REQUEST, lengths, pack, unpack
from curvegui.exercise.problem import GIVEN, PARAMETERS, Problem

resource: Any
try:
    import resource
except ImportError:  # Windows
    resource = None

LARGEST_FILE = 20_000_000  # bytes
WATCH_S = 0.05
OUT_OF_MEMORY = 66  # the exit status of a child that has taken too much where the system sets no limit


def limit_resources(memory: int, seconds: float, life: float) -> None:
    """Limit the memory and the time of this process; for the time, see `grant_time`.

    Linux refuses addresses beyond ``memory`` bytes. macOS does not: there the child checks every 50 ms how much memory
    it has used, and ends itself. On Windows the app limits the memory, with a job (see ``runner/process``).
    """
    if resource is None:
        return
    wanted = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": LARGEST_FILE, "RLIMIT_NPROC": 0}  # root may start others all the same
    if sys.platform == "linux":
        wanted["RLIMIT_AS"] = memory
    else:
        _watch_memory(memory)
    for name, most in wanted.items():
        if hasattr(resource, name):
            _lower(getattr(resource, name), most)
    grant_time(seconds, life)


def grant_time(seconds: float, life: float) -> None:
    """Let this process live on for ``life`` seconds, ``seconds`` of the processor's, even when the app has vanished."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    _lower(resource.RLIMIT_CPU, most, soft_only=True)
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, life)  # whose signal ends a process


def _lower(limit: int, most: int, soft_only: bool = False) -> None:
    hard = resource.getrlimit(limit)[1]
    bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):  # a system that does not have this one
        resource.setrlimit(limit, (bounded, hard if soft_only else bounded))


def _watch_memory(memory: int) -> None:
    unit = 1 if sys.platform == "darwin" else 1024

    def watch() -> None:
        pause = Event()
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit <= memory:
            pause.wait(WATCH_S)
        os._exit(OUT_OF_MEMORY)

    Thread(target=watch, daemon=True).start()


FRAME_S = 1 / 30
LIFE_S = 6.0  # an iteration may take half of it; a child whose app has vanished ends after it

Send = Callable[..., None]  # called with a message's header and its arrays


class _Stopped(Exception):  # noqa: N818
    """Training cannot go on; the argument is the message that says why."""


def train(namespace: LearnerNamespace, request: dict[str, Any], arrays: Sequence[FloatArray], send: Send) -> None:
    """Train for the requested iterations, and send a frame thirty times a second.

    Each Jacobian is multiplied by ``aggression * (1 + noise * N(0, 1))`` and subtracted. All six are computed before
    the first parameter changes. A parameter without a function does not change.
    """
    parameters = dict(zip(PARAMETERS, arrays, strict=False))
    x, y = arrays[6], arrays[7]
    functions = {name: namespace.names.get(f"J_{name}") for name in PARAMETERS if f"J_{name}" in request["functions"]}
    made, next_frame, noise = int(request["first"]), monotonic(), np.empty((0, 0))
    last = made + int(request["iterations"])
    try:
        for name, function in functions.items():
            if not callable(function):
                raise _Stopped({"is": "no function", "name": f"J_{name}"})
        while True:
            now = monotonic()
            if now >= next_frame or made >= last:
                namespace.prepare(Problem(parameters, x, y))
                curve = namespace.names["network_function"](x)[-1]
                cost = np.array(((curve - y) ** 2).sum() / x.size)
                send({"news": "frame", "iteration": made}, [cost, curve, *parameters.values()])
                next_frame = now + FRAME_S
                grant_time(LIFE_S, LIFE_S)
            if made >= last:
                return
            block, row = divmod(made, BLOCK_ITERATIONS)
            if row == 0 or not noise.size:
                noise = noise_block(request["seed"], block, len(PARAMETERS))
            factors = request["aggression"] * (1.0 + request["noise"] * noise[row])
            parameters = _moved(namespace, functions, Problem(parameters, x, y), factors)
            made += 1
    except _Stopped as stopped:
        send(stopped.args[0] | {"news": "stopped", "iteration": made}, ())


def _moved(
    namespace: LearnerNamespace, functions: dict[str, Any], problem: Problem, factors: FloatArray
) -> dict[str, FloatArray]:
    moved = dict(problem.parameters)
    for factor, name in zip(factors, PARAMETERS, strict=True):
        if name not in functions:
            continue
        namespace.prepare(problem)
        news, found = namespace.answer(functions[name], problem.x.copy(), problem.y.copy())
        if news["is"] != "value":
            raise _Stopped(news | {"name": f"J_{name}"})
        if found[0].shape != moved[name].shape:
            raise _Stopped({"is": "shape", "name": f"J_{name}", "found": found[0].shape, "expected": moved[name].shape})
        moved[name] = moved[name] - factor * found[0]
        if not abs(moved[name]).max() < 1e100:  # false for nan too
            raise _Stopped({"is": "not finite", "name": f"J_{name}"})
    return moved


CUT_OFF = 65  # the exit status of a child that cannot reach the app any more


def _send(channel: int, header: dict[str, Any], arrays: Sequence[FloatArray] = ()) -> None:
    """Send a whole message to the app; if that is impossible, end this process."""
    left = memoryview(pack(header, arrays))
    try:
        while left:
            left = left[os.write(channel, left) :]
    except OSError:  # closed, at one end or the other
        os._exit(CUT_OFF)


class CountedOutput:
    """Standard output that counts the characters written to it, and drops those beyond ``most``."""

    def __init__(self, stream: Any, most: float) -> None:
        self._stream, self._most, self.count = stream, most, 0

    def write(self, text: str) -> int:
        self.count += len(text)
        return int(self._stream.write(text)) if self.count <= self._most else len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def main(channel_number: int) -> None:
    """Do what the request says, which the standard input brings; after it, ``input()`` finds nothing there."""
    send = partial(_send, channel_number)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # whoever started the app may ignore it
    with open(0, "rb", closefd=False) as stream:
        data = stream.read()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    head, _ = lengths(data[: LENGTHS.size], MOST_REQUEST)
    header, arrays = unpack(data[LENGTHS.size : LENGTHS.size + head], data[LENGTHS.size + head :])
    limit_resources(header["memory"], header["seconds"], header["life"])
    output = CountedOutput(sys.stdout, header["printed"])
    sys.stdout = output
    replace_plots()
    np.seterr(all="ignore")  # what becomes infinite is told by its numbers
    namespace = LearnerNamespace(header["chunks"])
    send({"news": "ready"})
    answer(namespace, header, arrays, send, output)
    send({"news": "done"})
    os._exit(0)  # threads that never end are not waited for


def problem_arrays(problems: Sequence[Problem]) -> list[FloatArray]:
    """Problems as arrays, eight each."""
    return [array for each in problems for array in (*(each.parameters[name] for name in PARAMETERS), each.x, each.y)]


def answer(
    namespace: LearnerNamespace,
    request: dict[str, Any],
    request_arrays: Sequence[FloatArray],
    send: Send,
    output: CountedOutput,
) -> None:
    """Run the needed statements; then train with the functions, or ask them, as the request says."""
    for index in request["run"]:
        send({"news": "runs", "chunk": index})
        failed = namespace.run(index)
        if failed:
            send(failed | {"news": "chunk failed", "chunk": index})
    if request["task"] == "train":
        train(namespace, request, request_arrays, send)
        return
    groups = [request_arrays[start : start + 8] for start in range(0, len(request_arrays), 8)]  # of `problem_arrays`
    problems = [Problem(dict(zip(PARAMETERS, group, strict=False)), group[6], group[7]) for group in groups]
    functions: dict[str, Any] = {name: namespace.names.get(name) for name in request["ask"]}
    for name in request["ask"]:
        send({"news": "asks", "name": name})
        if functions[name] is None:  # its definition went wrong, which has been told
            continue
        for number, problem in enumerate(problems):
            namespace.prepare(problem)
            before, given = output.count, (problem.x.copy(), problem.y.copy())
            if name in GIVEN:
                news, arrays = namespace.answer(ask_given, name, functions[name], namespace.names, problem)
            else:
                news, arrays = namespace.answer(functions[name], *given)
            about = {"news": "answer", "name": name, "number": number, "printed": output.count != before}
            about["changed"] = namespace.changed(problem, given)
            send(news | about, arrays)
            with suppress(BaseException):  # whatever a learner has put there
                sys.stdout.flush()
