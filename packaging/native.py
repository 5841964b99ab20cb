"""Compiles the engine that is written in C. This is the one recipe for it; the build hook uses it, too.

    python packaging/native.py                     for this machine, where the app in this checkout finds it
    python packaging/native.py --wheels FOLDER     for all systems, a wheel for each (needs the package ``hatchling``)

The compiler is Clang or Zig, which brings a Clang and what it needs for every system. GCC makes an engine for AVX2 that
is half as fast, and Microsoft's compiler has no vectors. Wheels are made by Zig alone, of the version below, which is
fetched from PyPI if it is not installed: from the same sources it makes the same bytes.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "curvegui" / "core" / "native"
BUILT = SOURCES / "built"  # a folder of its own: beside Python's files, a library would count as a module
CHOICE = "CURVEGUI_NATIVE"
"""The environment variable that tells the build hook for which target a wheel is, or "no": without an engine in C."""
ZIG = "0.17.1"
FLAGS = (
    *("-O3", "-g0", "-fvisibility=hidden", "-fno-math-errno", "-fno-sanitize=all", "-Wno-psabi"),
    *("-fno-builtin-sin", "-fno-builtin-cos"),  # or both become one call, of a function that Windows does not have
)
COPIES = {"x86_64": {"avx2": "x86-64-v3", "avx512": "x86-64-v4"}, "aarch64": {"neon": ""}}
"""The engine is compiled for each of these kinds of processor in each precision, under names that end in both."""
PRECISIONS = {"double": [], "single": ["-DSINGLE"]}
CONTRACTED, AS_WRITTEN = "-ffp-contract=on", "-ffp-contract=off"
ONCE = {"noise.c": AS_WRITTEN, "dispatch.c": CONTRACTED}
"""What is compiled for every processor of a machine, and whether a product and a sum become one operation."""
LIBRARIES = {
    "linux": ("libengine.so", ("-nostdlib", "-lm", "-lc")),  # without the compiler's own library, which takes Zig 8 s
    "macos": ("libengine.dylib", ("-nostdlib", "-lSystem")),
    "windows": ("libengine.dll", ("-nostdlib", "-lucrtbase", "-Wl,--no-entry")),
}
"""What the library is called on each system, and what it is linked with."""
THIS_PYTHON = sys.executable, "-I"
"""With all that is installed in it, also where a build may see only what the build needs."""
DOWNLOAD = "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--retries", "0", "--timeout", "10", "--dest"
NO_USE = re.compile(r"(free|net|open)bsd|musl|wasi|libcxx|libtsan")
"""Files of Zig's archive that are not unpacked: this library needs none of them."""


@dataclass(frozen=True)
class Target:
    """A kind of machine: its system and processor, the version of the system for Zig, and a wheel's tag for it."""

    system: str
    machine: str
    zig: str
    tag: str


TARGETS = {
    f"{each.system}-{each.machine}": each
    for each in (
        Target("linux", "x86_64", "linux-gnu.2.17", "manylinux_2_17_x86_64.manylinux2014_x86_64"),
        Target("linux", "aarch64", "linux-gnu.2.17", "manylinux_2_17_aarch64.manylinux2014_aarch64"),
        Target("windows", "x86_64", "windows-gnu", "win_amd64"),
        Target("macos", "aarch64", "macos.11.0", "macosx_11_0_arm64"),
        Target("macos", "x86_64", "macos.10.13", "macosx_10_13_x86_64"),
    )
}


def this_machine() -> str:
    """The name of the target that this Python runs on; of others the name is in no table."""
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    return f"{system}-{machine}" if sys.maxsize > 2**32 else "32-bit"


# Compilers


def compilers(folder: Path) -> Iterator[list[str]]:
    """The commands that may compile it: an installed Zig, Clang, and a Zig that is fetched into a folder."""
    if installed := _installed_zig():
        yield installed
    if found := _clang():
        yield found
    if not installed:
        yield _fetched_zig(folder)


def zig(folder: Path) -> list[str]:
    """The command for Zig's Clang, which is fetched into a folder if it is not installed."""
    return _installed_zig() or _fetched_zig(folder)


def _installed_zig() -> list[str]:
    command = [*THIS_PYTHON, "-m", "ziglang"]
    return [*command, "cc"] if _said(*command, "version") == ZIG else []


def _clang() -> list[str]:
    """The path of the system's Clang.

    On macOS, `clang` may be a placeholder that opens a dialog, so xcode-select is asked first.
    """
    found = shutil.which("clang")
    return [found] if found and (sys.platform != "darwin" or _said("xcode-select", "-p")) else []


def _fetched_zig(folder: Path) -> list[str]:
    pip = [*THIS_PYTHON, "-m", "pip"]
    if not _said(*THIS_PYTHON, "-c", "import pip; print(pip)"):
        environment = folder / "environment"
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = [str(environment / ("Scripts/pip.exe" if os.name == "nt" else "bin/pip"))]
    subprocess.run([*pip, *DOWNLOAD, folder, f"ziglang=={ZIG}"], check=True)
    with ZipFile(next(folder.glob("ziglang-*.whl"))) as package:
        package.extractall(folder, [name for name in package.namelist() if not NO_USE.search(name)])
    program = folder / "ziglang" / ("zig.exe" if os.name == "nt" else "zig")
    program.chmod(0o755)
    return [str(program), "cc"]


def _said(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()


# The library


def compile_here(folder: Path) -> tuple[Path, str]:
    """Compile the library for this machine; return its path and the tag of a wheel with it."""
    target = TARGETS.get(this_machine())
    if target is None:
        raise OSError(f"The engine in C has no copy for this kind of machine, {this_machine()}.")
    with TemporaryDirectory(ignore_cleanup_errors=True) as fetched:
        for command in compilers(Path(fetched)):
            with suppress(subprocess.CalledProcessError):  # an old Clang, or one without a linker
                library = _compile(command, target, folder)
                return library, target.tag if _is_zig(command) else re.sub(r"[-.]", "_", sysconfig.get_platform())
    raise OSError("No compiler can compile the engine in C.")


def is_current() -> bool:
    """Whether a library in this checkout is younger than all that it is made of."""
    made = max((each.stat().st_mtime for each in BUILT.glob("libengine.*")), default=0)
    return made > max(each.stat().st_mtime for each in (Path(__file__), *SOURCES.glob("*.[ch]")))


def compile_by_zig(target: Target, folder: Path) -> Path:
    """Compile the library for a target by the one Zig."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as fetched:
        return _compile(zig(Path(fetched)), target, folder)


def _is_zig(compiler: list[str]) -> bool:
    return compiler[-1] == "cc"


def _compile(compiler: list[str], target: Target, folder: Path) -> Path:
    """Compile the library into a folder; one that was there before is replaced once this one is whole."""
    folder.mkdir(exist_ok=True)
    by_zig = _is_zig(compiler)
    flags = [*FLAGS, *([] if target.system == "windows" else ["-fPIC"])]
    flags += ["-target", f"{target.machine}-{target.zig}"] if by_zig else []
    name, libraries = LIBRARIES[target.system]
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as work:
        facts = {**os.environ, "ZIG_GLOBAL_CACHE_DIR": work, "ZIG_LOCAL_CACHE_DIR": work}

        def run(words: list[str]) -> None:
            subprocess.run([*compiler, *flags, *words], check=True, cwd=work, env=facts)

        parts = list(_parts(target.machine, by_zig))
        with ThreadPoolExecutor() as pool:
            list(pool.map(run, parts))
        run(["-shared", "-Wl,-s", *(words[-1] for words in parts), *libraries, "-o", name])
        return (Path(work) / name).replace(folder / name)


def _parts(machine: str, by_zig: bool) -> Iterator[list[str]]:
    """How each part is compiled; last comes the name of the object."""
    option, plain = ("-mcpu=", ["-mcpu=baseline"]) if by_zig else ("-march=", [])
    for copy, processor in COPIES[machine].items():
        kind = [option + (processor.replace("-", "_") if by_zig else processor)] if processor else plain
        for precision, define in PRECISIONS.items():
            words = [*kind, CONTRACTED, f"-DCOPY={copy}", *define, "-c", str(SOURCES / "engine.c")]
            yield [*words, "-o", f"engine-{precision}-{copy}.o"]
    for source, contract in ONCE.items():
        yield [*plain, contract, "-c", str(SOURCES / source), "-o", f"{Path(source).stem}.o"]


def build_wheels(folder: Path) -> None:
    """Build a wheel for each target."""
    for name in TARGETS:
        words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        subprocess.run(words, check=True, cwd=ROOT, env={**os.environ, CHOICE: name})


def main() -> None:
    """Do what the command says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheels", type=Path, metavar="FOLDER", help="build a wheel for each system")
    options = parser.parse_args()
    if options.wheels:
        build_wheels(options.wheels.absolute())
    else:
        try:
            library, _ = compile_here(BUILT)
        except OSError as error:
            sys.exit(str(error))
        except subprocess.CalledProcessError:
            sys.exit("No Clang here can compile the engine in C, and Zig cannot be fetched from PyPI.")
        print(f"{library}: {library.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
