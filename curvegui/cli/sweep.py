"""``curvegui sweep``: carries out many runs, writes their table, and returns the exit status."""

import argparse
import csv
import io
import json
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from curvegui.cli import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK
from curvegui.cli.curve_source import add_curve_options, curve_file, take_curve
from curvegui.cli.options import (
    add_engine_options,
    add_settings,
    command_parser,
    config_from,
    number_or_text,
    refuse_missing,
    refuse_unused,
)
from curvegui.cli.picture import LOOK_NAMES, prepare_painting
from curvegui.cli.result import SparseLine, engine_facts
from curvegui.cli.saving import FROM_CURVE, checked_path, refuse_to_replace
from curvegui.cli.terminal import StopRequest, complain, deliver
from curvegui.cli.train import refuse_unless_small
from curvegui.core.engine.backend import AUTO, NUMPY, Backend
from curvegui.core.installing import install_hint
from curvegui.core.language.text import capitalised, either, mark, tr, tr_n
from curvegui.core.learner.caption import short_cost
from curvegui.core.network.network import parameter_count
from curvegui.core.settings.as_json import plain_value
from curvegui.core.settings.config import EDITED_SETTINGS, SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.core.sweep.plan import MOST_RUNS, NOT_VARIED, SweepPlan, parsed_axis, value_text
from curvegui.core.sweep.table import Column, Row, columns_of, cost_chart, in_order, rows_of
from curvegui.core.sweep.task import TaskResult
from curvegui.figure.formats import PictureFormat, ending_of, formats
from curvegui.files.disk.atomic import WriteError, write_bytes
from curvegui.files.disk.progress_line import duration
from curvegui.files.format.section import ProjectError
from curvegui.sweeps.cluster import CONNECT_SECONDS, Cluster, Tls
from curvegui.sweeps.executor import ExecutorError, Failure, Workers, carry_out
from curvegui.sweeps.local_pool import MOST_WORKERS, LocalPool
from curvegui.sweeps.results import KeptSweep, SweepFile, chosen_for, computed, mixture_words, read_sweep, sweep_name

DESCRIPTION = mark("""Try many settings, each with one seed or several, on all cores.

  curvegui sweep --vary 'aggression=0.1..100*7' noise=0,1,3 --seeds 4 --iterations 5000

Results are saved in a file as they arrive. To continue a sweep that was stopped, repeat the command or use
--resume with that file. Progress goes to stderr and the table to stdout.""")
EXITS = mark("""what --vary takes, one or more of:
  noise=0,1,3              these values; layers are written hidden=6-7,8-8
  'aggression=0.1..100*7'  seven values, evenly spaced on a log scale; quote the *, or write x
  noise=0..3+7             seven values in equal steps
  seed=1..40               every whole number; with --sample, anything in between

exit status:
  0    all runs have results
  1    a run failed, or something could not be written or reached; the results so far are saved
  2    a wrong option; nothing was tried
  130  stopped early, by Ctrl-C or SIGTERM; the results so far are saved""")
AUTO_ENGINE = mark(
    "auto, the default, continues with the engine of the sweep, or takes the faster one for a new sweep."
)
OWN_WAYS = ("curve", "points", *NOT_VARIED)
COUNTS = {
    "seeds": Setting("Seeds", "Runs for each combination, with --seed and the seeds after it.", low=1, high=MOST_RUNS),
    "sample": Setting("Sample", "How many combinations to try, at random; default all.", low=1, high=MOST_RUNS),
    "sample_seed": Setting(
        "Sample seed", "Where the random numbers of --sample come from.", high=SETTINGS["seed"].high
    ),
    "workers": Setting("Workers", "How many processes work in parallel.", low=1, high=MOST_WORKERS),
    "top": Setting("Top", "Show only the first rows: how many.", low=1, high=MOST_RUNS),
    "connect_timeout": Setting("Time-out", "Seconds to wait for a connection.", low=0.1, high=3_600),
}


def main(arguments: Sequence[str]) -> int:
    parser = build_parser()
    options = parser.parse_args(arguments)
    try:
        for name, setting in COUNTS.items():
            if (given := getattr(options, name)) is not None:
                setattr(options, name, setting.check_number(given, whole=name != "connect_timeout"))
    except ValueError as error:
        parser.error(str(error))
    plan, workers = plan_from(parser, options), workers_from(parser, options)
    columns = {column.key: column for column in columns_of(plan)}
    if options.sort not in columns:
        known = ", ".join(columns)
        parser.error(tr("There is no column “{key}”. There are: {columns}.", key=options.sort, columns=known))
    largest = max((task.config for task in plan.tasks()), key=lambda config: parameter_count(config.sizes))
    refuse_unless_small(parser, largest, options.yes)
    path = Path(options.resume or options.keep or sweep_name(plan))  # the same for the same plan
    names = filter(None, (options.picture, options.plot))
    pictures = [checked_path(parser, name, PictureFormat) for name in names]
    refuse_to_replace(parser, curve_file(options), FROM_CURVE, [path, *pictures])
    if pictures:
        prepare_painting()
    try:
        with SweepFile(path, plan) as file:
            return _carried_out(file, workers, columns[options.sort], options)
    except WriteError as error:
        complain(str(error))
        return EXIT_FAILED
    except ValueError as error:  # of the file, which is not one that could be used
        parser.error(str(error))


def build_parser() -> argparse.ArgumentParser:
    usage = tr("%(prog)s [--vary SETTING=VALUES ...] [sweep] [engine] [curve] [settings] [results] [--quiet]")
    parser = command_parser("curvegui sweep", tr(DESCRIPTION), tr(EXITS), usage)
    file = tr("FILE")

    def add_count(group: argparse._ArgumentGroup, name: str, more: str = "") -> None:
        setting = COUNTS[name]
        tip = f"{setting.whole_tip} {capitalised(setting.allowed(whole=name != 'connect_timeout'))}{more}."
        group.add_argument(f"--{name.replace('_', '-')}", metavar="N", type=number_or_text, help=tip)

    group = parser.add_argument_group(tr("sweep"))
    vary = tr("What is varied: any of {vary}.", vary=", ".join(name for name in SETTINGS if name not in NOT_VARIED))
    group.add_argument("--vary", metavar=tr("SETTING=VALUES"), nargs="+", action="extend", default=[], help=vary)
    for name in ("seeds", "sample", "sample_seed", "workers"):
        add_count(group, name)
    group.add_argument("--keep", metavar=file, help=tr("The file to save the results in; default sweep-….jsonl."))
    group.add_argument("--resume", metavar=file, help=tr("Continue the sweep in this file."))
    parser.add_argument("--quiet", action="store_true", help=tr("Show no progress."))
    parser.add_argument("--yes", action="store_true", help=tr("Train very large networks without asking."))

    group = parser.add_argument_group(tr("results"))
    form = group.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("Print the results as one JSON object."))
    form.add_argument("--csv", action="store_true", help=tr("Print the results as comma-separated values."))
    columns = tr("number, cost, best_cost, cpu_seconds, a varied setting ...")
    group.add_argument("--sort", metavar=tr("COLUMN"), default="cost", help=columns)
    group.add_argument("--descending", action="store_true", help=tr("Largest first."))
    add_count(group, "top")
    endings = either([f".{ending}" for ending in formats(PictureFormat)])
    curves = tr("Save the curves of the first runs: {endings}.", endings=endings)
    group.add_argument("--picture", metavar=file, help=curves)
    costs = tr("Save a plot of the cost by setting: {endings}.", endings=endings)
    group.add_argument("--plot", metavar=file, help=costs)
    group.add_argument("--look", choices=LOOK_NAMES, default="light", help=tr("The colours of both; default light."))

    about = tr("Workers of dask.distributed. {hint}", hint=install_hint("cluster"))
    group = parser.add_argument_group(tr("cluster"), about)
    group.add_argument("--scheduler", metavar=tr("ADDRESS"), help=tr("For example tls://host:8786."))
    authority = tr("The authority that signs the scheduler's certificate (PEM).")
    group.add_argument("--tls-ca", metavar=file, help=authority)
    group.add_argument("--tls-cert", metavar=file, help=tr("Your own certificate (PEM)."))
    group.add_argument("--tls-key", metavar=file, help=tr("Its key (PEM)."))
    trust = tr("Connect without tls://. Whoever answers at the address can run programs as you on this computer.")
    group.add_argument("--trust-scheduler", action="store_true", help=trust)
    add_count(group, "connect_timeout", tr("; default {seconds:g}", seconds=CONNECT_SECONDS))

    add_engine_options(parser, tr(AUTO_ENGINE))
    parser.set_defaults(precision=None)  # that of the results that are there
    add_curve_options(parser)
    add_settings(parser, (name for name in EDITED_SETTINGS if name not in OWN_WAYS))
    return parser


def plan_from(parser: argparse.ArgumentParser, options: argparse.Namespace) -> SweepPlan:
    """The plan that the options describe, or that of the file to resume. Wrong options end with status 2."""
    if options.resume is not None:
        names = "seeds", "sample", "sample_seed", "keep", "svg", "text", "font", "formula", *SETTINGS
        given = (getattr(options, name, None) for name in names if name != "points")
        if options.vary or options.points or any(value is not None for value in given):
            parser.error(tr("--resume takes all of the sweep from its file: leave out what it tries, and --keep."))
        try:
            return read_sweep(options.resume).plan
        except ProjectError as error:
            parser.error(str(error))
    if not options.vary and options.seeds is None:
        parser.error(tr("There is nothing to vary. Add --vary, as in --vary noise=0,1,3, or --seeds."))
    take_curve(parser, options)
    base = config_from(parser, options)
    seeds = 1 if options.seeds is None else options.seeds
    try:
        plan = SweepPlan(base, tuple(map(parsed_axis, options.vary)), seeds, options.sample, options.sample_seed or 0)
    except ValueError as error:
        parser.error(str(error))
    refuse_unused(parser, options, plan.ways())
    return plan


def backend_from(options: argparse.Namespace, kept: KeptSweep) -> Backend:
    """The backend for the missing runs: what the options ask for, else that of the results so far."""
    found = chosen_for(kept, Backend(AUTO, options.precision or NUMPY.precision))
    engine = found.engine if options.engine == AUTO else options.engine
    return Backend(engine, options.precision or found.precision)


def workers_from(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Workers:
    """The workers that carry out the runs; options that contradict each other end the program with status 2."""
    files = [None if name is None else Path(name) for name in (options.tls_ca, options.tls_cert, options.tls_key)]
    if options.scheduler is None:
        if any(files) or options.trust_scheduler or options.connect_timeout is not None:
            words = tr("--tls-ca, --tls-cert, --tls-key, --trust-scheduler and --connect-timeout are for --scheduler.")
            parser.error(words)
        refuse_missing(parser, options)
        return LocalPool(options.workers)
    if options.workers is not None:
        parser.error(tr("--workers is for this machine: a scheduler has its own."))
    try:
        timeout = options.connect_timeout or CONNECT_SECONDS
        cluster = Cluster(options.scheduler, Tls(*files), timeout, is_trusted=options.trust_scheduler)
    except ValueError as error:
        parser.error(str(error))
    if cluster.tls.trouble:
        parser.error(cluster.tls.trouble)
    return cluster


def _carried_out(file: SweepFile, workers: Workers, column: Column, options: argparse.Namespace) -> int:
    """Make the missing runs, and report and paint all results; returns the exit status."""
    if isinstance(workers, Cluster) and workers.warning:
        complain(workers.warning)
    kept, failures, troubles = file.kept, tuple[Failure, ...](), list[str]()
    with StopRequest() as stop:
        progress = SweepProgress(len(kept.tasks), list(file.results.values()), options.quiet)
        try:
            backend = backend_from(options, kept)
            failures = carry_out(file, workers, lambda: stop.requested, progress.update, backend)
        except (ExecutorError, WriteError) as error:
            troubles = [str(error)]
        finally:
            progress.finish()
        interrupted = stop.requested and len(file.results) < len(kept.tasks)
        rows = in_order(rows_of(kept.tasks, file.results), column, options.descending)
        result = SweepResult(kept.plan, file.path, rows, failures, interrupted)
        troubles = [*map(str, failures), *troubles]
        if options.picture is not None:
            troubles += _saved(Path(options.picture), lambda form: _curves(rows[: options.top], options.look, form))
        if options.plot is not None:
            troubles += _saved(Path(options.plot), lambda form: _costs(kept.plan, rows, options.look, form))
        text = result.as_json() if options.json else result.as_csv() if options.csv else result.as_text(options.top)
        written = deliver(text)
    for sentence in filter(None, (*troubles, mixture_words(computed(file.results.values())))):
        complain(sentence)
    if missing := len(kept.tasks) - len(file.results):
        path = str(file.path)  # a word of a command, for the shell that is usual here: no name has quotes on Windows
        complain(
            tr_n(
                "{n:,} run is missing. To continue: curvegui sweep --resume {path}",
                "{n:,} runs are missing. To continue: curvegui sweep --resume {path}",
                missing,
                path=f'"{path}"' if sys.platform == "win32" else shlex.quote(path),
            )
        )
    else:
        complain(tr("The results are saved in {path}.", path=file.path))
    if interrupted:
        return EXIT_INTERRUPTED
    return EXIT_OK if written and not troubles else EXIT_FAILED


@dataclass(frozen=True)
class SweepResult:
    plan: SweepPlan
    path: Path  # where the results are kept
    rows: Sequence[Row]  # sorted
    failures: Sequence[Failure]
    interrupted: bool  # a signal ended it before its last run

    def as_text(self, top: int | None = None) -> str:
        has_diverged = any(row.result.diverged for row in self.rows)
        columns = [column for column in columns_of(self.plan) if column.key != "diverged" or has_diverged]
        table = [[column.label for column in columns]]
        table += [[column.text(row) for column in columns] for row in self.rows[:top]]
        widths = [max(map(len, cells)) for cells in zip(*table, strict=True)]
        lines = ["  ".join(map(str.rjust, cells, widths)).rstrip() for cells in table]
        left = len(self.rows) - len(self.rows[:top])
        return "\n".join([*lines, *([tr("and {count:,} more", count=left)] if left else [])])

    def as_json(self) -> str:
        """One JSON object (RFC 8259) on one line, of ASCII alone. The parameters are in the file."""
        columns = columns_of(self.plan)
        facts = {
            "file": str(self.path),
            "plan": self.plan.as_values(),
            "runs": [
                {column.key: plain_value(column.value(row)) for column in columns} | engine_facts(row.result.backend)
                for row in self.rows
            ],
            "failed": [{"run": each.task.number + 1, "reason": each.reason} for each in self.failures],
            "interrupted": self.interrupted,
        }
        return json.dumps(facts, allow_nan=False)

    def as_csv(self) -> str:
        columns, text = columns_of(self.plan), io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*(column.key for column in columns), *engine_facts(NUMPY)])
        for row in self.rows:
            values = (column.value(row) for column in columns)
            cells = (value_text(value) if isinstance(value, tuple | float) else value for value in values)
            writer.writerow([*cells, *engine_facts(row.result.backend).values()])
        return text.getvalue().rstrip("\n")


class SweepProgress(SparseLine):
    """Shows how many runs have ended, the lowest cost, and the time left; ``results`` are those of earlier starts."""

    def __init__(self, count: int, results: list[TaskResult], quiet: bool) -> None:
        super().__init__(count, len(results), quiet)
        self._start, self._before, self._ended = time.monotonic(), len(results), len(results)
        self._best = min((result.cost for result in results if not result.diverged), default=None)

    def update(self, outcome: object) -> None:
        self._ended += 1
        if isinstance(outcome, TaskResult) and not outcome.diverged:
            self._best = outcome.cost if self._best is None else min(self._best, outcome.cost)
        each = (time.monotonic() - self._start) / max(1, self._ended - self._before)
        left = each * (self.goal - self._ended)
        self.show(self._ended, lambda: tr("{text}, {left} left", text=self._text(), left=duration(left)))

    def finish(self) -> None:
        self.end(f"{self._text()}, {duration(time.monotonic() - self._start)}")

    def _text(self) -> str:
        if self._best is None:
            return tr("{ended:,} of {count:,} runs", ended=self._ended, count=self.goal)
        best, words = short_cost(self._best), mark("{ended:,} of {count:,} runs, lowest cost {best}")
        return tr(words, ended=self._ended, count=self.goal, best=best)


def _saved(path: Path, paint: Callable[[str], bytes]) -> list[str]:
    """Paint and save a file in the format that its name says; returns a sentence if that fails, else nothing."""
    try:
        write_bytes(path, paint(ending_of(path)))
    except OSError as error:
        return [str(error)]
    except (ValueError, MemoryError) as error:
        return [tr("“{name}” could not be saved. {error}", name=path.name, error=error)]
    return []


def _curves(rows: Sequence[Row], look: str, form: str) -> bytes:
    from curvegui.figure.drawing.look import LOOKS
    from curvegui.figure.picture.contact_sheet import sweep_sheet

    return sweep_sheet(rows, LOOKS[look], form).paint_all().encode()


def _costs(plan: SweepPlan, rows: Sequence[Row], look: str, form: str) -> bytes:
    from curvegui.figure.drawing.look import LOOKS
    from curvegui.figure.picture.cost_chart import CostPicture

    if not rows:
        raise ValueError(tr("There is no run to draw."))
    return CostPicture(cost_chart(plan, rows), LOOKS[look], form).paint_all().encode()
