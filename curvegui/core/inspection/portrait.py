"""Everything that can be said about a run at one iteration, computed when it is first asked for."""

from functools import cached_property

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.learner.snapshot import Snapshot
from curvegui.core.network.network import Network, layer_blocks
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block

Passed = list[tuple[FloatArray, FloatArray]]
"""Weighted sums and activations of every layer, as `Network.feed_forward` returns them."""


class Portrait:
    """The mathematics of a snapshot: what the panels show. Nobody writes to its arrays.

    Parameters
    ----------
    snapshot : Snapshot

    Attributes
    ----------
    snapshot : Snapshot
    network : Network
    sizes : tuple of int
    t, points : ndarray, shapes (1, N) and (2, N)
        The points that the network trains on.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        config, target = snapshot.config, snapshot.target
        self.snapshot = snapshot
        self.network = Network(config.sizes, snapshot.parameters, config.activation, config.output_activation)
        self.sizes = self.network.sizes
        trained = target.trained
        self.t, self.points = (
            (target.t[:, trained], target.points[:, trained]) if target.has_test else (target.t, target.points)
        )

    @cached_property
    def passed(self) -> Passed:
        """(z, a) of every layer at the training points, the input first: shapes (n, N)."""
        return self.network.feed_forward(self.t)

    @cached_property
    def jacobians(self) -> list[tuple[FloatArray, FloatArray]]:
        """J_W and J_b of every layer after the input: shapes (n, m) and (n, 1)."""
        return self.network.jacobians(self.t, self.points)

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
    def steps(self) -> FloatArray:
        """What the next iteration takes off each parameter: aggression · (1 + noise · N) · J; 0 where frozen; (P,)."""
        layers = len(self.sizes) - 1
        steps = self.gradient.copy()
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
