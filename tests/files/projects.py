"""Runs, projects and made-up archives for tests of what is kept in files."""

import json
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

import numpy as np

from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.format.container import MANIFEST, member_name
from curvegui.files.format.stored_zip import ZipWriter
from curvegui.files.project.project import Project, encode

TINY = TrainingConfig(hidden=(2,), points=3, seed=1, trail_every=50)
SAVED_AT = "2026-11-24T18:20:00Z"


def trained(config: TrainingConfig = TINY, iterations: int = 100, **changed: Any) -> Trainer:
    """A trainer after so many iterations, the last third of them with other settings."""
    trainer = Trainer(config)
    trainer.advance(iterations - iterations // 3)
    trainer.apply(replace(config, **{"aggression": 3.0} | changed))
    trainer.advance(iterations // 3)
    return trainer


def tiny_project(**attributes: Any) -> Project:
    """A project of a few kilobytes."""
    kept = {"name": "tiny", "layers": {"trail": True, "axes": False}, "saved_at": SAVED_AT}
    return Project(trained().record(goal=200), **kept | attributes)


def everything(record: RunRecord) -> tuple[Any, ...]:
    """A record, to the last bit."""
    trail = record.trail
    arrays = (record.parameters, record.keyframe_iterations, record.keyframes, record.costs, record.test_costs)
    arrays = (*arrays, record.edits, record.state, *record.states)
    values = {name: value for name, value in vars(record).items() if not isinstance(value, np.ndarray)}
    del values["trail"], values["states"]
    pieces = [(array.dtype.str, array.shape, array.tobytes()) for array in (*arrays, trail.iterations, trail.curves)]
    return (*pieces, values)


def archive(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of these members, as the app would write it."""
    writer = ZipWriter()
    for name, data in members:
        with warnings.catch_warnings(action="ignore"):  # that a name is there twice is what some tests want
            writer.add(name, data)
    return writer.finish()


def members_of(data: bytes) -> dict[str, bytes]:
    """The members of a well-formed archive."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def with_manifest(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """An archive whose manifest has been changed, and fits again."""
    members = members_of(data)
    manifest = json.loads(members[MANIFEST])
    change(manifest)
    return archive((members | {MANIFEST: json.dumps(manifest).encode()}).items())


def with_array(data: bytes, name: str, content: bytes) -> bytes:
    """An archive in which the file of an array is another one; the manifest stays as it was."""
    return archive((members_of(data) | {member_name(name): content}).items())


def patched(data: bytes, at: int, pattern: str, *values: Any) -> bytes:
    """Bytes with some numbers written over them, as `struct.pack_into` does."""
    changed = bytearray(data)
    struct.pack_into(pattern, changed, at % len(changed), *values)
    return bytes(changed)


ENCODED = encode(tiny_project())
