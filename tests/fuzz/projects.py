"""Feeds the readers of runs what nobody would write:  python tests/fuzz/projects.py --seconds 20

They are: projects, the ends of runs, lines of text, pictures. Checksums would keep chance out, so what is behind them
is fed, too: descriptions and numbers that have changed, with checksums that fit.
"""

import io
from dataclasses import replace

import numpy as np
from driver import feed, watched
from PIL import Image

with watched():
    from curvegui.core.curve.curve import curve_through
    from curvegui.core.learner.morphing import Morph
    from curvegui.core.run.trainer import Trainer
    from curvegui.core.settings.config import TrainingConfig
    from curvegui.files.format.container import pack as packed
    from curvegui.files.format.container import unpack
    from curvegui.files.format.few_bytes import pack
    from curvegui.files.format.section import ProjectError, Section, read_json, write_json
    from curvegui.files.project.in_picture import ONLY_END, WHOLE_RUN, extracted, with_chunk
    from curvegui.files.project.project import Project, decode, encode
    from curvegui.files.project.record import read_record, record_arrays
    from curvegui.files.project.text_line import decode_end, encode_end, line_of, project_of

FILE = io.BytesIO()
Image.new("L", (1, 1)).save(FILE, "png")
PIXEL = FILE.getvalue()
OWN = curve_through("own", np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), closed=False)
TRAINER = Trainer(TrainingConfig(hidden=(2,), points=4))  # it learns the heart, and then a curve of its own
TRAINER.advance(150)
TRAINER.apply(replace(TRAINER.config, curve=OWN, train_one_in=2))
TRAINER.advance(60)
RUN = Project(TRAINER.record(), name="run", morph=Morph(("heart", OWN, "circle"), 0.5))
WHOLE = encode(RUN)


def repaired(data):
    """A project whose description and numbers are not as they were, though each checksum is right.

    The first byte is how many bytes follow that are put somewhere into the arrays; the rest is the description.
    """
    changed, written = data[1 : 1 + data[0]], data[1 + data[0] :]
    manifest, arrays = unpack(WHOLE)
    names = sorted(arrays)
    for start in range(0, len(changed) - 3, 4):
        which, at, value, more = changed[start : start + 4]
        array = arrays[names[which % len(names)]]
        numbers = bytearray(array.tobytes())
        if numbers:
            numbers[(at + 256 * more) % len(numbers)] = value
        arrays[names[which % len(names)]] = np.frombuffer(bytes(numbers), array.dtype).reshape(array.shape)
    described = read_json(written) if written else manifest
    try:
        archive = packed(described, arrays)
    except ValueError as error:  # it was never written
        raise ProjectError("No such project") from error
    return decode(archive)


end, written = encode_end(RUN), write_json(unpack(WHOLE)[0])
feed(
    __doc__,
    ProjectError,
    (decode, [WHOLE]),
    (decode_end, [end]),
    (lambda data: project_of(data.decode("utf-8", "replace")), [line_of(RUN).encode()]),
    (extracted, [with_chunk(PIXEL, WHOLE_RUN + pack(WHOLE))]),
    (lambda data: read_record(Section(read_json(data)), record_arrays(RUN.record)), [written]),
    (lambda data: extracted(with_chunk(PIXEL, WHOLE_RUN + pack(data))), [WHOLE]),
    (lambda data: extracted(with_chunk(PIXEL, ONLY_END + pack(data))), [end]),
    (lambda data: data and repaired(data), [b"\x08\0\7\xff\0\1\0\x7f\0" + written]),
    is_sentence=bool,
)
