"""``curvegui worksheet``: the exercise as a notebook for Jupyter, with the module that it runs."""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from curvegui.cli import EXIT_FAILED, EXIT_OK, EXIT_USAGE
from curvegui.cli.options import command_parser
from curvegui.cli.terminal import complain, deliver
from curvegui.core.installing import install_hint
from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import open_regular
from curvegui.exercise.file.template import MODULE, WORKSHEET, worksheet_files
from curvegui.files.disk.atomic import HINTS, WriteError, write_bytes

DESCRIPTION = mark(
    "Write the exercise as a notebook for Jupyter: {worksheet}, and beside it {module},\nwhich brings "
    "plot_training and training_data into it. plot_training trains with the functions of the notebook.\n\nA "
    'notebook from the course runs beside it, too, if its first cell is: %run "{module}"\n\nBesides '
    "Jupyter, it needs ipykernel, Matplotlib and nbformat. {hint}"
)
EXITS = mark("""exit status:
  0    both were written
  1    they could not be written; nothing has changed
  2    one of them is there already, or a wrong option; nothing has changed""")


def main(arguments: Sequence[str]) -> int:
    """Write the notebook and its module, or the one that is missing; returns the exit status."""
    folder = Path(build_parser().parse_args(arguments).folder)
    files = {folder / name: text for name, text in worksheet_files().items()}
    there = [path for path in files if os.path.lexists(path)]  # False where the disk cannot tell
    missing = {path: text for path, text in files.items() if path not in there}
    if not (missing and all(_holds(path, files[path]) for path in there)):
        complain(tr("{name} already exists, and it is unchanged. Choose another folder.", name=there[0]))
        return EXIT_USAGE
    try:
        _write(missing)
    except OSError as error:
        hint = tr(HINTS.get(error.errno or 0, "")) or tr("{error}. Choose another folder.", error=error.strerror)
        words = tr("{filename} could not be made. {hint}", filename=error.filename, hint=hint)
        complain(str(error) if isinstance(error, WriteError) else words)
        return EXIT_FAILED
    words = tr("{worksheet}\nOpen it in Jupyter: jupyter notebook {worksheet}", worksheet=folder / WORKSHEET)
    return EXIT_OK if deliver(words) else EXIT_FAILED


def _holds(path: Path, text: str) -> bool:
    """Whether a file has exactly this text: a command that was ended too early has left it."""
    data = text.encode()
    try:
        with open_regular(path) as file:
            return file.read(len(data) + 1) == data
    except OSError:
        return False


def build_parser() -> argparse.ArgumentParser:
    description = tr(DESCRIPTION, worksheet=WORKSHEET, module=MODULE, hint=install_hint("notebook"))
    parser = command_parser("curvegui worksheet", description, tr(EXITS))
    parser.add_argument("folder", metavar=tr("FOLDER"), help=tr("Where to write them; it is made if it is not there."))
    return parser


def _write(files: Mapping[Path, str]) -> None:
    """Write all files; where one fails, remove the files before it, and the folders that were made for them."""
    made: list[Path] = []
    try:
        for path, text in files.items():
            made += [each for each in (path.parent, *path.parent.parents) if not each.exists()][::-1]
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, text.encode(), replaces=False)
            made.append(path)
    except BaseException:
        for each in reversed(made):
            each.rmdir() if each.is_dir() else each.unlink()
        raise
