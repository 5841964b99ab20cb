"""Where the files that come with the app are."""

from pathlib import Path


def resource(*parts: str) -> Path:
    """The path of a file under ``resources/``: inside an installed package, or beside it in a checkout.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package / "resources", package.parent / "resources"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError(f"{'/'.join(parts)} is missing from this installation of CurveGUI. Install it again.")
