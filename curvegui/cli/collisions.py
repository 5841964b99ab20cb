"""What a command saves has a file of its own: not one that it reads, and no two things in one."""

import argparse
import os
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from curvegui.core.language.text import mark, tr

FROM_CURVE = mark("“{path}” is the file that the curve comes from. Choose another name.")
FROM_RUN = mark("“{path}” is the file that the run comes from. Choose another name.")


def refuse_to_replace(parser: argparse.ArgumentParser, source: Path | None, words: str, paths: Sequence[Path]) -> None:
    """End the program with status 2 where a source or another of the paths would be written over.

    There may be more in the source than what is saved; ``words`` say what it is.
    """
    for path in paths:
        if source is not None and _is_same(path, source):
            parser.error(tr(words, path=path))
    for one, other in combinations(paths, 2):
        if _is_same(one, other):
            parser.error(tr("“{path}” is named for two things to save. Choose another name for one.", path=other))


def _is_same(one: Path, other: Path) -> bool:
    """Whether two names are of one file, by links of any kind, also where there is none yet."""
    try:
        return one.samefile(other)
    except OSError:  # one is not there, or may not be looked at
        first, second = (os.path.normcase(os.path.realpath(path)) for path in (one, other))
        return first == second
