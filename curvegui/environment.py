"""Whether this Python has what the app needs, and if not, one sentence with what to type; and what the app runs on.

Nothing is imported to find out, and every Python from 3.8 on can read this file: it runs where everything else is
missing.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from importlib import util
from pathlib import Path

RUN_CHILD = "-c"  # as to Python: a bundle has none to start, and its own program runs the code that follows
OLDEST_PYTHON = (3, 11)
IMMORTAL_NONE = (3, 12)  # from here on PySide6 6.12 is harmless
LOSES_REFERENCES = (6, 12)  # from here on PySide6 counts None and True down on older Pythons, which then abort

REQUIREMENTS = {
    "PySide6": "PySide6-Essentials>=6.10,<6.12" if sys.version_info < IMMORTAL_NONE else "PySide6-Essentials>=6.10",
    "pyqtgraph": "pyqtgraph>=0.14",
    "numpy": "numpy>=2.0",
    "PIL": "Pillow>=12.1.1",
}
"""What is imported, and what pip calls it."""

EXTRAS = {
    "video": ["av>=17"],
    "cluster": ["distributed>=2025.1"],
    "notebook": ["ipykernel>=6.29", "matplotlib>=3.9", "nbformat>=5.10"],
}
"""What the app can do without, by the extras of the package."""

LINUX_PACKAGES = (
    "libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-keysyms1 libxcb-randr0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0"
)
"""What Qt needs from a Debian or Ubuntu without desktop libraries."""


PARTS = {
    "PySide6-Essentials": ("PySide6 (Qt for Python)", "LGPL-3.0"),
    "pyqtgraph": ("pyqtgraph", "MIT"),
    "numpy": ("NumPy", "BSD-3-Clause"),
    "pillow": ("Pillow", "MIT-CMU"),
    "av": ("PyAV", "BSD-3-Clause"),
    "distributed": ("Distributed", "BSD-3-Clause"),
}
"""By the name of the package: what people call it, and its licence. The last two need not be there."""


def parts() -> list[tuple[str, str]]:
    """What is installed, each with its version, and its licence."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for package, (name, licence) in PARTS.items():
        try:
            found.append((f"{name} {version(package)}", licence))
        except PackageNotFoundError:
            continue
    return found


def is_bundle() -> bool:
    """Whether this runs in a bundle that needs no Python."""
    return bool(getattr(sys, "frozen", False))


def details() -> list[str]:
    """What the app runs on, in lines, for whoever looks into a fault."""
    import platform

    from curvegui import __version__

    kind = "bundle" if is_bundle() else "package"
    return [
        f"CurveGUI {__version__} ({kind})",
        f"{platform.platform()}, {os.cpu_count()} cores",
        f"Python {platform.python_version()}",
        *(part for part, _ in parts()),
    ]


def problem() -> str | None:
    """Why the app cannot start here, in one sentence with what helps; None where it can."""
    return old_python(sys.version_info[:2]) or missing_dependency() or bad_pair(sys.version_info[:2], _pyside_version())


def old_python(version: tuple[int, ...]) -> str | None:
    """A sentence if Python is older than the app's language; ``version`` is like (3, 11)."""
    if version >= OLDEST_PYTHON:
        return None
    return (
        f"CurveGUI needs Python {_dotted(OLDEST_PYTHON)} or newer, and this is Python {_dotted(version)}: "
        "get a newer one from https://www.python.org/downloads/ and start CurveGUI with it."
    )


def missing_dependency() -> str | None:
    """A sentence if packages are missing, with the line that installs them."""
    missing = [requirement for name, requirement in REQUIREMENTS.items() if util.find_spec(name) is None]
    if not missing:
        return None
    names = ", ".join(requirement.partition(">")[0] for requirement in missing)
    return f"CurveGUI needs {names}: type  {install_line(missing)}"


def bad_pair(python_version: tuple[int, ...], pyside_version: str | None) -> str | None:
    """A sentence if this PySide6, like "6.11.3" or None if not known, would abort on this Python, like (3, 11)."""
    if python_version >= IMMORTAL_NONE or not pyside_version or _leading_numbers(pyside_version) < LOSES_REFERENCES:
        return None
    return (
        f"PySide6 {pyside_version} makes Python {_dotted(python_version)} abort after a while: "
        f"type  {install_line(['PySide6-Essentials>=6.10,<6.12'])}"
    )


def no_display() -> str | None:
    """A sentence where there is nothing to show a window on: Qt would abort there. None on other systems."""
    ways = ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM")
    if not sys.platform.startswith("linux") or any(os.environ.get(name) for name in ways):
        return None
    return (
        "There is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set. "
        "What works without one is in  curvegui --help"
    )


def missing_library(error: ImportError) -> str | None:
    """A sentence if an import failed because one of the system's libraries is missing, as on a bare Linux."""
    library = str(error).partition(": cannot open shared object file")
    if not library[1]:
        return None
    return (
        f"CurveGUI needs the system's library {library[0]}: on Debian or Ubuntu type  "
        f"sudo apt-get install {LINUX_PACKAGES}"
    )


def extra_line(extra: str) -> str:
    """What to type to get a part that the app can do without; nothing in a bundle, which cannot be added to."""
    return "" if is_bundle() else install_line(EXTRAS[extra], f"[{extra}]")


def install_line(requirements: list[str], extra: str = "") -> str:
    """What to type to install these packages for the Python that runs this.

    Where the system keeps pip away from its own Python, the line makes a virtual environment with the app, and an
    ``extra`` of it such as "[video]", and starts the app.
    """
    checkout = Path(__file__).resolve().parents[1]
    if _is_kept_by_the_system() and (checkout / "pyproject.toml").is_file():
        where = _quoted(f"{'.' if checkout == Path.cwd() else checkout}{extra}")
        return f"{_python()} -m venv .venv && .venv/bin/pip install {where} && .venv/bin/curvegui"
    make_pip = "" if util.find_spec("pip") else f"{_python()} -m ensurepip && "
    return f"{make_pip}{_python()} -m pip install {' '.join(map(_quoted, requirements))}"


def _pyside_version() -> str | None:
    """The version in the name of the folder that pip leaves: ten times as fast as asking importlib."""
    package = util.find_spec("PySide6")
    if package is None or not package.origin:
        return None
    for folder in sorted(Path(package.origin).parents[1].glob("*.dist-info")):
        name, _, version = folder.name[: -len(".dist-info")].partition("-")
        if name.lower() in ("pyside6", "pyside6_essentials"):
            return version
    return None


def _is_kept_by_the_system() -> bool:
    is_virtual = sys.prefix != sys.base_prefix
    return not is_virtual and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()


def _python() -> str:
    """The shortest name by which a shell finds this Python."""
    for name in ("python", "python3"):
        found = shutil.which(name)
        if found and Path(found).absolute() == Path(sys.executable):
            return name
    return _quoted(sys.executable or "python")


def _quoted(word: str) -> str:
    """The word, in double quotes, which every shell knows, where it needs them."""
    return f'"{word}"' if set(word) & set(" <>,;&()[]") else word


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version[:2]))


def _leading_numbers(version: str) -> tuple[int, ...]:
    """The first two numbers of a version: ``"6.12.0a1"`` gives (6, 12)."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split(".")[:2])
