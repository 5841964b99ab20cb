import numpy as np
import pytest

from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.engine.point_block import PointBlock, Workspace
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import layer_blocks
from tests.core.networks import PAIRS, Case, assert_close, random_case

SIZES = (1, 5, 3, 3, 2)
WIDTH = 30


class _Passed:
    """A network of blocks by hand, as the engine makes it."""

    def __init__(self, case: Case, width: int) -> None:
        self.activations = [layer.activation for layer in case.network().layers]
        self.store = ParameterStore(case.sizes, self.activations)
        self.vector, self.sums = self.store.zeros(), self.store.zeros()
        self.store.store(case.parameters, self.vector)
        self.workspace = Workspace(
            self.activations, self.store.blocks(self.vector), self.store.blocks(self.sums), width
        )
        output = self.activations[-1]
        targets = (case.y - output.offset) / output.scale
        self.blocks = [
            PointBlock(self.workspace, columns, case.t[:, columns], targets[:, columns])
            for columns in (slice(start, start + width) for start in range(0, case.t.size, width))
        ]

    def gradient_of(self, block: PointBlock) -> np.ndarray:
        for call in (*block.forward, *block.backward):
            call()
        return self.store.read(self.sums, self.store.sum_units)


@pytest.mark.parametrize(("hidden", "output"), PAIRS)
def test_a_block_leaves_the_sums_of_its_own_points(hidden: str, output: str) -> None:
    case = random_case(SIZES, hidden, output, 2 * WIDTH, seed=1)
    passed = _Passed(case, WIDTH)

    for block in (*passed.blocks, passed.blocks[0]):  # back to the first: nothing of the second is left
        t, y = case.t[:, block.columns], case.y[:, block.columns]
        assert_close(passed.gradient_of(block), case.network().gradient(t, y) * WIDTH)


@pytest.mark.parametrize(("hidden", "output"), PAIRS)
def test_the_forward_pass_leaves_the_output_and_the_backward_pass_its_slope(hidden: str, output: str) -> None:
    case = random_case(SIZES, hidden, output, WIDTH, seed=2)
    passed, activation = _Passed(case, WIDTH), ACTIVATIONS[output]
    z, a = case.network().feed_forward(case.t)[-1]
    passed.gradient_of(passed.blocks[0])

    assert_close(activation.scale * passed.workspace.output + activation.offset, a)
    assert_close(activation.scale * activation.gain * passed.workspace.output_slope, activation.slope_at(z, a))


def test_weights_are_read_anew_in_every_pass() -> None:
    case = random_case(SIZES, "logistic", "logistic", WIDTH, seed=3)
    passed = _Passed(case, WIDTH)
    passed.gradient_of(passed.blocks[0])
    passed.store.store(2 * case.parameters, passed.vector)

    expected = case.network(2 * case.parameters).gradient(case.t, case.y) * WIDTH
    assert_close(passed.gradient_of(passed.blocks[0]), expected)


def test_the_sums_lie_in_the_vector_that_was_given() -> None:
    case = random_case((1, 2), "logistic", "linear", WIDTH, seed=4)
    passed = _Passed(case, WIDTH)
    passed.gradient_of(passed.blocks[0])

    error = case.network().draw(case.t) - case.y
    block = layer_blocks((1, 2), passed.sums)[0]
    np.testing.assert_allclose(block[:, 0], (error * case.t).sum(axis=1))
    np.testing.assert_allclose(block[:, 1], error.sum(axis=1))
