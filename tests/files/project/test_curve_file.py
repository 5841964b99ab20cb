"""What may contain a curve is told by its content before its name."""

import pytest

from curvegui.core.curve.curve import CurveError
from curvegui.files.curves.kind import CurveKind
from curvegui.files.format.section import ProjectError
from curvegui.files.project import open_any
from curvegui.files.project.in_picture import embedded
from curvegui.files.project.open_any import curve_kind, read_all
from curvegui.files.project.project import encode
from tests.files.pictures import FOREIGN_SVG, PNG, SVG
from tests.files.projects import tiny_project


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", b"1,2\n3,4\n", CurveKind.TABLE),
        ("a.TXT", "1\t2\n3\t4\n".encode("utf-16"), CurveKind.TABLE),
        ("a.dat", b"\x00\x01", CurveKind.TABLE),
        ("a.svg", b"nothing of the kind", CurveKind.DRAWING),
        ("a.xyz", FOREIGN_SVG, CurveKind.DRAWING),
        ("a.txt", b"\xef\xbb\xbf<?xml version='1.0'?>\n" + FOREIGN_SVG, CurveKind.DRAWING),
        ("a.csv", b"GIF89a", CurveKind.PICTURE),
        ("a", b"\xff\xd8\xff\xe0", CurveKind.PICTURE),
        ("a.pdf", b"%PDF", None),
        ("a", b"1,2\n3,4\n", None),
        ("a.csv", b"PK\x03\x04", None),
    ],
)
def test_the_kind_of_a_file(tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    assert curve_kind(tmp_path / name) is kind


@pytest.mark.parametrize(
    "content", [embedded(PNG, tiny_project()), embedded(SVG, tiny_project()), encode(tiny_project()), PNG, SVG]
)
def test_a_file_that_contains_a_run_or_did_so_once_is_no_curve(tmp_path, content):
    path = tmp_path / "heart.svg"
    path.write_bytes(content)
    assert curve_kind(path) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_text_with_the_line_of_a_run_is_no_table(tmp_path, encoding):
    path = tmp_path / "mail.txt"
    path.write_bytes(("Dear all,\n" * 1_000 + "curvegui1:700:abc").encode(encoding))
    assert curve_kind(path) is None


def test_a_file_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(ProjectError, match=r"“gone\.csv” could not be opened"):
        curve_kind(tmp_path / "gone.csv")


def test_a_file_is_read_in_pieces_that_say_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(open_any, "PIECE_BYTES", 10)
    path, said = tmp_path / "a.svg", []
    path.write_bytes(bytes(range(25)))
    assert read_all(path, said.append) == bytes(range(25))
    assert said == [0, 0.4, 0.8]


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "a.svg"
    path.write_bytes(bytes(25))
    monkeypatch.setattr(open_any, "LARGEST_BYTES", 20)
    with pytest.raises(CurveError, match=r"“a\.svg” has 0 MB, and at most 0 MB"):
        read_all(path)
