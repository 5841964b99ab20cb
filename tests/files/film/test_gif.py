"""The colours that stand for all others are near to them, and each pixel gets the nearest."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curvegui.files.film.gif import Quantiser, shared_palette
from tests.help.films import distance, rgb


def gradient(side: int = 120) -> np.ndarray:
    """From light to dark blue, as the Classic look's background."""
    share = np.linspace(0, 1, side)[:, np.newaxis] * np.ones(side)
    red, green, blue = (np.rint(a + (b - a) * share).astype(np.uint32) for a, b in ((122, 70), (174, 101), (215, 137)))
    return 0xFF000000 | red << 16 | green << 8 | blue


def shown(pixels: np.ndarray, palette: np.ndarray) -> np.ndarray:
    return palette[Quantiser(palette).indices(pixels)]


@given(colours=st.lists(st.integers(0, 0xFFFFFF), min_size=1, max_size=40, unique=True))
def test_where_there_are_few_colours_all_are_kept(colours):
    pixels = np.tile(np.array(colours, np.uint32) | 0xFF000000, 30).reshape(30, -1)
    palette = shared_palette([pixels], 255)
    # colours in one bin share an entry: they differ by one level at most
    assert distance(shown(pixels, palette), rgb(pixels)).max() < 2


def test_there_are_never_more_than_wanted():
    random = np.random.default_rng(2)
    pixels = random.integers(1 << 24, size=(100, 100), dtype=np.uint32)
    for most in (2, 17, 255):
        assert len(shared_palette([pixels], most)) <= most


def test_a_gradient_has_no_bands_that_can_be_seen():
    pixels = gradient()
    seen = shown(pixels, shared_palette([pixels], 255)).astype(int)
    assert distance(seen, rgb(pixels)).max() < 2.5
    steps = np.abs(np.diff(seen[:, 0], axis=0)).max(axis=1)
    assert steps.max() <= 3  # of 255 from one row to the next


def test_a_thin_curve_on_a_large_ground_gets_its_colour():
    pixels = gradient(300)
    pixels[:, 150] = 0xFFAFDB85
    palette = shared_palette([pixels], 255)
    assert distance(palette, np.uint8([[0xAF, 0xDB, 0x85]])).min() < 3


@given(seed=st.integers(0, 1_000), count=st.integers(1, 255))
def test_each_pixel_gets_the_nearest_colour(seed, count):
    random = np.random.default_rng(seed)
    palette = np.unique(random.integers(256, size=(count, 3)).astype(np.uint8), axis=0)
    pixels = random.integers(1 << 24, size=(7, 9), dtype=np.uint32)
    chosen = distance(shown(pixels, palette), rgb(pixels))
    best = distance(palette, rgb(pixels)[..., np.newaxis, :]).min(axis=-1)
    np.testing.assert_allclose(chosen, best)
