"""Saves the sound of a curve as a WAV file."""

from pathlib import Path

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.run.replay import last_snapshot
from curvegui.core.sound import SPEEDS_S, USUAL_SPEED, trace_sound, wav
from curvegui.files.disk.atomic import write_bytes
from curvegui.files.export import ExportError
from curvegui.files.project.project import Project

ENDING = "wav"


def as_sound(project: Project) -> bytes:
    """The fit of a run as the sound of a WAV file, played along t."""
    snapshot = last_snapshot(project.record)
    return wav(trace_sound(snapshot.target.t[0], snapshot.fit, SPEEDS_S[USUAL_SPEED]))


def save_sound(path: Path, t: FloatArray, points: FloatArray, seconds: float = SPEEDS_S[USUAL_SPEED]) -> Path:
    """Save a whole curve, played along t, shape (N,), in so many seconds; ``points`` has shape (2, N). Raises
    ``ExportError`` if the name does not say that it is a WAV file, ``WriteError`` if it cannot be written."""
    if path.suffix.lower() != f".{ENDING}":
        words = mark("“{name}” cannot be saved: its name must end in .{ending}.")
        raise ExportError(tr(words, name=path.name, ending=ENDING))
    write_bytes(path, wav(trace_sound(t, points, seconds)))
    return path
