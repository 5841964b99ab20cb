"""A payload in an SVG: the drawing stays well-formed, and the payload survives other programs' ways of writing it."""

import tracemalloc
from xml.etree import ElementTree

import pytest

from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory
from curvegui.files.project.in_picture import BLOCK_BYTES, MARK, NAMESPACE, metadata_payload, with_metadata
from tests.files.pictures import SVG

MOST = 3_000
PAYLOAD = bytes(range(256)) * 4


def taken(data: bytes) -> bytes | None:
    return metadata_payload(Memory(data), MOST)


def test_the_drawing_stays_well_formed_and_the_payload_is_in_our_namespace_in_its_metadata() -> None:
    drawing = ElementTree.fromstring(with_metadata(SVG, PAYLOAD))
    svg = "{http://www.w3.org/2000/svg}"
    element = drawing.find(f"{svg}metadata/{{{NAMESPACE}}}run")

    assert element is not None
    assert (element.text or "").startswith(MARK.decode())
    assert [each.tag for each in drawing] == [f"{svg}{name}" for name in ("title", "desc", "path", "metadata")]


def test_it_survives_programs_that_write_the_same_xml_in_another_way() -> None:
    drawing = ElementTree.fromstring(with_metadata(SVG, PAYLOAD))
    rewritten = ElementTree.tostring(drawing)
    assert b"ns0:" in rewritten
    assert taken(rewritten) == PAYLOAD
    ElementTree.indent(drawing, "\t")
    assert taken(ElementTree.tostring(drawing).replace(b"\n", b"\r\n")) == PAYLOAD


def refusal(data: bytes) -> str:
    with pytest.raises(ProjectError) as refused:
        taken(data)
    return str(refused.value)


def test_every_truncation_within_it_is_told() -> None:
    whole = with_metadata(SVG, PAYLOAD)
    start, end = whole.index(MARK), whole.index(b"</run>")
    for length in range(start + len(MARK), end + 1):
        assert refusal(whole[:length]) == (
            "The run in this SVG drawing is cut short or damaged. Open the original file."
        )
    assert taken(whole[: end + 1]) == PAYLOAD


@pytest.mark.parametrize("text", [b"", b"\n", b"====", b"QUJD!", b"QUJDR", b"\xc3\xa4", b"QUJD" * MOST])
def test_what_is_not_a_payload_is_refused(text: bytes) -> None:
    assert "cut short or damaged" in refusal(b"<svg><run>" + MARK + text + b"</run></svg>")


def test_the_last_mark_counts_so_that_a_caption_may_quote_it() -> None:
    quoting = SVG.replace(b"heart", b"heart " + MARK + b"<b>")
    assert taken(with_metadata(quoting, PAYLOAD)) == PAYLOAD


@pytest.mark.parametrize("after", [0, 1, len(MARK) - 1, len(MARK), 5_000])
def test_a_mark_is_found_wherever_it_lies(after: int) -> None:
    element = with_metadata(b"</svg>", PAYLOAD)
    from_mark = len(element) - element.index(MARK)
    before_block = b" " * (BLOCK_BYTES - from_mark + after)  # the mark lies across the end of a block, or near it
    assert taken(element + before_block) == PAYLOAD


def test_a_bomb_of_entities_is_not_looked_at() -> None:
    lol = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 12))
    bomb = b'<!DOCTYPE svg [<!ENTITY l0 "lol">' + lol + b"]><svg>&l11;</svg>"
    assert taken(bomb) is None
    assert taken(with_metadata(bomb, PAYLOAD)) == PAYLOAD


def test_a_huge_drawing_is_looked_through_in_little_memory() -> None:
    drawing = b"<svg>" + b"<g>" * 10_000_000
    tracemalloc.start()
    assert taken(drawing) is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
