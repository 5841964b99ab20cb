"""A Python script that draws a fit with NumPy alone: to read, to change, and to give to others.

Only numbers and our own words go into the script; the name of a run is written as a quoted string, so that no text
which somebody wrote into a project can run.
"""

import textwrap

from curvegui import __version__
from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import as_comment, mark, said_in_code, tr
from curvegui.core.learner.caption import caption
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import named_parameters
from curvegui.core.run.replay import last_snapshot
from curvegui.files.export import ExportError
from curvegui.files.project.project import Project

MOST_NUMBERS = 300_000  # five megabytes of text, which Python reads in a second
LINE_LENGTH = 100

ABOUT = mark("""\
Draws what a neural network has learned, using only NumPy.

Written by CurveGUI {version}. The network takes one number, t: how far along the curve one is, from 0 to 1.
It returns two: the point (x, y).

    python THIS_FILE.py                draws both curves in a window, with matplotlib if that is installed
    python THIS_FILE.py picture.svg    draws them into a file; needs nothing but NumPy
    python THIS_FILE.py --points       prints t, x and y of every point""")
START = '''"""{about}
"""

import sys

import numpy as np

TITLE = {title}

# {points}
'''
POINTS = mark("The points that the network trained on: t, and below the (x, y) that it should answer.")
ABOUT_PARAMETERS = mark("""\
What it learned. W1 holds the weights of the first layer: a row for every neuron, a column for everything that
comes in. b1 holds its biases, one for every neuron. The last layer has two neurons: x and y.""")
NETWORK = '''

def network(t):
    """The curve that the network draws: an array of two rows, x and y, for t of shape (1, N)."""
    a0 = t
'''
SUM = mark("each neuron adds up all that comes in, each times its weight, and its bias")
ACTIVATION = mark("and what comes out of it is this function of the sum")
FINISH = '''    return a{layers}


def cost(fit, target):
    """How far off it is: the mean squared distance between the points."""
    return np.sum((fit - target) ** 2) / fit.shape[1]


def svg(fit, target):
    """Both curves as a drawing. In a drawing y points down, so it is turned round."""
    lines = ""
    for curve, colour, width in ((target, "#afdb85", 0.002), (fit, "#daab73", 0.004)):
        points = " ".join(f"{x:.6g},{1 - y:.6g}" for x, y in curve.T)
        lines += f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"/>\\n'
    ground = '<rect width="1" height="1" fill="#2c5076"/>\\n'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\\n{ground}{lines}</svg>\\n'


def print_points(t, fit):
    """One point a line."""
    for along, (x, y) in zip(t[0].tolist(), fit.T.tolist()):
        print(along, x, y)


def show(t, fit, target):
    """Both curves in a window, or the points where matplotlib is missing."""
    try:
        from matplotlib import pyplot
    except ImportError:
        print_points(t, fit)
        print("To see it, install matplotlib, or add a name: python", sys.argv[0], "picture.svg", file=sys.stderr)
        return
    pyplot.plot(*target, color="#6aa338", label="target")
    pyplot.plot(*fit, color="#d0812f", linewidth=2.5, label=f"fit, cost {cost(fit, target):.2g}")
    pyplot.axis("equal")
    pyplot.title(TITLE)
    pyplot.legend()
    pyplot.show()


if __name__ == "__main__":
    fit = network(t)
    if sys.argv[1:] == ["--points"]:
        print_points(t, fit)
    elif sys.argv[1:] and sys.argv[1].startswith("-"):
        print(__doc__)
    elif sys.argv[1:]:
        with open(sys.argv[1], "w", encoding="utf-8") as file:
            file.write(svg(fit, target))
    else:
        show(t, fit, target)
'''
READ_IN_CODE = (
    mark("the same as 1 / (1 + np.exp(-z)), and never too large for a number"),
    mark("The curve that the network draws: an array of two rows, x and y, for t of shape (1, N)."),
    mark("How far off it is: the mean squared distance between the points."),
    mark("Both curves as a drawing. In a drawing y points down, so it is turned round."),
    mark("One point a line."),
    mark("Both curves in a window, or the points where matplotlib is missing."),
    mark("To see it, install matplotlib, or add a name: python"),
)
"""What a person reads in the code, but for the labels of a plot: Matplotlib's font has not all letters."""


def as_script(project: Project) -> bytes:
    """The script for a run, in the spoken language; raises ``ExportError`` if the network is too large."""
    return script(last_snapshot(project.record)).encode()


def script(snapshot: Snapshot) -> str:
    """The script that draws the fit of a snapshot; raises ``ExportError`` if the network is too large."""
    if snapshot.parameters.size > MOST_NUMBERS:
        words = mark(
            "This network is too large for a script: it has {n:,} weights and biases, and {most:,} are possible. "
            "Save its numbers as .npz."
        )
        raise ExportError(tr(words, n=snapshot.parameters.size, most=MOST_NUMBERS))
    config, parameters = snapshot.config, named_parameters(snapshot.config.sizes, snapshot.parameters)
    activations = [config.activation] * len(config.hidden) + [config.output_activation]  # of each layer
    functions = [f"\n\ndef {name}(z):\n    return {ACTIVATIONS[name].source}\n" for name in dict.fromkeys(activations)]
    lines = []
    for layer, activation in enumerate(activations, start=1):
        about_sum, about_activation = (f"  # {tr(SUM)}", f"  # {tr(ACTIVATION)}") if layer == 1 else ("", "")
        lines.append(f"    z{layer} = W{layer} @ a{layer - 1} + b{layer}{about_sum}\n")
        lines.append(f"    a{layer} = {activation}(z{layer}){about_activation}\n")
    return "".join(
        [
            START.format(about=tr(ABOUT, version=__version__), title=ascii(caption(snapshot)), points=tr(POINTS)),
            array_text("t", snapshot.target.t),
            array_text("target", snapshot.target.points),
            f"\n{as_comment(tr(ABOUT_PARAMETERS))}\n",
            *(array_text(name, array) for name, array in parameters.items()),
            *(said_in_code(each, READ_IN_CODE) for each in functions),
            said_in_code(NETWORK, READ_IN_CODE),
            *lines,
            said_in_code(FINISH, READ_IN_CODE).replace("{layers}", str(len(parameters) // 2)),
        ]
    )


def array_text(name: str, array: FloatArray, made_by: str = "np.array") -> str:
    """The code of an array, with every digit: Python reads the same numbers."""
    rows = [textwrap.fill(", ".join(map(repr, row)), LINE_LENGTH) for row in array.tolist()]
    inner = "".join(textwrap.indent(f"[{row}],", "    ") + "\n" for row in rows)
    return f"{name} = {made_by}([\n{inner}])\n"
