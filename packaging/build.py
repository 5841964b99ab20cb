"""Builds what a person installs who has no Python, for the system that it runs on.

    python packaging/build.py [--output FOLDER] [--only deb]

The Python that runs it needs CurveGUI with its requirements, and ``packaging/requirements.txt``. On Linux, with a C
compiler and binutils, it makes a .tar.xz and a .deb, on Windows an installer (with Inno Setup), on macOS a .dmg. The
engine in C is in it; MP4 is not, which would make it larger by 80 MB.
What was tried on which system stands in ``docs/platforms.md``.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

import licences
import native

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "packaging"
NAME = "curvegui"
MOST_BYTES, MOST_PACKED = 124_000_000, 45_000_000  # Qt's network, for a second start, has 3.4 MB of it
DEB_NEEDS = (
    "libc6 (>= {glibc}), libdbus-1-3, libegl1, libfontconfig1, libfreetype6, libgcc-s1, libgl1, "
    "libglib2.0-0t64 | libglib2.0-0, libstdc++6, libuuid1, libx11-6, libx11-xcb1, libxcb1, "
    "libzstd1, zlib1g"
)
"""What a bundle leaves to the system: it must fit the drivers and the fonts that are there."""
CONTROL = """Package: curvegui
Version: {version}
Architecture: {architecture}
Maintainer: The CurveGUI authors <curvegui@users.noreply.github.com>
Section: education
Priority: optional
Installed-Size: {kilobytes}
Depends: {needs}
Recommends: libcups2t64 | libcups2, libwayland-client0, libwayland-cursor0
Homepage: https://github.com/curvegui/curvegui
Description: Watch a small neural network learn to draw a curve
 Change the step size, the noise, the layers and the curve while it learns, look
 at every weight and at the chain rule with today's numbers, and write the
 Jacobians yourself.
"""


def version() -> str:
    """The version, from the one place where it stands."""
    text = (ROOT / "curvegui" / "__init__.py").read_text(encoding="utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def run(*words: str | Path, **variables: str) -> None:
    """Run a program to its end; whatever fails, the build does."""
    subprocess.run([*map(str, words)], check=True, env={**os.environ, **variables})


def bundle(output: Path, work: Path) -> Path:
    """Make the folder of the bundle, or macOS's app."""
    icons = work / "icons"
    run(sys.executable, HERE / "icons.py", "--for-system", icons)
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", str(output), "--workpath", str(work / "pyinstaller")]
    library = native.compile_by_zig(native.TARGETS[native.this_machine()], work)
    facts = {"CURVEGUI_LIBRARY": str(library), "CURVEGUI_ICONS": str(icons), "CURVEGUI_VERSION": version()}
    facts["PYTHONPATH"] = str(ROOT)  # the checkout, also where CurveGUI is installed
    run(sys.executable, "-m", "PyInstaller", *options, HERE / "curvegui.spec", **facts)
    if sys.platform == "darwin":
        return output / "CurveGUI.app"
    return output / NAME


def size_of(folder: Path) -> int:
    """How many bytes all files in a folder have."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def check_size(what: Path, most: int) -> None:
    """Say how large something is, and fail if that is too much."""
    size = size_of(what) if what.is_dir() else what.stat().st_size
    print(f"{what.name}: {size / 1e6:.1f} MB")
    if size > most:
        sys.exit(f"{what.name} has {size / 1e6:.1f} MB, more than {most / 1e6:.0f}.")


# Linux


def make_archive(folder: Path, output: Path, work: Path) -> Path:
    """An archive to unpack anywhere."""
    archive = output / f"{NAME}-{version()}-linux-{platform.machine()}.tar.xz"
    with tarfile.open(archive, "w:xz", preset=6) as file:
        file.add(folder, NAME)
        file.add(HERE / "linux-readme.txt", f"{NAME}/README.txt")
    return archive


def make_deb(folder: Path, output: Path, work: Path) -> Path:
    """A package for Debian, Ubuntu and what comes of them: the bundle, and what all desktops are told about it."""
    root = work / "deb"
    shutil.copytree(folder, root / "usr/lib" / NAME, symlinks=True)
    shutil.copytree(ROOT / "resources/desktop", root / "usr/share")
    (root / "usr/bin").mkdir()
    for command in (NAME, f"{NAME}-gui"):
        (root / "usr/bin" / command).symlink_to(f"../lib/{NAME}/{NAME}")
    document = root / "usr/share/doc" / NAME
    document.mkdir(parents=True)
    inside = f"usr/lib/{NAME}/_internal"
    copyright_ = licences.for_debian(licences.read(root / inside / licences.IN_BUNDLE), inside)
    (document / "copyright").write_text(copyright_, encoding="utf-8")
    architecture = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True).stdout
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        CONTROL.format(
            version=version(),
            architecture=architecture.strip(),
            kilobytes=size_of(root) // 1024,
            needs=DEB_NEEDS.format(glibc=platform.libc_ver()[1]),
        ),
        encoding="utf-8",
    )
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    made = output / f"{NAME}_{version()}_{architecture.strip()}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, made)
    return made


# Windows and macOS: written from the documentation of the tools, and not tried


def make_installer(folder: Path, output: Path, work: Path) -> Path:
    """An installer, made by Inno Setup, whose compiler is on the path or where it installs itself."""
    usual = r"C:\Program Files (x86)\Inno Setup 6\ISCC.exe"
    name = f"{NAME}-{version()}-windows"
    facts = {"Version": version(), "Bundle": folder, "Icons": work / "icons", "Output": output, "Name": name}
    defined = [f"/D{key}={value}" for key, value in facts.items()]
    run(shutil.which("iscc") or usual, *defined, HERE / "windows.iss")
    return output / f"{name}.exe"


def make_dmg(app: Path, output: Path, work: Path) -> Path:
    """A disk image with the app and a link to where apps are; a new app takes the place of the old one there, whole."""
    inside = work / "dmg"
    inside.mkdir(parents=True)
    run("ditto", app, inside / app.name)
    (inside / "Applications").symlink_to("/Applications")
    made = output / f"{NAME}-{version()}-macos-{platform.machine()}.dmg"
    run("hdiutil", "create", "-ov", "-format", "ULFO", "-volname", "CurveGUI", "-srcfolder", inside, made)
    return made


FORMS: dict[str, dict[str, Callable[[Path, Path, Path], Path]]] = {
    "linux": {"tar": make_archive, "deb": make_deb},
    "win32": {"installer": make_installer},
    "darwin": {"dmg": make_dmg},
}
"""What is made for each system."""


def main() -> None:
    """Build it."""
    forms = FORMS[sys.platform]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="where to put it; dist unless given")
    parser.add_argument("--only", choices=forms, help="only this, and the bundle that can be started where it is")
    options = parser.parse_args()
    output = options.output.absolute()
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        folder = bundle(output, Path(work))
        check_size(folder, MOST_BYTES)
        for form in [options.only] if options.only else forms:
            check_size(forms[form](folder, output, Path(work)), MOST_PACKED)


if __name__ == "__main__":
    main()
