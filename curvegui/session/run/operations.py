"""What can be done to the network that learns: checked, and planned from what is known of it here."""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.importance import least_important
from curvegui.core.network.inserted_layer import NEW_LAYER
from curvegui.core.network.network import Network
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.run.layer_plan import operations_between
from curvegui.core.run.operated_run import Surgery
from curvegui.core.run.operations import AddLayer, AddNeurons, Operation, RemoveLayer, RemoveNeurons, config_after
from curvegui.core.settings.config import TrainingConfig

LARGEST_WEIGHT = 1_000_000.0  # a larger one can be drawn nowhere, and says no more
FEW_POINTS = 100
QUICK_PRODUCTS = 5_000_000  # some milliseconds: the window waits


def checked_values(config: TrainingConfig, values: Mapping[Parameter, float]) -> dict[int, float]:
    """Values by the places of their parameters.

    Raises
    ------
    ValueError
        If one is not allowed: a sentence for people.
    """
    for parameter, value in values.items():
        name = "A bias" if parameter.is_bias else "A weight"
        if not parameter.is_in(config.sizes):
            raise ValueError(f"{name} that the network does not have cannot be set.")
        if not isfinite(value) or abs(value) > LARGEST_WEIGHT:
            raise ValueError(f"{name} is a number from -{LARGEST_WEIGHT:,.0f} to {LARGEST_WEIGHT:,.0f}.")
    return {parameter.place_in(config.sizes): float(value) for parameter, value in values.items()}


def added_neuron(config: TrainingConfig, layer: int) -> Surgery:
    """A neuron more in a hidden layer."""
    _check_layer(config, layer)
    return Surgery.planned(config, AddNeurons(layer))


def removed_neuron(config: TrainingConfig, neuron: Neuron | None, layer: int, snapshot: Snapshot | None) -> Surgery:
    """A neuron fewer in a hidden layer: this one, or the least important."""
    _check_layer(config, layer)
    if neuron is not None and not (neuron.layer == layer and neuron.is_in(config.sizes)):
        raise ValueError(f"Layers: layer {layer} has no such neuron.")
    if config.hidden[layer - 1] == 1:
        raise ValueError("Layers: the last neuron of a layer cannot be removed; remove the layer.")
    chosen = () if neuron is None else (neuron.index,)
    return _planned(config, (RemoveNeurons(layer, 1, chosen),), snapshot)


def added_layer(config: TrainingConfig) -> Surgery:
    """A layer more before the output."""
    return Surgery.planned(config, AddLayer(NEW_LAYER))


def removed_layer(config: TrainingConfig, layer: int) -> Surgery:
    """A hidden layer fewer."""
    _check_layer(config, layer)
    if len(config.hidden) == 1:
        raise ValueError("Layers: the only hidden layer cannot be removed.")
    return Surgery.planned(config, RemoveLayer(layer))


def layers_surgery(before: TrainingConfig, after: TrainingConfig, snapshot: Snapshot | None) -> Surgery:
    """What leads to settings with other layers."""
    surgery = _planned(before, operations_between(before.hidden, after.hidden), snapshot)
    return replace(surgery, config=replace(after, frozen=after.frozen or surgery.config.frozen))


def _check_layer(config: TrainingConfig, layer: int) -> None:
    if not 1 <= layer <= len(config.hidden):
        raise ValueError(f"Layers: there is no hidden layer {layer}.")


def _planned(config: TrainingConfig, operations: tuple[Operation, ...], snapshot: Snapshot | None) -> Surgery:
    """The operations, with the neurons chosen already where the places of what is frozen depend on it."""
    if not config.frozen:
        return Surgery.planned(config, *operations)
    planned: list[Operation] = []
    for operation in operations:
        if isinstance(operation, RemoveNeurons) and not operation.chosen:
            present = config_after(config, planned)
            planned.append(replace(operation, chosen=_least_important(present, operation, snapshot)))
        else:
            planned.append(operation)
    return Surgery.planned(config, *planned)


def _least_important(present: TrainingConfig, operation: RemoveNeurons, snapshot: Snapshot | None) -> tuple[int, ...]:
    """The neurons to remove, as the newest moment tells; the last ones where it is of another network."""
    if snapshot is None or snapshot.config.sizes != present.sizes:
        neurons = present.hidden[operation.layer - 1]
        return tuple(range(neurons - operation.count, neurons))
    config = snapshot.config
    network = Network(config.sizes, snapshot.parameters, config.activation, config.output_activation)
    t = snapshot.target.t[:, :: -(-snapshot.target.t.size // FEW_POINTS)]
    return tuple(least_important(network, t, operation.layer, operation.count, QUICK_PRODUCTS))
