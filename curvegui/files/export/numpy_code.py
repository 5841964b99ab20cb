"""A script or a notebook that trains a run in plain NumPy: the functions of the exercise, written out."""

from curvegui.core.language.text import mark, tr
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.run.record import RunRecord
from curvegui.files.export.passages import Passage, as_notebook, as_script
from curvegui.files.export.retraining import STEPS, Retraining, retraining
from curvegui.files.export.training_parts import (
    DESCENT,
    MAIN,
    NETWORK,
    SHOW,
    TRAIN,
    about,
    blocks,
    function_of,
    functions,
    indented,
    numbers,
    said,
)

LAST = mark("{factor}, and the mean over the points")
JACOBIANS = mark(
    """\
The Jacobians, by the chain rule

Each function begins at the cost and goes back, factor by factor, to its own weights or biases. Its result has their
shape: one number for each of them."""
)
TRY = mark(
    """\
Train it

Change the settings, the points or the functions, and see what happens."""
)


def numpy_script(record: RunRecord) -> str:
    """A script that trains in NumPy. Raises ``ValueError``, a sentence for people, if there is none."""
    return as_script(_numpy(retraining(record)))


def numpy_notebook(record: RunRecord) -> str:
    """The same as a notebook."""
    return as_notebook(_numpy(retraining(record)))


def _numpy(run: Retraining) -> list[Passage]:
    return [
        about(run, tr("plain NumPy")),
        Passage("import numpy as np\n\n" + numbers(run, "np.array")),
        Passage(tr(NETWORK), False),
        Passage(_numpy_network(run)),
        Passage(tr(JACOBIANS), False),
        Passage(blocks(_jacobian(letter, at, run) for at in range(run.layers, 0, -1) for letter in "Wb")),
        Passage(tr(DESCENT), False),
        Passage(_numpy_start(run) + said(TRAIN).format(rate=run.rate, body=indented(_numpy_body(run)))),
        Passage(tr(TRY), False),
        Passage(said(SHOW)),
        Passage(said(MAIN) + "[-1])"),
    ]


def _numpy_network(run: Retraining) -> str:
    made = [f"def {name}(z):\n    return {ACTIVATIONS[each].source}" for name, each in functions(run).items()]
    made += [f"def d_{name}(z):\n    return {ACTIVATIONS[each].slope_source}" for name, each in functions(run).items()]
    lines = [f"z{at} = W{at} @ a{at - 1} + b{at}\na{at} = {function_of(at, run)}(z{at})" for at in run.after_input]
    forward = "def network_function(a0):\n" + indented("\n".join([*lines, f"return {_passed(run)}"]), 1)
    cost = "def cost(x, y):\n    return np.sum((network_function(x)[-1] - y) ** 2) / x.size"
    return said(blocks([*made, forward, cost]))


def _passed(run: Retraining) -> str:
    """All that is computed on the way forward."""
    return ", ".join(["a0", *(f"z{at}, a{at}" for at in run.after_input)])


def _jacobian(letter: str, own: int, run: Retraining) -> str:
    """The function for the weights or biases of a layer."""
    last = run.layers
    lines = [
        f'"""{tr("How the cost depends on {name}.", name=f"{letter}{own}")}"""',
        f"{_passed(run)} = network_function(x)",
    ]
    lines.append(f"J = 2 * (a{last} - y)  # dC/da{last}")
    for at in range(last, own - 1, -1):
        lines.append(f"J = J * d_{function_of(at, run)}(z{at})  # da{at}/dz{at}")
        if at > own:
            lines.append(f"J = (J.T @ W{at}).T  # dz{at}/da{at - 1}")
    if letter == "W":
        lines.append(f"return J @ a{own - 1}.T / x.size  # {tr(LAST, factor=f'dz{own}/dW{own}')}")
    else:
        lines.append(f"return np.sum(J, axis=1, keepdims=True) / x.size  # {tr('the mean over the points')}")
    return f"def J_{letter}{own}(x, y):\n" + indented("\n".join(lines), 1)


def _numpy_start(run: Retraining) -> str:
    """What the iterations need: the parameters, their Jacobians, and what the optimiser remembers of each."""
    lines = [f"PARAMETERS = {', '.join(run.names)}", f"JACOBIANS = {', '.join(f'J_{name}' for name in run.names)}"]
    for each in STEPS[run.config.optimizer].remembered:
        lines.append(f"{each} = [np.zeros_like(parameter) for parameter in PARAMETERS]")
    return "\n".join(lines) + "\n\n"


def _numpy_body(run: Retraining) -> str:
    *before, step = map(said, STEPS[run.config.optimizer].numpy)
    lines = ["J = factors[k] * jacobians[k]", *before, f"parameter -= rate * {step}"]
    if run.has_decay:
        lines[:1] = [
            f'decay = now["weight_decay"] if k < {run.layers} else 0  # {tr("of weights only")}',
            "J = factors[k] * (jacobians[k] + decay * parameter)",
        ]
    loop = "jacobians = [J(x, y) for J in JACOBIANS]\nfor k, parameter in enumerate(PARAMETERS):\n"
    return loop + indented("\n".join(lines), 1)
