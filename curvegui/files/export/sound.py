"""The sound of a curve as a WAV file."""

from curvegui.core.run.replay import last_snapshot
from curvegui.core.sound import SPEEDS_S, USUAL_SPEED, trace_sound, wav
from curvegui.files.project.project import Project


def as_sound(project: Project, of_target: bool = False, seconds: float = SPEEDS_S[USUAL_SPEED]) -> bytes:
    """The fit of a run, or its target, played along t in so many seconds, as the bytes of a WAV file."""
    snapshot = last_snapshot(project.record)
    return wav(trace_sound(snapshot.target.t[0], snapshot.target.points if of_target else snapshot.fit, seconds))
