"""Which versions of the format there are, and which this version of the app reads."""

from typing import Any

from curvegui import __version__
from curvegui.files.format.error import ProjectError
from curvegui.files.format.section import Section

FORMAT = "curvegui"
VERSION = 5  # raised with every addition
MIN_READER = 2  # raised where a reader that does not know the addition would get the run wrong
OPTIMIZER_READER = 5  # of runs with another optimiser than plain descent, with a schedule or mini-batches
SURGERY_READER = 3  # of runs with frozen parameters, or with some that were set by hand


def version_values() -> dict[str, Any]:
    """What a manifest begins with."""
    return {"format": FORMAT, "version": VERSION, "min_reader": MIN_READER}


def check_version(manifest: Section) -> None:
    """Refuse what is no project, or needs a newer version of the app.

    Raises
    ------
    ProjectError
        Which says which version of the app made the file.
    """
    if manifest.text("format", "") != FORMAT:
        raise ProjectError("It is not a CurveGUI project.")
    manifest.whole("version", low=1)
    if manifest.whole("min_reader", low=1) > VERSION:
        raise ProjectError(
            f"It was made by CurveGUI {manifest.text('made_by', '')}, and this version, {__version__}, "
            "is too old for it. Install that one or a newer one."
        )
