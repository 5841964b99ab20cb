"""Every format gives back the frames that it was given, in their order and for their time."""

import gc
import io
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from curvegui import environment
from curvegui.core.language.text import speak, tr
from curvegui.environment import extra_line
from curvegui.files.disk.languages import use
from curvegui.files.film import mp4
from curvegui.files.film.animation import Animation, FilmSpec, MissingLibraryError, Pixels
from curvegui.files.film.gif import GifAnimation
from curvegui.files.film.mp4 import Mp4Animation
from curvegui.files.film.webp import WebpAnimation
from tests.help.films import Film, distance, read_film, rgb

FILMS: dict[str, type[Animation]] = {"gif": GifAnimation, "webp": WebpAnimation, "mp4": Mp4Animation}
SIDE = 64
PICTURES = ["gif", "webp"]
RED, WHITE, BLUE = 0xFFC03020, 0xFFF0F0F0, 0xFF2040A0


def square(at: int, side: int = SIDE) -> Pixels:
    """A red square that moves over a white ground with a blue edge."""
    pixels = np.full((side, side), WHITE, np.uint32)
    pixels[:4] = pixels[:, :4] = BLUE
    pixels[20:40, at : at + 16] = RED
    return pixels


def save(path: Path, frames: list[Pixels], ticks: list[int], rate: int = 20, loop: bool = True) -> Film:
    """Write frames in the format of the path's ending, and read them back."""
    with path.open("w+b") as file:
        sheet = FilmSpec(len(frames[0]), rate, loop, "heart · 1–6–7–2 · cost 5e-4")
        animation = FILMS[path.suffix[1:]](file, sheet)
        animation.begin(frames if animation.wants_samples else [])
        for pixels, count in zip(frames, ticks, strict=True):
            handed = pixels.copy()
            for _ in animation.add(handed, count):
                pass
            handed[:] = 0  # the next frame is painted over it
        for _ in animation.end():
            pass
        animation.close()
    return read_film(path)


@pytest.fixture(params=FILMS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"film.{request.param}"


@pytest.fixture(params=PICTURES)
def picture_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / f"film.{request.param}"


def test_frames_come_back_in_order_in_their_size_and_for_their_time(path: Path) -> None:
    frames = [square(at) for at in (4, 10, 20, 40)]
    film = save(path, frames, [1, 2, 1, 8])
    shown = np.repeat(film.frames, np.rint(np.array(film.durations) / 50).astype(int), axis=0)
    expected = [frame for frame, ticks in zip(frames, (1, 2, 1, 8), strict=True) for _ in range(ticks)]
    assert film.seconds == pytest.approx(12 / 20)
    assert shown.shape == (12, SIDE, SIDE, 3)
    for one, other in zip(shown, expected, strict=True):
        assert distance(one, rgb(other)).mean() < 6  # MP4 is not exact


def test_gif_and_webp_are_exact_where_there_are_few_colours(picture_path: Path) -> None:
    frames = [square(at) for at in (4, 10, 20, 40)]
    film = save(picture_path, frames, [1, 2, 1, 8])
    assert film.durations == [50, 100, 50, 400]
    np.testing.assert_array_equal(film.frames, [rgb(frame) for frame in frames])


def test_webp_is_exact_with_all_colours(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    frames = [random.integers(1 << 24, size=(SIDE, SIDE), dtype=np.uint32) | 0xFF000000 for _ in range(3)]
    frames.append(frames[-1].copy())
    frames[-1][9:12, 33:50] = BLUE
    film = save(tmp_path / "film.webp", frames, [1, 1, 1, 1])
    np.testing.assert_array_equal(film.frames, [rgb(frame) for frame in frames])


def test_gif_chooses_near_colours_where_there_are_many(tmp_path: Path) -> None:
    ramp = np.linspace(0, 255, SIDE).astype(np.uint32)
    frame = 0xFF000000 | ramp[:, np.newaxis] << 16 | ramp << 8 | 128
    film = save(tmp_path / "film.gif", [frame, frame[::-1]], [1, 1])
    for shown, painted in zip(film.frames, (frame, frame[::-1]), strict=True):
        assert distance(shown, rgb(painted)).mean() < 8
        assert distance(shown, rgb(painted)).max() < 25
    assert len(np.unique(film.frames.reshape(-1, 3), axis=0)) > 200


def test_a_frame_like_the_one_before_counts_and_lasts(picture_path: Path) -> None:
    film = save(picture_path, [square(4), square(4), square(9)], [1, 3, 1])
    assert film.durations == [50, 150, 50]
    np.testing.assert_array_equal(film.frames, [rgb(square(at)) for at in (4, 4, 9)])


@pytest.mark.parametrize("loop", [True, False])
def test_it_begins_again_or_not(picture_path: Path, loop: bool) -> None:
    assert save(picture_path, [square(4), square(9)], [1, 1], loop=loop).loops == loop


@pytest.mark.parametrize("rate", [7, 24, 30, 48])
def test_what_is_rounded_off_a_frames_time_does_not_add_up(path: Path, rate: int) -> None:
    film = save(path, [square(4 + number % 2) for number in range(rate)], [1] * rate, rate)
    assert film.seconds == pytest.approx(1.0, abs=0.011 if path.suffix != ".mp4" else 0.02)
    assert len(film.frames) == rate


# MP4


def test_mp4_says_how_its_colours_are_meant(tmp_path: Path) -> None:
    import av

    save(tmp_path / "film.mp4", [square(4)] * 3, [1] * 3)
    with av.open(str(tmp_path / "film.mp4")) as film:
        stream = film.streams.video[0]
        codec = stream.codec_context
        assert (codec.colorspace, codec.color_primaries, codec.color_trc, codec.color_range) == (1, 1, 1, 1)
        assert codec.pix_fmt == "yuv420p"
        assert stream.average_rate == 20
        assert film.metadata["comment"] == "heart · 1–6–7–2 · cost 5e-4"


def without_pyav(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)


def test_without_pyav_only_mp4_is_missing_something_and_says_what(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [each.missing() for each in FILMS.values()] == ["", "", ""]
    without_pyav(monkeypatch)
    missing = {ending: each.missing() for ending, each in FILMS.items()}
    assert missing == {"gif": "", "webp": "", "mp4": f"MP4 videos need PyAV. To install it:\n{extra_line('video')}"}


def test_the_line_that_installs_pyav_can_be_copied_in_arabic(monkeypatch: pytest.MonkeyPatch) -> None:
    without_pyav(monkeypatch)
    monkeypatch.setattr(environment, "_python", lambda: "python3")
    use("ar")
    try:
        said = [FILMS["mp4"].missing(), tr(mp4.NO_ENCODER, install=FILMS["mp4"].missing())]
    finally:
        speak(None)
    for each in said:
        assert each.endswith(f"\n{extra_line('video')}")
        assert not set(each) & set("\u2066\u2067\u2068\u2069")


def test_without_pyav_an_mp4_is_refused_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    without_pyav(monkeypatch)
    animation = FILMS["mp4"](io.BytesIO(), FilmSpec(SIDE, 20, False))
    with pytest.raises(MissingLibraryError, match=re.escape(extra_line("video"))):
        animation.begin([])
    animation.close()


def test_a_pyav_that_cannot_write_h264_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mp4, "ENCODER", "no_such_encoder")
    animation = FILMS["mp4"](io.BytesIO(), FilmSpec(SIDE, 20, False))
    with pytest.raises(MissingLibraryError, match=r"cannot write H\.264"):
        animation.begin([])
    animation.close()


# Breaking off


class FullDisk(io.BytesIO):
    """Takes so many bytes, and then no more."""

    room = 0

    def write(self, data: bytes) -> int:
        if self.tell() + len(data) > self.room:
            raise OSError(28, "No space left on device")
        return super().write(data)


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 900, 2_000])
@pytest.mark.parametrize("kind", FILMS.values(), ids=list(FILMS))
def test_a_full_disk_is_heard_of_and_everything_can_be_let_go(kind: type[Animation], room: int) -> None:
    random = np.random.default_rng(1)
    file = FullDisk()
    file.room = room
    animation = kind(file, FilmSpec(SIDE, 20, True))

    def write() -> None:
        frames = [random.integers(1 << 24, size=(SIDE, SIDE), dtype=np.uint32) for _ in range(30)]
        animation.begin(frames if animation.wants_samples else [])
        for pixels in frames:
            list(animation.add(pixels, 1))
        list(animation.end())

    with pytest.raises(OSError, match="No space left"):
        write()
    animation.close()


@pytest.mark.parametrize("kind", FILMS.values(), ids=list(FILMS))
def test_who_lets_it_go_in_the_middle_can_close_the_file(kind: type[Animation]) -> None:
    file = io.BytesIO()
    animation = kind(file, FilmSpec(SIDE, 20, True))
    animation.begin([square(4)])
    list(animation.add(square(4), 1))
    animation.close()
    length = len(file.getvalue())
    animation.close()
    del animation
    gc.collect()
    assert len(file.getvalue()) == length  # nobody has written any more


def test_no_piece_of_work_is_longer_than_a_frame() -> None:
    """At the end of an MP4 frames are still waiting to be encoded; they come one at a time."""
    animation = FILMS["mp4"](io.BytesIO(), FilmSpec(SIDE, 20, True))
    animation.begin([])
    pieces = sum(1 for number in range(30) for _ in animation.add(square(number), 1))
    waiting = sum(1 for _ in animation.end())
    assert pieces >= 30
    assert waiting > 5
    animation.close()
