"""Which operations lead from some hidden layers to others."""

from curvegui.core.run.operations import AddLayer, AddNeurons, Operation, RemoveLayer, RemoveNeurons

Layers = tuple[int, ...]


def operations_between(before: Layers, after: Layers) -> tuple[Operation, ...]:
    """The operations that lead from some hidden layers to others, each given by its numbers of neurons.

    Layers are added before the output. Where there are to be fewer, those stay that leave most neurons as they are.
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
    # cheapest[k]: the cost of making the first k new layers of old ones, and which of the old ones these are
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
