"""What a picture's file is called, and where it goes, unless a person says otherwise."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from curvegui.core.snapshot import Snapshot
from curvegui.files.portable_name import portable_stem


def picture_name(snapshot: Snapshot | None) -> str:
    """A file name without its ending: "heart-30000"."""
    return f"{portable_stem(snapshot.target.name, 'curve')}-{snapshot.iteration}" if snapshot else "curve"


def pictures_folder() -> Path:
    """The person's folder for pictures, or their home where there is none."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    return folder if folder.is_dir() else Path.home()
