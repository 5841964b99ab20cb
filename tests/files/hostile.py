"""Archives that somebody has made up to do harm: each looks like a project as far as it can."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from curvegui.core.settings.config import MAX_PARAMETERS
from curvegui.files.format.container import MANIFEST, member_name, pack, unpack
from tests.files.projects import ENCODED, archive, members_of, patched, with_array, with_manifest

END = -22  # where the record at the end begins
MEMBERS = members_of(ENCODED)
KEYFRAMES = member_name("keyframes")


def _zipped(members: dict[str, bytes], method: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    """An archive as Python's own library writes it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, data in members.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a name twice
                made.writestr(name, data)
        made.comment = comment
    return file.getvalue()


def _appended(*more: tuple[str, bytes]) -> bytes:
    return archive([*MEMBERS.items(), *more])


def _updated(*path: str, **values: Any) -> bytes:
    """A project with some values of its manifest changed."""

    def change(manifest: dict[str, Any]) -> None:
        place = manifest
        for each in path:
            place = place[each]
        place.update(values)

    return with_manifest(ENCODED, change)


def _with(**arrays: Any) -> bytes:
    """A project with other arrays; their checksums fit."""
    manifest, found = unpack(ENCODED)
    return pack(manifest, found | arrays)


def _with_text(text: bytes) -> bytes:
    """A project with another text for a manifest."""
    return archive((MEMBERS | {MANIFEST: text}).items())


def _manifest_with(inside: bytes) -> bytes:
    """A project whose manifest has one more value, as raw text."""
    return _with_text(MEMBERS[MANIFEST][:-1] + b', "more": ' + inside + b"}")


def _array(name: str) -> Any:
    return unpack(ENCODED)[1][name].copy()


def _npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=True)
    return file.getvalue()


def _local(name: str) -> int:
    """Where the header of a member lies."""
    return ENCODED.index(name.encode()) - 30


def _central(name: str) -> int:
    """Where the entry of a member in the directory lies."""
    return ENCODED.rindex(name.encode()) - 46


def _patched_both(name: str, local: int, pattern: str, *values: Any) -> bytes:
    """A project in which both headers of a member say the same wrong thing; ``local`` counts from the first."""
    once = patched(ENCODED, _local(name) + local, pattern, *values)
    return patched(once, _central(name) + local + 2, pattern, *values)


def _overlapping() -> bytes:
    """Two entries of the directory that share the same bytes."""
    entry = ENCODED[_central(KEYFRAMES) : _central(KEYFRAMES) + 46 + len(KEYFRAMES)]
    other = entry[:-13] + b"keyframez.npy"
    start = _central(KEYFRAMES) + len(entry)
    longer = ENCODED[:start] + other + ENCODED[start:]
    count, size = struct.unpack_from("<HL", ENCODED, len(ENCODED) + END + 10)
    return patched(longer, END + 8, "<HHL", count + 1, count + 1, size + len(other))


def _quoted_bomb() -> bytes:
    """Many members that are one and the same compressed stream of zeros."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = stream.compress(bytes(10_000_000)) + stream.flush()
    name = b"arrays/a.npy"
    facts = struct.pack("<5H3L2H", 20, 0, 8, 0, 33, zlib.crc32(bytes(10_000_000)), len(packed), 10_000_000, 12, 0)
    local = b"PK\x03\x04" + facts + name + packed
    entries = b"".join(
        b"PK\x01\x02\x14\x00" + facts + struct.pack("<3H2L", 0, 0, 0, 0, 0) + b"arrays/%c.npy" % (97 + number)
        for number in range(20)
    )
    return local + entries + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 20, 20, len(entries), len(local), 0)


def _many_members(count: int, claimed: int) -> bytes:
    data = archive((f"a/{number}.txt", b"") for number in range(count))
    return patched(data, END + 8, "<HH", claimed & 0xFFFF, claimed & 0xFFFF)


def _zip64() -> bytes:
    """The marks that say: look for the 64-bit record."""
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, 500, 1_000)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(ENCODED) + END, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    return ENCODED[:END] + record + locator + end


def _with_code() -> bytes:
    """An .npy file whose header is an expression."""
    content = MEMBERS[KEYFRAMES].replace(b"'<f8'", b"eval", 1)
    return with_array(ENCODED, "keyframes", content + b" ")


def _duplicated() -> bytes:
    return archive([*MEMBERS.items(), (KEYFRAMES, MEMBERS[KEYFRAMES])])


def _hidden_between() -> bytes:
    """Bytes between the members and the directory."""
    place = struct.unpack_from("<L", ENCODED, len(ENCODED) + END + 16)[0]
    return patched(ENCODED[:place] + b"#!/bin/sh\n" + ENCODED[place:], END + 16, "<L", place + 10)


def _backwards(name: str) -> bytes:
    array = _array(name)
    return _with(**{name: array[::-1].copy()})


def _last_is(name: str, value: float) -> bytes:
    array = _array(name)
    array.flat[-1] = value
    return _with(**{name: array})


def _zipped_after(before: bytes) -> bytes:
    file = io.BytesIO(before)
    with zipfile.ZipFile(file, "a") as made:
        for name, data in MEMBERS.items():
            made.writestr(name, data)
    return file.getvalue()


def archives() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Bombs, lies and traps around the members."""
    length = 60_000_000  # bytes, more than may be taken
    yield "a deflate bomb for a manifest", lambda: _zipped({MANIFEST: bytes(length)}, zipfile.ZIP_DEFLATED)
    yield ("a deflate bomb for an array", lambda: _zipped(MEMBERS | {KEYFRAMES: bytes(length)}, zipfile.ZIP_DEFLATED))
    yield "an LZMA bomb", lambda: _zipped(MEMBERS | {KEYFRAMES: bytes(20_000_000)}, zipfile.ZIP_LZMA)
    yield "a bzip2 bomb", lambda: _zipped(MEMBERS | {KEYFRAMES: bytes(20_000_000)}, zipfile.ZIP_BZIP2)
    yield "one bomb under many names", _quoted_bomb
    yield "sizes that lie before the member", lambda: patched(ENCODED, _local(KEYFRAMES) + 18, "<LL", 10**9, 10**9)
    yield "sizes that lie in the directory", lambda: patched(ENCODED, _central(KEYFRAMES) + 20, "<LL", 10**9, 10**9)
    yield "sizes that lie in both", lambda: _patched_both(KEYFRAMES, 18, "<LL", 10**9, 10**9)
    yield "a size of its own before packing", lambda: _patched_both(KEYFRAMES, 22, "<L", 10**9)
    yield "encrypted", lambda: _patched_both(KEYFRAMES, 6, "<H", 1)
    yield "sizes that come later", lambda: _patched_both(KEYFRAMES, 6, "<H", 8)
    yield "packed", lambda: _patched_both(KEYFRAMES, 8, "<H", 8)
    yield "an unknown way of packing", lambda: _patched_both(KEYFRAMES, 8, "<H", 99)
    yield "two disks", lambda: patched(ENCODED, _central(KEYFRAMES) + 34, "<H", 1)
    yield "another disk at the end", lambda: patched(ENCODED, END + 4, "<HH", 1, 1)
    yield "overlapping members", _overlapping
    yield "a member twice", _duplicated
    yield "a manifest twice", lambda: _appended((MANIFEST, b"{}"))
    yield "65,535 members", lambda: _many_members(65_535, 65_535)
    yield "members that are counted as none", lambda: _many_members(300, 0)
    yield "more members than there are", lambda: patched(ENCODED, END + 8, "<HH", 60, 60)
    yield "fewer members than there are", lambda: patched(ENCODED, END + 8, "<HH", 3, 3)
    yield "counts that differ", lambda: patched(ENCODED, END + 8, "<HH", 3, 9)
    yield "a directory without an end", lambda: patched(ENCODED, END + 12, "<L", 2**32 - 1)
    yield "a directory before the file", lambda: patched(ENCODED, END + 16, "<L", 2**32 - 1)
    yield "64-bit marks", _zip64
    yield "a comment", lambda: _zipped(MEMBERS, comment=b"x" * 60_000)
    yield "a comment that holds an end", lambda: _zipped(MEMBERS, comment=ENCODED[END:])
    yield "something after the end", lambda: ENCODED + b"MZ"
    yield "two projects", lambda: ENCODED + ENCODED
    yield "something before the beginning", lambda: b"\x7fELF" + ENCODED
    yield "something before it, with the places mended", lambda: _zipped_after(b"%PDF-1.7\n")
    yield "something between", _hidden_between
    yield "an extra field", lambda: _zipped({MANIFEST: MEMBERS[MANIFEST]})[:28] + b"\x04\x00" + ENCODED[30:]
    yield "no members", lambda: ENCODED[END:]
    yield "an end alone, far away", lambda: b"PK\x03\x04" + bytes(1_000_000) + ENCODED[END:]


NAMES = {
    "a way out": "../../etc/passwd",
    "a way out from inside": "arrays/../../keyframes.npy",
    "an absolute name": "/etc/passwd",
    "a drive": "C:/keyframes.npy",
    "a backslash": "arrays\\keyframes.npy",
    "a folder": "arrays/",
    "no name": "",
    "a zero byte": "arrays/a\0.npy",
    "a line break": "arrays/a\n.npy",
    "capitals": "arrays/Keyframes.npy",
    "a point before it": "arrays/.npy",
    "another ending": "arrays/keyframes.pkl",
    "code": "project.py",
    "a long name": "arrays/" + "x" * 60_000 + ".npy",
}


def names() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Names that lead somewhere else."""
    for words, name in NAMES.items():
        yield f"a name: {words}", lambda name=name: _appended((name, b""))  # type: ignore[misc]


MANIFESTS: dict[str, Callable[[], bytes]] = {
    "deep lists": lambda: _manifest_with(b"[" * 49_000 + b"]" * 49_000),
    "deep objects": lambda: _with_text(b'{"a":' * 49_000 + b"1" + b"}" * 49_000),
    "a hundred megabytes of digits": lambda: _manifest_with(b"7" * 100_000_000),
    "four megabytes of digits": lambda: _manifest_with(b"7" * 3_900_000),
    "four megabytes of a fraction": lambda: _manifest_with(b"0." + b"7" * 3_900_000 + b"e999"),
    "four megabytes of lists": lambda: _manifest_with(b"[" + b",".join([b"[]"] * 1_300_000) + b"]"),
    "as many lists as there may be, and then nothing": lambda: _with_text(b"[" + b",".join([b"[]"] * 49_000)),
    "as many values as there may be, and then nothing": lambda: _with_text(
        b"{" + b",".join(b'"%032d":%d.5' % (number, number) for number in range(85_000))
    ),
    "as many values as there may be, for nothing": lambda: _with_text(
        b"{" + b",".join(b'"%08d":%d.5' % (number, number) for number in range(109_000)) + b"}"
    ),
    "four megabytes of text and then nothing": lambda: _with_text(b'{"a":"' + b"\\u00e4" * 650_000),
    "a whole number that grows": lambda: _updated("run", iteration=10**19),
    "a name of megabytes": lambda: _updated(name="x" * 3_000_000),
    "not a number": lambda: _manifest_with(b"NaN"),
    "infinity": lambda: _manifest_with(b"-Infinity"),
    "a key twice": lambda: _manifest_with(b'1, "run": {}'),
    "no manifest": lambda: archive((name, data) for name, data in MEMBERS.items() if name != MANIFEST),
    "a manifest that is an array": lambda: _with_text(_npy(np.zeros(3))),
    "a manifest of another program": lambda: _with_text(b"{}"),
    "Python": lambda: _with_text(b"__import__('os').system('true')"),
    "a pickle": lambda: _with_text(b"cos\nsystem\n(S'true'\ntR."),
    "a wrong checksum": lambda: _updated("arrays", "keyframes", sha256="0" * 64),
    "a checksum that is none": lambda: _updated("arrays", "keyframes", sha256=[]),
    "a huge shape": lambda: _updated("arrays", "keyframes", shape=[2**40, 2**40]),
    "a shape that wraps around to the right size": lambda: _updated("arrays", "keyframes", shape=[2**61 + 2, 10]),
    "a negative shape": lambda: _updated("arrays", "keyframes", shape=[-2, -10]),
    "a huge shape of nothing": lambda: _updated("arrays", "keyframes", shape=[2**50, 0, 2**50]),
    "thousands of axes": lambda: _updated("arrays", "keyframes", shape=[1] * 5_000),
    "thousands of arrays": lambda: _updated("arrays", **{f"a{number}": {} for number in range(5_000)}),
    "objects": lambda: _updated("arrays", "keyframes", dtype="|O"),
    "a structure": lambda: _updated("arrays", "keyframes", dtype=[["a", "<f8"], ["b", "|O"]]),
    "big-endian": lambda: _updated("arrays", "keyframes", dtype=">f8"),
    "a type that is code": lambda: _updated("arrays", "keyframes", dtype="__import__('os')"),
}

NUMPY_FILES: dict[str, Callable[[], bytes]] = {
    "a pickle": lambda: with_array(ENCODED, "keyframes", _npy(np.array([print], dtype=object))),
    "a structure": lambda: with_array(ENCODED, "keyframes", _npy(np.zeros(20, [("a", "<f8")]))),
    "big-endian": lambda: with_array(ENCODED, "keyframes", _npy(_array("keyframes").astype(">f8"))),
    "Fortran's order": lambda: with_array(ENCODED, "keyframes", _npy(np.asfortranarray(_array("keyframes")))),
    "a header of code": _with_code,
    "a header of 60,000 bytes": lambda: with_array(
        ENCODED, "keyframes", b"\x93NUMPY\x01\x00\x60\xea" + b" " * 60_000 + _array("keyframes").tobytes()
    ),
    "a header that is longer than its file": lambda: with_array(
        ENCODED, "keyframes", b"\x93NUMPY\x01\x00\xff\xff" + MEMBERS[KEYFRAMES][10:]
    ),
    "a newer .npy": lambda: with_array(ENCODED, "keyframes", b"\x93NUMPY\x03\x00" + MEMBERS[KEYFRAMES][8:]),
    "nothing": lambda: with_array(ENCODED, "keyframes", b""),
}


RUNS: dict[str, Callable[[], bytes]] = {
    "parameters that are not numbers": lambda: _last_is("parameters", np.nan),
    "infinite keyframes": lambda: _last_is("keyframes", np.inf),
    "costs that are not numbers": lambda: _last_is("costs", np.nan),
    "an infinite trail": lambda: _last_is("trail", -np.inf),
    "a cost below zero": lambda: _last_is("costs", -1.0),
    "no parameters": lambda: _with(parameters=np.empty(0)),
    "too few parameters": lambda: _with(parameters=np.zeros(9)),
    "parameters in two axes": lambda: _with(parameters=np.zeros((1, 10))),
    "parameters of another type": lambda: _with(parameters=np.zeros(10, "<i8")),
    "no keyframes": lambda: _with(keyframes=np.empty((0, 10)), keyframe_iterations=np.empty(0, "<i8")),
    "keyframes without iterations": lambda: _with(keyframe_iterations=np.empty(0, "<i8")),
    "keyframes backwards": lambda: _backwards("keyframe_iterations"),
    "keyframes of another network": lambda: _with(keyframes=np.zeros((2, 77))),
    "keyframes before the beginning": lambda: _with(keyframe_iterations=np.array([-5, 100])),
    "keyframes after the end": lambda: _with(keyframe_iterations=np.array([0, 10**9])),
    "costs backwards": lambda: _backwards("costs"),
    "costs of three": lambda: _with(costs=np.zeros((4, 3))),
    "a trail of points": lambda: _with(trail=np.zeros((3, 3, 4), np.float32)),
    "a trail of nothing": lambda: _with(trail=np.zeros((3, 2, 0), np.float32)),
    "a trail without iterations": lambda: _with(trail_iterations=np.empty(0, "<i8")),
    "a trail backwards": lambda: _backwards("trail_iterations"),
    "layers that do not fit": lambda: _updated("config", hidden=[20_000]),
    "layers that do not fit, in a change": lambda: _updated("changes", "67", hidden=[3]),
    "layers that fit nowhere": lambda: _updated("config", hidden=[20_000] * 64),
    "thousands of layers": lambda: _updated("config", hidden=[1] * 30_000),
    "layers of layers": lambda: _updated("config", hidden=[[6], [7]]),
    "more parameters than there may be": lambda: _updated("config", hidden=[MAX_PARAMETERS]),
    "10^9 points and one": lambda: _updated("config", points=10**9 + 1),
    "10^9 iterations of nothing": lambda: _updated("run", iteration=10**9, best_iteration=10**9 + 1),
    "an iteration before the keyframes": lambda: _updated("run", iteration=3),
    "an iteration below zero": lambda: _updated("run", iteration=-1),
    "an iteration and a half": lambda: _updated("run", iteration=100.5),
    "a best of another run": lambda: _updated("run", best_iteration=10**6),
    "a keyframe that is not there": lambda: _updated("run", safe_iteration=50),
    "a spacing of zero": lambda: _updated("run", keyframe_spacing=0),
    "a limit below zero": lambda: _updated("run", cost_limit=-1.0),
    "a flag that is text": lambda: _updated("run", diverged="false"),
    "settings that are not in force": lambda: _updated("config", aggression=4.0),
    "an activation of its own": lambda: _updated("config", activation="__class__"),
    "a curve that is a way out": lambda: _updated("config", curve="../../heart"),
    "settings that begin too late": lambda: with_manifest(ENCODED, lambda manifest: manifest["changes"].pop("0")),
    "no settings": lambda: _updated(changes={}),
    "settings in a list": lambda: _updated(changes=[[0, {}]]),
    "settings out of order": lambda: _updated(changes={"67": {}, "0": {}}),
    "settings of the future": lambda: _updated("changes", **{"1000": {"aggression": 1.0}}),
    "thousands of changes, and a bad one": lambda: _updated(
        changes={str(number): {"noise": number / 100} for number in range(2_000)} | {"2000": {"noise": -1}}
    ),
    "more changes than there may be": lambda: _updated(changes={str(number): {} for number in range(20_000)}),
    "thousands of layers on the canvas": lambda: _updated(layers={str(number): True for number in range(20_000)}),
}


def corpus() -> dict[str, Callable[[], bytes]]:
    """Every one of them, by a name for people; made when it is called for."""
    found = dict([*archives(), *names()])
    for where, group in {"manifest": MANIFESTS, ".npy": NUMPY_FILES, "run": RUNS}.items():
        found |= {f"{where}: {words}": make for words, make in group.items()}
    return found
