"""A run as objects of a manifest and arrays, and back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui import __version__
from curvegui.core.curve.curve import Curve
from curvegui.core.engine.backend import Backend
from curvegui.core.engine.backend import Entry as Computed
from curvegui.core.language.text import tr
from curvegui.core.learner.morphing import MOST_KEYFRAMES, Morph
from curvegui.core.learner.recording import TrailCurves
from curvegui.core.presets.presets import PRESETS
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.setting_changes import MOST_CHANGES, Entry
from curvegui.files.curves.format import CURVES, DTYPE, about_curve, curve_arrays, read_curves
from curvegui.files.format.container import MIN_READER, SURGERY_READER
from curvegui.files.format.few_bytes import indices_of, stretches
from curvegui.files.format.section import ProjectError, Section, damaged

RECORD_ARRAYS = {  # type, and how many axes
    "parameters": ("<f8", 1),
    "keyframe_iterations": ("<i8", 1),
    "keyframes": ("<f8", 2),
    "costs": ("<f8", 2),
    "trail_iterations": ("<i8", 1),
    "trail": ("<f4", 3),
}
WHOLE_NUMBERS = "iteration", "goal", "safe_iteration", "keyframe_spacing", "trail_spacing"
ARRAYS_AS_THEY_ARE = "parameters", "keyframe_iterations", "keyframes", "costs"
OWN = "own"  # a curve of one's own among the settings: {"own": 0} is the first of the list
BACKENDS = "arithmetics"  # not there where all of it was computed as usual
OPTIONAL_ARRAYS = {  # not there where they would be empty
    "test_costs": ("<f8", 2),
    "cuts": ("<i8", 1),
    "states": ("<f8", 1),  # what the optimiser remembered at each keyframe and remembers now, one after the other
    "state_sizes": ("<i8", 1),  # how many numbers each of these has
}
MOST_ROWS = 1_000_000  # of costs, keyframes or curves: the smallest network has a third as many keyframes
ITERATION = re.compile(r"0|[1-9][0-9]{0,15}")


def record_objects(record: RunRecord) -> dict[str, Any]:
    """The objects ``config``, ``changes``, ``curves`` and ``run`` of a manifest. The first of the changes has all
    settings, each later one only those that differ from the settings before."""
    curves = {curve: {OWN: index} for index, curve in enumerate(record.curves)}
    changes, before = {}, dict[str, Any]()
    for iteration, config in record.changes:
        values = config_object(config, curves)
        changes[str(iteration)] = {name: value for name, value in values.items() if before.get(name) != value}
        before = values
    backends = [  # where anything else than the usual one computed the run
        {"from": iteration, **{name: value for name, value in asdict(backend).items() if value}}
        for iteration, backend in record.backends[-MOST_CHANGES:]
    ]
    configs = record.config, *(config for _, config in record.changes)
    used = (name for name in SETTINGS if any(getattr(each, name) != getattr(TrainingConfig, name) for each in configs))
    # the version that a reader must have, where that is more than usual
    reader = max(MIN_READER, SURGERY_READER if len(record.edits) else 0, *(SETTINGS[name].reader for name in used))
    return {
        **({"min_reader": reader} if reader > MIN_READER else {}),
        "config": config_object(record.config, curves),
        "changes": changes,
        CURVES: [*map(about_curve, record.curves)],
        "run": {
            **{name: getattr(record, name) for name in WHOLE_NUMBERS},
            "best_iteration": record.best[0],
            "best_cost": record.best[1],
            "cost_limit": record.cost_limit,
            "diverged": record.diverged,
            **({BACKENDS: backends} if backends else {}),
        },
    }


def config_object(config: TrainingConfig, curves: Mapping[Any, Any]) -> dict[str, Any]:
    """Settings as an object; ``curves`` says what stands for each curve of the user's own."""
    values = {name: getattr(config, name) for name in SETTINGS}
    values["frozen"] = stretches(config.frozen)
    return values | {"curve": curves[config.curve] if isinstance(config.curve, Curve) else config.curve}


def _backends(run: Section) -> tuple[Computed, ...]:
    """The backends that computed a run. An app that does not know this list hands it on unchanged, also where it has
    taken the run back: entries of later iterations do not count."""
    last, entries = run.whole("iteration"), list[Computed]()
    for entry in run.objects(BACKENDS, MOST_CHANGES):
        iteration, names = entry.whole("from"), (entry.text("engine"), entry.text("precision"))
        backend = Backend(*names, entry.whole("version", 0))
        if iteration <= last:
            entries.append((iteration, backend))
    return tuple(entries)


def record_arrays(record: RunRecord) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {name: getattr(record, name) for name in ARRAYS_AS_THEY_ARE}
    arrays |= {"trail_iterations": record.trail.iterations, "trail": record.trail.curves}
    if len(record.test_costs):
        arrays["test_costs"] = record.test_costs
    if len(record.edits):
        arrays["cuts"] = record.edits
    states = (*record.states, record.state)
    if any(state.size for state in states):
        arrays["states"] = np.concatenate(states)
        arrays["state_sizes"] = np.array([state.size for state in states])
    types = RECORD_ARRAYS | OPTIONAL_ARRAYS
    fixed = {name: array.astype(types[name][0], copy=False) for name, array in arrays.items()}
    return fixed | curve_arrays(record.curves)


def read_record(manifest: Section, arrays: Mapping[str, NDArray[Any]]) -> RunRecord:
    found: dict[str, NDArray[Any]] = {}
    for name in (*RECORD_ARRAYS, *(OPTIONAL_ARRAYS.keys() & arrays.keys())):
        array, (dtype, axes) = arrays.get(name), (RECORD_ARRAYS | OPTIONAL_ARRAYS)[name]
        if array is None or array.dtype.str != dtype or array.ndim != axes:
            raise damaged(tr("the numbers in “{name}” are missing, or of another kind", name=name))
        if len(array) > MOST_ROWS and name not in ("parameters", "states"):
            raise damaged(tr("there are too many numbers in “{name}”", name=name))
        found[name] = array
    frames, numbers = len(found["keyframes"]), found.get("states", np.empty(0))
    sizes = found.get("state_sizes", np.zeros(frames + 1, np.int64))
    fits = len(sizes) == frames + 1 and (sizes >= 0).all() and (sizes <= len(numbers)).all()
    if not fits or sizes.sum() != len(numbers):
        raise damaged(tr("what its optimiser remembers does not fit its keyframes"))
    *states, state = np.split(numbers, np.cumsum(sizes)[:-1])
    run, curves = manifest.section("run"), read_curves(manifest, arrays)
    plain: dict[str, Any] = {name: run.whole(name) for name in WHOLE_NUMBERS}
    plain |= {name: found[name] for name in ARRAYS_AS_THEY_ARE}
    try:
        return RunRecord(
            config=read_config(manifest, curves),
            **plain,
            changes=_changes(manifest, curves),
            trail=TrailCurves(found["trail_iterations"], found["trail"]),
            best=(run.whole("best_iteration"), run.number("best_cost")),
            cost_limit=run.optional_number("cost_limit"),
            diverged=run.flag("diverged"),
            test_costs=found.get("test_costs", np.empty((0, 2))),
            edits=found.get("cuts", np.empty(0, np.int64)),
            backends=_backends(run),
            state=state,
            states=tuple(states),
        )
    except ProjectError:
        raise
    except ValueError as error:
        raise damaged(str(error).removeprefix("This is not a run: ").removesuffix(".")) from error


def read_config(manifest: Section, curves: Sequence[Curve] = ()) -> TrainingConfig:
    """The settings in force, given the curves of the user's own; a setting that is missing has its default."""
    return _config(manifest, {}, manifest.mapping("config"), curves)


def _config(
    manifest: Section, before: dict[str, Any], values: dict[str, Any], curves: Sequence[Curve]
) -> TrainingConfig:
    known = {name: values[name] for name in SETTINGS if name in values}
    if isinstance(known.get("curve"), dict):
        index = Section(known["curve"], "curve").whole(OWN)
        if index >= len(curves):
            raise damaged(tr("a curve is missing"))
        known["curve"] = curves[index]
    if "frozen" in known:
        known["frozen"] = indices_of(known["frozen"])
    try:
        return TrainingConfig(**(before | known))
    except ValueError as error:
        maker = manifest.text("made_by", "")
        words = tr("It has settings that cannot be used. {error}", error=error)
        if maker != __version__:
            author = tr("It was made by CurveGUI {maker}; this is {version}.", maker=maker, version=__version__)
            words = f"{words} {author}"
        raise ProjectError(words) from error


def _changes(manifest: Section, curves: Sequence[Curve]) -> tuple[Entry, ...]:
    objects = manifest.mapping("changes")
    if len(objects) > MOST_CHANGES:
        raise damaged(tr("its settings change too often"))
    section, before, entries = manifest.section("changes"), dict[str, Any](), list[Entry]()
    for key in objects:
        if not ITERATION.fullmatch(key):
            raise damaged(tr("its settings change at “{key}”, which is no iteration", key=key[:20]))
        config = _config(manifest, before, section.mapping(key), curves)
        before = {name: getattr(config, name) for name in SETTINGS}
        entries.append((int(key), config))
    return tuple(entries)


MORPH = "morph"
MORPH_CURVES = "morph_curves"  # an array as ``CURVES``
PRESET = "preset"  # what a keyframe is: {"own": 0} is the first of the morph's own curves


def morph_objects(morph: Morph) -> dict[str, Any]:
    """The objects of a manifest for a morph; empty where there is no morph."""
    if not morph.keyframes:
        return {}
    own = _own_curves(morph)
    keyframes = [{OWN: own.index(each)} if isinstance(each, Curve) else {PRESET: each} for each in morph.keyframes]
    about = {"keyframes": keyframes, "position": morph.position, "iterations": morph.iterations}
    return {MORPH: about | {CURVES: [*map(about_curve, own)]}}


def morph_arrays(morph: Morph) -> dict[str, NDArray[Any]]:
    found = curve_arrays(_own_curves(morph))
    return {MORPH_CURVES: found[CURVES]} if found else {}


def read_morph(manifest: Section, arrays: Mapping[str, NDArray[Any]]) -> Morph:
    """The morph in a manifest; an empty one if there is none, or if it has curves that only a newer version knows."""
    if manifest.optional_mapping(MORPH) is None:
        return Morph()
    about = manifest.section(MORPH)
    own = read_curves(about, {CURVES: arrays.get(MORPH_CURVES, np.empty((4, 0), DTYPE))})
    keyframes: list[str | Curve] = []
    for each in about.objects("keyframes", MOST_KEYFRAMES):
        name = each.text(PRESET, "")
        if not name and each.whole(OWN) >= len(own):
            raise damaged(tr("a curve of its morph is missing"))
        keyframes.append(name or own[each.whole(OWN)])
    if any(isinstance(each, str) and each not in PRESETS for each in keyframes):
        return Morph()
    try:
        return Morph(tuple(keyframes), about.number("position"), about.whole("iterations"))
    except ValueError as error:
        raise damaged(tr("its morph cannot be used")) from error


def _own_curves(morph: Morph) -> list[Curve]:
    return list(dict.fromkeys(each for each in morph.keyframes if isinstance(each, Curve)))
