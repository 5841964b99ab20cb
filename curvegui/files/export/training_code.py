"""A run as code that trains it again: a script or a notebook in plain NumPy, as in the exercise, or with PyTorch.

As in ``script.py``, only numbers and our own words go into the code, and the title as a quoted string.
"""

import json
import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from curvegui import __version__
from curvegui.core.language.text import as_comment, localised, mark, said_in_code, tr
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import named_parameters
from curvegui.files.export.retraining import STEPS, Retraining, retraining
from curvegui.files.export.script import array_text
from curvegui.files.project.project import Project

BETWEEN = "\n\n\n"
ABOUT = mark("""\
This run in {library}

Written by CurveGUI {version}. It trains the network again, from the weights and biases that it had at
iteration {first}, on the same points, with the same settings and the same random numbers. Unless the steps are too
large, the costs of the first hundred iterations are those of CurveGUI, except for rounding errors. These grow: after
some thousand iterations, the two runs differ. If matplotlib is installed, you see the curves and the cost.""")
NETWORK = mark("""\
What the network computes

Each neuron multiplies what comes in by its weights, adds it all up, and adds its bias: that is z. Its activation a is
a function of z. All points go through the network at once, one in each column. The cost is the mean over the points
of the squared distance.""")
DESCENT = mark("""\
The iterations

Each Jacobian has a random factor of its own, 1 + noise * N(0, 1). The random numbers follow from the seed and the
iteration alone, so they are those of CurveGUI.""")
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
LAST = mark("{factor}, and the mean over the points")
JACOBIANS = mark("""\
The Jacobians, by the chain rule

Each function begins at the cost and goes back, factor by factor, to its own weights or biases. Its result has their
shape: one number for each of them.""")
TRY = mark("""\
Train it

Change the settings, the points or the functions, and see what happens.""")
TORCH_BODY = """\
optimizer.zero_grad()
cost(x, y).backward()  # PyTorch finds the Jacobians: each is the grad of its parameter
with torch.no_grad():
    for k, parameter in enumerate(PARAMETERS):
        {decay}parameter.grad *= float(factors[k])
optimizer.param_groups[0].update(lr=float(rate){options})
optimizer.step()"""
TORCH_DECAY = """\
if k < {layers}:  # weights only
            parameter.grad += now["weight_decay"] * parameter
        """
TORCH_START = """\
PARAMETERS = [{names}]
for each in PARAMETERS:
    each.requires_grad_()
optimizer = torch.optim.{optimizer}

"""
POINTS = mark("The points to train on: how far along the curve they are, and what the network should answer.")
START_NUMBERS = mark(
    "The weights and biases at the start: a row for each neuron, a column for each number that comes in."
)
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


class Passage(NamedTuple):
    """A passage of a script or a notebook: words, or code."""

    text: str
    is_code: bool = True


def as_numpy_script(project: Project) -> bytes:
    """A script that trains in NumPy; raises ``ExportError``, a sentence for people, if there can be none."""
    return _script(_numpy(retraining(project.record)))


def as_torch_script(project: Project) -> bytes:
    """A script that trains in PyTorch, which finds the Jacobians itself; errors as in `as_numpy_script`."""
    return _script(_torch(retraining(project.record)))


def as_notebook(project: Project) -> bytes:
    """The script of `as_numpy_script` as a Jupyter notebook, with a cell for each passage."""
    cells = []
    for number, (text, is_code) in enumerate(_numpy(retraining(project.record))):
        cell: dict[str, object] = {"id": f"passage-{number}", "metadata": {}}
        if is_code:
            source = said_in_code(text, READ_IN_CODE).strip("\n")
            cell |= {"cell_type": "code", "execution_count": None, "outputs": [], "source": source}
        else:
            heading, _, rest = text.strip("\n").partition("\n\n")
            cell |= {"cell_type": "markdown", "source": f"{'##' if number else '#'} {heading}\n\n{rest}"}
        cells.append(cell)
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, indent=1) + "\n").encode()


def _script(passages: Sequence[Passage]) -> bytes:
    """A script, whose last passage runs only if the script is run as a program."""
    parts = [
        said_in_code(text, READ_IN_CODE).strip("\n") if is_code else as_comment(text) for text, is_code in passages
    ]
    parts[-1] = 'if __name__ == "__main__":\n' + _indented(parts[-1], 1)
    return (BETWEEN.join(parts) + "\n").encode()


def _numpy(run: Retraining) -> list[Passage]:
    """The passages of plain NumPy: activations, network, Jacobians and iterations."""
    names = _activations(run)
    functions = [f"def {name}(z):\n    return {ACTIVATIONS[each].source}" for name, each in names.items()]
    functions += [f"def d_{name}(z):\n    return {ACTIVATIONS[each].slope_source}" for name, each in names.items()]
    forward = [f"z{at} = W{at} @ a{at - 1} + b{at}\na{at} = {_activation(at, run)}(z{at})" for at in run.after_input]
    forward.append(f"return {_passed(run)}")
    functions.append("def network_function(a0):\n" + _indented("\n".join(forward), 1))
    functions.append("def cost(x, y):\n    return np.sum((network_function(x)[-1] - y) ** 2) / x.size")
    start = [f"PARAMETERS = {', '.join(run.names)}", f"JACOBIANS = {', '.join(f'J_{name}' for name in run.names)}"]
    for each in STEPS[run.config.optimizer].remembered:
        start.append(f"{each} = [np.zeros_like(parameter) for parameter in PARAMETERS]")
    *before, step = STEPS[run.config.optimizer].numpy
    each_parameter = ["J = factors[k] * jacobians[k]", *before, f"parameter -= rate * {step}"]
    if run.has_decay:
        each_parameter[:1] = [
            f'decay = now["weight_decay"] if k < {run.layers} else 0  # {tr("of weights only")}',
            "J = factors[k] * (jacobians[k] + decay * parameter)",
        ]
    body = "jacobians = [J(x, y) for J in JACOBIANS]\nfor k, parameter in enumerate(PARAMETERS):\n"
    body = _indented(body + _indented("\n".join(each_parameter), 1))
    return [
        _about(run, tr("plain NumPy")),
        Passage("import numpy as np\n\n" + _numbers(run, "np.array")),
        Passage(tr(NETWORK), False),
        Passage(BETWEEN.join(functions)),
        Passage(tr(JACOBIANS), False),
        Passage(BETWEEN.join(_jacobian(letter, at, run) for at in range(run.layers, 0, -1) for letter in "Wb")),
        Passage(tr(DESCENT), False),
        Passage("\n".join(start) + "\n\n" + TRAIN.format(rate=run.rate, body=body)),
        Passage(tr(TRY), False),
        Passage(SHOW),
        Passage(MAIN + "[-1])"),
    ]


def _passed(run: Retraining) -> str:
    """The names of all that is computed on the way forward, with commas between."""
    return ", ".join(["a0", *(f"z{at}, a{at}" for at in run.after_input)])


def _jacobian(letter: str, own: int, run: Retraining) -> str:
    """The code of the function for the Jacobian of a layer's weights or biases."""
    last = run.layers
    lines = [
        f'"""{tr("How the cost depends on {name}.", name=f"{letter}{own}")}"""',
        f"{_passed(run)} = network_function(x)",
        f"J = 2 * (a{last} - y)  # dC/da{last}",
    ]
    for at in range(last, own - 1, -1):
        lines.append(f"J = J * d_{_activation(at, run)}(z{at})  # da{at}/dz{at}")
        if at > own:
            lines.append(f"J = (J.T @ W{at}).T  # dz{at}/da{at - 1}")
    if letter == "W":
        lines.append(f"return J @ a{own - 1}.T / x.size  # {tr(LAST, factor=f'dz{own}/dW{own}')}")
    else:
        lines.append(f"return np.sum(J, axis=1, keepdims=True) / x.size  # {tr('the mean over the points')}")
    return f"def J_{letter}{own}(x, y):\n" + _indented("\n".join(lines), 1)


def _torch(run: Retraining) -> list[Passage]:
    step, decay = STEPS[run.config.optimizer], TORCH_DECAY.format(layers=run.layers) if run.has_decay else ""
    functions = [f"def {name}(z):\n    return {ACTIVATIONS[each].torch}" for name, each in _activations(run).items()]
    forward = [f"a = {_activation(at, run)}(W{at} @ a + b{at})" for at in run.after_input]
    functions.append("def network_function(a):\n" + _indented("\n".join([*forward, "return a"]), 1))
    functions.append("def cost(x, y):\n    return torch.sum((network_function(x) - y) ** 2) / x.numel()")
    begin = "import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n\n"
    start = TORCH_START.format(names=", ".join(run.names), optimizer=step.torch)
    body = _indented(TORCH_BODY.format(decay=decay, options=step.options))
    return [
        _about(run, "PyTorch"),
        Passage(begin + _numbers(run, "torch.tensor")),
        Passage(tr(NETWORK), False),
        Passage(BETWEEN.join(functions)),
        Passage(tr(DESCENT), False),
        Passage(start + TRAIN.format(rate=run.rate, body=body)),
        Passage(SHOW),
        Passage(MAIN + ".detach())"),
    ]


def _about(run: Retraining, library: str) -> Passage:
    first = localised(f"{run.start.iteration:,}")
    return Passage(tr(ABOUT, library=library, version=__version__, first=first), False)


def _numbers(run: Retraining, made_by: str) -> str:
    """The code of the settings, the points and the parameters."""
    target, trained = run.start.target, run.start.target.trained
    held = "".join(f"    {since}: {settings},\n".replace("'", '"') for since, settings in run.settings.items())
    points = {"x": target.t[:, trained], "y": target.points[:, trained]}
    parameters = named_parameters(run.config.sizes, run.start.parameters)
    return "\n".join(
        [
            f"TITLE = {run.title!a}",
            f"FIRST, ITERATIONS, SEED = {run.start.iteration}, {run.iterations}, {run.config.seed}",
            f"SETTINGS = {{  # {tr('from which iteration on they hold')}\n{held}}}",
            f"\n# {tr(POINTS)}",
            *(array_text(name, array, made_by) for name, array in points.items()),
            f"# {tr(START_NUMBERS)}",
            *(array_text(name, array, made_by) for name, array in parameters.items()),
        ]
    )


def _activations(run: Retraining) -> dict[str, str]:
    """The activations by their names in the code: only ``sigma`` if all neurons have the same."""
    hidden, output = run.config.activation, run.config.output_activation
    return {"sigma": hidden} if hidden == output else {"sigma": hidden, "output": output}


def _activation(at: int, run: Retraining) -> str:
    """The name of a layer's activation in the code."""
    return "output" if at == run.layers and "output" in _activations(run) else "sigma"


def _indented(text: str, deep: int = 2) -> str:
    return textwrap.indent(text, "    " * deep)
