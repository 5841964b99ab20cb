"""How long a table of 100,000 rows takes to read, beside ``csv.reader`` and ``float`` on the same rows.

    python -m tests.benchmark.tables [--rows 100000] [--rounds 7]
    python -m tests.benchmark.tables --rows 100 --rounds 1      to see that it starts

Both are timed in turn, in seconds of CPU, from the bytes of the file to numbers; the figures are medians. Ours finds
the encoding, the dialect and the columns, checks every number, and merges and sorts besides. Takes about 20 s.
"""

import argparse
import csv
import io
import statistics
import time
from collections.abc import Callable

import numpy as np

from curvegui.files.table.points import parse_table
from tests.benchmark.machine import OtherPrograms

MOST_RATIO = 6.0


def tables(count: int) -> dict[str, str]:
    """Tables of so many rows, as different programs write them."""
    rows = np.random.default_rng(1).uniform(-1_000, 1_000, (count, 3)).tolist()
    return {
        "x,y with all digits": "".join(f"{x!r},{y!r}\r\n" for x, y, _ in rows),
        "x,y with three digits": "".join(f"{x:.3f},{y:.3f}\n" for x, y, _ in rows),
        "t,x,y and a header": "t,x,y\n" + "".join(f"{i},{x!r},{y!r}\n" for i, (x, y, _) in enumerate(rows)),
        "semicolons, decimal commas": "".join(f"{x!r};{y!r}\n" for x, y, _ in rows).replace(".", ","),
        "spaces": "".join(f"{x:12.6f} {y:12.6f}\n" for x, y, _ in rows),
        "quoted": "".join(f'"{x!r}","{y!r}"\n' for x, y, _ in rows),
        "a label in each row": "".join(f"point {i},{x!r},{y!r}\n" for i, (x, y, _) in enumerate(rows)),
        "a comment after each row": "".join(f"{x!r},{y!r}\n# {i}\n" for i, (x, y, _) in enumerate(rows)),
        "every tenth row is bad": "".join(f"{x!r},{y!r}\n" if z > -800 else f"{x!r},\n" for x, y, z in rows),
    }


def plainly(text: bytes) -> None:
    """What anybody would write first: no dialect is found, nothing is checked, and one bad cell ends it."""
    delimiter = next(each for each in "; ," if each.encode() in text[:30])
    lines = io.StringIO(text.decode("utf-8"), newline="")
    for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True):
        for cell in row[-2:]:
            try:
                float(cell.replace(",", "."))
            except ValueError:
                break


def strictly(text: bytes) -> None:
    """As the app does."""
    parse_table(text, "table")


def cpu_s(read: Callable[[bytes], None], text: bytes) -> float:
    """Seconds of CPU that it takes."""
    start = time.process_time()
    read(text)
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with OtherPrograms() as others:
        print(f"{f'{options.rows:,} rows':32}{'csv, float':>12}{'ours':>10}{'ratio':>8}")
        for name, text in tables(options.rows).items():
            data = text.encode()
            pairs = [(cpu_s(plainly, data), cpu_s(strictly, data)) for _ in range(options.rounds)]
            plain, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
            print(f"{name:32}{plain:10.3f} s{ours:8.3f} s{ours / plain:8.2f}")
    print(f"At most {MOST_RATIO:g} is allowed. Other programs kept {others.load:.1f} cores busy.")


if __name__ == "__main__":
    main()
