"""Gives the engine in C networks of random shapes, watched for what it reads and writes:

    python tests/fuzz/engine.py --seconds 20

It is compiled by GCC with its sanitizers of addresses and of undefined behaviour, for this processor.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from tests.help.program import asked

HERE = Path(__file__).parent
SOURCES = HERE.parents[1] / "curvegui" / "core" / "native"
FLAGS = ["-O1", "-g", "-march=native", "-Wno-psabi", "-fno-math-errno", f"-I{SOURCES}", "-DCOPY=fuzz"]
WATCHED = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
AT_ONCE = 200  # networks of a process

seconds, tried = asked(__doc__, seconds=20.0).seconds, 0
with tempfile.TemporaryDirectory() as work:
    for precision in "DOUBLE", "SINGLE":
        words = [*FLAGS, *WATCHED, f"-D{precision}", HERE / "any_network.c", SOURCES / "noise.c", "-lm", "-o"]
        subprocess.run(["gcc", *words, Path(work, precision)], check=True)
    end = monotonic() + seconds
    while monotonic() < end:
        for program in Path(work).iterdir():
            words = [program, str(tried), str(AT_ONCE)]
            if subprocess.run(words, check=False).returncode:
                sys.exit(f"Tried again by: {' '.join(map(str, words))}")
            tried += AT_ONCE
print(f"engine: {tried:,} networks, nothing read or written beside its arrays")
