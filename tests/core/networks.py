"""Random networks and training points, for tests that hold for all of them."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import Network, parameter_count

NAMES = sorted(ACTIVATIONS)
PAIRS = [(hidden, output) for hidden in NAMES for output in NAMES]


@dataclass(frozen=True)
class Case:
    """A network's layers, activations and parameters, and the points it is to learn."""

    sizes: tuple[int, ...]
    activation: str
    output_activation: str
    parameters: FloatArray
    t: FloatArray
    y: FloatArray

    def network(self, parameters: FloatArray | None = None) -> Network:
        kept = self.parameters.copy() if parameters is None else parameters
        return Network(self.sizes, kept, self.activation, self.output_activation)

    def engine(self) -> Engine:
        engine = Engine(self.sizes, self.activation, self.output_activation, self.t, self.y)
        engine.parameters = self.parameters
        return engine


def random_case(sizes: tuple[int, ...], activation: str, output_activation: str, points: int, seed: int) -> Case:
    """A network whose parameters are N(0, 1) / 2, and points all over the unit square."""
    random = np.random.default_rng(seed)
    parameters = random.standard_normal(parameter_count(sizes)) / 2
    t, y = random.random((1, points)), random.random((2, points))
    return Case(sizes, activation, output_activation, parameters, t, y)


def cases(max_neurons: int = 5, max_points: int = 200) -> st.SearchStrategy[Case]:
    """Networks of 1 to 5 layers with every activation, and 1 to 200 points."""
    hidden = st.lists(st.integers(1, max_neurons), max_size=4)
    return st.builds(
        random_case,
        sizes=hidden.map(lambda neurons: (1, *neurons, 2)),
        activation=st.sampled_from(NAMES),
        output_activation=st.sampled_from(NAMES),
        points=st.integers(1, max_points),
        seed=st.integers(0, 2**32 - 1),
    )


def assert_close(found: FloatArray, expected: FloatArray, relative: float = 1e-12) -> None:
    """Compare arrays, measured by the largest number of the expected one."""
    assert found.shape == expected.shape
    assert np.max(np.abs(found - expected)) <= relative * np.max(np.abs(expected))
