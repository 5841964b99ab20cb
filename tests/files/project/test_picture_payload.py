"""A payload in a PNG: other programs do not mind it, and nothing but a whole one comes out."""

import io
import zlib

import pytest
from PIL import Image

from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory
from curvegui.files.project.in_picture import MOST_CHUNKS, RUN, chunk_payload, software, with_chunk
from tests.files.pictures import PNG, SIGNATURE, chunk, png

MOST = 1_000


def taken(data: bytes) -> bytes | None:
    return chunk_payload(Memory(data), MOST)


def test_other_programs_show_the_same_picture_and_its_texts() -> None:
    with Image.open(io.BytesIO(with_chunk(PNG, b"payload"))) as found, Image.open(io.BytesIO(PNG)) as plain:
        found.load()  # the chunk lies behind the pixels
        assert found.tobytes() == plain.tobytes()
        assert found.info["Software"].startswith("CurveGUI ")


def test_the_chunk_is_as_the_png_specification_wants_it() -> None:
    whole = with_chunk(PNG, b"payload")
    end = chunk(b"IEND", b"")

    assert whole == PNG.removesuffix(end) + chunk(RUN, b"payload") + end
    ancillary, private, reserved, safe_to_copy = (bool(letter & 0x20) for letter in RUN)
    assert (ancillary, private, reserved, safe_to_copy) == (True, True, False, True)


def test_the_program_that_made_a_picture_is_named_if_it_says_so() -> None:
    assert software(Memory(png("GIMP 3.0"))) == "GIMP 3.0"
    assert software(Memory(png(""))) == ""
    assert software(Memory(SIGNATURE + chunk(b"tEXt", b"Comment\0CurveGUI") + chunk(b"IEND", b""))) == ""


def refusal(data: bytes) -> str:
    with pytest.raises(ProjectError) as refused:
        taken(data)
    return str(refused.value)


@pytest.mark.parametrize(
    "rest",
    [
        chunk(RUN, b"payload", check=0),
        chunk(RUN, b"x" * (MOST + 1)),
        b"\xff\xff\xff\xff" + RUN + b"payload",
        b"\xff\xff\xff\xff" + b"IDAT" + b"payload",
        b"",
        b"\0\0",
    ],
)
def test_what_lies_is_refused(rest: bytes) -> None:
    assert "cut short or damaged" in refusal(SIGNATURE + rest)


def test_a_picture_of_countless_chunks_is_not_read_to_its_end() -> None:
    empty = chunk(b"teSt", b"")
    assert "damaged" in refusal(SIGNATURE + empty * (MOST_CHUNKS + 1) + chunk(RUN, b"payload"))
    assert taken(SIGNATURE + empty * 1_000 + chunk(RUN, b"payload")) == b"payload"


def test_the_check_covers_the_name_too() -> None:
    assert "damaged" in refusal(SIGNATURE + chunk(RUN, b"payload", check=zlib.crc32(b"payload")))
