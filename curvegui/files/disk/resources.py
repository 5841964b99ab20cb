"""Where the files that come with the app are."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
ROOTS = (PACKAGE / "resources", PACKAGE.parent / "resources", PACKAGE.parent / "docs")


def resource(*parts: str) -> Path:
    """The path of a file under ``resources/``, or of the guide: inside the installed package, or beside it."""
    for root in ROOTS:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation of CurveGUI. Install it again.")
