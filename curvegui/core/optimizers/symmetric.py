"""Products and equations of large symmetric matrices in pieces, between which the work can be ended."""

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled

SMALL, PANEL = 768, 256  # rows: that are taken at once, a few hundredths of a second, and of a piece of more


def products(rows: FloatArray) -> FloatArray:
    """Of all pairs of rows, shape (m, n): the matrix times its transpose."""
    count = len(rows)
    if count <= SMALL:
        return np.asarray(rows @ rows.T)
    found = np.empty((count, count))
    for start in range(0, count, PANEL):
        check_cancelled()
        stop = min(start + PANEL, count)
        found[start:stop, :stop] = rows[start:stop] @ rows[:stop].T
        found[:start, start:stop] = found[start:stop, :start].T
    return found


def solved(matrix: FloatArray, right: FloatArray) -> FloatArray:
    """The x of matrix · x = right, by Cholesky in panels where the matrix is large; it is written over then.

    The matrix is symmetric and positive definite, shape (m, m). Raises ``LinAlgError`` where rounding denies that.
    """
    count = len(matrix)
    if count <= SMALL:
        return np.asarray(np.linalg.solve(matrix, right))
    x, panels = right.copy(), [slice(start, min(start + PANEL, count)) for start in range(0, count, PANEL)]
    for panel in panels:
        check_cancelled()
        below = slice(panel.stop, count)
        corner = matrix[panel, panel] = np.linalg.cholesky(matrix[panel, panel])
        side = matrix[below, panel] = np.linalg.solve(corner, matrix[below, panel].T).T
        matrix[below, below] -= side @ side.T
        x[panel] = np.linalg.solve(corner, x[panel])
        x[below] -= side @ x[panel]
    for panel in reversed(panels):
        below = slice(panel.stop, count)
        rest = x[panel] - matrix[below, panel].T @ x[below]
        x[panel] = np.linalg.solve(matrix[panel, panel].T, rest)
    return x
