"""Runs all that tries to break the app, in rounds, for hours, and writes one table.

    tests/endurance/run --hours 8 --table endurance.txt [--only monkey faults] [--seed 1]

A round goes once through the parts below, each with another seed and for its share of the round's time. A line is added
to the table when a part ends; what a part said is kept beside the table if it failed. ``--only``: parts that begin so.
Ends with status 1 if any part failed.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from time import localtime, monotonic, strftime

from tests.help.program import asked

ROUND_S = 3_600
READERS = "formula", "tables", "projects", "exercise", "sweeps", "lessons", "outlines", "kept"
TIMED = "--seconds {seconds} --seed {seed}"
LATE = "-m pytest -q -m 'slow or not slow' -p tests.help.late --late {seed} --sample {sample} -n 2"
PARTS = {  # a part's share of a round's time, and its words
    "monkey": (0.15, f"-m tests.monkey {TIMED}"),
    "monkey, in C": (0.1, f"-m tests.monkey {TIMED} --engine c"),
    "monkey, shuffled": (0.1, f"-m tests.monkey {TIMED} --shuffle"),
    "kills": (0.1, f"-m tests.faults kills {TIMED}"),
    "faults": (0.05, f"-m tests.faults faults {TIMED}"),
    "places": (0.05, f"-m tests.faults places {TIMED}"),
    "closings": (0.1, "-m tests.endurance.closings --times {times} --seed {seed} --busy {busy}"),
    "late": (0.1, f"{LATE} tests/session tests/ui"),
    "soak": (0.17, "-m tests.endurance.soak --seconds {seconds} --pause {pause}"),
    **{f"fuzz {reader}": (0.01, f"tests/fuzz/{reader}.py {TIMED}") for reader in READERS},
}
LINE = "{:19}  {:17}  {:5}  {:7}  {:6}  {}"


def main() -> int:
    """Run it; the exit status."""
    options = asked(__doc__, hours=8.0, table=Path("endurance.txt"), only=[""], seed=1)
    wanted = {name: part for name, part in PARTS.items() if name.startswith(tuple(options.only))}
    table, seed, end, failed = options.table, options.seed, monotonic() + 3_600 * options.hours, 0

    def add_line(*cells: object) -> None:
        print(line := LINE.format(*map(str, cells)).rstrip(), flush=True)
        with table.open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    add_line("began", "part", "seed", "seconds", "status", "what it says last")
    while (left := end - monotonic()) > 0:
        for part, (share, words) in wanted.items():
            began, start = strftime("%Y-%m-%d %H:%M:%S", localtime()), monotonic()
            seconds = max(1, round(min(ROUND_S, left) * share / sum(share for share, _ in wanted.values())))
            times = max(1, seconds // 90)  # there are fifteen kinds of endings, and an app takes some seconds to start
            busy, pause = (4, 0.15) if seed % 2 else (0, 2)  # every second round is hurried, with busy processors
            facts = {"seconds": seconds, "seed": seed, "times": times, "busy": busy, "pause": pause}
            command = [sys.executable, *shlex.split(words.format(**facts, sample=2 * seconds))]
            ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
            said = f"{ended.stdout}\n{ended.stderr}"
            last = said.strip().rpartition("\n")[2]
            add_line(began, part, seed, round(monotonic() - start), ended.returncode, last)
            if ended.returncode:
                failed += 1
                table.with_name(f"{table.stem}-{re.sub(', | ', '-', part)}-{seed}.log").write_text(said, "utf-8")
        seed += 1
    print(f"endurance: {failed} parts failed" if failed else "endurance: all went well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
