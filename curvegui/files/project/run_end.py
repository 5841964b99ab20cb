"""The end of a run in few bytes: settings, iteration and final parameters, without the way there.

First a description in JSON, compressed with a dictionary that knows the usual description, so that only differences
take room; then the parameters in few bytes; then the points of the curve, where it is the user's own.
"""

import zlib
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve
from curvegui.core.engine.arithmetic import USUAL as NUMPY
from curvegui.core.engine.arithmetic import Arithmetic, Entry
from curvegui.core.language.text import tr
from curvegui.core.learner.recording import NO_TRAIL
from curvegui.core.network.network import parameter_count
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import last_snapshot
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.files.curves.format import curve_end, read_curve_end
from curvegui.files.format.few_bytes import LARGEST_EXPONENT, WHOLE, exponent_of, few_bytes, numbers_of, places_of
from curvegui.files.format.section import ProjectError, Section, clean_text, damaged
from curvegui.files.format.strict_json import read_json, write_json
from curvegui.files.project.project import Project
from curvegui.files.project.record import config_object

USUAL = (  # never to be changed: what was written with it could no longer be read
    b'{"name":"","iteration":50000,"goal":50000,"cost":0.000,"bytes":6,"exponent":4,"settings":{"curve":"heart",'
    b'"hidden":[6,7],"activation":"logistic","output_activation":"logistic","aggression":7.0,"noise":1.0,'
    b'"iterations":50000,"seed":5,"points":100,"trail_every":100,"speed":2000.0}}'
)
RAW_DEFLATE = -15
MOST_DESCRIPTION_BYTES = 100_000
LARGEST_COST = 1e300


def encode_end(project: Project, bytes_each: int = WHOLE) -> bytes:
    """The end of a run, with ``bytes_each`` for every parameter.

    From 1 to 7 bytes, n of them, make each exact to 2^(1 - 8 n) of the largest one; ``WHOLE`` to the last bit. Raises
    ``ProjectError`` if the description is too long.
    """
    record = project.record
    exponent, (settings, points) = exponent_of(record.parameters), _settings(record.config, bytes_each)
    description = {
        "name": clean_text(project.name),
        "iteration": record.iteration,
        "goal": record.goal,
        "cost": _told_cost(last_snapshot(record).cost),
        "bytes": bytes_each,
        "exponent": exponent,
        "settings": settings,
        **_engine(record.last_arithmetic),
    }
    text = write_json(description)
    if len(text) > MOST_DESCRIPTION_BYTES:
        raise ProjectError(tr("Too many single weights are frozen for a line of text. Save the run as a project."))
    compressor = zlib.compressobj(9, wbits=RAW_DEFLATE, zdict=USUAL)
    start = compressor.compress(text) + compressor.flush()
    return start + few_bytes(record.parameters, bytes_each, exponent) + points


def _engine(arithmetic: Arithmetic | None) -> dict[str, Any]:
    """What computed the last update, if that is known: the engine, and what else is not usual."""
    if arithmetic is None:
        return {}
    values, usual = asdict(arithmetic), asdict(NUMPY)
    return {name: value for name, value in values.items() if name == "engine" or value != usual[name]}


def _settings(config: TrainingConfig, bytes_each: int) -> tuple[dict[str, Any], bytes]:
    """What describes the settings, and the points of a curve of the user's own in bytes.

    Settings that the usual description does not know are left out where they have their default.
    """
    about, points = None, b""
    if isinstance(config.curve, Curve):
        about, points = curve_end(config.curve, config.points, bytes_each)
    values = config_object(config, {config.curve: about})
    usual = config_object(TrainingConfig(), {})
    known = read_json(USUAL)["settings"]
    return {name: value for name, value in values.items() if name in known or value != usual[name]}, points


def _told_cost(cost: float) -> float:
    """A cost to six digits; one that is infinite is given as a very large one."""
    return float(f"{cost:.6g}") if cost < LARGEST_COST else LARGEST_COST


def decode_end(data: bytes) -> Project:
    """The run that `encode_end` wrote; it has no look, and its record consists of its end alone.

    Raises ``ProjectError`` if anything is not as it should be.
    """
    decompressor = zlib.decompressobj(wbits=RAW_DEFLATE, zdict=USUAL)
    try:
        text = decompressor.decompress(data, MOST_DESCRIPTION_BYTES)
    except zlib.error as error:
        raise damaged(tr("its description cannot be read")) from error
    if not decompressor.eof:
        raise damaged(tr("its description is too long"))
    description = read_json(text)
    section = Section(description)
    settings, numbers = section.mapping("settings"), decompressor.unused_data
    about = settings.get("curve")
    is_own = isinstance(about, dict)
    config = _config(settings | {"curve": TrainingConfig.curve} if is_own else settings)
    size = parameter_count(config.sizes) * section.whole("bytes", low=1)
    parameters = _parameters(section, numbers[:size] if is_own else numbers, size)
    if isinstance(about, dict):
        config = replace(config, curve=read_curve_end(about, numbers[size:]))
    return Project(_record(section, config, parameters), name=section.text("name"), look="", made_by="", saved_at="")


def _config(settings: dict[str, Any]) -> TrainingConfig:
    if not settings.keys() <= SETTINGS.keys():
        raise ProjectError(tr("It was made by a newer version of CurveGUI, and this one is too old for it."))
    if "frozen" in settings:
        settings = settings | {"frozen": places_of(settings["frozen"])}
    try:
        return TrainingConfig(**settings)
    except ValueError as error:
        raise damaged(tr("its settings cannot be used ({reason})", reason=str(error).removesuffix("."))) from error


def _record(section: Section, config: TrainingConfig, parameters: FloatArray) -> RunRecord:
    """A record whose only keyframe is where it ends."""
    iteration, cost, arithmetics = section.whole("iteration"), section.number("cost"), _arithmetics(section)
    try:
        return RunRecord(
            config=config,
            iteration=iteration,
            parameters=parameters,
            goal=section.whole("goal"),
            keyframe_iterations=np.array([iteration], np.int64),
            keyframes=parameters[np.newaxis],
            changes=((iteration, config),),
            costs=np.array([[iteration, cost]], np.float64),
            trail=NO_TRAIL,
            best=(iteration, cost),
            safe_iteration=iteration,
            arithmetics=arithmetics,
        )
    except ValueError as error:
        raise damaged(str(error).removeprefix("This is not a run: ").removesuffix(".")) from error


def _arithmetics(section: Section) -> tuple[Entry, ...]:
    """What computed the run; nothing where an older version did not say: it left out what was usual."""
    engine, precision = section.text("engine", ""), section.text("precision", NUMPY.precision)
    if not engine and precision == NUMPY.precision:
        return ()
    return ((0, Arithmetic(engine or NUMPY.engine, precision, section.whole("version", NUMPY.version))),)


def _parameters(section: Section, data: bytes, size: int) -> FloatArray:
    bytes_each, exponent = section.whole("bytes"), section.whole("exponent", low=-LARGEST_EXPONENT)
    if bytes_each > WHOLE or exponent > LARGEST_EXPONENT or len(data) != size:
        raise damaged(tr("its parameters are not as many as it says"))
    return numbers_of(data, bytes_each, exponent)
