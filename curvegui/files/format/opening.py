"""Opening a file that may be anything, or nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from curvegui.core.language.text import tr
from curvegui.core.regular_file import open_regular, quoted_name, why_unreadable
from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import LARGEST_ARCHIVE, OpenFile


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[OpenFile]:
    """A file to read a project from; its size has been checked.

    Whatever goes wrong, also inside of the block, becomes a ``ProjectError`` that begins with the name of the file.
    """
    try:
        with open_regular(path) as file:
            yield OpenFile(file, _checked_size(os.fstat(file.fileno()).st_size))
    except ProjectError as error:
        raise ProjectError(tr("{path} could not be opened. {error}", path=quoted_name(path), error=error)) from error
    except OSError as error:
        raise ProjectError(
            tr("{path} could not be opened. {error}", path=quoted_name(path), error=why_unreadable(error))
        ) from error
    except MemoryError as error:
        raise ProjectError(
            tr("{path} could not be opened. There is not enough memory for it.", path=quoted_name(path))
        ) from error


def _checked_size(size: int) -> int:
    if size == 0:
        raise ProjectError(tr("It is empty."))
    if size > LARGEST_ARCHIVE:
        raise ProjectError(tr("It is larger than any file that can be opened: {most:,.0f} MB.", most=size / 1e6))
    return size
