"""Where file dialogs begin: a folder that the system keeps for a kind of file, or the person's home."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

Place = QStandardPaths.StandardLocation


def documents_folder() -> Path:
    """The person's folder for documents, or their home where there is none."""
    return _folder(Place.DocumentsLocation)


def pictures_folder() -> Path:
    """The person's folder for pictures, or their home where there is none."""
    return _folder(Place.PicturesLocation)


def _folder(place: Place) -> Path:
    told = QStandardPaths.writableLocation(place)
    return Path(told) if told and Path(told).is_dir() else Path.home()
