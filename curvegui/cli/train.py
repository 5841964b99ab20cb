"""``curvegui train``: a whole training from its options to its exit status."""

import argparse
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from curvegui.cli import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE
from curvegui.cli.curve_source import add_curve_options, curve_file, take_curve
from curvegui.cli.options import (
    add_engine_options,
    add_settings,
    command_parser,
    config_from,
    refuse_unused,
    wanted_backend,
)
from curvegui.cli.picture import add_film_options, add_picture_options, film_style, picture_style, prepare_painting
from curvegui.cli.result import Progress, Result
from curvegui.cli.saving import (
    FROM_CURVE,
    RunSaver,
    Saved,
    checked_path,
    refuse_to_replace,
    refuse_unless_code,
    refuse_unless_fitting,
    save_all,
    without_memory,
    written_words,
)
from curvegui.cli.terminal import StopRequest, ask, complain, deliver
from curvegui.core.diagnosis.diagnosis import diagnose
from curvegui.core.language.text import mark, tr
from curvegui.core.network.network import parameter_count
from curvegui.core.optimizers.stop_rules import StopRules, StopWatch
from curvegui.core.run.look_ahead import evidence_of
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import EDITED_SETTINGS, TrainingConfig, size_concern
from curvegui.figure.formats import Format, PictureFormat, ending_of, formats

CHUNK_SECONDS = 0.05  # how long Ctrl-C waits, where one iteration is not longer


def train(
    trainer: Trainer, should_stop: Callable[[], bool], progress: Progress, watch: StopWatch | None = None
) -> float:
    """Advance a trainer until its iterations are made, it diverges, the watch has a reason to stop, or
    ``should_stop()`` is true; returns the seconds of training."""
    watch = watch or StopWatch(StopRules(), trainer.iteration, math.inf)
    goal, chunk = trainer.config.iterations, 1
    start = before = time.perf_counter()
    while trainer.iteration < goal and not (trainer.diverged or watch.reason or should_stop()):
        trainer.advance(min(chunk, goal - trainer.iteration), watch=watch)
        now = time.perf_counter()
        watch.spend(now - before)
        chunk = next_chunk(chunk, now - before)
        before = now
        progress.update(trainer.iteration, trainer.costs.costs[-1], now - start)
    progress.finish(trainer.iteration, trainer.costs.costs[-1], before - start)
    return before - start


def next_chunk(chunk: int, seconds: float) -> int:
    """How many iterations to make next, when ``chunk`` took ``seconds``: at most twice as many, at least one."""
    if seconds <= 0:  # too quick for the clock
        return 2 * chunk
    return max(1, int(chunk * min(2.0, CHUNK_SECONDS / seconds)))


OWN_WAYS = ("curve", "points", "speed")  # have options of their own; without a window there is nothing to watch
DESCRIPTION = mark("""Train a network without a window.

Progress goes to stderr and the result to stdout. Ctrl-C stops the training, then saves and prints what
there is. A second Ctrl-C quits at once.""")
AUTO_ENGINE = mark("auto, the default, takes the faster one.")
EXITS = mark("""exit status:
  0    trained
  1    the numbers overflowed, or a file or the result could not be written
  2    a wrong option; nothing was trained
  130  stopped early, by Ctrl-C or SIGTERM""")


def main(arguments: Sequence[str]) -> int:
    parser = build_parser()
    options = parser.parse_args(arguments)
    take_curve(parser, options)
    config = config_from(parser, options)
    refuse_unused(parser, options, [config])
    paths, style = [checked_path(parser, name) for name in options.save], picture_style(parser, options)
    refuse_to_replace(parser, curve_file(options), FROM_CURVE, paths)
    film = film_style(parser, options, map(ending_of, paths), style.look)
    refuse_unless_fitting(parser, paths, parameter_count(config.sizes))
    refuse_unless_code(parser, paths, config)
    refuse_unless_small(parser, config, options.yes)
    if any(ending_of(path) in formats(PictureFormat) for path in paths):
        prepare_painting()
    backend = wanted_backend(parser, options)
    try:
        with StopRequest() as stop:
            trainer = Trainer(config, backend)
            result, saved = _trained(RunSaver(trainer, style, film=film), paths, stop, options.quiet)
            written = deliver(result.as_json() if options.json else result.as_text())
        for sentence in (*saved.notes, *saved.failures):
            complain(sentence)
        if saved.failures or not written:
            return EXIT_FAILED
        return EXIT_INTERRUPTED if result.interrupted else EXIT_OK
    except MemoryError:
        return without_memory(parameter_count(config.sizes))


def build_parser() -> argparse.ArgumentParser:
    usage = tr("%(prog)s [curve] [settings] [engine] [--save FILE]... [pictures] [videos] [--json] [--quiet] [--yes]")
    parser = command_parser("curvegui train", tr(DESCRIPTION), tr(EXITS), usage)
    parser.add_argument("--json", action="store_true", help=tr("Print the result as one JSON object."))
    parser.add_argument("--quiet", action="store_true", help=tr("Show no progress."))
    parser.add_argument("--yes", action="store_true", help=tr("Train a very large network without asking."))
    add_curve_options(parser)
    add_settings(parser, (name for name in EDITED_SETTINGS if name not in OWN_WAYS))
    add_engine_options(parser, tr(AUTO_ENGINE))
    endings = "; ".join(f".{ending}: {written_words(form)}" for ending, form in formats(Format).items())
    words = mark("Save the run when training ends. Can be repeated. The file ending says what is saved: {endings}.")
    group, help_ = parser.add_argument_group(tr("files")), tr(words, endings=endings)
    group.add_argument("--save", metavar=tr("FILE"), action="append", default=[], help=help_)
    add_picture_options(parser)
    add_film_options(parser)
    return parser


def refuse_unless_small(parser: argparse.ArgumentParser, config: TrainingConfig, yes: bool) -> None:
    """End the program with status 2 before a very large network is built, unless a person agrees."""
    concern = size_concern(config.sizes)
    if not concern or yes:
        return
    said = ask(tr("{concern} Train it?", concern=concern))
    if said is None:
        parser.error(tr("{concern} Add --yes to train it anyway.", concern=concern))
    if not said:
        parser.exit(EXIT_USAGE, f"{tr('Nothing was trained.')}\n")


def _trained(saver: RunSaver, paths: Sequence[Path], stop: StopRequest, quiet: bool) -> tuple[Result, Saved]:
    """Train, and save the run to all paths; a run that diverged is reported as a failure, too."""
    trainer = saver.trainer
    watch = StopWatch(trainer.config.stop_rules, trainer.iteration, math.inf)
    seconds = train(trainer, lambda: stop.requested, Progress(trainer.config.iterations, quiet=quiet), watch)
    snapshot, diagnosis = trainer.snapshot(), diagnose(evidence_of(trainer))
    is_early = not snapshot.diverged and snapshot.iteration < snapshot.config.iterations
    interrupted = stop.requested and is_early and not watch.reason
    saved = save_all(paths, saver)
    if snapshot.diverged:
        saved = replace(saved, failures=(f"{diagnosis.headline} {diagnosis.detail}", *saved.failures))
    return Result(snapshot, seconds, diagnosis, saved.paths, interrupted, trainer.backend, watch.reason), saved
