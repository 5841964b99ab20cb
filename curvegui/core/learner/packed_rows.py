"""Many short arrays in a few larger pieces of memory."""

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

SMALLEST_BLOCK, LARGEST_BLOCK = 512, 32_768  # numbers: a short run takes little, and a long one few blocks
BESIDE_BYTES = 24  # what a row takes besides its numbers


class PackedRows:
    """Rows of numbers, of any lengths, one after the other in blocks; what is handed out is a copy.

    As an array of its own, each would take 120 bytes more, or 450 as a keyframe with its state. And where thousands of
    them are let go in between others that stay, the heap is full of holes that cannot be given back.
    """

    def __init__(self, dtype: type[np.floating[Any]] = np.float64) -> None:
        self._dtype = dtype
        self._blocks: list[NDArray[Any]] = []
        self._block_of, self._starts, self._lengths = array("q"), array("q"), array("q")

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def nbytes(self) -> int:
        """How much memory the blocks take that have been begun, and what belongs to the rows besides."""
        return sum(block.nbytes for block in self._blocks) + BESIDE_BYTES * len(self)

    def append(self, row: NDArray[Any]) -> None:
        """Add a row, shape (n,)."""
        start = self._starts[-1] + self._lengths[-1] if len(self) else 0
        if not self._blocks or start + row.size > self._blocks[-1].size:
            start, held = 0, sum(block.size for block in self._blocks)
            room = min(max(held // 2, SMALLEST_BLOCK), LARGEST_BLOCK)
            self._blocks.append(np.empty(max(1, room // max(1, row.size)) * row.size, self._dtype))
        self._blocks[-1][start : start + row.size] = row
        self._block_of.append(len(self._blocks) - 1)
        self._starts.append(start)
        self._lengths.append(row.size)

    def pop(self) -> None:
        """Drop the last row, and the block that it was the only one of."""
        for places in (self._block_of, self._starts, self._lengths):
            places.pop()
        del self._blocks[self._block_of[-1] + 1 if len(self) else 0 :]

    def __getitem__(self, index: int) -> NDArray[Any]:
        return self._view(index).copy()

    def _view(self, index: int) -> NDArray[Any]:
        start = self._starts[index]
        return self._blocks[self._block_of[index]][start : start + self._lengths[index]]

    def views(self, picked: slice) -> list[NDArray[Any]]:
        """Some of the rows, not copied: what is dropped and added later is written over them."""
        return [self._view(index) for index in range(*picked.indices(len(self)))]

    def picked(self, indices: Iterable[int]) -> "PackedRows":
        """Some of the rows, packed anew."""
        rows = PackedRows(self._dtype)
        for index in indices:
            rows.append(self._view(index))
        return rows
