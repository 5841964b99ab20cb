"""``curvegui sweep``: carries out many runs, writes their table, and returns the exit status."""

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from curvegui.cli import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK
from curvegui.cli.collisions import FROM_CURVE, refuse_to_replace
from curvegui.cli.curve_source import curve_file
from curvegui.cli.picture import prepare_painting
from curvegui.cli.saving import checked_picture
from curvegui.cli.stopping import StopRequest
from curvegui.cli.streams import complain, deliver
from curvegui.cli.sweep.options import arithmetic_from, build_parser, check_counts, kept_in, plan_from, workers_from
from curvegui.cli.sweep.result import SweepProgress, SweepResult, save_pictures
from curvegui.cli.train import refuse_unless_small
from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.language.text import tr, tr_n
from curvegui.core.network.network import parameter_count
from curvegui.core.sweep.plan import SweepPlan
from curvegui.core.sweep.table import Column, columns_of, in_order, rows_of
from curvegui.files.disk.atomic import WriteError
from curvegui.sweeps.cluster import Cluster
from curvegui.sweeps.executor import ExecutorError, Failure, Workers, carry_out
from curvegui.sweeps.results import SweepFile, computed, mixture_words


def main(arguments: Sequence[str]) -> int:
    """Carry out the sweep that the options describe; returns the exit status, 0, 1 or 130.

    Raises ``SystemExit`` with status 2 where nothing could be tried, and 0 after ``--help`` and ``--version``.
    """
    parser = build_parser()
    options = parser.parse_args(arguments)
    check_counts(parser, options)
    plan, workers = plan_from(parser, options), workers_from(parser, options)
    column = _column(parser, plan, options.sort)
    largest = max((task.config for task in plan.tasks()), key=lambda config: parameter_count(config.sizes))
    refuse_unless_small(parser, largest, options.yes)
    pictures = [checked_picture(parser, name) for name in (options.picture, options.plot) if name is not None]
    refuse_to_replace(parser, curve_file(options), FROM_CURVE, [kept_in(plan, options), *pictures])
    if pictures:
        prepare_painting()
    try:
        with SweepFile(kept_in(plan, options), plan) as file:
            arithmetic = arithmetic_from(options, file.kept)
            return _carried_out(file, workers, arithmetic, column, options)
    except WriteError as error:
        complain(str(error))
        return EXIT_FAILED
    except ValueError as error:  # of the file, which is not one that could be used
        parser.error(str(error))


def _carried_out(
    file: SweepFile, workers: Workers, arithmetic: Arithmetic, column: Column, options: argparse.Namespace
) -> int:
    """Make the missing runs, and report and paint all results; returns the exit status."""
    if isinstance(workers, Cluster) and workers.warning:
        complain(workers.warning)
    with StopRequest() as stop:
        failures, trouble = _tried(file, workers, arithmetic, stop, options.quiet)
        interrupted = stop.requested and len(file.results) < len(file.kept.tasks)
        rows = in_order(rows_of(file.kept.tasks, file.results), column, options.descending)
        result = SweepResult(file.kept.plan, file.path, rows, failures, interrupted)
        troubles = [*map(str, failures), *trouble, *_painted(result, options)]
        written = deliver(_text(result, options))
    mixture = mixture_words(computed(file.results.values()))
    for sentence in (*troubles, *([mixture] if mixture else [])):
        complain(sentence)
    complain(_where(file))
    if interrupted:
        return EXIT_INTERRUPTED
    return EXIT_OK if written and not troubles else EXIT_FAILED


def _tried(
    file: SweepFile, workers: Workers, arithmetic: Arithmetic, stop: StopRequest, quiet: bool
) -> tuple[tuple[Failure, ...], tuple[str, ...]]:
    """Make the missing runs; returns those that failed, and what ended it all too early."""
    progress = SweepProgress(len(file.kept.tasks), list(file.results.values()), quiet)
    try:
        return carry_out(file, workers, lambda: stop.requested, progress.update, arithmetic), ()
    except (ExecutorError, WriteError) as error:
        return (), (str(error),)
    finally:
        progress.finish()


def _text(result: SweepResult, options: argparse.Namespace) -> str:
    if options.json:
        return result.as_json()
    return result.as_csv() if options.csv else result.as_text(options.top)


def _painted(result: SweepResult, options: argparse.Namespace) -> tuple[str, ...]:
    picture, plot = (None if name is None else Path(name) for name in (options.picture, options.plot))
    return save_pictures(result.plan, result.rows, top=options.top, picture=picture, plot=plot, look=options.look)


def _column(parser: argparse.ArgumentParser, plan: SweepPlan, key: str) -> Column:
    columns = {column.key: column for column in columns_of(plan)}
    if key not in columns:
        parser.error(tr("There is no column “{key}”. There are: {columns}.", key=key, columns=", ".join(columns)))
    return columns[key]


def _where(file: SweepFile) -> str:
    missing = len(file.kept.tasks) - len(file.results)
    if not missing:
        return tr("The results are saved in {path}.", path=file.path)
    return tr_n(
        "{n:,} run is missing. To continue: curvegui sweep --resume {path}",
        "{n:,} runs are missing. To continue: curvegui sweep --resume {path}",
        missing,
        path=_quoted(str(file.path)),
    )


def _quoted(path: str) -> str:
    """A path as a word of a command, for the shell that is usual here."""
    return f'"{path}"' if sys.platform == "win32" else shlex.quote(path)  # no name has quotes on Windows
