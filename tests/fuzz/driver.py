"""Feeds a reader what nobody would write, for a while: with atheris, which sees what code is reached, or by chance.

A script beside this one defines readers, which raise whatever is a fault, and good input for each; it imports what it
feeds within ``with watched():``, and ends with ``feed(__doc__, (reader, inputs), ...)``: so it is run by
``python tests/fuzz/SCRIPT.py --seconds 20``, or with ``--input FILE`` for what was found, once more. The first byte of
an input says which reader it is for. More than ``LONGEST_S`` or ``MOST_BYTES`` for an input are a fault, too.
"""

import argparse
import importlib.util
import random
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from time import monotonic

Target = Callable[[bytes], None]

LONGEST_S = 10  # for one input, on a busy machine
MOST_BYTES = 4 * 2**30  # of address space, of which NumPy's threads take some at once
LONGEST_INPUT = 100_000  # bytes
HAS_ATHERIS = importlib.util.find_spec("atheris") is not None


class TooSlow(BaseException):  # no reader may catch it
    """An input took longer than it may."""


def watched() -> AbstractContextManager[object]:
    """A context in which what is imported of CurveGUI is watched by atheris, where that is installed."""
    if not HAS_ATHERIS:
        return nullcontext()
    import atheris

    return atheris.instrument_imports(include=["curvegui"])


def run(target: Target, corpus: Sequence[bytes], seconds: float, seed: int | None = None) -> int:
    """Feed the target for so many seconds; the exit status, which is 0 if there was no fault."""
    for data in corpus:
        target(data)  # what is not even good when untouched is a fault of the script
    seed = random.randrange(2**31) if seed is None else seed
    if HAS_ATHERIS:
        import atheris

        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            for number, data in enumerate(corpus):
                (Path(folder) / f"{number}").write_bytes(data)
            bounds = [f"-max_total_time={max(1, round(seconds))}", f"-timeout={LONGEST_S}", f"-max_len={LONGEST_INPUT}"]
            folders = [f"-artifact_prefix={tempfile.gettempdir()}/", folder]
            atheris.Setup([sys.argv[0], *bounds, f"-seed={seed}", *folders], target)
            atheris.Fuzz()  # ends the program, with a status of its own
    _limit_memory()
    chance, count, end = random.Random(seed), 0, monotonic() + seconds
    while monotonic() < end:
        data = mutated(chance, corpus)
        count += 1
        if not survives(target, data):
            print(f"Found by input {count:,} of --seed {seed}.")
            return 1
    print(f"{count:,} inputs by chance (--seed {seed}), and no fault.")
    return 0


def _limit_memory() -> None:
    """So that a bomb is a MemoryError, where the system knows such limits."""
    if importlib.util.find_spec("resource"):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


def mutated(chance: random.Random, corpus: Sequence[bytes]) -> bytes:
    """Some input with a few pieces changed, doubled, dropped, or taken from other input."""
    data = bytearray(chance.choice(corpus))
    for _ in range(1 + int(chance.expovariate(0.4))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + int(chance.expovariate(0.2)))
        other = chance.choice(corpus)
        begin = chance.randrange(len(other) + 1)
        piece, one = bytes(data[start:end]), bytes([chance.choice(other or b"\0")])
        taken = other[begin : begin + int(chance.expovariate(0.1))]
        new = chance.randbytes(1 + int(chance.expovariate(0.5)))
        data[start:end] = chance.choice([b"", new, piece * chance.choice([2, 3, 100]), taken, piece[::-1], one])
    return bytes(data[:LONGEST_INPUT])


def survives(target: Target, data: bytes) -> bool:
    """Whether the target takes it in time without a fault; if not, says why and keeps the input in a file."""

    def stop(*_: object) -> None:
        raise TooSlow(f"It took longer than {LONGEST_S} s.")

    has_alarm = hasattr(signal, "SIGALRM")
    if has_alarm:
        signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
    try:
        target(data)
    except (Exception, TooSlow):
        traceback.print_exc()
        with tempfile.NamedTemporaryFile(prefix="fuzz-", suffix=".bin", delete=False) as file:
            file.write(data)
        print(f"\n{data!r}\nAgain: python {sys.argv[0]} --input {file.name}")
        return False
    finally:
        if has_alarm:
            signal.alarm(0)
    return True


def feed(description: str, *readers: tuple[Target, Sequence[bytes]]) -> None:
    """What a script does when it is started: feed its readers, each with good input of its own."""

    def target(data: bytes) -> None:
        readers[data[0] % len(readers) if data else 0][0](data[1:])

    corpus = [bytes([number]) + data for number, (_, inputs) in enumerate(readers) for data in inputs]
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, help="for the same inputs again")
    parser.add_argument("--input", type=Path, help="a file with one input, instead of all others")
    options = parser.parse_args()
    if options.input:
        sys.exit(not survives(target, options.input.read_bytes()))
    sys.exit(run(target, corpus, options.seconds, options.seed))
