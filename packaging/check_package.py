"""Builds the wheel and the source archive, and sees that each has what it needs and nothing else.

    python packaging/check_package.py OUTPUT

Needs the packages ``build``, ``twine`` and ``hatchling``, ``packaging/requirements.txt``, and git. The wheel has the
engine in C, as the pinned Zig compiles it: the same bytes from the checkout and from the source archive.
"""

import argparse
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import native  # which is beside this file

ROOT = Path(__file__).resolve().parents[1]
MOVED = {"resources/": "curvegui/resources/", "docs/images/": "curvegui/resources/images/"}
PAGES = {"docs/guide.md": "curvegui/resources/guide.md", "docs/model.md": "curvegui/resources/model.md"}
SHARED = "resources/desktop/"
TARGET = native.TARGETS[native.this_machine()]
LIBRARY = native.BUILT.relative_to(ROOT) / native.LIBRARIES[TARGET.system][0]
LOADED = """
from ctypes import CDLL
from curvegui.core.native.library import PATH, VERSION
assert CDLL(str(PATH)).engine_version() == VERSION
"""
FOR_TRANSLATORS = ".pot", "/glossary.md"


def tracked() -> list[str]:
    """The files of the repository."""
    words = ["git", "-c", "safe.directory=*", "ls-files", "-z"]  # also where another user has checked it out
    listed = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return listed.rstrip("\0").split("\0")


def wanted_in_wheel(files: list[str], name: str) -> set[str]:
    """What belongs into a wheel of this name, but for the facts about it."""
    found = {path for path in files if path.startswith("curvegui/")} | {LIBRARY.as_posix()}
    files = [path for path in files if not path.endswith(FOR_TRANSLATORS)]
    found |= {PAGES[path] for path in files if path in PAGES}
    for start, place in MOVED.items():
        found |= {place + path.removeprefix(start) for path in files if path.startswith(start)}
    return found | {f"{name}.data/data/share/{path.removeprefix(SHARED)}" for path in files if path.startswith(SHARED)}


def wanted_in_source(files: list[str], name: str) -> set[str]:
    """What belongs into the source archive, but for the facts about it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    places = tuple(project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    names = {path for path in files if f"/{path}".startswith(places)} | {"pyproject.toml", ".gitignore"}
    return {f"{name}/{path}" for path in names}


def compare(what: str, found: set[str], wanted: set[str]) -> None:
    """Fail where something is missing or too much."""
    print(f"{what}: {len(found)} files")
    for words, names in (("lacks", wanted - found), ("has too much", found - wanted)):
        if names:
            sys.exit(f"The {what} {words}: {', '.join(sorted(names)[:9])}")


def run(*words: str | Path) -> None:
    """Run a module of Python, such as ``build``, for this machine."""
    facts = {**os.environ, native.CHOICE: native.this_machine()}
    subprocess.run([sys.executable, "-m", *words], check=True, cwd=ROOT, stdout=subprocess.DEVNULL, env=facts)


def again(wheel: Path) -> None:
    """Build a wheel once more, elsewhere, compare them, and load its library."""
    with TemporaryDirectory() as folder:
        run("hatchling", "build", "-t", "wheel", "-d", folder)
        if (Path(folder) / wheel.name).read_bytes() != wheel.read_bytes():
            sys.exit("The wheel from the checkout and the one from the source archive are not the same.")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        subprocess.run([sys.executable, "-c", LOADED], check=True, cwd=folder)


def main() -> None:
    """Build and check."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("output", type=Path)
    output = parser.parse_args().output.absolute()
    run("build", "--no-isolation", "--outdir", output, ROOT)
    (wheel,), (source,) = output.glob("*.whl"), output.glob("*.tar.gz")
    again(wheel)
    subprocess.run([sys.executable, "-m", "twine", "check", "--strict", wheel, source], check=True)
    files, name = tracked(), source.name.removesuffix(".tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        facts = f"{name}.dist-info/"
        compare(
            "wheel", {each for each in archive.namelist() if not each.startswith(facts)}, wanted_in_wheel(files, name)
        )
    with tarfile.open(source) as archive:
        found = {each.name for each in archive.getmembers() if each.isfile()} - {f"{name}/PKG-INFO"}
        compare("source archive", found, wanted_in_source(files, name))


if __name__ == "__main__":
    main()
