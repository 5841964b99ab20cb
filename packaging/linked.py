"""Small libraries in place of large ones that are only linked, for Linux: 8 MB less.

Pillow's wheel links readers of TIFF, JPEG and JPEG 2000, and the way to an X server, before it does anything; the app
has it write GIF and WebP. In their place, ``hollow`` puts libraries of the same names whose functions do nothing, and
the parts of Pillow that call them are left out. OpenBLAS links the whole runtime of Fortran for four small functions;
``fortran`` puts these in its place, or says that it has to stay. Both are made by the C compiler of the system.
"""

import subprocess
from pathlib import Path

HOLLOW = "libjpeg-", "libopenjp2-", "libtiff-", "libxcb-"
"""Pillow's libraries of which nothing is called, by the beginning of their names, which end with a checksum."""
ONLY_FOR_HOLLOW = "libXau-", "liblzma-", "libzstd-"
"""Those that only the hollow ones have linked."""
FORTRAN_VERSION = "GFORTRAN_8"
FORTRAN = """
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Two texts in one of fixed length, which ends with spaces. */
void _gfortran_concat_string(size_t length, char *made, size_t n1, const char *text1, size_t n2, const char *text2) {
    size_t first = n1 < length ? n1 : length, second = n2 < length - first ? n2 : length - first;
    memcpy(made, text1, first);
    memcpy(made + first, text2, second);
    memset(made + first + second, ' ', length - first - second);
}

#define POWER(type, name)                                   \\
    type name(type base, int64_t exponent) {                \\
        uint64_t left = exponent < 0 ? -(uint64_t)exponent : (uint64_t)exponent; \\
        type result = 1;                                    \\
        if (exponent < 0) base = 1 / base;                  \\
        for (; left; left >>= 1, base *= base)              \\
            if (left & 1) result *= base;                   \\
        return result;                                      \\
    }
POWER(float, _gfortran_pow_r4_i8)
POWER(double, _gfortran_pow_r8_i8)

/* The seconds that a program has run: only for LAPACK's own timing, which NumPy does not call. */
float _gfortran_etime(void *times) { (void)times; return 0; }
"""
FORTRAN_HAS = {"_gfortran_concat_string", "_gfortran_pow_r4_i8", "_gfortran_pow_r8_i8", "_gfortran_etime"}


def hollow(original: Path, user: Path, made: Path) -> None:
    """Write a library with the name of another one, whose functions do nothing: those that ``user`` asks it for."""
    there = {name.partition("@")[0] for name, kind in _symbols(original, "--defined-only") if kind == "T"}
    versions: dict[str, list[str]] = {}
    for name, _ in _symbols(user, "--undefined-only"):
        plain, _, version = name.partition("@")
        if plain in there:
            versions.setdefault(version, []).append(plain)
    functions = [f"const void *{name}(void) {{ return nothing; }}\n" for names in versions.values() for name in names]
    _compile("static const char nothing[4096];\n" + "".join(functions), versions, original.name, made)


def fortran(original: Path, user: Path, made: Path) -> bool:
    """Write what a library asks of Fortran's runtime; whether that is all it asks."""
    asked = {name.partition("@")[0] for name, _ in _symbols(user, "--undefined-only") if "_gfortran_" in name}
    if not asked <= FORTRAN_HAS:
        return False
    _compile(FORTRAN, {FORTRAN_VERSION: sorted(FORTRAN_HAS)}, original.name, made)
    return True


def _symbols(library: Path, which: str) -> list[tuple[str, str]]:
    """The symbols of a library, as ``name@version``, and their kinds."""
    command = ["nm", "-D", which, library]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [(words[-1], words[-2]) for words in map(str.split, lines)]


def _compile(code: str, versions: dict[str, list[str]], name: str, made: Path) -> None:
    """Make a library from C, with its symbols under the versions that others ask for."""
    made.parent.mkdir(parents=True, exist_ok=True)
    source, script = made.with_suffix(".c"), made.with_suffix(".map")
    source.write_text(code, encoding="ascii")
    nodes = [f"{version} {{ global: {'; '.join(names)}; }};\n" for version, names in versions.items() if version]
    script.write_text("".join(nodes), encoding="ascii")
    options = [f"-Wl,--version-script={script}"] if nodes else []
    command = ["cc", "-shared", "-fPIC", "-O2", "-fno-builtin", f"-Wl,-soname,{name}", *options]
    subprocess.run([*command, "-o", made, source], check=True)
