"""What a script that trains has in every library: its words, its numbers, and its loop.

As in ``script.py``, only numbers and our own words go into it, and the title as a quoted string.
"""

import textwrap
from collections.abc import Iterable

from curvegui import __version__
from curvegui.core.language.code import said_in_code
from curvegui.core.language.text import localised, mark, tr
from curvegui.core.network.network import named_parameters
from curvegui.files.export.passages import Passage
from curvegui.files.export.retraining import Retraining
from curvegui.files.export.script import array_text

ABOUT = mark(
    """\
This run in {library}

Written by CurveGUI {version}. It trains the network again, from the weights and biases that it had at
iteration {first}, on the same points, with the same settings and the same random numbers. Unless the steps are too
large, the costs of the first hundred iterations are those of CurveGUI, except for rounding errors. These grow: after
some thousand iterations, the two runs differ. If matplotlib is installed, you see the curves and the cost."""
)
NETWORK = mark(
    """\
What the network computes

Each neuron multiplies what comes in by its weights, adds it all up, and adds its bias: that is z. Its activation a is
a function of z. All points go through the network at once, one in each column. The cost is the mean over the points
of the squared distance."""
)
DESCENT = mark(
    """\
The iterations

Each Jacobian has a random factor of its own, 1 + noise * N(0, 1). The random numbers follow from the seed and the
iteration alone, so they are those of CurveGUI."""
)
TRAIN = '''
def normals(iteration):
    """The N(0, 1) numbers of an iteration, one for each Jacobian."""
    block, row = divmod(iteration, 100)
    generator = np.random.Generator(np.random.Philox(key=np.array([SEED, 1 + block], dtype=np.uint64)))
    return generator.standard_normal((100, len(PARAMETERS)))[row]


def train(iterations=ITERATIONS):
    """Make iterations; returns the cost before the first one, and the cost after each."""
    costs, now = [cost(x, y).item()], {{}}
    for iteration in range(FIRST, FIRST + iterations):
        now = SETTINGS.get(iteration, now)
        rate = {rate}
        factors = 1 + now["noise"] * normals(iteration)
{body}
        costs.append(cost(x, y).item())
    return costs
'''
SHOW = '''
def show(costs, fit):
    """The curves and the cost, if matplotlib is installed."""
    try:
        from matplotlib import pyplot
    except ImportError:
        print("To see the curves, install matplotlib.")
        return
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 5))
    left.plot(*y, label="target")
    left.plot(*fit, label="fit")
    left.set_aspect("equal")
    left.legend()
    right.loglog(range(1, len(costs) + 1), costs)
    right.set_xlabel("iteration + 1")
    right.set_ylabel("cost")
    figure.suptitle(TITLE)
    pyplot.show()
'''
MAIN = """
costs = train()
print(f"After {len(costs) - 1:,} iterations, the cost has gone from {costs[0]:.3g} to {costs[-1]:.3g}.")
show(costs, network_function(x)"""
READ_IN_CODE = (
    mark("the same as 1 / (1 + np.exp(-z)), and never too large for a number"),
    mark("both began with 0: make up for it"),
    mark("The N(0, 1) numbers of an iteration, one for each Jacobian."),
    mark("Make iterations; returns the cost before the first one, and the cost after each."),
    mark("The curves and the cost, if matplotlib is installed."),
    mark("To see the curves, install matplotlib."),
    mark("After {len(costs) - 1:,} iterations, the cost has gone from {costs[0]:.3g} to {costs[-1]:.3g}."),
    mark("PyTorch finds the Jacobians: each is the grad of its parameter"),
    mark("weights only"),
    mark("at 0, PyTorch would keep an old velocity"),
)
"""What a person reads in the code, but for the labels of a plot: Matplotlib's font has not all letters."""


def about(run: Retraining, library: str) -> Passage:
    first = localised(f"{run.start.iteration:,}")
    return Passage(tr(ABOUT, library=library, version=__version__, first=first), False)


def said(code: str) -> str:
    """Code, with what is read in it in the language that is spoken."""
    return said_in_code(code, READ_IN_CODE)


def numbers(run: Retraining, made_by: str) -> str:
    """The settings, the points and the parameters."""
    target, trained = run.start.target, run.start.target.trained
    held = "".join(f"    {since}: {settings},\n".replace("'", '"') for since, settings in run.settings.items())
    points = {"x": target.t[:, trained], "y": target.points[:, trained]}
    parameters = named_parameters(run.config.sizes, run.start.parameters)
    return "\n".join(
        [
            f"TITLE = {run.title!a}",
            f"FIRST, ITERATIONS, SEED = {run.start.iteration}, {run.iterations}, {run.config.seed}",
            f"SETTINGS = {{  # {tr('from which iteration on they hold')}\n{held}}}",
            "\n# "
            + tr("The points to train on: how far along the curve they are, and what the network should answer."),
            *(array_text(name, array, made_by) for name, array in points.items()),
            "# "
            + tr("The weights and biases at the start: a row for each neuron, a column for each number that comes in."),
            *(array_text(name, array, made_by) for name, array in parameters.items()),
        ]
    )


def functions(run: Retraining) -> dict[str, str]:
    """The activations by their names in the code: all neurons have sigma, if they are alike."""
    hidden, output = run.config.activation, run.config.output_activation
    return {"sigma": hidden} if hidden == output else {"sigma": hidden, "output": output}


def function_of(at: int, run: Retraining) -> str:
    """The name of a layer's activation in the code."""
    return "output" if at == run.layers and "output" in functions(run) else "sigma"


def indented(text: str, deep: int = 2) -> str:
    return textwrap.indent(text, "    " * deep)


def blocks(parts: Iterable[str]) -> str:
    return "\n\n\n".join(parts)
