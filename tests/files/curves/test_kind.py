"""What a curve can come from, as far as a name or a text tells."""

import pytest

from curvegui.files.curves.kind import ENDINGS, CurveKind, kind_by_name, kind_of_text
from tests.files.pictures import FOREIGN_SVG

DRAWING = FOREIGN_SVG.decode()


@pytest.mark.parametrize("kind", CurveKind)
def test_the_name_of_a_file_says_what_it_may_be(kind):
    for ending in ENDINGS[kind]:
        assert kind_by_name(f"/x/A{ending.upper()}") is kind
    assert kind_by_name("/x/a.curvegui") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (DRAWING, CurveKind.DRAWING),
        ("M 10,20 L -3.5 4e2 c 1 2 3 4 5 6 z", CurveKind.DRAWING),
        ("m1-2l3-4", CurveKind.DRAWING),
        ("x,y\n1,2\n3,4", CurveKind.TABLE),
        ("1 2\n3 4\n", CurveKind.TABLE),
        ("1;2,5\n-3;.5", CurveKind.TABLE),
        ("", None),
        ("heart", None),
        ("M", None),
        ("1 2", None),
        ("Come at 10\nor at 11, please", None),
        ("https://example.org/heart.png", None),
    ],
)
def test_the_kind_of_a_text(text, kind):
    assert kind_of_text(text) is kind
