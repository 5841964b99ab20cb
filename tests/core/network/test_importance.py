"""Which neurons matter least, also where there are too many to try them all."""

import numpy as np
import pytest

from curvegui.core.network.network import Network, initial_parameters, named_parameters
from curvegui.core.run.operations import least_important

SIZES = (1, 30, 5, 2)
T = np.linspace(0, 1, 50)[np.newaxis]


@pytest.fixture
def network() -> Network:
    parameters = initial_parameters(SIZES, 3)
    named_parameters(SIZES, parameters)["W2"][:, [4, 20]] *= [1e-6, 1e-3]
    return Network(SIZES, parameters)


@pytest.mark.parametrize("products", [0, 10_000, 10**9])
def test_the_least_important_come_first_however_much_is_tried(network: Network, products: int) -> None:
    assert least_important(network, T, 1, 2, products) == [4, 20]
    many = least_important(network, T, 1, 29, products)
    assert many[:2] == [4, 20]
    assert len(set(many)) == 29
