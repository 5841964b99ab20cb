"""Which operations lead from some hidden layers to others."""

from curvegui.core.run.operations import AddLayer, AddNeurons, Operation, RemoveLayer, RemoveNeurons

Layers = tuple[int, ...]


def operations_between(before: Layers, after: Layers) -> tuple[Operation, ...]:
    """The operations that give a network other hidden layers.

    Layers are added before the output; of several ways to have fewer, the one that keeps most neurons as they are.

    Parameters
    ----------
    before, after : tuple of int
        Neurons of each hidden layer.
    """
    kept = _kept(before, after)
    operations: list[Operation] = [RemoveLayer(layer) for layer in range(len(before), 0, -1) if layer - 1 not in kept]
    present = [before[index] for index in kept]
    for layer, (has, wanted) in enumerate(zip(present, after, strict=False), start=1):
        if wanted > has:
            operations.append(AddNeurons(layer, wanted - has))
        elif wanted < has:
            operations.append(RemoveNeurons(layer, has - wanted))
    return (*operations, *(AddLayer(neurons) for neurons in after[len(present) :]))


def _kept(before: Layers, after: Layers) -> list[int]:
    """The indices of the layers that stay, ascending."""
    if len(before) <= len(after):
        return list(range(len(before)))
    # cheapest[k]: what the first k layers of those after cost, and which of those looked at they were
    cheapest: list[tuple[float, list[int]]] = [(0, [])] + [(float("inf"), [])] * len(after)
    for index, neurons in enumerate(before):
        with_it = [
            (cost + abs(neurons - wanted), [*chosen, index])
            for (cost, chosen), wanted in zip(cheapest, after, strict=False)
        ]
        cheapest = [cheapest[0], *(min(pair, key=_cost) for pair in zip(cheapest[1:], with_it, strict=True))]
    return cheapest[-1][1]


def _cost(way: tuple[float, list[int]]) -> float:
    return way[0]
