"""How a person can change the network that learns; raises ``ValueError``, a sentence for people, if that cannot be."""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.network import Network, parameter_count
from curvegui.core.network.parts import Neuron, Parameter
from curvegui.core.run.operations import (
    AddNeurons,
    Operation,
    PlannedOperations,
    RemoveLayer,
    RemoveNeurons,
    config_after,
    least_important,
    operations_between,
)
from curvegui.core.settings.config import TrainingConfig

LARGEST_WEIGHT = 1_000_000.0  # a larger one can be drawn nowhere, and says no more
FEW_POINTS = 100
QUICK_PRODUCTS = 5_000_000  # some milliseconds: the window waits
NO_SUCH_WEIGHT = mark("A weight that the network does not have cannot be set.")
NO_SUCH_BIAS = mark("A bias that the network does not have cannot be set.")
WEIGHT_RANGE = mark("A weight is a number from -{largest:,.0f} to {largest:,.0f}.")
BIAS_RANGE = mark("A bias is a number from -{largest:,.0f} to {largest:,.0f}.")


def checked_values(config: TrainingConfig, values: Mapping[Parameter, float]) -> dict[int, float]:
    """Values by the indices of their parameters; raises ``ValueError``, a sentence for people, for a wrong value."""
    for parameter, value in values.items():
        if not parameter.is_in(config.sizes):
            raise ValueError(tr(NO_SUCH_BIAS if parameter.is_bias else NO_SUCH_WEIGHT))
        if not isfinite(value) or abs(value) > LARGEST_WEIGHT:
            raise ValueError(tr(BIAS_RANGE if parameter.is_bias else WEIGHT_RANGE, largest=LARGEST_WEIGHT))
    return {parameter.index_in(config.sizes): float(value) for parameter, value in values.items()}


def check_all(config: TrainingConfig, parameters: FloatArray) -> None:
    """Raise ``ValueError``, with a sentence for people, if these cannot be all parameters of the network."""
    if parameters.size != parameter_count(config.sizes):
        raise ValueError(tr("Layers: the network has other layers now. Nothing was changed."))
    if not (np.abs(parameters) <= LARGEST_WEIGHT).all():
        raise ValueError(tr(WEIGHT_RANGE, largest=LARGEST_WEIGHT))


def added_neuron(config: TrainingConfig, layer: int) -> PlannedOperations:
    _check_layer(config, layer)
    return PlannedOperations.planned(config, AddNeurons(layer))


def removed_layer(config: TrainingConfig, layer: int) -> PlannedOperations:
    _check_layer(config, layer)
    if len(config.hidden) == 1:
        raise ValueError(tr("Layers: the only hidden layer cannot be removed."))
    return PlannedOperations.planned(config, RemoveLayer(layer))


def removed_neuron(
    config: TrainingConfig, neuron: Neuron | None, layer: int, snapshot: Snapshot | None
) -> PlannedOperations:
    """The operation that removes a neuron of a hidden layer: this neuron, or for None the least important one."""
    _check_layer(config, layer)
    if neuron is not None and not (neuron.layer == layer and neuron.is_in(config.sizes)):
        raise ValueError(tr("Layers: layer {layer} has no such neuron.", layer=layer))
    if config.hidden[layer - 1] == 1:
        raise ValueError(tr("Layers: the last neuron of a layer cannot be removed; remove the layer."))
    chosen = () if neuron is None else (neuron.index,)
    return _planned(config, (RemoveNeurons(layer, 1, chosen),), snapshot)


def layer_operations(before: TrainingConfig, after: TrainingConfig, snapshot: Snapshot | None) -> PlannedOperations:
    planned = _planned(before, operations_between(before.hidden, after.hidden), snapshot)
    return replace(planned, config=replace(after, frozen=after.frozen or planned.config.frozen))


def _check_layer(config: TrainingConfig, layer: int) -> None:
    if not 1 <= layer <= len(config.hidden):
        raise ValueError(tr("Layers: there is no hidden layer {layer}.", layer=layer))


def _planned(config: TrainingConfig, operations: tuple[Operation, ...], snapshot: Snapshot | None) -> PlannedOperations:
    """The operations; where parameters are frozen, the neurons to remove are chosen now: frozen ones
    are known by their indices."""
    if not config.frozen:
        return PlannedOperations.planned(config, *operations)
    planned: list[Operation] = []
    for operation in operations:
        if isinstance(operation, RemoveNeurons) and not operation.chosen:
            present = config_after(config, planned)
            planned.append(replace(operation, chosen=_least_important(present, operation, snapshot)))
        else:
            planned.append(operation)
    return PlannedOperations.planned(config, *planned)


def _least_important(present: TrainingConfig, operation: RemoveNeurons, snapshot: Snapshot | None) -> tuple[int, ...]:
    """The neurons to remove by the newest snapshot; the last ones where the snapshot is of another network."""
    if snapshot is None or snapshot.config.sizes != present.sizes:
        neurons = present.hidden[operation.layer - 1]
        return tuple(range(neurons - operation.count, neurons))
    config = snapshot.config
    network = Network(config.sizes, snapshot.parameters, config.activation, config.output_activation)
    t = snapshot.target.t[:, :: -(-snapshot.target.t.size // FEW_POINTS)]
    return tuple(least_important(network, t, operation.layer, operation.count, QUICK_PRODUCTS))
