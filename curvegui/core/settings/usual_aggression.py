"""The usual aggression for each kind of neuron and optimiser, as tests/benchmark/usual_aggressions.py measures it."""

from collections.abc import Mapping

from curvegui.core.optimizers.all import OPTIMIZERS

Rates = Mapping[str, Mapping[str, float]]
"""By hidden neurons and optimiser."""

USUAL: Rates = {
    "logistic": {name: entry.usual for name, entry in OPTIMIZERS.items()},
    "tanh": {"descent": 2.0, "momentum": 0.3, "nesterov": 0.3, "rmsprop": 0.003, "adam": 0.003},
    "relu": {"descent": 0.7, "momentum": 0.03, "nesterov": 0.1, "rmsprop": 0.001, "adam": 0.001},
    "sine": {"descent": 7.0, "momentum": 1.0, "nesterov": 1.0, "rmsprop": 0.003, "adam": 0.01},
    "softplus": {"descent": 7.0, "momentum": 0.3, "nesterov": 0.3, "rmsprop": 0.03, "adam": 0.03},
}
"""With logistic outputs."""
STEEP: Rates = {
    "logistic": {"descent": 0.3, "momentum": 0.03, "nesterov": 0.1},
    "tanh": {"descent": 0.1, "momentum": 0.01, "nesterov": 0.03},
    "relu": {"descent": 0.1, "momentum": 0.01, "nesterov": 0.01},
    "sine": {"descent": 0.1, "momentum": 0.03, "nesterov": 0.03},
    "softplus": {"descent": 0.1, "momentum": 0.03, "nesterov": 0.01},
}
"""With linear outputs, and all others whose slope is 1 and more: without a bound, the numbers overflow soon beyond it.

RMSProp and Adam scale the Jacobians themselves, and keep their aggression.
"""
NOT_MEASURED = "tanh"  # whose aggressions are taken for neurons that are in no table
GENTLE = "logistic"  # the outputs of the first table


def usual_rate(optimizer: str, activation: str, output_activation: str) -> float:
    """The aggression with which this kind of network learns well; 0 where the optimiser has no usual one."""
    rate = USUAL.get(activation, USUAL[NOT_MEASURED]).get(optimizer, OPTIMIZERS[optimizer].usual)
    if output_activation == GENTLE:
        return rate
    return STEEP.get(activation, STEEP[NOT_MEASURED]).get(optimizer, rate)
