import numpy as np
import pytest

from curvegui.core.arrays import aligned_zeros, read_only


def test_a_read_only_copy_cannot_be_written_to() -> None:
    copy = read_only(np.arange(3.0))

    with pytest.raises(ValueError, match="read-only"):
        copy[0] = 1


def test_a_read_only_copy_does_not_follow_its_original() -> None:
    original = np.arange(6.0).reshape(2, 3)
    copy = read_only(original)
    original[:] = -1

    assert copy.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert original.flags.writeable


def test_a_read_only_copy_of_a_view_lies_in_one_piece() -> None:
    copy = read_only(np.arange(6.0).reshape(2, 3).T)

    assert copy.flags.c_contiguous
    assert copy.tolist() == [[0, 3], [1, 4], [2, 5]]


@pytest.mark.parametrize("shape", [(1,), (7, 100), (3, 5, 7)])
def test_aligned_zeros_are_zeros_that_start_on_a_cache_line(shape: tuple[int, ...]) -> None:
    for _ in range(20):
        zeros = aligned_zeros(*shape)
        assert zeros.ctypes.data % 64 == 0
        assert zeros.shape == shape
        assert zeros.dtype == np.float64
        assert zeros.flags.c_contiguous
        assert not zeros.any()
