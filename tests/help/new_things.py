"""One more of each kind, written as somebody would add it; as a program, the commands that it reads, with all of them.

A setting is a field of a class, so that one more is a line more in a copy of the whole program.

It reads a list of command lines from stdin, as JSON, and writes the status and the output of each. In a process of its
own nothing has been made of the registries before something is added, as where a line was added to a source.
"""

import contextlib
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from curvegui.core.network.activations import ACTIVATIONS, Activation
from curvegui.core.optimizers.all import FIRST_ORDER, OPTIMIZERS, Optimizer
from curvegui.core.presets.presets import PRESETS, Preset
from curvegui.figure import formats
from curvegui.figure.formats import FilmFormat, Format, PictureFormat
from curvegui.files.film.animation import Animation, Pixels

Patch = Callable[[object, str, object], None]
"""``setattr``, or pytest's, which takes it back."""

FINDING = "A finding that is new."
MISTAKE = "It takes y three times."
LEARNER = """
def J_b3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - 3 * y) * d_sigma(z3) / x.size
    return np.sum(J, axis=1, keepdims=True)
"""
SETTING = """
    calmness: float = declared(
        0.5,
        "Calmness",
        "How calm the run is.",
        high=9,
        group="drawing",
        letter="k",
        is_plain=True,
        one_each=True,
        to_try=lambda optimizer: (1.0, 5.0),
        example="1, 2, 5",
    )
"""
LESSON = """# New lesson

## Another activation

Choose the gentle neurons.

look: layers
set: activation = gentle
do: Watch.
until: activation = gentle and finding plateau
"""


def with_a_setting(folder: Path) -> dict[str, str]:
    """Copy the program and add a setting to the copy; the environment in which it is the program there, and here."""
    root = Path(__file__).parents[2]
    shutil.copytree(root / "curvegui", folder / "curvegui")  # with what is compiled, as far as it is the same
    for name in ("resources", "docs"):
        (folder / name).symlink_to(root / name)
    source = folder / "curvegui" / "core" / "settings" / "config.py"
    methods = "\n    def __post_init__"
    source.write_text(source.read_text(encoding="utf-8").replace(methods, SETTING + methods, 1), encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join(map(str, (folder, root)))}


def add(patch: Patch, registry, name, entry) -> None:
    """Put an entry into a copy of what a registry has."""
    patch(registry, "data", dict(registry.data))
    registry.add(name, entry)


def add_activation(patch: Patch) -> None:
    slope = ACTIVATIONS["tanh"].slope
    entry = Activation("Gentle", "tanh(z/2)", "np.tanh(z / 2)", np.tanh, slope, low=-1, high=1, gain=0.5)
    add(patch, ACTIVATIONS, "gentle", entry)


def add_preset(patch: Patch) -> None:
    def egg(t):
        angle = 2 * np.pi * t
        return np.stack([0.5 + 0.3 * np.cos(angle), 0.5 + 0.4 * np.sin(angle)])

    add(patch, PRESETS, "egg", Preset("Egg", True, egg))


def add_optimizer(patch: Patch) -> None:
    def sign_step(room, descent):
        return lambda count: np.sign(room.gradient, room.direction)

    tip = "Goes by the sign of each Jacobian."
    add(patch, OPTIMIZERS, "signs", Optimizer("Signs", tip, code=99, settings=FIRST_ORDER, usual=0.01, step=sign_step))


def _add_format(patch: Patch, form: Format) -> None:
    patch(formats, "FORMATS", [*formats.FORMATS, form])


def add_picture_format(patch: Patch) -> None:
    _add_format(patch, PictureFormat("bmp", "a picture for the oldest programs", label="Bitmap"))


class RawAnimation(Animation):
    """Frames one after the other."""

    def begin(self, samples: Sequence[Pixels]) -> None:
        pass

    def add(self, pixels: Pixels, ticks: int) -> Iterator[None]:
        for _ in range(ticks):
            self._file.write(pixels.tobytes())
            yield

    def end(self) -> Iterator[None]:
        yield from ()


def add_film_format(patch: Patch) -> None:
    _add_format(patch, FilmFormat("raw", "a film without any packing", f"{__name__}:RawAnimation", "Raw frames"))


def add_finding(patch: Patch) -> None:
    from curvegui.core.diagnosis import diagnosis, finding

    def new(evidence):
        return finding.Diagnosis(finding.RunState.PLATEAU, FINDING, "It is always so.")

    patch(diagnosis, "FINDINGS", (new, *diagnosis.FINDINGS))


def add_mistake(patch: Patch) -> None:
    from curvegui.exercise.mistakes import factors as mistakes

    right = mistakes.start_factor()
    thrice = mistakes.Mistake("thrice-y", MISTAKE, lambda _, known: known["a3"] - 3 * known["y"], (r"3\s*\*\s*y",))
    patch(mistakes, "start_factor", lambda: mistakes.ChainFactor(right.right, (*right.mistakes, thrice)))
    patch(mistakes, "_chain_of", mistakes._chain_of.__wrapped__)  # which remembers nothing


def _carried_out(words: list[str]) -> tuple[int, str]:
    from curvegui.cli import main

    with contextlib.redirect_stdout(io.StringIO()) as written:
        try:
            status = main(words[0], words[1:])
        except SystemExit as error:
            status = int(error.code or 0)
    return status, written.getvalue()


if __name__ == "__main__":
    for add_one in (add_activation, add_preset, add_optimizer, add_picture_format, add_film_format, add_finding):
        add_one(setattr)
    add_mistake(setattr)
    sys.stdout.write(json.dumps([_carried_out(words) for words in json.load(sys.stdin)]))
