"""The runs that scenes begin with: trained once for each checkout, and opened from a file.

A window that has watched a run learn may look otherwise than one that has not: some scales are kept as long as they
will do, and which moments it has seen depends on the machine. One that opens a file sees just one moment.
"""

from pathlib import Path

STEPS = 400  # of the heart, which the window itself makes
TRAINED = {
    "learnt": ("3000", "--noise", "0", "--optimizer", "adam", "--aggression", "0.05"),
    "usual": ("20000",),
    "saturated": ("1500", "--aggression", "300", "--noise", "3"),
    "still": ("200", "--aggression", "0"),
    "vanishing": ("2000", "--hidden", "6", "6", "6", "6", "6", "6"),
    "small": ("2500", "--hidden", "1", "2", "--curve", "star", "--noise", "0"),
    "plateau": ("150", "--optimizer", "levenberg-marquardt", "--hidden", "3"),
    "star": ("600", "--curve", "star", "--hidden", "8", "8", "--activation", "tanh", "--aggression", "0.3",
             "--train-one-in", "3", "--data-noise", "0.02"),
}  # fmt: skip
"""How many iterations `curvegui train` makes for each, and what else it is told, by the name of its file."""

ITERATIONS = {"heart": STEPS, **{name: int(words[0]) for name, words in TRAINED.items()}}
"""How far each run has come. Each number is there once, so that a visitor knows that another run has come."""


def training_of(name: str, path: Path) -> list[str]:
    """The words that train a run and save it."""
    return ["train", "--iterations", *TRAINED[name], "--engine", "numpy", "--save", str(path)]
