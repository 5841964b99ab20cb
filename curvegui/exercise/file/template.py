"""A new exercise as a file: Python with explanations as comments, or the same as a Jupyter notebook."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from curvegui.core.language.text import as_comment, mark, said_in_code, tr
from curvegui.exercise.problem import ExerciseError

PASSAGES: tuple[str, ...] = (
    mark(
        """\
Your own Jacobians

A small network learns to draw a curve. It takes one number, how far along the curve you are, and returns a point
(x, y). Between them are two hidden layers with n1 and n2 neurons. To learn, find out how the cost C depends on every
weight and every bias, and take a small step downhill. That is what the six Jacobians are for.

J_W3 and J_W2 are done. Write J_b3, J_b2, J_W1 and J_b1. Each time you save this file, CurveGUI checks it and shows
what is right, what is wrong and why. You can also run the file by itself: it ends with a short check of its own."""
    ),
    mark(
        """\
What the network computes

Each neuron multiplies what comes in by its weights, adds it all up, and adds a bias. The sum is z. The neuron's
activation a is sigma of it:

    z1 = W1 @ a0 + b1        a1 = sigma(z1)
    z2 = W2 @ a1 + b2        a2 = sigma(z2)
    z3 = W3 @ a2 + b3        a3 = sigma(z3)

All N points go through the network at once, one in each column: a0 has the shape (1, N), z1 and a1 (n1, N), z2 and
a2 (n2, N), z3 and a3 (2, N). d_sigma is the derivative of sigma: how much a changes when z does."""
    ),
    '''\
import numpy as np


def sigma(z):
    """The logistic function: from 0 to 1."""
    return 1 / (1 + np.exp(-z))


def d_sigma(z):
    """Its derivative."""
    return np.cosh(z / 2) ** (-2) / 4


def reset_network(n1=6, n2=7, random=np.random):
    """Start a new network with random weights and biases."""
    global W1, W2, W3, b1, b2, b3
    W1 = random.randn(n1, 1) / 2
    W2 = random.randn(n2, n1) / 2
    W3 = random.randn(2, n2) / 2
    b1 = random.randn(n1, 1) / 2
    b2 = random.randn(n2, 1) / 2
    b3 = random.randn(2, 1) / 2


def network_function(a0):
    """Feed forward: everything that is computed on the way; the last one, a3, is the network's curve."""
    z1 = W1 @ a0 + b1
    a1 = sigma(z1)
    z2 = W2 @ a1 + b2
    a2 = sigma(z2)
    z3 = W3 @ a2 + b3
    a3 = sigma(z3)
    return a0, z1, a1, z2, a2, z3, a3


def cost(x, y):
    """How far off the network's curve is: the mean over the points of the squared distance from y."""
    return np.linalg.norm(network_function(x)[-1] - y) ** 2 / x.size


def training_data(N=100):
    """A heart to learn: x, shape (1, N), and y, shape (2, N)."""
    t = np.arange(N) / N
    turn = 2 * np.pi * t
    across = 16 * np.sin(turn) ** 3
    up = 13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)
    return t.reshape(1, N), (np.array([across, up]) + 20) / 40


reset_network()''',
    mark(
        """\
Layer 3: the chain rule, three factors long

How does the cost depend on W3? W3 changes z3, z3 changes a3, and a3 changes the cost:

    dC/dW3 = dC/da3 * da3/dz3 * dz3/dW3

Factor by factor: the cost is the mean over the points of the squared distance between a3 and y, so dC/da3 is
2 * (a3 - y) at each point, and the division by the number of points, x.size, comes at the end. da3/dz3 is
d_sigma(z3). And dz3/dW3 is a2: `@ a2.T` multiplies by it and adds up over the points in one step.

The result has the shape of W3, (2, n2): one number for each weight."""
    ),
    '''\
def J_W3(x, y):
    """How the cost depends on W3."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)  # dC/da3
    J = J * d_sigma(z3)  # da3/dz3
    return J @ a2.T / x.size  # dz3/dW3, and the mean over the points''',
    mark(
        """\
b3 is simpler. Only the last factor is different:

    dC/db3 = dC/da3 * da3/dz3 * dz3/db3

dz3/db3 is 1, because the bias is added as it is. So there is nothing left to multiply by, but you still need the sum
over the points: np.sum(..., axis=1, keepdims=True). The result has the shape of b3, (2, 1).

From here on, replace `J = ...` with your own lines."""
    ),
    '''\
def J_b3(x, y):
    """How the cost depends on b3."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = ...  # dC/da3, then da3/dz3, then the mean over the points
    return J''',
    mark(
        """\
Layer 2: one layer further back

W2 changes z2, z2 changes a2, a2 changes z3, and z3 changes a3:

    dC/dW2 = dC/da3 * (da3/dz3 * dz3/da2) * da2/dz2 * dz2/dW2

The part in brackets is new: the link from layer 3 back to layer 2. dz3/da2 is W3. To multiply by it, transpose J,
multiply, and transpose back: (J.T @ W3).T. This changes the shape from (2, N) to (n2, N): every neuron of layer 2
now has its own share of the error."""
    ),
    '''\
def J_W2(x, y):
    """How the cost depends on W2."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)  # dC/da3
    J = J * d_sigma(z3)  # da3/dz3
    J = (J.T @ W3).T  # dz3/da2
    J = J * d_sigma(z2)  # da2/dz2
    return J @ a1.T / x.size  # dz2/dW2, and the mean over the points''',
    mark(
        """\
For b2, again only the last factor is different:

    dC/db2 = dC/da3 * (da3/dz3 * dz3/da2) * da2/dz2 * dz2/db2"""
    ),
    '''\
def J_b2(x, y):
    """How the cost depends on b2."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = ...  # the same as for W2 up to da2/dz2
    return J''',
    mark(
        """\
Layer 1: two links back

The longest chain has two links, from layer 3 to layer 2 and from layer 2 to layer 1:

    dC/dW1 = dC/da3 * (da3/dz3 * dz3/da2) * (da2/dz2 * dz2/da1) * da1/dz1 * dz1/dW1

dz2/da1 is W2, and dz1/dW1 is a0. The result has the shape of W1, (n1, 1)."""
    ),
    '''\
def J_W1(x, y):
    """How the cost depends on W1."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = ...  # both links, then da1/dz1, then dz1/dW1 and the mean over the points
    return J''',
    """\
    dC/db1 = dC/da3 * (da3/dz3 * dz3/da2) * (da2/dz2 * dz2/da1) * da1/dz1 * dz1/db1""",
    '''\
def J_b1(x, y):
    """How the cost depends on b1."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = ...
    return J''',
    mark(
        """\
Is it right?

You can find out how the cost depends on a weight without the chain rule: change the weight a little and look at the
cost. This is called a finite difference. It is slow and only approximate, but good enough to check every entry."""
    ),
    '''\
def finite_difference(name, x, y, step=1e-5):
    """The Jacobian of one parameter: change each entry a little both ways and compare the costs."""
    parameter = globals()[name]
    J = np.zeros(parameter.shape)
    for index in np.ndindex(*parameter.shape):
        before = parameter[index]
        parameter[index] = before + step
        above = cost(x, y)
        parameter[index] = before - step
        below = cost(x, y)
        parameter[index] = before
        J[index] = (above - below) / (2 * step)
    return J


def verdict_on(function):
    """One line about one of the six."""
    parameter = function.__name__[2:]
    try:
        J = function(*training_data())
    except Exception as fault:
        return f"stops with {type(fault).__name__}: {fault}"
    if J is None or J is ...:
        return "not written yet"
    wanted = finite_difference(parameter, *training_data())
    if np.shape(J) != wanted.shape:
        return f"has the shape {np.shape(J)}; {parameter} has {wanted.shape}"
    off = np.max(np.abs(J - wanted)) / np.max(np.abs(wanted))
    return "right" if off < 1e-5 else f"wrong: off by {off:.2g} of its largest entry"


if __name__ == "__main__":
    for function in (J_W3, J_b3, J_W2, J_b2, J_W1, J_b1):
        print(function.__name__, verdict_on(function))''',
)
"""Those that begin with ``import`` or ``def`` are code, the others are to be read."""
PROVIDED_CODE = PASSAGES[2].removeprefix("import numpy as np\n").removesuffix("reset_network()")
"""The functions that the exercise gives."""

READ_IN_CODE = (
    mark("The logistic function: from 0 to 1."),
    mark("Its derivative."),
    mark("Start a new network with random weights and biases."),
    mark("Feed forward: everything that is computed on the way; the last one, a3, is the network's curve."),
    mark("How far off the network's curve is: the mean over the points of the squared distance from y."),
    mark("A heart to learn: x, shape (1, N), and y, shape (2, N)."),
    mark("How the cost depends on {name}."),
    mark("{factor}, and the mean over the points"),
    mark("dC/da3, then da3/dz3, then the mean over the points"),
    mark("the same as for W2 up to da2/dz2"),
    mark("both links, then da1/dz1, then dz1/dW1 and the mean over the points"),
    mark("The Jacobian of one parameter: change each entry a little both ways and compare the costs."),
    mark("One line about one of the six."),
    mark("stops with {type(fault).__name__}: {fault}"),
    mark("not written yet"),
    mark("has the shape {np.shape(J)}; {parameter} has {wanted.shape}"),
    mark("right"),
    mark("wrong: off by {off:.2g} of its largest entry"),
)
"""What a person reads in the code: comments, docstrings, and what it prints."""


CODE = ("import ", "def ", "%run ", "x, y = ")
ENDINGS: dict[str, Literal["py", "ipynb"]] = {".py": "py", ".ipynb": "ipynb"}


def exercise_text(file_format: Literal["py", "ipynb"] = "py") -> str:
    """The exercise, with four functions to complete, in the chosen language."""
    if file_format == "ipynb":
        return notebook_text(PASSAGES)
    said = [said_passage(each) if each.startswith(CODE) else as_comment(said_passage(each)) for each in PASSAGES]
    return "\n\n\n".join(said) + "\n"


def exercise_for(path: str | os.PathLike[str]) -> bytes:
    """The exercise as the bytes of a ``.py`` or ``.ipynb``. Raises ``ExerciseError`` if the name ends otherwise."""
    target = Path(path)
    file_format = ENDINGS.get(target.suffix.lower())
    if file_format is None:
        raise ExerciseError(tr("The name of “{name}” has to end in .py or .ipynb.", name=target.name))
    return exercise_text(file_format).encode()


def said_passage(passage: str) -> str:
    """A passage in the chosen language; in code, only comments and texts are translated."""
    return said_in_code(passage, READ_IN_CODE) if passage.startswith(CODE) else tr(passage)


def notebook_text(passages: Sequence[str]) -> str:
    """Passages to read, marked or said already, and passages to run, as the text of a Jupyter notebook."""
    cells = [_cell(number, passage) for number, passage in enumerate(passages, start=1)]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _cell(number: int, passage: str) -> dict[str, Any]:
    shared = {"id": f"passage-{number}", "metadata": {}}
    if passage.startswith(CODE):
        return shared | {"cell_type": "code", "execution_count": None, "outputs": [], "source": said_passage(passage)}
    heading, _, rest = passage.partition("\n\n")
    is_heading = "\n" not in heading and not heading.startswith(" ") and len(heading) < 60 and rest
    said = said_passage(passage)
    source = f"{'#' if number == 1 else '##'} {said}" if is_heading else said
    return shared | {"cell_type": "markdown", "source": source}


WORKSHEET, MODULE = "worksheet.ipynb", "readonly/BackpropModule.ipynb"

INTRODUCTION = mark(
    """\
Backpropagation: your own Jacobians

A small network learns to draw a heart. It takes one number, how far along the curve you are, and returns a point
(x, y). Between them are two hidden layers with n1 and n2 neurons. To learn, find out how the cost C depends on every
weight and every bias, and take a small step downhill. That is what the six Jacobians are for.

J_W3 and J_W2 are done. Write J_b3, J_b2, J_W1 and J_b1. Then check them and train with them, at the end of this
notebook. With a wrong one the heart may still appear, if the others make up for it: the check tells.

Run the cells from the first to the last with Shift+Enter. The first one runs {module}, which brings
`training_data`, `plot_training`, and NumPy as `np`."""
)

SETTING_UP = f'%run "{MODULE}"'

TRAINING = mark(
    """\
Train with your functions

`plot_training` trains with the functions of this notebook. Its first line says which are yours; what you have not
defined comes from CurveGUI. The green line is the heart; the pink ones are what the network drew on the way, and the
orange one is what it draws now. The stop button ends the training and keeps the picture.

Before you run it, predict: which part of the heart does the network learn last?"""
)

TRAIN = """\
x, y = training_data()
reset_network()
plot_training(x, y, iterations=50000, aggression=7, noise=1)"""

MODULE_WORDS = mark(
    """\
What the worksheet needs

The worksheet runs this notebook in its first cell. It brings the names of NumPy and Matplotlib, as `%pylab` does, and
`training_data` and `plot_training` from CurveGUI. You need not change anything here."""
)

MODULE_CODE = """\
import numpy as np

try:
    %matplotlib inline
    from pylab import *
    import matplotlib.pyplot as plt
except ImportError:
    print("Matplotlib is not installed, so there are NumPy's names only. To install it: pip install matplotlib")
    from numpy import *

from curvegui.notebook import plot_training, training_data"""

NO_MATPLOTLIB = mark(
    "Matplotlib is not installed, so there are NumPy's names only. To install it: pip install matplotlib"
)


def worksheet_files() -> dict[str, str]:
    """The texts of the worksheet and its module in the chosen language, by their paths in the worksheet's folder."""
    network = PROVIDED_CODE[: PROVIDED_CODE.index("def training_data")].strip()
    ours = [tr(INTRODUCTION, module=MODULE), SETTING_UP, PASSAGES[1], network + "\n\n\nreset_network()"]
    passages = [*ours, *PASSAGES[3:], TRAINING, TRAIN]
    module = [MODULE_WORDS, said_in_code(MODULE_CODE, [NO_MATPLOTLIB])]
    return {MODULE: notebook_text(module), WORKSHEET: notebook_text(passages)}
