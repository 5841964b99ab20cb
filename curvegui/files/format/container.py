"""The container of a project: a manifest in JSON and arrays, each with its checksum, in an uncompressed zip.

``manifest.json`` says which version of the format this is, and lists for every ``arrays/NAME.npy`` its dtype, shape and
SHA-256. The header of an array is not interpreted: it must be exactly the one that follows from the manifest.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curvegui import __version__
from curvegui.core.language.text import mark, tr
from curvegui.core.settings.config import SETTINGS
from curvegui.files.format.section import MOST_BYTES, ProjectError, Section, damaged, read_json, write_json
from curvegui.files.format.stored_zip import Buffer, Memory, Source, ZipWriter, read_directory

FORMAT = "curvegui"
VERSION = max(7, *(setting.reader for setting in SETTINGS.values()))  # raised with every addition
MIN_READER = 2  # raised where a reader that does not know the addition would get the run wrong
TOO_NEW = mark(
    "It was made by CurveGUI {text}, and this version, {version}, is too old for it. Install that one or a newer one."
)
NOT_KEPT = mark("An array {name!r} of {dtype} with {axes} axes cannot be kept.")
SURGERY_READER = 3  # of runs with parameters that were set by hand


class NewerError(ProjectError):
    """A file needs a newer version of the app."""


def version_values() -> dict[str, Any]:
    return {"format": FORMAT, "version": VERSION, "min_reader": MIN_READER}


def check_version(manifest: Section) -> None:
    """Raise ``ProjectError`` if a manifest is of no project, and ``NewerError`` if it needs a newer version."""
    if manifest.text("format", "") != FORMAT:
        raise ProjectError(tr("It is not a CurveGUI project."))
    manifest.whole("version", low=1)
    if manifest.whole("min_reader", low=1) > VERSION:
        raise NewerError(tr(TOO_NEW, text=manifest.text("made_by", ""), version=__version__))


Keys = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Unknown:
    """What this version does not know: values by their path, as ``("config", "optimizer")``, and arrays by name."""

    values: Mapping[Keys, Any] = field(default_factory=dict)
    arrays: Mapping[str, NDArray[Any]] = field(default_factory=dict)


def unknown_values(found: Mapping[str, Any], known: Mapping[str, Any], path: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """The path and the value of all that is in ``found`` and not in ``known``, at any depth."""
    for name, value in found.items():
        if name not in known:
            yield (*path, name), value
        elif isinstance(value, dict) and isinstance(known[name], dict):
            yield from unknown_values(value, known[name], (*path, name))


def with_unknown(manifest: dict[str, Any], values: Mapping[Keys, Any]) -> dict[str, Any]:
    """A manifest with unknown values put back, except where the object they were in is gone or the name is taken."""
    whole = deepcopy(manifest)
    for (*objects, name), value in values.items():
        inner: Any = whole
        for each in objects:
            inner = inner.get(each) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner.setdefault(name, value)
    return whole


Arrays = Mapping[str, NDArray[Any]]

MANIFEST = "manifest.json"
DTYPES = ("<f8", "<f4", "<i8", "|u1")
ARRAY_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
MOST_AXES = 4
LARGEST_SHAPE = 2**40  # numbers, each empty axis counting as one
MAGIC = b"\x93NUMPY\x01\x00"
LINE = 64  # bytes: an array begins at a multiple of it, so that it can be used where it lies
LONGEST_HEADER = 512


def pack(manifest: Mapping[str, Any], arrays: Arrays) -> bytes:
    """A manifest and its arrays as one archive; the same for the same content. The version of the format (unless
    ``manifest`` has one) and the list ``arrays`` are filled in. Arrays have a type of ``DTYPES``, and names of small
    letters, digits and underscores. Raises ``ValueError`` for another name or type, or a number that is not finite."""
    raw: dict[str, memoryview] = {}
    for name, array in sorted(arrays.items()):
        if not ARRAY_NAME.fullmatch(name) or array.dtype.str not in DTYPES or array.ndim > MOST_AXES:
            raise ValueError(tr(NOT_KEPT, name=name, dtype=array.dtype, axes=array.ndim))
        raw[name] = np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
    facts = {
        name: {"dtype": arrays[name].dtype.str, "shape": arrays[name].shape, "sha256": _digest(data)}
        for name, data in raw.items()
    }
    writer = ZipWriter()
    writer.add(MANIFEST, write_json({**version_values(), **manifest, "arrays": facts}))
    for name, data in raw.items():
        member, text = member_name(name), _description(arrays[name].dtype.str, arrays[name].shape)
        blanks = -(writer.start_of(member) + len(MAGIC) + 2 + len(text) + 1) % LINE  # the numbers begin at a multiple
        header = MAGIC + (len(text) + blanks + 1).to_bytes(2, "little") + text + b" " * blanks + b"\n"
        writer.add(member, header, data)
    return writer.finish()


def member_name(name: str) -> str:
    return f"arrays/{name}.npy"


def _digest(data: Buffer) -> str:
    return hashlib.sha256(data).hexdigest()


def _description(dtype: str, shape: Iterable[int]) -> bytes:
    """The header that NumPy writes for an array, without the blanks after it."""
    return f"{{'descr': '{dtype}', 'fortran_order': False, 'shape': {tuple(shape)}, }}".encode("ascii")


class Container:
    """An archive whose structure and manifest have been checked; its arrays are checked when they are read. Raises
    ``ProjectError``, as its methods do, if it is not as `pack` writes it, or needs a newer version."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._members = read_directory(source)
        member = next(iter(self._members.values()))
        if member.name != MANIFEST or member.size > MOST_BYTES:
            raise damaged(tr("its description is missing"))
        data = bytes(source.read(member.start, member.size))
        if zlib.crc32(data) != member.crc:
            raise damaged(tr("its description has changed"))
        self.manifest = read_json(data)
        check_version(Section(self.manifest))
        listed = self.manifest.get("arrays")
        if not isinstance(listed, dict) or [*self._members] != [MANIFEST, *map(member_name, sorted(listed))]:
            raise damaged(tr("its description does not list what is there"))
        self.names = sorted(listed)
        for name in self.names:
            facts = listed[name]
            dtype, shape = [facts.get(key) if isinstance(facts, dict) else None for key in ("dtype", "shape")]
            axes: list[Any] = shape if isinstance(shape, list) and len(shape) <= MOST_AXES else [None]
            is_shape = all(type(axis) is int and axis >= 0 for axis in axes)
            is_shape = is_shape and prod(max(1, axis) for axis in axes) <= LARGEST_SHAPE
            if not ARRAY_NAME.fullmatch(name) or dtype not in DTYPES or not is_shape:
                raise damaged(tr("the numbers in “{name}” are of no kind that it may hold", name=name))
            if not 0 < self._length_of_header(name) <= LONGEST_HEADER:
                raise damaged(tr("there are more or fewer numbers in “{name}” than it says", name=name))

    def _length_of_header(self, name: str) -> int:
        facts = self.manifest["arrays"][name]
        length: int = self._members[member_name(name)].size - int(facts["dtype"][-1]) * prod(facts["shape"])
        return length

    def read(self, name: str) -> NDArray[Any]:
        """An array, read-only, with its header and its checksum compared; a view of the bytes read, where aligned."""
        facts, member = self.manifest["arrays"][name], self._members[member_name(name)]
        length = self._length_of_header(name)
        data = self._source.read(member.start, member.size)
        text, size = bytes(data[10:length]), int.from_bytes(data[8:10], "little")
        whole = bytes(data[:8]) == MAGIC and size == length - 10 and len(data) == member.size
        if not whole or text.rstrip(b" \n") != _description(facts["dtype"], facts["shape"]) or text[-1:] != b"\n":
            raise damaged(tr("the kind or the count of the numbers in “{name}” has changed", name=name))
        if _digest(data[length:]) != facts.get("sha256"):
            raise damaged(tr("the numbers in “{name}” have changed", name=name))
        array: NDArray[Any] = np.ndarray(facts["shape"], facts["dtype"], data, length)
        return array if array.flags.aligned else array.copy()


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The manifest and all arrays of an archive, as `pack` took them; the arrays are views of its bytes."""
    container = Container(Memory(data))
    return container.manifest, {name: container.read(name) for name in container.names}
