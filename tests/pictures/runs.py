"""The runs that scenes begin with: trained once for each process, and opened from a file.

A window that has watched a run learn may look otherwise than one that has not: some scales are kept as long as they
will do, and which moments it has seen depends on the machine. One that opens a file sees just one moment.
"""

from pathlib import Path

from visitor import Visitor

STEPS = 400
TRAINED = {
    "learnt": ("--iterations", "3000", "--noise", "0", "--optimizer", "adam", "--aggression", "0.05"),
    "saturated": ("--iterations", "1500", "--aggression", "300", "--noise", "3"),
    "still": ("--iterations", "500", "--aggression", "0"),
    "overshooting": ("--iterations", "3000", "--activation", "tanh", "--aggression", "30", "--noise", "0"),
    "vanishing": ("--iterations", "2000", "--hidden", "6", "6", "6", "6", "6", "6"),
    "small": ("--iterations", "2500", "--hidden", "1", "2", "--curve", "star", "--noise", "0"),
    "plateau": ("--iterations", "300", "--optimizer", "levenberg-marquardt", "--hidden", "3"),
    "star": ("--iterations", "600", "--curve", "star", "--hidden", "8", "8", "--activation", "tanh", "--aggression",
             "0.3", "--train-one-in", "3", "--data-noise", "0.02"),
}  # fmt: skip
"""What `curvegui train` is told for each, by the name of its file."""


def training_of(name: str, path: Path) -> list[str]:
    """The words that train a run and save it."""
    return ["train", *TRAINED[name], "--engine", "numpy", "--save", str(path)]


def make_heart(visitor: Visitor, path: Path) -> None:
    """Train the usual run in the window for a few hundred of its iterations, and save it there."""
    toggle = visitor.action("run.toggle")
    visitor.wait("it learns", lambda: "Pause" in toggle.text())
    visitor.choose("run.toggle")
    visitor.wait("it is paused", lambda: "Run" in toggle.text())
    visitor.choose("run.reset")
    for _ in range(STEPS // 100):
        visitor.choose("run.step_100")
    visitor.wait_for_text("status.iteration", f"{STEPS} of")
    visitor.wait("it is paused again", lambda: "Run" in toggle.text())
    visitor.while_chosen("file.save_as", lambda dialog: visitor.name_file(dialog, path))
    visitor.wait("the run is saved", lambda: path.is_file() and not visitor.window.isWindowModified())
