"""Compiles the engine that is written in C. This is the one recipe for it; the build hook uses it, too.

    python packaging/native.py      for this machine, where the app in this checkout finds it

The compiler is Clang or Zig, which brings a Clang and what it needs for every system. GCC makes an engine for AVX2 that
is half as fast, and Microsoft's compiler has no vectors. Zig is the version below, from PyPI, and what it makes is the
same to the byte wherever it runs.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "curvegui" / "core" / "native"
BUILT = SOURCES / "built"  # a folder of its own: beside Python's files, a library would count as a module
ZIG = "0.17.1"
FLAGS = "-O3", "-g0", "-fvisibility=hidden", "-fno-math-errno", "-fno-sanitize=all", "-Wno-psabi"
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
PIP = (
    "install",
    "--quiet",
    "--no-deps",
    "--only-binary",
    ":all:",
    "--retries",
    "0",
    "--timeout",
    "10",
    "--root-user-action",
    "ignore",
)


@dataclass(frozen=True)
class Target:
    """A kind of machine: its system and processor, the version of the system for Zig, and a wheel's tag for it."""

    system: str
    machine: str
    zig: str
    tag: str

    @property
    def name(self) -> str:
        """What one calls it."""
        return f"{self.system}-{self.machine}"

    @property
    def library(self) -> str:
        """The name of the library's file."""
        return LIBRARIES[self.system][0]


TARGETS = {
    each.name: each
    for each in (
        Target("linux", "x86_64", "linux-gnu.2.17", "manylinux_2_17_x86_64.manylinux2014_x86_64"),
        Target("linux", "aarch64", "linux-gnu.2.17", "manylinux_2_17_aarch64.manylinux2014_aarch64"),
        Target("windows", "x86_64", "windows-gnu", "win_amd64"),
        Target("macos", "aarch64", "macos.11.0", "macosx_11_0_arm64"),
        Target("macos", "x86_64", "macos.10.13", "macosx_10_13_x86_64"),
    )
}


def this_machine() -> Target | None:
    """The target that this Python runs on, or None if the engine has no copy for it."""
    system = {"linux": "linux", "win32": "windows", "darwin": "macos"}.get(sys.platform)
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    return TARGETS.get(f"{system}-{machine}") if sys.maxsize > 2**32 else None


def clang() -> list[str]:
    """The command for this system's Clang, or nothing; macOS has a stand-in for it, which asks to install it."""
    found = shutil.which("clang")
    if sys.platform == "darwin" and subprocess.run(["xcode-select", "-p"], capture_output=True, check=False).returncode:
        found = None
    return [found] if found else []


def zig(folder: Path) -> list[str]:
    """The command for Zig's Clang: of the package that is installed, or fetched into a folder."""
    try:
        spec = find_spec("ziglang") if version("ziglang") == ZIG else None
    except PackageNotFoundError:
        spec = None
    if spec and spec.origin:
        package = Path(spec.origin).parent
    else:
        package = folder / "ziglang"
        subprocess.run([*_pip(folder), *PIP, "--target", folder, f"ziglang=={ZIG}"], check=True)
    return [str(package / ("zig.exe" if os.name == "nt" else "zig")), "cc"]


def _pip(folder: Path) -> list[str]:
    """A pip: that of this Python, not of the build's environment, or a new environment's."""
    command = [sys.executable, "-I", "-m", "pip"]
    if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0:
        return command
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    return [str(environment / ("Scripts" if os.name == "nt" else "bin") / "python"), "-m", "pip"]


def compile_with(compiler: list[str], target: Target, output: Path) -> None:
    """Compile the library; what was there before is replaced once the library is whole."""
    is_zig = compiler[-1] == "cc"
    flags = [*FLAGS, *([] if target.system == "windows" else ["-fPIC"])]
    flags += ["-target", f"{target.machine}-{target.zig}"] if is_zig else []
    with tempfile.TemporaryDirectory() as work:
        facts = {**os.environ, "ZIG_GLOBAL_CACHE_DIR": work, "ZIG_LOCAL_CACHE_DIR": work}

        def run(words: list[str]) -> None:
            subprocess.run([*compiler, *flags, *words], check=True, cwd=work, env=facts)

        parts = list(_parts(target, is_zig))
        with ThreadPoolExecutor() as pool:
            list(pool.map(run, parts))
        name, libraries = LIBRARIES[target.system]
        objects = [words[-1] for words in parts]
        run(["-shared", "-Wl,-s", *objects, *libraries, "-o", name])
        made = output.with_name(f"{name}.new")
        shutil.copyfile(Path(work) / name, made)
        made.chmod(0o755)
        made.replace(output)


def _parts(target: Target, is_zig: bool) -> Iterator[list[str]]:
    """How each part is compiled; last comes the name of the object."""
    option, plain = ("-mcpu=", ["-mcpu=baseline"]) if is_zig else ("-march=", [])
    for copy, processor in COPIES[target.machine].items():
        kind = [option + (processor.replace("-", "_") if is_zig else processor)] if processor else plain
        for precision, define in PRECISIONS.items():
            words = [*kind, CONTRACTED, f"-DCOPY={copy}", *define, "-c", str(SOURCES / "engine.c")]
            yield [*words, "-o", f"engine-{precision}-{copy}.o"]
    for source, contract in ONCE.items():
        yield [*plain, contract, "-c", str(SOURCES / source), "-o", f"{Path(source).stem}.o"]


def main() -> None:
    """Compile it here."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    target = this_machine()
    if target is None:
        sys.exit("The engine has no copy for this kind of machine: NumPy will compute.")
    if not SOURCES.is_dir():
        sys.exit(f"There are no sources in {SOURCES}.")
    BUILT.mkdir(exist_ok=True)
    output = BUILT / target.library
    with tempfile.TemporaryDirectory() as folder:
        compile_with(clang() or zig(Path(folder)), target, output)
    print(f"{output}: {output.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
