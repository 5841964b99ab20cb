"""A script that trains a run in PyTorch, which finds the Jacobians by itself."""

from curvegui.core.language.text import tr
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.run.record import RunRecord
from curvegui.files.export.passages import Passage, as_script
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


def torch_script(record: RunRecord) -> str:
    """A script that trains in PyTorch, which finds the Jacobians by itself."""
    return as_script(_torch(retraining(record)))


def _torch(run: Retraining) -> list[Passage]:
    step, decay = STEPS[run.config.optimizer], TORCH_DECAY.format(layers=run.layers) if run.has_decay else ""
    body = indented(said(TORCH_BODY.format(decay=decay, options=step.options)))
    begin = "import numpy as np\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n\n"
    start = TORCH_START.format(names=", ".join(run.names), optimizer=step.torch)
    return [
        about(run, "PyTorch"),
        Passage(begin + numbers(run, "torch.tensor")),
        Passage(tr(NETWORK), False),
        Passage(_torch_network(run)),
        Passage(tr(DESCENT), False),
        Passage(start + said(TRAIN).format(rate=run.rate, body=body)),
        Passage(said(SHOW)),
        Passage(said(MAIN) + ".detach())"),
    ]


def _torch_network(run: Retraining) -> str:
    made = [f"def {name}(z):\n    return {ACTIVATIONS[each].torch}" for name, each in functions(run).items()]
    lines = [f"a = {function_of(at, run)}(W{at} @ a + b{at})" for at in run.after_input]
    forward = "def network_function(a):\n" + indented("\n".join([*lines, "return a"]), 1)
    cost = "def cost(x, y):\n    return torch.sum((network_function(x) - y) ** 2) / x.numel()"
    return blocks([*made, forward, cost])
