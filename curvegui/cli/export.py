"""``curvegui export``: saves the run of a file in other formats."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from curvegui import __version__
from curvegui.cli import EXIT_FAILED, EXIT_OK, EXIT_USAGE
from curvegui.cli.options import command_parser
from curvegui.cli.picture import (
    LOOK_NAMES,
    add_film_options,
    add_picture_options,
    film_style,
    picture_style,
    prepare_painting,
)
from curvegui.cli.result import table
from curvegui.cli.saving import (
    FROM_RUN,
    RunSaver,
    checked_path,
    refuse_to_replace,
    save_all,
    without_memory,
    written_words,
)
from curvegui.cli.terminal import complain, deliver, interruptible
from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.run.trainer import Trainer
from curvegui.figure.formats import Format, PictureFormat, ending_of, formats
from curvegui.files.format.section import ProjectError
from curvegui.files.project.open_any import find_run
from curvegui.files.project.project import now_utc

DESCRIPTION = mark("""Save a run in another format: from a project, a picture that includes its run, or a line of text.

Pictures look as they do in the project, unless you choose something else.""")
EXITS = mark("""exit status:
  0    everything was saved
  1    a file could not be saved; the others were
  2    there is no run in FILE, or a wrong option; nothing was saved
  130  stopped early, by Ctrl-C or SIGTERM; files that were not complete are not there""")


def main(arguments: Sequence[str]) -> int:
    parser = build_parser()
    options = parser.parse_args(arguments)
    paths = wanted_paths(parser, options)
    try:
        found = find_run(options.file)
    except ProjectError as error:
        complain(str(error))
        return EXIT_USAGE
    refuse_to_replace(parser, found.path, FROM_RUN, paths)
    look = found.project.look if found.project.look in LOOK_NAMES else LOOK_NAMES[0]
    style = picture_style(parser, options, look, found.project.layers)
    film = film_style(parser, options, map(ending_of, paths), look)
    if any(ending_of(path) in formats(PictureFormat) for path in paths):
        prepare_painting()
    try:
        project = replace(found.project, made_by=__version__, saved_at=now_utc())
        with interruptible():
            saved = save_all(paths, RunSaver(Trainer.going_on(project.record), style, project, film))
    except MemoryError:
        return without_memory(found.project.record.parameters.size)
    written = not saved.paths or deliver(table([(tr("saved"), path) for path in saved.paths]))
    for sentence in (*saved.notes, *saved.failures):
        complain(sentence)
    return EXIT_OK if written and not saved.failures else EXIT_FAILED


def build_parser() -> argparse.ArgumentParser:
    usage = tr("%(prog)s FILE [--png OUT] [--svg OUT] [--gif OUT] [--csv OUT]... [pictures] [videos]")
    parser = command_parser("curvegui export", tr(DESCRIPTION), tr(EXITS), usage)
    file_help = tr("A project, a PNG or SVG picture, a text file, or a line of text.")
    parser.add_argument("file", metavar=tr("FILE"), help=file_help)
    group = parser.add_argument_group(tr("what to save; each may be given again"))
    for ending, form in formats(Format).items():
        help_words = f"{capitalised(written_words(form))}."
        group.add_argument(f"--{ending}", metavar=tr("OUT"), action="append", default=[], help=help_words)
    add_picture_options(parser)
    add_film_options(parser)
    return parser


def wanted_paths(parser: argparse.ArgumentParser, options: argparse.Namespace) -> tuple[Path, ...]:
    """The paths to save to. A name must end as its option says, or the file would be opened as something else."""
    names = [(form, name) for form in formats(Format) for name in getattr(options, form)]
    words = mark("“{name}” cannot be saved with --{form}: its name must end in .{form}.")
    for form, name in names:
        if ending_of(name) != form:
            parser.error(tr(words, name=name, form=form))
    if not names:
        parser.error(tr("Say what to save: {options}.", options=", ".join(f"--{form}" for form in formats(Format))))
    return tuple(checked_path(parser, name) for _, name in names)
