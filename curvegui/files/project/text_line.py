"""The end of a run as one line of text, to be pasted into a mail or a chat, and back.

    curvegui1:655:pVm8... letters and digits of base64, as many as the number says

Mail programs break such a line and quote it with ">", and chats put words around it. So blanks and ">" are ignored, and
the line says how long it is and carries a checksum.
"""

import base64
import binascii
import re
import zlib
from dataclasses import asdict, replace

import numpy as np

from curvegui import __version__
from curvegui.core.curve.curve import Curve
from curvegui.core.engine.backend import NUMPY, Backend
from curvegui.core.language.text import mark, tr
from curvegui.core.learner.recording import NO_TRAIL
from curvegui.core.network.network import parameter_count
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import last_snapshot
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.files.curves.format import curve_end, read_curve_end
from curvegui.files.format.few_bytes import LARGEST_EXPONENT, WHOLE, exponent_of, few_bytes, indices_of, numbers_of
from curvegui.files.format.section import ProjectError, Section, clean_text, damaged, read_json, write_json
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
    """The end of a run as bytes, with ``bytes_each`` for every parameter."""
    record, cost = project.record, last_snapshot(project.record).cost
    config, exponent, about, points = record.config, exponent_of(record.parameters), None, b""
    if isinstance(config.curve, Curve):
        about, points = curve_end(config.curve, config.points, bytes_each)
    defaults, usual_settings = config_object(TrainingConfig(), {}), read_json(USUAL)["settings"]
    values = config_object(config, {config.curve: about}).items()
    settings = {name: value for name, value in values if name in usual_settings or value != defaults[name]}
    backend, usual = record.last_backend, asdict(NUMPY)
    computed = asdict(backend) if backend else {}  # the engine, and what else is not usual
    engine = {name: value for name, value in computed.items() if name == "engine" or value != usual[name]}
    description = {
        "name": clean_text(project.name),
        "iteration": record.iteration,
        "goal": record.goal,
        "cost": float(f"{cost:.6g}") if cost < LARGEST_COST else LARGEST_COST,
        "bytes": bytes_each,
        "exponent": exponent,
        "settings": settings,
        **engine,
    }
    text = write_json(description)
    if len(text) > MOST_DESCRIPTION_BYTES:
        raise ProjectError(tr("Too many single weights are frozen for a line of text. Save the run as a project."))
    compressor = zlib.compressobj(9, wbits=RAW_DEFLATE, zdict=USUAL)
    start = compressor.compress(text) + compressor.flush()
    return start + few_bytes(record.parameters, bytes_each, exponent) + points


def decode_end(data: bytes) -> Project:
    """The run that `encode_end` wrote; it has no look, and its record consists of its end alone."""
    decompressor = zlib.decompressobj(wbits=RAW_DEFLATE, zdict=USUAL)
    try:
        text = decompressor.decompress(data, MOST_DESCRIPTION_BYTES)
    except zlib.error as error:
        raise damaged(tr("its description cannot be read")) from error
    if not decompressor.eof:
        raise damaged(tr("its description is too long"))
    section = Section(read_json(text))
    settings, numbers = section.mapping("settings"), decompressor.unused_data
    about = settings.get("curve")
    if is_own := isinstance(about, dict):
        settings = settings | {"curve": TrainingConfig.curve}
    if not settings.keys() <= SETTINGS.keys():
        raise ProjectError(tr("It was made by a newer version of CurveGUI, and this one is too old for it."))
    if "frozen" in settings:
        settings = settings | {"frozen": indices_of(settings["frozen"])}
    try:
        config = TrainingConfig(**settings)
    except ValueError as error:
        raise damaged(tr("its settings cannot be used ({reason})", reason=str(error).removesuffix("."))) from error
    bytes_each, exponent = section.whole("bytes", low=1), section.whole("exponent", low=-LARGEST_EXPONENT)
    size = parameter_count(config.sizes) * bytes_each
    data = numbers[:size] if is_own else numbers
    if bytes_each > WHOLE or exponent > LARGEST_EXPONENT or len(data) != size:
        raise damaged(tr("its parameters are not as many as it says"))
    parameters = numbers_of(data, bytes_each, exponent)
    if isinstance(about, dict):
        config = replace(config, curve=read_curve_end(about, numbers[size:]))
    iteration, cost = section.whole("iteration"), section.number("cost")
    engine, precision = section.text("engine", ""), section.text("precision", NUMPY.precision)
    is_given = engine or precision != NUMPY.precision  # an older version left out what was usual
    backend = Backend(engine or NUMPY.engine, precision, section.whole("version", NUMPY.version)) if is_given else None
    try:
        record = RunRecord(
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
            backends=((0, backend),) if backend else (),
        )
    except ValueError as error:
        raise damaged(str(error).removeprefix("This is not a run: ").removesuffix(".")) from error
    return Project(record, name=section.text("name"), look="", made_by="", saved_at="")


VERSION = 1
SHORT_LINE = 700  # characters
BYTES_EACH = (7, 6, 5, 4)  # of a parameter: as many as fit into a short line
USUAL_BYTES = 6  # where none has
MOST_CHARACTERS = 10_000_000
MOST_PARAMETERS = 1_000_000  # eight million characters
CHECK_BYTES = 4
LONGEST_PATH = 4_000  # characters, on any system; what is longer is no file's name
BETWEEN = re.compile(r"[\s>\u00ad\u200b-\u200d\u2060\ufeff]+")  # blanks, quotation marks of mails, signs of no width
START = re.compile(r"curvegui(\d{1,4}):(\d{1,8}):", re.IGNORECASE | re.ASCII)  # a phone begins a line with a capital
OTHER_ALPHABET = str.maketrans("-_", "+/")  # of base64 in links
NEWER = mark("This text was made by a newer version of CurveGUI, and {version} is too old for it.")
CUT_SHORT = mark("This text is cut short: {letters} of {needed} characters are there. {again}")
AGAIN = mark("Copy it again, from “curvegui1:” to its last letter.")


def as_text(project: Project) -> bytes:
    """The line of a run as the bytes of a file; errors as in `line_of`."""
    return line_of(project).encode("ascii") + b"\n"


def line_of(project: Project) -> str:
    """One line that holds the curve, the settings, the iteration and the final parameters of a run.

    It has under 700 characters for the usual network, whose parameters are then exact to 2^-47 of the largest one
    (7e-15), or to 2^-31 (5e-10) at least where changed settings take space. Those of a smaller network are more exact;
    a larger network has a longer line. Raises ``ProjectError`` if the network is too large for a line.
    """
    if project.record.parameters.size > MOST_PARAMETERS:
        raise ProjectError(tr("This network is too large for a line of text. Save it as a project."))
    if project.record.parameters.size * min(BYTES_EACH) > SHORT_LINE:
        return _line(encode_end(project, USUAL_BYTES))
    lines = (_line(encode_end(project, bytes_each)) for bytes_each in BYTES_EACH)
    return next((line for line in lines if len(line) < SHORT_LINE), None) or _line(encode_end(project, USUAL_BYTES))


def _line(data: bytes) -> str:
    checked = zlib.crc32(data).to_bytes(CHECK_BYTES) + data
    letters = base64.b64encode(checked).decode("ascii").rstrip("=")
    return f"curvegui{VERSION}:{len(letters)}:{letters}"


def is_line(text: str) -> bool:
    return START.search(BETWEEN.sub("", text[:MOST_CHARACTERS])) is not None


def short_line_of(project: Project) -> str:
    """The line of a run as in `line_of`; empty where the network is too large for a line."""
    try:
        return line_of(project)
    except ProjectError:
        return ""


def looks_like_line(text: str) -> bool:
    """Whether a text is meant as the line of a run, complete or not."""
    return re.search(r"curvegui\s*\d+\s*:", text, re.IGNORECASE) is not None or len(text) > LONGEST_PATH


def project_of(line: str) -> Project:
    """The run in a line of text, whatever surrounds it. Raises ``ProjectError``, which says what is wrong."""
    if len(line) > MOST_CHARACTERS:
        raise ProjectError(tr("This text is too long to be a run."))
    text = BETWEEN.sub("", line)
    start = START.search(text)
    if start is None:
        words = mark("This text is not a run: a run as text begins with “curvegui{version}:”.")
        raise ProjectError(tr(words, version=VERSION))
    if int(start[1]) > VERSION:
        raise ProjectError(tr(NEWER, version=__version__))
    needed = int(start[2])
    letters = text[start.end() : start.end() + needed]
    if len(letters) < needed:
        raise ProjectError(tr(CUT_SHORT, letters=len(letters), needed=needed, again=tr(AGAIN)))
    try:
        padded = letters.translate(OTHER_ALPHABET) + "=" * (-len(letters) % 4)
        data = base64.b64decode(padded, validate=True)
        if base64.b64encode(data).decode("ascii") != padded:  # a last letter can have bits that stand for nothing
            data = b""
    except (binascii.Error, ValueError):  # the latter for what is not ASCII
        data = b""
    check, rest = data[:CHECK_BYTES], data[CHECK_BYTES:]
    if not rest or check != zlib.crc32(rest).to_bytes(CHECK_BYTES):
        raise ProjectError(tr("This text is mistyped, or something is missing in it. {again}", again=tr(AGAIN)))
    return decode_end(rest)
