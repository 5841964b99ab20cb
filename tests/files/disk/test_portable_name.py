"""File names from whatever people call things."""

import pytest
from hypothesis import given

from curvegui.files.disk.portable_name import LONGEST, portable_stem, unused_name
from tests.help.texts import texts


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("heart 0.00048 after 12,300", "heart 0.00048 after 12,300"),
        ("Mum's heart", "Mum's heart"),
        ("a/b\\c:d", "a b c d"),
        ('what? "this" <one>|*', "what this one"),
        ("  .hidden", "hidden"),
        ("ends in a point. . ", "ends in a point"),
        ("CON", "favourite CON"),
        ("com1.txt", "favourite com1.txt"),
        ("constant", "constant"),
        ("", "favourite"),
        ("...", "favourite"),
        ("line\nbreak\ttab", "line break tab"),
        ("心 ♥ é", "心 ♥ é"),
        ("e\u0301", "é"),
        ("bad \ud800 half", "bad half"),
    ],
)
def test_a_stem_is_what_every_system_takes(name: str, stem: str) -> None:
    assert portable_stem(name, "favourite") == stem


@given(texts())
def test_any_name_becomes_a_stem_that_can_be_used(name: str) -> None:
    stem = portable_stem(name, "favourite")

    assert 0 < len(stem) <= LONGEST + len("favourite ")
    assert len(stem.encode()) < 220
    assert not set(stem) & set('<>:"/\\|?*')
    assert stem.isprintable()
    assert stem == stem.strip(" .")


def test_a_taken_name_gets_a_number_and_capitals_do_not_tell_names_apart() -> None:
    assert unused_name("Heart", ".x", []) == "Heart.x"
    assert unused_name("Heart", ".x", ["heart.X"]) == "Heart 2.x"
    assert unused_name("Heart", ".x", ["heart.x", "HEART 2.x", "other.x"]) == "Heart 3.x"
