"""What a picture's file is called, unless a person says otherwise."""

from curvegui.core.learner.snapshot import Snapshot
from curvegui.files.disk.portable_name import portable_stem


def picture_name(snapshot: Snapshot | None) -> str:
    """A file name without its ending: "heart-30000"."""
    return f"{portable_stem(snapshot.target.name, 'curve')}-{snapshot.iteration}" if snapshot else "curve"
