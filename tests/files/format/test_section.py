from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.files.format.section import LONGEST_TEXT, ProjectError, Section, clean_text
from tests.help.texts import texts

VALUES = {"whole": 3, "number": 2.5, "flag": False, "text": "heart", "object": {"inner": 1}, "nothing": None}
RUN = Section({"run": VALUES}).section("run")


def test_values_come_out_with_their_types() -> None:
    assert RUN.whole("whole") == 3
    assert (RUN.number("number"), RUN.number("whole")) == (2.5, 3.0)
    assert type(RUN.number("whole")) is float
    assert RUN.flag("flag") is False
    assert RUN.text("text") == "heart"
    assert RUN.mapping("object") == {"inner": 1}
    assert RUN.section("object").whole("inner") == 1
    assert RUN.optional_number("nothing") is None
    assert RUN.optional_number("missing") is None
    assert RUN.optional_number("number") == 2.5


@pytest.mark.parametrize(
    ("method", "wrong"),
    [
        ("whole", [2.0, True, "3", None, -1, [], {}]),
        ("number", [True, "2.5", None, []]),
        ("optional_number", [True, "2.5", {}]),
        ("flag", [0, 1, "true", None]),
        ("text", [3, None, ["a"], "x" * (LONGEST_TEXT + 1)]),
        ("mapping", [None, [], "{}", 3]),
        ("section", [None, [], 3]),
    ],
)
def test_what_is_not_of_its_type_is_refused_by_its_name(method: str, wrong: list[Any]) -> None:
    for value in wrong:
        run = Section({"run": {"it": value}}).section("run")
        with pytest.raises(ProjectError, match=r"its “run\.it” cannot be used"):
            getattr(run, method)("it")


@given(texts() | st.text(st.characters(categories=["Cs", "L"])))
def test_clean_text_can_always_be_read_and_is_the_same_unless_it_must_not_be(text: str) -> None:
    clean = clean_text(text)

    assert Section({"it": clean}).text("it") == clean
    assert clean.encode().decode() == clean
    if len(text) <= LONGEST_TEXT and not any(0xD800 <= ord(character) < 0xE000 for character in text):
        assert clean == text
