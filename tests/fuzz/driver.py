"""Feeds a reader what nobody would write, for a while: with atheris, which sees what code is reached, or by chance.

A script beside this one defines readers and good input for each; it imports what it feeds within ``with watched():``,
and ends with ``feed(__doc__, Refusal, (reader, inputs), ...)``: so it is run by ``python tests/fuzz/SCRIPT.py --seconds
20``, or with ``--input FILE`` for what was found, once more. The first byte of an input says which reader it is for. A
reader takes the rest, or raises a ``Refusal``, which says in words what is wrong; all else that it raises is a fault,
as is more than ``LONGEST_S`` or ``MOST_BYTES`` for an input.
"""

import faulthandler
import importlib.util
import random
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from time import monotonic

from tests.help.program import asked

LONGEST_S = 10  # for one input, on a busy machine
MOST_BYTES = 4 * 2**30  # of address space, of which NumPy's threads take some at once
LONGEST_INPUT = 100_000  # bytes
HAS_ATHERIS = importlib.util.find_spec("atheris") is not None


def watched():
    """A context in which what is imported of CurveGUI is watched by atheris, where that is installed."""
    if not HAS_ATHERIS:
        return nullcontext()
    import atheris

    return atheris.instrument_imports(include=["curvegui"])


def by_chance(target, corpus, seconds, seed):
    """Feed the target what good input becomes by chance; a fault ends the program."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))
    chance, count, end = random.Random(seed), 0, monotonic() + seconds
    print(f"By chance: the same again by --seed {seed}", flush=True)
    while monotonic() < end:
        faulthandler.dump_traceback_later(LONGEST_S, exit=True)
        target(mutated(chance, corpus))
        count += 1
    faulthandler.cancel_dump_traceback_later()
    print(f"{count:,} inputs by chance (--seed {seed}), and no fault.")


def mutated(chance, corpus):
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


def feed(description, refusal, *readers, is_sentence=str.isprintable):
    """Feed the readers, each with good input of its own, as the words of the command say."""

    def target(data):
        try:
            readers[data[0] % len(readers) if data else 0][0](data[1:])
        except refusal as error:
            assert str(error), repr(error)
            assert is_sentence(str(error)), repr(error)

    corpus = [bytes([number]) + data for number, (_, inputs) in enumerate(readers) for data in inputs]
    options = asked(description, seconds=20.0, seed=random.randrange(2**31), input="")
    for data in [Path(options.input).read_bytes()] if options.input else corpus:
        target(data)  # what is not even good when untouched is a fault of the script
    if options.input:
        return
    if not HAS_ATHERIS:
        by_chance(target, corpus, options.seconds, options.seed)
        return
    import atheris

    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for number, data in enumerate(corpus):
            Path(folder, f"{number}").write_bytes(data)
        bounds = f"-max_total_time={max(1, round(options.seconds))}", f"-timeout={LONGEST_S}", f"-seed={options.seed}"
        kept = f"-max_len={LONGEST_INPUT}", f"-artifact_prefix={tempfile.gettempdir()}/"
        atheris.Setup([sys.argv[0], *bounds, *kept, folder], target)
        atheris.Fuzz()  # ends the program, with a status of its own
