import numpy as np
import pytest

from curvegui.core.network.noise import BLOCK_ITERATIONS, initial_normals, noise_block

WIDTH = 6
BLOCKS = 100


def test_the_noise_is_a_function_of_seed_and_iteration_and_of_nothing_else() -> None:
    forwards = [noise_block(3, block, WIDTH) for block in range(5)]
    initial_normals(3, 1000)
    backwards = [noise_block(3, block, WIDTH) for block in reversed(range(5))]

    assert np.array_equal(forwards, backwards[::-1])


@pytest.mark.parametrize(("seed", "block"), [(2, 0), (1, 1), (1, 10**7), (2**31 - 1, 0)])
def test_another_seed_or_block_has_other_noise(seed: int, block: int) -> None:
    one, other = noise_block(1, 0, WIDTH), noise_block(seed, block, WIDTH)

    assert not np.isin(other, one).any()


def test_initial_parameters_share_no_number_with_the_noise() -> None:
    assert not np.isin(initial_normals(1, BLOCK_ITERATIONS * WIDTH), noise_block(1, 0, WIDTH)).any()


def test_the_noise_is_normal() -> None:
    numbers = np.concatenate([noise_block(1, block, WIDTH).ravel() for block in range(BLOCKS)])
    error = 1 / np.sqrt(numbers.size)

    assert abs(numbers.mean()) < 5 * error
    assert abs(numbers.std() - 1) < 5 * error
    assert abs((numbers**3).mean()) < 5 * error * np.sqrt(15)
    assert abs((numbers**4).mean() - 3) < 5 * error * np.sqrt(96)


def test_the_noise_of_one_jacobian_says_nothing_about_that_of_another_or_of_the_next_iteration() -> None:
    numbers = np.concatenate([noise_block(1, block, WIDTH) for block in range(BLOCKS)])
    limit = 5 / np.sqrt(len(numbers))

    between = np.corrcoef(numbers.T) - np.eye(WIDTH)
    onwards = np.corrcoef(numbers[:-1].T, numbers[1:].T)[:WIDTH, WIDTH:]

    assert np.abs(between).max() < limit
    assert np.abs(onwards).max() < limit


def test_what_was_drawn_before_does_not_matter() -> None:
    expected = np.random.Generator(np.random.Philox(key=np.array([7, 4], np.uint64))).standard_normal(
        (BLOCK_ITERATIONS, 3)
    )
    initial_normals(1, 5)
    assert np.array_equal(noise_block(7, 3, 3), expected)
    assert np.array_equal(noise_block(7, 3, 3), expected)
