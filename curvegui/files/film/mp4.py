"""MP4 films, for players, presentations and websites. They need PyAV, which brings FFmpeg."""

import contextlib
from collections.abc import Iterator, Sequence
from fractions import Fraction
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import numpy as np

from curvegui.core.installing import install_hint
from curvegui.core.language.text import mark, tr
from curvegui.files.film.animation import Animation, MissingLibraryError, Pixels

if TYPE_CHECKING:
    from av import VideoFrame

INSTALL = mark("MP4 videos need PyAV. {hint}")
ENCODER: Final = "libx264"
NO_ENCODER = mark("The PyAV that is installed cannot write H.264, which MP4 videos need. {install}")
QUALITY = {"crf": "18", "preset": "fast", "tune": "animation", "rc-lookahead": "10"}  # few frames wait in memory
BT709 = 1  # in FFmpeg's numbers: how red, green and blue become brightness and colour; without it, players guess
LIMITED_RANGE = 1


def _install() -> str:
    return tr(INSTALL, hint=install_hint("video"))


class Mp4Animation(Animation):
    """An MP4: the smallest files, with colours at half the resolution, as in most videos."""

    def begin(self, samples: Sequence[Pixels]) -> None:
        spec = self._spec
        if self.missing():
            raise MissingLibraryError(self.missing())
        import av

        self._container = av.open(self._file, "w", format="mp4")
        self._open.callback(self._give_up)
        self._container.metadata["comment"] = spec.description
        try:
            self._stream = self._container.add_stream(ENCODER, rate=spec.frames_per_second, options=QUALITY)
        except ValueError as error:
            raise MissingLibraryError(tr(NO_ENCODER, install=_install())) from error
        self._stream.width = self._stream.height = spec.side_px
        self._stream.pix_fmt = "yuv420p"
        codec = self._stream.codec_context
        codec.colorspace = codec.color_primaries = codec.color_trc = BT709
        codec.color_range = LIMITED_RANGE

    @classmethod
    def missing(cls) -> str:
        return "" if find_spec("av") else _install()

    def add(self, pixels: Pixels, ticks: int) -> Iterator[None]:
        """See `Animation.add`; each tick is a frame of its own, as many programs want frames at even times."""
        from av import VideoFrame

        side = self._spec.side_px
        painted = VideoFrame.from_ndarray(pixels.view(np.uint8).reshape(side, side, 4), format="bgra")
        frame = painted.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
        frame.time_base = Fraction(1, self._spec.frames_per_second)
        for _ in range(ticks):
            frame.pts = self._ticks
            self._ticks += 1
            yield from self._encoded(frame)

    def end(self) -> Iterator[None]:
        yield from self._encoded(None)
        self._container.close()
        yield

    def _encoded(self, frame: "VideoFrame | None") -> Iterator[None]:
        """Encode a frame, or, for None, the frames that are still waiting."""
        for packet in self._stream.encode_lazy(frame):
            self._container.mux(packet)
            yield
        yield

    def _give_up(self) -> None:
        with contextlib.suppress(Exception):  # it would still write an end, where the disk may be full
            self._container.close()
