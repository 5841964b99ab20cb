"""Notebooks as Jupyter judges them, in a process of its own: the judge takes 17 MB of one for good."""

import os
from pathlib import Path

from tests.help.command import run

VALIDATE = """import sys, nbformat
for path in sys.argv[1:]:
    nbformat.validate(nbformat.read(path, 4))"""


def assert_valid(*paths: Path) -> None:
    """Fail where one of these files is no notebook."""
    ended = run("-c", VALIDATE, *map(os.fspath, paths), program=())
    assert ended.returncode == 0, ended.stderr
