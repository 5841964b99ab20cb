"""Everything that can be said about a run at one iteration, computed when it is first asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.learner import Snapshot
from curvegui.core.network.network import Network, layer_blocks
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block
from curvegui.core.network.parts import Parameter

Passed = list[tuple[FloatArray, FloatArray]]
"""Weighted sums and activations of every layer, as `Network.feed_forward` returns them."""

BLOCK_POINTS = 4_096  # that are computed at once: all that comes of them stays near the processor
LARGE = 500_000  # points times parameters: a few milliseconds


def shares_of(count: int) -> Iterator[tuple[slice, float]]:
    """Slices of so many points, each with its share of all: a mean over all is the slices' means times their shares."""
    for start in range(0, count, BLOCK_POINTS):
        stop = min(start + BLOCK_POINTS, count)
        yield slice(start, stop), (stop - start) / count


class InspectedSnapshot:
    """The mathematics of a snapshot, read only; ``t``, shape (1, N), and ``points``, shape (2, N), are the training
    points."""

    def __init__(self, snapshot: Snapshot) -> None:
        config, target = snapshot.config, snapshot.target
        self.snapshot = snapshot
        self.network = Network(config.sizes, snapshot.parameters, config.activation, config.output_activation)
        self.sizes = self.network.sizes
        trained = target.trained
        self.t, self.points = (
            (target.t[:, trained], target.points[:, trained]) if target.has_test else (target.t, target.points)
        )

    @property
    def is_large(self) -> bool:
        """Whether inspecting takes longer than the time between two frames."""
        return self.t.size * self.snapshot.parameters.size > LARGE

    def prepare(self) -> "InspectedSnapshot":
        """Compute the slow parts, in any thread, before another thread asks for them; return this inspection."""
        assert self.passed and self.gradient.size
        return self

    @cached_property
    def passed(self) -> Passed:
        """(z, a) of every layer at the training points, the input first: shapes (n, N)."""
        return self.network.feed_forward(self.t)

    @cached_property
    def jacobians(self) -> list[tuple[FloatArray, FloatArray]]:
        """J_W and J_b of every layer after the input: shapes (n, m) and (n, 1)."""
        found: list[tuple[FloatArray, FloatArray]] = []
        for some, share in shares_of(self.t.size):
            block = [
                (share * weights, share * biases)
                for weights, biases in self.network.jacobians(self.t[:, some], self.points[:, some])
            ]
            pairs = zip(found, block, strict=True) if found else ()
            found = [(w + more_w, b + more_b) for (w, b), (more_w, more_b) in pairs] or block
        return found

    @cached_property
    def gradient(self) -> FloatArray:
        """The Jacobians as one flat vector, shape (P,)."""
        return np.concatenate([np.hstack(pair).ravel() for pair in self.jacobians])

    @cached_property
    def noise_factors(self) -> FloatArray:
        """1 + noise · N of each Jacobian in the next iteration: J_W1 ... J_WL, then J_b1 ... J_bL; shape (2 L,)."""
        config, width = self.snapshot.config, 2 * (len(self.sizes) - 1)
        block, row = divmod(self.snapshot.iteration, BLOCK_ITERATIONS)
        factors: FloatArray = 1.0 + config.noise * noise_block(config.seed, block, width)[row]
        return factors

    @cached_property
    def decays(self) -> FloatArray:
        """What weight decay adds to the Jacobians, shape (P,): its strength times each weight; 0 for the biases."""
        strength = self.snapshot.config.weight_decay
        if not strength:  # numbers that ran away times 0 are no numbers
            return np.zeros_like(self.snapshot.parameters)
        decays = strength * self.snapshot.parameters
        for block in layer_blocks(self.sizes, decays):
            block[:, -1] = 0.0
        return decays

    @cached_property
    def steps(self) -> FloatArray:
        """What the next iteration subtracts from each parameter, shape (P,): see `Update`; 0 where frozen."""
        layers = len(self.sizes) - 1
        steps = self.gradient + self.decays
        for layer, block in enumerate(layer_blocks(self.sizes, steps)):
            block[:, :-1] *= self.noise_factors[layer]
            block[:, -1] *= self.noise_factors[layers + layer]
        steps *= self.snapshot.config.aggression
        steps[list(self.snapshot.config.frozen)] = 0.0
        return steps

    @cached_property
    def next_parameters(self) -> FloatArray:
        """The parameters after the next iteration, shape (P,)."""
        return self.snapshot.parameters - self.steps


MOST_PULLED = 5_000  # of more points, so many stand for all: thirty of them are seen


@dataclass(frozen=True, eq=False)
class Pulls:
    """Arrows, shape (2, n), at `MOST_PULLED` training points at most. The cost pulls each point to its target, by
    -dC/da; but all points share the weights, so an iteration moves the curve in another way."""

    points: FloatArray  # of the drawn curve: a
    gradient: FloatArray  # dC/da = 2 (a - y) / N
    moves: FloatArray  # of the curve's points in an iteration without noise, which changes no frozen parameter


def pulls(inspected: InspectedSnapshot) -> Pulls:
    """The arrows of a run at one iteration; not finite where the run's numbers are not."""
    config, count = inspected.snapshot.config, inspected.t.size
    some = np.linspace(0, count - 1, min(count, MOST_PULLED)).astype(np.intp)
    t = inspected.t[:, some]
    with np.errstate(all="ignore"):  # a diverged run is diagnosed, not warned about
        a = inspected.network.draw(t)
        steps = config.aggression * (inspected.gradient + inspected.decays)
        steps[list(config.frozen)] = 0.0
        moved = inspected.snapshot.parameters - steps
        after = Network(inspected.sizes, moved, config.activation, config.output_activation)
        return Pulls(a, 2 * (a - inspected.points[:, some]) / count, after.draw(t) - a)


@dataclass(frozen=True)
class Update:
    """What the next iteration does to a parameter: new = old − aggression · (1 + noise · N) · (J + decay)."""

    old: float
    jacobian: float  # the average over all points, whichever point is looked at
    decay: float  # the weight decay times the parameter; 0 for a bias
    normal: float  # N, the present random number of the parameter's matrix
    noise: float
    factor: float  # 1 + noise · N
    aggression: float
    step: float  # old − new
    new: float

    @property
    def is_uphill(self) -> bool:
        """Whether the noise has reversed the direction."""
        return self.factor < 0

    @property
    def is_kept(self) -> bool:
        """Whether the parameter is frozen: unchanged, although the formula would move it."""
        return self.step == 0 and self.aggression * self.factor * (self.jacobian + self.decay) != 0


def update_of(inspected: InspectedSnapshot, parameter: Parameter) -> Update:
    """What the next iteration does to a parameter."""
    config, layers = inspected.snapshot.config, len(inspected.sizes) - 1
    place, number = parameter.index_in(inspected.sizes), parameter.layer - 1 + layers * parameter.is_bias
    block, row = divmod(inspected.snapshot.iteration, BLOCK_ITERATIONS)
    return Update(
        old=float(inspected.snapshot.parameters[place]),
        jacobian=float(inspected.gradient[place]),
        decay=float(inspected.decays[place]),
        normal=float(noise_block(config.seed, block, 2 * layers)[row, number]),
        noise=config.noise,
        factor=float(inspected.noise_factors[number]),
        aggression=config.aggression,
        step=float(inspected.steps[place]),
        new=float(inspected.next_parameters[place]),
    )
