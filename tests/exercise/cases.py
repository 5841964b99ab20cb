"""Files as learners write them, each with the verdicts that it should get: ``learners/cases.txt``, read.

A case is a whole file, or what it changes in one that is right: lines as ``old → new``, or ``-old`` and ``+new`` below
an ``@``. It changes each such line of that file, or those with the numbers behind the ``@``. A line that begins with
``!`` has a grade, the kind of the mistake, and its functions with line and cell; all other functions are right.
``<given>`` is what the exercise gives; in notebooks, a cell begins with ``%%%``.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "learners"


@dataclass(frozen=True)
class Case:
    """A learner's file, and its verdicts by the functions' names: grade, kind, line and cell, each or None."""

    data: bytes
    verdicts: dict[str, tuple[str, str | None, int | None, int | None]]
    altered: list[str]
    needs_child: bool


@cache
def cases() -> dict[str, Case]:
    """All, by their names."""
    parts = (FOLDER / "cases.txt").read_text(encoding="utf-8").removeprefix("=== ").split("\n\n=== ")
    return {part.split()[0]: _case(part.rstrip("\n").split("\n")) for part in parts}


def _case(lines: list[str]) -> Case:
    name, *words = lines.pop(0).split(" ")
    verdicts = {}
    while lines and lines[0].startswith("! "):
        grade, kind, *functions = lines.pop(0)[2:].split(" ")
        for each in functions:
            function, *at = each.split(":")
            line, cell = [*map(int, at), None, None][:2]
            verdicts[function] = grade, None if kind == "any" else kind, line, cell
    given = (FOLDER / "course_style.py").read_text(encoding="utf-8")
    if "from" in words:
        text = _changed((FOLDER / f"{words[1]}.py").read_text(encoding="utf-8").split("\n"), lines)
    else:
        text = "\n".join(lines).replace("<given>", given.partition("\n\n\ndef J_")[0]) + "\n"
    data = _notebook(text) if name.endswith(".ipynb") else text
    altered = words[words.index("altered") + 1].split(",") if "altered" in words else []
    return Case(data.encode(), verdicts, altered, "needs" in words)


def _changed(base: list[str], changes: list[str]) -> str:
    """The lines of a file with changes, which are all found in it as it was."""
    found = []
    while changes:
        first, numbers = changes.pop(0), ""
        if first.startswith("@"):
            numbers, _, first = first[1:].partition(" ")
        if first:
            old, new = ([part] for part in first.split(" → "))
        else:
            old, new = [], []
            while changes and changes[0][:1] in ("-", "+"):
                (old if changes[0][0] == "-" else new).append(changes.pop(0)[1:])
        at = [int(number) - 1 for number in numbers.split(",")] if numbers else range(len(base))
        size = len(old)
        spots = [n for n in at if base[n : n + size] == old or (first and base[n].strip() == old[0])]
        assert spots, old
        found += [(n, size, [base[n].replace(old[0], new[0])] if first else new) for n in spots]
    for n, size, new in sorted(found, key=lambda each: -each[0]):
        base[n : n + size] = new
    return "\n".join(base)


def _notebook(text: str) -> str:
    cells = []
    for part in text.split("%%% ")[1:]:
        kind, _, source = part.partition("\n")
        more = {"execution_count": None, "outputs": []} if kind == "code" else {}
        cells.append({"cell_type": kind, "metadata": {}, "source": source.removesuffix("\n").splitlines(True)} | more)
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
