"""The end of a run in few bytes: settings, iteration and final parameters, without the way there.

It is a description in JSON, compressed with a dictionary that knows the usual one, so that only what differs from
it takes room; and then the parameters, each as a number of bytes, all times the same power of two.
"""

import zlib
from dataclasses import asdict
from typing import Any

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.config import KNOBS, TrainingConfig
from curvegui.core.network import parameter_count
from curvegui.core.recording import NO_TRAIL
from curvegui.core.replay import last_moment
from curvegui.core.run_record import RunRecord
from curvegui.files.project import Project
from curvegui.files.project_error import ProjectError, damaged
from curvegui.files.section import Section, clean_text
from curvegui.files.strict_json import read_json, write_json

WHOLE = 8  # bytes of a parameter: every bit of it
USUAL = (  # never to be changed: what was written with it could no longer be read
    b'{"name":"","iteration":50000,"goal":50000,"cost":0.000,"bytes":6,"exponent":4,"settings":{"curve":"heart",'
    b'"hidden":[6,7],"activation":"logistic","output_activation":"logistic","aggression":7.0,"noise":1.0,'
    b'"iterations":50000,"seed":5,"points":100,"trail_every":100,"speed":2000.0}}'
)
LATER = ("data_noise", "train_one_in")  # told where they are not as usual, so that the usual line stays short
RAW_DEFLATE = -15
MOST_DESCRIPTION_BYTES = 100_000
LARGEST_COST = 1e300
LARGEST_EXPONENT = 1_100  # beyond those of all numbers


def encode_end(project: Project, bytes_each: int = WHOLE) -> bytes:
    """The end of a run.

    Parameters
    ----------
    project : Project
    bytes_each : int
        Of every parameter. With n of them, from 1 to 7, each parameter is exact to 2^(1 - 8 n) of the largest one;
        with ``WHOLE``, to its last bit.
    """
    record = project.record
    exponent = int(np.frexp(np.max(np.abs(record.parameters)))[1])
    description = {
        "name": clean_text(project.name),
        "iteration": record.iteration,
        "goal": record.goal,
        "cost": _told_cost(last_moment(record).cost),
        "bytes": bytes_each,
        "exponent": exponent,
        "settings": _told_settings(record.config),
    }
    compressor = zlib.compressobj(9, wbits=RAW_DEFLATE, zdict=USUAL)
    start = compressor.compress(write_json(description)) + compressor.flush()
    return start + _parameter_bytes(record.parameters, bytes_each, exponent)


def _told_settings(config: TrainingConfig) -> dict[str, Any]:
    usual = TrainingConfig()
    return {name: value for name, value in asdict(config).items() if name not in LATER or value != getattr(usual, name)}


def _told_cost(cost: float) -> float:
    """A cost to six digits; one that is beyond all numbers is told as a very large one."""
    return float(f"{cost:.6g}") if cost < LARGEST_COST else LARGEST_COST


def decode_end(data: bytes) -> Project:
    """The run that `encode_end` made these bytes of; all that is known of the way there is its end.

    Raises
    ------
    ProjectError
        If anything is not as it should be.
    """
    decompressor = zlib.decompressobj(wbits=RAW_DEFLATE, zdict=USUAL)
    try:
        text = decompressor.decompress(data, MOST_DESCRIPTION_BYTES)
    except zlib.error as error:
        raise damaged("its description cannot be read") from error
    if not decompressor.eof:
        raise damaged("its description is too long")
    description = read_json(text)
    section = Section(description)
    config = _config(section.mapping("settings"))
    parameters = _parameters(section, parameter_count(config.sizes), decompressor.unused_data)
    return Project(_record(section, config, parameters), name=section.text("name"), made_by="", saved_at="")


def _config(settings: dict[str, Any]) -> TrainingConfig:
    if not settings.keys() <= KNOBS.keys():
        raise ProjectError("It was made by a newer version of CurveGUI, and this one is too old for it.")
    try:
        return TrainingConfig(**settings)
    except ValueError as error:
        raise damaged(f"its settings cannot be used ({str(error).removesuffix('.')})") from error


def _record(section: Section, config: TrainingConfig, parameters: FloatArray) -> RunRecord:
    """A record whose only keyframe is where it ends."""
    iteration, cost = section.whole("iteration"), section.number("cost")
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
        )
    except ValueError as error:
        raise damaged(str(error).removeprefix("This is not a run: ").removesuffix(".")) from error


def _parameter_bytes(parameters: FloatArray, bytes_each: int, exponent: int) -> bytes:
    if bytes_each == WHOLE:
        return bytes(parameters.astype("<f8").tobytes())
    bits = 8 * bytes_each - 1
    whole = np.rint(np.ldexp(parameters, bits - exponent)).astype("<i8")
    whole = np.minimum(whole, 2**bits - 1)  # a number just below the power of two is rounded up to it
    return bytes(whole.view(np.uint8).reshape(-1, 8)[:, :bytes_each].tobytes())


def _parameters(section: Section, count: int, data: bytes) -> FloatArray:
    bytes_each, exponent = section.whole("bytes", low=1), section.whole("exponent", low=-LARGEST_EXPONENT)
    if bytes_each > WHOLE or exponent > LARGEST_EXPONENT or len(data) != count * bytes_each:
        raise damaged("its parameters are not as many as it says")
    if bytes_each == WHOLE:
        return np.frombuffer(data, "<f8").astype(np.float64)
    spread = np.zeros((count, 8), np.uint8)
    spread[:, 8 - bytes_each :] = np.frombuffer(data, np.uint8).reshape(count, bytes_each)
    whole = spread.reshape(-1).view("<i8") >> (64 - 8 * bytes_each)  # shifted down again, with its sign
    with np.errstate(over="ignore"):  # what is no number is refused with the rest of the record
        return np.ldexp(whole.astype(np.float64), exponent - (8 * bytes_each - 1))
