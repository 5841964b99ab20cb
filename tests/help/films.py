"""Films read back as players read them."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from curvegui.files.film.animation import Pixels


@dataclass(frozen=True)
class Film:
    """A film as a player sees it.

    ``frames``: ndarray of uint8, shape (n, side, side, 3). ``durations``: of each frame, milliseconds.
    """

    frames: NDArray[np.uint8]
    durations: list[int]
    loops: bool

    @property
    def seconds(self) -> float:
        return sum(self.durations) / 1000


def read_film(path: Path) -> Film:
    """Read a GIF, a WebP or an MP4."""
    data = path.read_bytes()
    return _read_video(data) if path.suffix == ".mp4" else _read_pictures(data)


def _read_pictures(data: bytes) -> Film:
    frames, durations = [], []
    with Image.open(io.BytesIO(data)) as film:
        loops = film.info.get("loop") == 0
        for number in range(film.n_frames):
            film.seek(number)
            film.load()
            frames.append(np.asarray(film.convert("RGB")))
            durations.append(film.info["duration"])
    return Film(np.stack(frames), durations, loops)


def _read_video(data: bytes) -> Film:
    import av

    with av.open(io.BytesIO(data)) as film:
        rate = film.streams.video[0].average_rate
        frames = [
            frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray() for frame in film.decode(video=0)
        ]
        assert film.duration == round(av.time_base * len(frames) / rate)
    return Film(np.stack(frames), [round(1000 / rate)] * len(frames), loops=False)


def rgb(pixels: Pixels) -> NDArray[np.uint8]:
    """Red, green and blue of a frame, shape (height, width, 3)."""
    return np.stack([pixels >> 16, pixels >> 8, pixels], axis=-1).astype(np.uint8)


def distance(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How far each pixel of a frame is from the other frame's, where black is 441 from white."""
    difference = one.astype(np.float64) - other
    return np.sqrt((difference**2).sum(axis=-1))
