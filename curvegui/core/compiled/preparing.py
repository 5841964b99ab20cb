"""The compiled kernels, made ready once for each precision.

Importing this module needs no Numba and takes no time; ``prepare`` compiles, or loads what was compiled before.
"""

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curvegui.core.compiled.library import Library

_libraries: dict[str, "Library"] = {}
_compiling = Lock()


def is_prepared(precision: str = "double") -> bool:
    """Whether an engine of this precision can be built at once."""
    return precision in _libraries


def prepare(precision: str = "double") -> "Library":
    """Compile the kernels for a precision, or load them; again, it takes no time. Any thread may call it.

    Raises ``ImportError`` where Numba is not there or does not fit the NumPy that is.
    """
    with _compiling:
        if precision not in _libraries:
            from curvegui.core.compiled.library import Library

            _libraries[precision] = Library(precision)
        return _libraries[precision]
