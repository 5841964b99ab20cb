import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import MOST_MEMBERS, Memory, read_directory
from tests.files.projects import archive
from tests.help.texts import ASCII

NAMES = st.from_regex(r"[a-z0-9_]{1,8}(/[a-z0-9_]{1,8})?\.[a-z]{1,4}", fullmatch=True, alphabet=ASCII)
MEMBERS = st.dictionaries(NAMES, st.binary(max_size=50), min_size=1, max_size=8)


@settings(max_examples=20)
@given(MEMBERS)
def test_what_was_written_is_found_where_it_lies(members: dict[str, bytes]) -> None:
    data = archive(members.items())
    found = read_directory(Memory(data))

    assert list(found) == list(members)
    assert {name: data[each.start : each.start + each.size] for name, each in found.items()} == members


@settings(max_examples=20)
@given(MEMBERS)
def test_any_other_program_reads_it_too(members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(members.items()))) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == members
        assert {entry.compress_type for entry in opened.infolist()} == {zipfile.ZIP_STORED}


def test_the_same_members_give_the_same_bytes_and_a_member_may_come_in_pieces() -> None:
    assert archive([("a.txt", b"one"), ("b.txt", b"")]) == archive([("a.txt", b"one"), ("b.txt", b"")])


def test_only_so_many_members_are_read() -> None:
    def members(count: int) -> bytes:
        return archive((f"a/{number}.txt", b"") for number in range(count))

    assert len(read_directory(Memory(members(MOST_MEMBERS)))) == MOST_MEMBERS
    with pytest.raises(ProjectError, match="its end is missing"):
        read_directory(Memory(members(MOST_MEMBERS + 1)))
