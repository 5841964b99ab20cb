import numpy as np
import pytest

from curvegui.core.arrays import aligned_zeros, read_only


def test_a_read_only_copy_cannot_be_written_to() -> None:
    copy = read_only(np.arange(3.0))

    with pytest.raises(ValueError, match="read-only"):
        copy[0] = 1


@pytest.mark.parametrize("shape", [(1,), (7, 100), (3, 5, 7)])
def test_aligned_zeros_are_zeros_that_start_on_a_cache_line(shape: tuple[int, ...]) -> None:
    for _ in range(20):
        zeros = aligned_zeros(*shape)
        assert zeros.ctypes.data % 64 == 0
        assert zeros.shape == shape
        assert zeros.dtype == np.float64
        assert zeros.flags.c_contiguous
        assert not zeros.any()
