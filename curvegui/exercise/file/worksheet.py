"""The worksheet for Jupyter: the exercise with the learner's functions in the notebook, and the module that it runs."""

from curvegui.core.language.code import said_in_code
from curvegui.core.language.text import mark, tr
from curvegui.exercise.file.template import notebook_text
from curvegui.exercise.file.template_text import PASSAGES

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
    """The texts of the worksheet and of its module, by the path in the worksheet's folder, in the language spoken."""
    provided = PASSAGES[2]
    network = provided[provided.index("def sigma") : provided.index("def training_data")].rstrip()
    ours = [tr(INTRODUCTION, module=MODULE), SETTING_UP, PASSAGES[1], network + "\n\n\nreset_network()"]
    passages = [*ours, *PASSAGES[3:], TRAINING, TRAIN]
    module = [MODULE_WORDS, said_in_code(MODULE_CODE, [NO_MATPLOTLIB])]
    return {MODULE: notebook_text(module), WORKSHEET: notebook_text(passages)}
