"""The small libraries that a bundle has in place of large ones do what is asked of them."""

import ctypes
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not all(map(shutil.which, ("cc", "nm"))),
    reason="they are made for Linux, by its compiler",
)
SPEC = importlib.util.spec_from_file_location("linked", Path(__file__).parents[1] / "packaging" / "linked.py")
linked = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(linked)


def library(folder, name, code):
    source = folder / f"{name}.c"
    source.write_text(code)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", folder / name, source], check=True)
    return folder / name


@pytest.fixture
def runtime(tmp_path):
    """The four functions of Fortran's runtime."""
    user = library(
        tmp_path,
        "user.so",
        "double _gfortran_pow_r8_i8(double, long); double f(void) { return _gfortran_pow_r8_i8(2, 3); }",
    )
    assert linked.fortran(Path("libgfortran-1.so"), user, tmp_path / "made" / "libgfortran-1.so")
    return ctypes.CDLL(tmp_path / "made" / "libgfortran-1.so")


@pytest.mark.parametrize(
    ("length", "made"), [(5, b"abcde"), (4, b"abcd"), (2, b"ab"), (8, b"abcde   "), (0, b""), (3, b"abc")]
)
def test_two_texts_become_one_of_fixed_length(runtime, length, made):
    room = ctypes.create_string_buffer(b"#" * 9)
    size = ctypes.c_size_t
    runtime._gfortran_concat_string(size(length), room, size(3), b"abc", size(2), b"de")
    assert room.raw[:9] == made + b"#" * (9 - length)


@pytest.mark.parametrize(("base", "exponent"), [(2.0, 10), (2.0, -3), (0.5, 0), (-3.0, 3), (10.0, 1), (2.0, -1074)])
def test_powers_are_those_of_whole_numbers(runtime, base, exponent):
    power = runtime._gfortran_pow_r8_i8
    power.restype, power.argtypes = ctypes.c_double, [ctypes.c_double, ctypes.c_int64]
    assert power(base, exponent) == base**exponent
    power = runtime._gfortran_pow_r4_i8
    power.restype, power.argtypes = ctypes.c_float, [ctypes.c_float, ctypes.c_int64]
    assert power(base, exponent) == ctypes.c_float(base**exponent).value


def test_where_more_is_asked_the_whole_runtime_stays(tmp_path):
    user = library(tmp_path, "user.so", "void _gfortran_st_write(void *); void f(void) { _gfortran_st_write(0); }")
    assert not linked.fortran(Path("libgfortran-1.so"), user, tmp_path / "libgfortran-1.so")


def test_a_hollow_library_has_the_functions_that_are_asked_for_and_they_do_nothing(tmp_path):
    original = library(tmp_path, "libtiff-1.so", "int opened(void) { return 7; } int other(void) { return 8; }")
    user = library(
        tmp_path, "user.so", 'int opened(void); int puts(const char *); int f(void) { return opened() + puts(""); }'
    )
    linked.hollow(original, user, tmp_path / "made" / "libtiff-1.so")
    made = ctypes.CDLL(tmp_path / "made" / "libtiff-1.so")
    made.opened.restype = ctypes.c_char_p
    assert made.opened() == b""
    assert not hasattr(made, "other")
