"""Feeds the readers of runs what nobody would write:  python tests/fuzz/projects.py --seconds 20

The first byte says which one: the projects, the ends of runs, the lines of text or the pictures. Checksums would keep
chance out, so what is behind them is fed too.
"""

import io
import sys
from dataclasses import replace

import numpy as np
from driver import main, watched
from PIL import Image

with watched():
    from curvegui.core.curve.curve import curve_through
    from curvegui.core.run.trainer import Trainer
    from curvegui.core.settings.config import TrainingConfig
    from curvegui.files.format.container import unpack
    from curvegui.files.format.few_bytes import pack
    from curvegui.files.format.section import ProjectError, Section
    from curvegui.files.format.strict_json import read_json, write_json
    from curvegui.files.project.in_picture import END, PROJECT, extracted
    from curvegui.files.project.picture_payload import with_chunk
    from curvegui.files.project.project import Project, decode, encode
    from curvegui.files.project.record import read_record, record_arrays
    from curvegui.files.project.run_end import decode_end, encode_end
    from curvegui.files.project.text_line import line_of, project_of


def _pixel() -> bytes:
    file = io.BytesIO()
    Image.new("L", (1, 1)).save(file, "png")
    return file.getvalue()


PIXEL = _pixel()


def _run() -> Project:
    """A run that learnt the heart, and then a curve of its own."""
    trainer = Trainer(TrainingConfig(hidden=(2,), points=4))
    trainer.advance(150)
    own = curve_through("own", np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]), closed=False)
    trainer.apply(replace(trainer.config, curve=own, train_one_in=2))
    trainer.advance(60)
    return Project(trainer.record(), name="run")


RUN = _run()


def _manifest(data: bytes) -> object:
    """What stands in a project whose checksums have been made right."""
    return read_record(Section(read_json(data)), record_arrays(RUN.record))


READERS = (
    decode,
    decode_end,
    lambda data: project_of(data.decode("utf-8", "replace")),
    extracted,
    _manifest,
    lambda data: extracted(with_chunk(PIXEL, PROJECT + pack(data))),
    lambda data: extracted(with_chunk(PIXEL, END + pack(data))),
)


def target(data: bytes) -> None:
    """Whatever it is: a run, or a sentence that says what is wrong."""
    try:
        READERS[data[0] % len(READERS) if data else 0](data[1:])
    except ProjectError as error:
        assert str(error)


def _corpus() -> list[bytes]:
    whole, end = encode(RUN), encode_end(RUN)
    written = write_json(unpack(whole)[0])
    contents = (whole, end, line_of(RUN).encode(), with_chunk(PIXEL, PROJECT + pack(whole)), written, whole, end)
    return [bytes([number]) + content for number, content in enumerate(contents)]


if __name__ == "__main__":
    sys.exit(main(__doc__, target, _corpus()))
