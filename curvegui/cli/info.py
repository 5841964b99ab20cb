"""``curvegui info``: what is in a file, as lines for people or one JSON object for programs."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import reduce
from typing import Any

from curvegui.cli import EXIT_FAILED, EXIT_OK, EXIT_USAGE
from curvegui.cli.options import NONE_OF_IT, command_parser
from curvegui.cli.result import cost_facts, cost_rows, engine_facts, parameters_text, shapes, table
from curvegui.cli.terminal import complain, deliver
from curvegui.core.engine.backend import NUMPY, Entry
from curvegui.core.language.text import localised, mark, tr, within
from curvegui.core.learner.caption import layers, short_cost
from curvegui.core.learner.engines import words_for
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.presets.names import worded
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import last_snapshot
from curvegui.core.settings.config import OPTIMIZER_SETTINGS, SETTINGS, TrainingConfig
from curvegui.files.format.section import ProjectError
from curvegui.files.project.open_any import FoundRun, find_run

DESCRIPTION = mark("""Show what is in a project, in a picture that includes its run, or in a line of text.

The whole file is read and checked; nothing in it is run.""")
EXITS = mark("""exit status:
  0    shown
  1    the result could not be written
  2    there is no run in it, or it is damaged""")

ITERATIONS, DIVERGED = mark("{iteration:,} of {goal:,}"), mark("{iteration:,} of {goal:,}, diverged")


def main(arguments: Sequence[str]) -> int:
    """Print what is in a file; returns the exit status."""
    options = build_parser().parse_args(arguments)
    try:
        found = find_run(options.file)
    except ProjectError as error:
        complain(str(error))
        return EXIT_USAGE
    text = json.dumps(facts(found), allow_nan=False) if options.json else as_text(found)
    return EXIT_OK if deliver(text) else EXIT_FAILED


def build_parser() -> argparse.ArgumentParser:
    parser = command_parser("curvegui info", tr(DESCRIPTION), tr(EXITS))
    file_help = tr("A project, a PNG or SVG picture, a text file, or a line of text.")
    parser.add_argument("file", metavar=tr("FILE"), help=file_help)
    parser.add_argument("--json", action="store_true", help=tr("Print it as one JSON object."))
    return parser


def facts(found: FoundRun) -> dict[str, Any]:
    """A run as the values of a JSON object."""
    project, record = found.project, found.project.record
    return {
        "file": None if found.path is None else str(found.path),
        "kind": found.kind.value,
        "name": project.name,
        "curve": record.config.curve_name,
        **cost_facts(last_snapshot(record)),
        "iteration": record.iteration,
        "goal": record.goal,
        "best": {"iteration": record.best[0], "cost": record.best[1]},
        "layers": record.config.sizes,
        "parameters": shapes(record.config.sizes),
        "seed": record.config.seed,
        "settings": asdict(record.config),
        "engines": [{"from": start, **engine_facts(backend)} for start, backend in _engines(record)],
        "keyframes": len(record.keyframe_iterations),
        "first_keyframe": int(record.keyframe_iterations[0]),
        "costs": len(record.costs),
        "diverged": record.diverged,
        "made_by": project.made_by,
        "saved_at": project.saved_at,
    }


def as_text(found: FoundRun) -> str:
    """A run in a few lines, for people."""
    project, record = found.project, found.project.record
    config, best = record.config, record.best
    neurons, output = config.activation, config.output_activation
    engines = [words_for(backend, is_exact=True) for _, backend in _engines(record)]
    computed = reduce(lambda x, y: tr("{earlier}, then {later}", earlier=x, later=y), engines) if engines else ""
    first, count = record.keyframe_iterations[0], len(record.keyframe_iterations)
    timeline = tr("{count:,} keyframes from iteration {first:,} on", count=count, first=first)
    progress = tr(DIVERGED if record.diverged else ITERATIONS, iteration=record.iteration, goal=record.goal)
    both = tr("{neurons}, {outputs} output", neurons=neurons, outputs=output)
    rows = [
        (tr("file"), f"{found.path} ({tr(found.kind.value)})" if found.path else tr(found.kind.value)),
        (tr("name"), project.name),
        (tr("curve"), tr("{curve}, {points:,} points", curve=worded(config.curve_name), points=config.points)),
        *cost_rows(last_snapshot(record)),
        (tr("best"), tr("{cost} at iteration {best:,}", cost=short_cost(best[1]), best=best[0])),
        (within(SETTINGS["iterations"]), progress),
        (tr("timeline"), tr("only its end") if record.is_only_its_end else timeline),
        (within(SETTINGS["hidden"]), layers(config.sizes)),
        (within(SETTINGS["activation"]), neurons if neurons == output else both),
        (tr("parameters"), parameters_text(config.sizes)),
        (within(SETTINGS["optimizer"]), OPTIMIZERS[config.optimizer].label),
        *_optimizer_rows(config),
        (tr("engine"), computed),
        (tr("data noise"), localised(f"{config.data_noise:,g}") if config.data_noise else ""),
        (tr("trained on"), tr("one point in {count:,}", count=config.train_one_in) if config.train_one_in > 1 else ""),
        (within(SETTINGS["seed"]), str(config.seed)),
        (tr("made by"), f"CurveGUI {project.made_by}" if project.made_by else ""),
        (tr("saved"), project.saved_at),
    ]
    return table([(name, value) for name, value in rows if value])


def _optimizer_rows(config: TrainingConfig) -> list[tuple[str, str]]:
    """A row for each setting of the optimiser, but for the settings that are off."""
    rows = []
    for name, setting in SETTINGS.items():
        value = getattr(config, name)
        is_its = name in OPTIMIZER_SETTINGS or setting.group == "optimizer"
        if is_its and name != "optimizer" and config.uses(name) and value not in NONE_OF_IT:
            text = value if isinstance(value, str) else localised(f"{value:,g}")
            rows.append((within(setting), f"{text} {setting.unit}".rstrip()))
    return rows


def _engines(record: RunRecord) -> list[Entry]:
    """The engines that have computed the run, each from an iteration on; empty where they are not known."""
    if record.last_backend is None:
        return []
    is_known = record.backends and record.backends[0][0] <= record.keyframe_iterations[0]
    begins = [] if is_known else [(0, NUMPY)]
    return [*begins, *record.backends]
