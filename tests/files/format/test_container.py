import hashlib
import io
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from curvegui.files.format.container import DTYPES, LINE, MANIFEST, Container, pack, unpack
from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import Memory, read_directory
from tests.files.projects import archive, members_of, with_array, with_manifest
from tests.help.texts import ASCII

SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
ARRAYS = st.sampled_from(DTYPES).flatmap(lambda dtype: hnp.arrays(dtype, SHAPES))
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True, alphabet=ASCII)
NUMBERS = np.arange(6.0).reshape(2, 3)
PACKED = pack({"name": "six"}, {"numbers": NUMBERS})
FACTS = json.loads(members_of(PACKED)[MANIFEST])["arrays"]["numbers"]


@given(st.dictionaries(NAMES, ARRAYS, max_size=5))
def test_what_was_packed_is_unpacked(arrays: dict[str, NDArray[Any]]) -> None:
    manifest, found = unpack(pack({"name": "some"}, arrays))

    assert manifest["name"] == "some"
    assert list(found) == sorted(arrays)
    for name, array in found.items():
        assert (array.dtype, array.shape) == (arrays[name].dtype, arrays[name].shape)
        assert array.tobytes() == arrays[name].tobytes()
        assert not array.flags.writeable
        assert array.flags.aligned


def test_the_numbers_lie_where_they_can_be_used_without_copying() -> None:
    data = pack({}, {"a": NUMBERS, "bcd": NUMBERS})
    for name, member in list(read_directory(Memory(data)).items())[1:]:
        assert (member.start + member.size - NUMBERS.nbytes) % LINE == 0, name


def test_numbers_that_lie_askew_are_copied() -> None:
    header = b"\x93NUMPY\x01\x00"
    text = b"{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"
    for blanks in range(8):
        length = len(text) + blanks + 1
        content = header + length.to_bytes(2, "little") + text + b" " * blanks + b"\n" + NUMBERS.tobytes()
        array = unpack(with_array(PACKED, "numbers", content))[1]["numbers"]
        assert array.flags.aligned
        assert np.array_equal(array, NUMBERS)


def test_a_container_reads_only_the_arrays_that_are_asked_for() -> None:
    broken = bytearray(pack({}, {"good": NUMBERS, "poor": NUMBERS}))
    broken[broken.rindex(NUMBERS.tobytes())] ^= 1
    container = Container(Memory(bytes(broken)))

    assert container.names == ["good", "poor"]
    assert np.array_equal(container.read("good"), NUMBERS)
    with pytest.raises(ProjectError, match="the numbers in “poor” have changed"):
        container.read("poor")


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("Numbers", NUMBERS),
        ("../numbers", NUMBERS),
        ("numbers", NUMBERS.astype(">f8")),
        ("numbers", NUMBERS.astype(object)),
        ("numbers", NUMBERS.reshape(1, 1, 1, 2, 3)),
    ],
)
def test_what_could_not_be_read_is_not_packed(name: str, array: NDArray[Any]) -> None:
    with pytest.raises(ValueError, match="cannot be kept"):
        pack({}, {name: array})


def _with_facts(**facts: Any) -> bytes:
    return with_manifest(PACKED, lambda manifest: manifest["arrays"]["numbers"].update(facts))


def _npy(array: NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


MADE_UP = {
    "a manifest that is not the first": archive(reversed(members_of(PACKED).items())),
    "no manifest": archive([("arrays/numbers.npy", _npy(NUMBERS))]),
    "a manifest alone": archive([(MANIFEST, members_of(PACKED)[MANIFEST])]),
    "no list of arrays": with_manifest(PACKED, lambda manifest: manifest.pop("arrays")),
    "a list of arrays that is none": with_manifest(PACKED, lambda manifest: manifest.update(arrays=["numbers"])),
    "an array that is not listed": with_manifest(PACKED, lambda manifest: manifest["arrays"].clear()),
    "an array that is not there": with_manifest(PACKED, lambda manifest: manifest["arrays"].update(more=FACTS)),
    "a member that is no array": archive({**members_of(PACKED), "extra.txt": b""}.items()),
    "facts that are none": with_manifest(PACKED, lambda manifest: manifest["arrays"].update(numbers=3)),
    "no facts": with_manifest(PACKED, lambda manifest: manifest["arrays"].update(numbers={})),
    "no shape": _with_facts(shape=None),
    "another shape of as many": _with_facts(shape=[3, 2]),
    "a larger shape": _with_facts(shape=[2, 4]),
    "a smaller shape": _with_facts(shape=[2, 2]),
    "a negative shape": _with_facts(shape=[-2, -3]),
    "a shape of true and fractions": _with_facts(shape=[True, 6.0]),
    "a huge shape": _with_facts(shape=[2**50, 2**50]),
    "a huge shape with nothing in it": _with_facts(shape=[0, 2**50, 2**50]),
    "a shape of many axes": _with_facts(shape=[1] * 30 + [2, 3]),
    "another type": _with_facts(dtype="<i8"),
    "big-endian numbers": _with_facts(dtype=">f8"),
    "objects": _with_facts(dtype="|O"),
    "a structure": _with_facts(dtype=[["a", "<f8"]]),
    "text": _with_facts(dtype="<U2"),
    "no checksum": _with_facts(sha256=None),
    "another checksum": _with_facts(sha256=hashlib.sha256(b"").hexdigest()),
    "another file's numbers": with_array(PACKED, "numbers", _npy(NUMBERS + 1)),
    "numbers in Fortran's order": with_array(PACKED, "numbers", _npy(np.asfortranarray(NUMBERS))),
    "a file of objects": with_array(PACKED, "numbers", _npy(np.array([{}], dtype=object))),
    "a file of structures": with_array(PACKED, "numbers", _npy(np.zeros(6, [("a", "<f8")]))),
    "a file of big-endian numbers": with_array(PACKED, "numbers", _npy(NUMBERS.astype(">f8"))),
    "no .npy file": with_array(PACKED, "numbers", b"x" * 200),
    "an empty file": with_array(PACKED, "numbers", b""),
    "an unending header": with_array(PACKED, "numbers", _npy(NUMBERS)[:-48] + b" " * 5_000 + NUMBERS.tobytes()),
}


@pytest.mark.parametrize("data", MADE_UP.values(), ids=MADE_UP)
def test_what_was_made_up_is_refused(data: bytes) -> None:
    with pytest.raises(ProjectError):
        unpack(data)


def test_a_change_of_the_manifest_is_found_before_it_is_read() -> None:
    with pytest.raises(ProjectError, match="its description has changed"):
        unpack(PACKED.replace(b'"six"', b'"sex"'))


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    for each in (data, PACKED[:60] + data, data + PACKED[-40:]):
        with pytest.raises(ProjectError):
            unpack(each)
