"""The options of ``curvegui sweep``, and the plan, the file and the executor that they ask for."""

import argparse
from pathlib import Path

from curvegui.cli.curve_source import add_curve_options, take_curve
from curvegui.cli.options import (
    add_engine_options,
    add_settings,
    command_parser,
    config_from,
    number_or_text,
    refuse_missing,
    refuse_unused,
)
from curvegui.cli.picture import LOOK_NAMES
from curvegui.core.engine.arithmetic import AUTO, USUAL, Arithmetic
from curvegui.core.installing import install_hint
from curvegui.core.language.text import capitalised, either, mark, tr
from curvegui.core.settings.config import EDITED_SETTINGS, SETTINGS
from curvegui.core.settings.setting import Setting
from curvegui.core.sweep.plan import MOST_RUNS, NOT_VARIED, SweepPlan, parsed_axis
from curvegui.figure.formats import PictureFormat, formats
from curvegui.files.format.section import ProjectError
from curvegui.sweeps.cluster import CONNECT_SECONDS, Cluster, Tls
from curvegui.sweeps.executor import Workers
from curvegui.sweeps.local_pool import MOST_WORKERS, LocalPool
from curvegui.sweeps.results import KeptSweep, chosen_for, read_sweep, sweep_name

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


def build_parser() -> argparse.ArgumentParser:
    """The options."""
    parser = command_parser(
        "curvegui sweep",
        tr(DESCRIPTION),
        tr(EXITS),
        tr("%(prog)s [--vary SETTING=VALUES ...] [sweep] [engine] [curve] [settings] [results] [--quiet]"),
    )
    _add_sweep(parser)
    _add_table(parser)
    _add_cluster(parser)
    add_engine_options(parser, tr(AUTO_ENGINE))
    parser.set_defaults(precision=None)  # that of the results that are there
    add_curve_options(parser)
    add_settings(parser, (name for name in EDITED_SETTINGS if name not in OWN_WAYS))
    return parser


def _add_sweep(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(tr("sweep"))
    vary = ", ".join(name for name in SETTINGS if name not in NOT_VARIED)
    group.add_argument(
        "--vary",
        metavar=tr("SETTING=VALUES"),
        nargs="+",
        action="extend",
        default=[],
        help=tr("What is varied: any of {vary}.", vary=vary),
    )
    for name in ("seeds", "sample", "sample_seed", "workers"):
        _add_count(group, name)
    group.add_argument("--keep", metavar=tr("FILE"), help=tr("The file to save the results in; default sweep-….jsonl."))
    group.add_argument("--resume", metavar=tr("FILE"), help=tr("Continue the sweep in this file."))
    parser.add_argument("--quiet", action="store_true", help=tr("Show no progress."))
    parser.add_argument("--yes", action="store_true", help=tr("Train very large networks without asking."))


def _add_table(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(tr("results"))
    form = group.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("Print the results as one JSON object."))
    form.add_argument("--csv", action="store_true", help=tr("Print the results as comma-separated values."))
    group.add_argument(
        "--sort",
        metavar=tr("COLUMN"),
        default="cost",
        help=tr("number, cost, best_cost, cpu_seconds, a varied setting ..."),
    )
    group.add_argument("--descending", action="store_true", help=tr("Largest first."))
    _add_count(group, "top")
    endings = either([f".{ending}" for ending in formats(PictureFormat)])
    group.add_argument(
        "--picture", metavar=tr("FILE"), help=tr("Save the curves of the first runs: {endings}.", endings=endings)
    )
    group.add_argument(
        "--plot", metavar=tr("FILE"), help=tr("Save a plot of the cost by setting: {endings}.", endings=endings)
    )
    group.add_argument("--look", choices=LOOK_NAMES, default="light", help=tr("The colours of both; default light."))


def _add_cluster(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        tr("cluster"), tr("Workers of dask.distributed. {hint}", hint=install_hint("cluster"))
    )
    group.add_argument("--scheduler", metavar=tr("ADDRESS"), help=tr("For example tls://host:8786."))
    group.add_argument(
        "--tls-ca", metavar=tr("FILE"), help=tr("The authority that signs the scheduler's certificate (PEM).")
    )
    group.add_argument("--tls-cert", metavar=tr("FILE"), help=tr("Your own certificate (PEM)."))
    group.add_argument("--tls-key", metavar=tr("FILE"), help=tr("Its key (PEM)."))
    group.add_argument(
        "--trust-scheduler",
        action="store_true",
        help=tr("Connect without tls://. Whoever answers at the address can run programs as you on this computer."),
    )
    _add_count(group, "connect_timeout", tr("; default {seconds:g}", seconds=CONNECT_SECONDS))


def _add_count(group: argparse._ArgumentGroup, name: str, more: str = "") -> None:
    setting = COUNTS[name]
    allowed = setting.allowed(whole=name != "connect_timeout")
    tip = f"{setting.whole_tip} {capitalised(allowed)}{more}."
    group.add_argument(f"--{name.replace('_', '-')}", metavar="N", type=number_or_text, help=tip)


def check_counts(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Check the counts that were given; one that is not possible ends the program with status 2."""
    for name, setting in COUNTS.items():
        given = getattr(options, name)
        if given is not None:
            try:
                setattr(options, name, setting.check_number(given, whole=name != "connect_timeout"))
            except ValueError as error:
                parser.error(str(error))


def plan_from(parser: argparse.ArgumentParser, options: argparse.Namespace) -> SweepPlan:
    """The plan that was asked for, or that a file has. What is not possible ends the program with status 2."""
    if options.resume is not None:
        if _says_a_plan(options):
            parser.error(tr("--resume takes all of the sweep from its file: leave out what it tries, and --keep."))
        return _resumed(parser, options.resume)
    if not options.vary and options.seeds is None:
        parser.error(tr("There is nothing to vary. Add --vary, as in --vary noise=0,1,3, or --seeds."))
    take_curve(parser, options)
    plan = _described(parser, options)
    refuse_unused(parser, options, plan.ways())
    return plan


def _described(parser: argparse.ArgumentParser, options: argparse.Namespace) -> SweepPlan:
    base = config_from(parser, options)
    try:
        return SweepPlan(
            base,
            tuple(map(parsed_axis, options.vary)),
            1 if options.seeds is None else options.seeds,
            options.sample,
            0 if options.sample_seed is None else options.sample_seed,
        )
    except ValueError as error:
        parser.error(str(error))


def _resumed(parser: argparse.ArgumentParser, name: str) -> SweepPlan:
    try:
        return read_sweep(name).plan
    except ProjectError as error:
        parser.error(str(error))


def _says_a_plan(options: argparse.Namespace) -> bool:
    others = ("seeds", "sample", "sample_seed", "keep", "svg", "text", "font", "formula")
    settings = (name for name in SETTINGS if name != "points")
    return bool(options.vary or options.points) or any(
        getattr(options, name, None) is not None for name in (*others, *settings)
    )


def kept_in(plan: SweepPlan, options: argparse.Namespace) -> Path:
    """The file for the results: the same for the same plan."""
    given = options.resume if options.keep is None else options.keep
    return Path(sweep_name(plan) if given is None else given)


def arithmetic_from(options: argparse.Namespace, kept: KeptSweep) -> Arithmetic:
    """What is to compute the missing runs; each result says what has computed it."""
    found = chosen_for(kept, Arithmetic(AUTO, options.precision or USUAL.precision))
    engine = found.engine if options.engine == AUTO else options.engine
    return Arithmetic(engine, options.precision or found.precision)


def workers_from(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Workers:
    """Who carries out the runs; options that contradict each other end the program with status 2."""
    files = [None if name is None else Path(name) for name in (options.tls_ca, options.tls_cert, options.tls_key)]
    if options.scheduler is None:
        if any(files) or options.trust_scheduler or options.connect_timeout is not None:
            parser.error(
                tr("--tls-ca, --tls-cert, --tls-key, --trust-scheduler and --connect-timeout are for --scheduler.")
            )
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
