"""The licences of all that is in a bundle: one text for each part of it, which says what it is and what is under it.

Packages for Python bring their texts along, and so do the libraries of a Debian or Ubuntu. What brings none stands in
``KNOWN``, with its texts in ``packaging/licences``. Whatever is under no licence that is known ends the build.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXTS = Path(__file__).resolve().parent / "licences"
IN_BUNDLE = "curvegui/resources/licences"
LGPL = "LGPL-notice.txt", "LGPL-3.0.txt", "GPL-3.0.txt"
QT_SOURCE = "https://download.qt.io/official_releases/"
COMMON = {"LGPL-3.0.txt": "LGPL-3", "GPL-3.0.txt": "GPL-3"}  # what every Debian has in /usr/share/common-licenses
RULE = "\n" + "-" * 60 + "\n\n"  # between two texts
HEAD = "Licence: ", "Source: ", "Copyright: ", "Files: "
OF_LICENCE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
OF_COPYRIGHT = re.compile(r"(?:Copyright|©)[^\n]{0,20}\d{4}[^\n]*")


@dataclass(frozen=True)
class Known:
    """Something whose licence is known from here: patterns of its files in the bundle, and the names of its texts.

    ``package`` is the one of Python that brings it, and whose version it has.
    """

    name: str
    licence: str
    files: tuple[str, ...]
    texts: tuple[str, ...] = ()
    package: str = ""
    copyright: str = ""
    source: str = ""


KNOWN = (  # the more special first
    Known("ICU", "ICU", ("PySide6/Qt/lib/libicu*", "PySide6/icu*.dll"), ("ICU.txt",),
          source="https://icu.unicode.org"),
    Known("Qt", "LGPL-3.0-only", ("PySide6/Qt/*", "PySide6/Qt6*.dll", "PySide6/plugins/*", "PySide6/translations/*"),
          (*LGPL, "Qt-parts.txt"), "PySide6_Essentials", "The Qt Company Ltd. and other contributors",
          f"{QT_SOURCE}qt/"),
    Known("PySide6", "LGPL-3.0-only", ("PySide6/*", "pyside6_essentials-*"), LGPL, "PySide6_Essentials",
          "The Qt Company Ltd.", f"{QT_SOURCE}QtForPython/"),
    Known("Shiboken", "LGPL-3.0-only", ("shiboken6/*",), LGPL, "shiboken6", "The Qt Company Ltd.",
          f"{QT_SOURCE}QtForPython/"),
    Known("Python", "PSF-2.0", ("python3*", "libpython*", "Python*", "base_library.zip", "lib-dynload/*", "*.pyd",
          "_sysconfigdata*", "libffi-*.dll", "libcrypto-*.dll", "zlib*.dll", "[Vv][Cc][Rr][Uu][Nn]*.dll",
          "MSVCP*.dll", "ucrtbase.dll", "api-ms-win-*.dll"), ("Python-parts.txt",), source="https://www.python.org"),
    Known("PyInstaller", "GPL-2.0-or-later WITH Bootloader-exception", ("_pyi_*", "curvegui", "curvegui*.exe"), (),
          "pyinstaller", source="https://pyinstaller.org"),
)  # fmt: skip
OWN = Known("CurveGUI", "MIT", ("curvegui/*", "LICENSE"), source="https://github.com/curvegui/curvegui")


def write(places: Mapping[str, str], modules: Iterable[str], folder: Path) -> list[Path]:
    """Write the licences of a bundle, one file for each part; return their paths.

    ``places`` are the bundle's files, from its folder on, and where they come from; ``modules`` are the first parts of
    the names of Python's modules in it.
    """
    folder.mkdir(parents=True)
    others = {f"{name}/": "" for name in modules if name not in sys.stdlib_module_names}
    parts: dict[str, tuple[Known, str]] = {}
    for place, source in sorted({**places, **others}.items()):
        part, text = _part_of(place, source)
        before = parts.get(part.name)
        files = tuple(dict.fromkeys(before[0].files + part.files)) if before else part.files
        parts[part.name] = replace(part, files=files), text
    for part, text in parts.values():
        found = [line.removeprefix("Copyright: ").rstrip() for line in OF_COPYRIGHT.findall(text)]
        copyright_ = part.copyright or "; ".join(dict.fromkeys(found))
        values = part.licence, part.source, copyright_, ", ".join(part.files)
        head = [part.name, *(f"{name}{value}" for name, value in zip(HEAD, values, strict=True)), "", ""]
        path = folder / f"{re.sub(r'[^A-Za-z0-9.]+', '-', part.name)}.txt"
        path.write_text("\n".join(head) + text, encoding="utf-8")
    return sorted(folder.iterdir())


def _part_of(place: str, source: str) -> tuple[Known, str]:
    """What a file of the bundle belongs to, and the text of its licence."""
    for known in (OWN, *KNOWN):
        if any(fnmatchcase(place, pattern) for pattern in known.files):
            return _of_known(known)
    top = place.partition("/")[0]
    for name in (top, top.removesuffix(".libs"), top.partition("-")[0]):
        if name in _packages():
            return _of_package(_packages()[name][0])
    if sys.platform == "linux" and source and shutil.which("dpkg-query"):
        return _of_system(place, source)
    sys.exit(f"packaging/licences.py knows of no licence for {place}, which comes from {source}.")


@cache
def _packages() -> Mapping[str, list[str]]:
    """The packages of Python, by what they bring: modules, and the folder with the facts about them."""
    found = dict(metadata.packages_distributions())
    return found | {name.lower().replace("-", "_"): [name] for names in [*found.values()] for name in names}


@cache
def _of_known(known: Known) -> tuple[Known, str]:
    texts = [(TEXTS / name).read_text(encoding="utf-8") for name in known.texts]
    version = metadata.version(known.package) if known.package else ""
    if known is OWN:
        texts = [(ROOT / "LICENSE").read_text(encoding="utf-8")]
    elif known.name == "Python":
        version, texts = sys.version.split()[0], [_of_python(), *texts]
    elif known.name == "PyInstaller":
        texts = [*_own_texts(known.package)]
    return replace(known, name=f"{known.name} {version}".rstrip()), RULE.join(texts)


def _of_python() -> str:
    """Python's own licence; it is beside its library, or, on Windows, above it."""
    library = Path(sysconfig.get_path("stdlib"))
    found = next(path for path in (library / "LICENSE.txt", library.parent / "LICENSE.txt") if path.is_file())
    return found.read_text(encoding="utf-8")


@cache
def _of_package(name: str) -> tuple[Known, str]:
    """A package of Python, with all texts that it brings."""
    facts, plain = metadata.metadata(name), name.lower().replace("-", "_")
    tops = sorted(top for top, names in _packages().items() if name in names and top.isidentifier())
    files = [pattern for top in tops for pattern in (f"{top}/*", f"{top}.libs/*")]
    classes = [each.rpartition(" :: ")[2] for each in facts.get_all("Classifier") or () if each.startswith("License")]
    licence = facts.get("License-Expression") or (facts.get("License") or " and ".join(classes)).partition("\n")[0]
    text = RULE.join(_own_texts(name))
    if not text:
        sys.exit(f"The package {name} brings no licence: add it to KNOWN in packaging/licences.py.")
    title = f"{facts['Name']} {metadata.version(name)}"
    return Known(
        title, licence, (*files, f"{plain}-*.dist-info/*"), source=f"https://pypi.org/project/{facts['Name']}/"
    ), text


def _own_texts(package: str) -> Iterator[str]:
    for file in metadata.files(package) or ():
        if OF_LICENCE.search(file.name) and file.suffix not in {".py", ".pyc"}:
            yield f"{file}\n\n{file.locate().read_text(encoding='utf-8', errors='replace')}"


def _of_system(place: str, source: str) -> tuple[Known, str]:
    """A library of the system, by the package of Debian's that it comes from."""
    for path in (Path(source), Path(source).resolve()):
        asked = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            break
    else:
        sys.exit(f"No package of this system has {source}: add it to KNOWN in packaging/licences.py.")
    name = asked.stdout.partition(": ")[0].partition(",")[0]
    form = ["dpkg-query", "-W", "-f", "${source:Package} ${source:Version}", name]
    title = subprocess.run(form, capture_output=True, text=True, check=True).stdout
    text = Path("/usr/share/doc", name.partition(":")[0], "copyright").read_text(encoding="utf-8", errors="replace")
    licences = dict.fromkeys(re.findall(r"^License: *(\S.*?) *$", text, re.MULTILINE))
    part = Known(
        title, " and ".join(licences) or "MIT", (place,), source=f"https://tracker.debian.org/{title.split()[0]}"
    )
    return part, text


# What was written is read again: for Debian, and to look whether it is all there


@dataclass(frozen=True)
class Licence:
    """A part of a bundle as its file says it."""

    name: str
    licence: str
    source: str
    copyright: str
    files: tuple[str, ...]
    text: str


def read(folder: Path) -> list[Licence]:
    """The licences of a bundle, from the folder that they are in."""
    found = []
    for path in sorted(folder.iterdir()):
        lines = path.read_text(encoding="utf-8").split("\n")
        values = [line.removeprefix(name) for line, name in zip(lines[1:], HEAD, strict=False)]
        files = tuple(values[3].split(", "))
        found.append(Licence(lines[0], *values[:3], files, "\n".join(lines[len(HEAD) + 2 :])))
    return found


def without_licence(names: Iterable[str], licences: Iterable[Licence]) -> list[str]:
    """Which of these files and modules of a bundle no text of a licence is about."""
    patterns = [pattern for each in licences for pattern in each.files if len(each.text) > len("license")]
    return [name for name in names if not any(fnmatchcase(name, pattern) for pattern in patterns)]


def _installed(where: str, pattern: str) -> str:
    """Where Debian puts a file of a bundle: all but the program itself are in a folder beside it."""
    return f"{where.removesuffix('/_internal') if pattern == 'curvegui' else where}/{pattern}"


def for_debian(licences: Iterable[Licence], where: str) -> str:
    """The same as Debian wants it: the last paragraph that fits a file counts, and common texts are in one place."""
    common = {(TEXTS / name).read_text(encoding="utf-8").rstrip(): there for name, there in COMMON.items()}
    paragraphs = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: CurveGUI\nSource: {OWN.source}\n"
    ]
    for each in sorted(licences, key=lambda each: (each.name != OWN.name, min(map(len, each.files)))):
        files = "*" if each.name == OWN.name else "\n ".join(_installed(where, pattern) for pattern in each.files)
        text = each.text
        for long, there in common.items():
            text = text.replace(long, f"On Debian systems, this text is in /usr/share/common-licenses/{there}.")
        shown = "\n".join(f" {line}".rstrip() if line.strip() else " ." for line in text.strip().splitlines())
        comment = f"Comment: {each.name}, from {each.source}"
        lines = each.copyright.replace("; ", "\n ")
        paragraphs.append(f"Files: {files}\nCopyright: {lines}\nLicense: {each.licence}\n{shown}\n{comment}\n")
    return "\n".join(paragraphs)
