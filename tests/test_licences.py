"""What a bundle has in it is under licences whose texts it brings along."""

import importlib.util
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("licences", Path(__file__).parents[1] / "packaging" / "licences.py")
licences = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = licences  # where its records look for themselves
SPEC.loader.exec_module(licences)
PLACES = (
    "PIL/_webp.so",
    "pillow.libs/libwebp.so",
    "PySide6/Qt/lib/libQt6Core.so.6",
    "PySide6/Qt/lib/libicuuc.so.73",
    "PySide6/QtCore.abi3.so",
    "base_library.zip",
    "curvegui/resources/guide.md",
    "numpy-2.dist-info/METADATA",
    "numpy.libs/libscipy_openblas64.so",
    "python3.11/lib-dynload/math.so",
)
MODULES = "PySide6", "pyqtgraph", "numpy", "curvegui", "wave"
USR = "usr/lib/curvegui"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The licences of a bundle with these files and modules."""
    folder = tmp_path_factory.mktemp("made") / "licences"
    licences.write(dict.fromkeys(PLACES, ""), MODULES, folder)
    return licences.read(folder)


def named(written, beginning):
    (found,) = [each for each in written if each.name.startswith(beginning)]
    return found


def test_each_part_has_a_text_which_says_what_it_is(written):
    names = ["CurveGUI", "ICU", "pillow", "PySide6", "Python", "Qt", "numpy", "pyqtgraph"]
    assert sorted(each.name.partition(" ")[0] for each in written) == sorted(names)
    numpy = named(written, "numpy")
    assert numpy.name == f"numpy {version('numpy')}"
    assert "OpenBLAS" in numpy.text
    assert "GCC RUNTIME LIBRARY EXCEPTION" in numpy.text.upper()  # of Fortran's runtime
    assert "NumPy Developers" in numpy.copyright


def test_qt_comes_with_both_texts_that_its_licence_asks_for_and_with_those_of_its_parts(written):
    for name in ("Qt", "PySide6"):
        text = named(written, name).text
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
        assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "src/3rdparty/freetype" in named(written, "Qt").text
    assert named(written, "Qt").source.startswith("https://download.qt.io")
    assert "Unicode, Inc." in named(written, "ICU").text


def test_every_file_and_module_is_under_one_of_them(written):
    assert licences.without_licence([*PLACES, "numpy/", "pyqtgraph/"], written) == []
    assert licences.without_licence(["libnew.so", "scipy/"], written) == ["libnew.so", "scipy/"]


@pytest.mark.parametrize("place", ["libnobody-knows.so.1", "nobody_knows/a.so"])
def test_what_is_under_no_known_licence_ends_the_build(place, tmp_path):
    with pytest.raises(SystemExit, match="licences"):
        licences.write({place: str(tmp_path / "new.so")}, (), tmp_path / "licences")


def test_debian_is_told_in_its_own_form(written):
    said = licences.for_debian(written, USR)
    head, own, *others = said.split("\n\n")
    assert head.startswith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    assert own.startswith("Files: *\n")
    assert all(each.startswith("Files: usr/lib/curvegui/") for each in others)
    assert [each.count("\nLicense: ") for each in (own, *others)] == [1] * len(written)
    icu, qt, pyside = (said.index(f"Files: {USR}/PySide6/{place}") for place in ("Qt/lib/libicu*", "Qt/*", "*"))
    assert pyside < qt < icu  # the last that fits counts
    assert "/usr/share/common-licenses/LGPL-3" in said
    assert "GNU LESSER GENERAL PUBLIC LICENSE\n" not in said
