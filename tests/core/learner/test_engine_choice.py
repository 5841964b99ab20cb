"""Which engine computes a run: chosen by what is wanted, by what is here, and by the network."""

import pytest

from curvegui.core.engine.backend import AUTO, NUMPY, Backend
from curvegui.core.learner.engines import is_small, usable_backend
from curvegui.core.native.library import VERSION
from tests.session.engines import with_c, without_c

SMALL, LARGE = (1, 6, 7, 2), (1, 700, 600, 2)
C = Backend("c", version=VERSION)


def test_for_very_large_networks_numpy_is_faster() -> None:
    assert is_small((1, 200, 200, 2))
    assert not is_small(LARGE)


@pytest.mark.parametrize("engine", [AUTO, "quantum", "compiled"])
def test_where_nobody_chooses_or_the_engine_is_not_known_it_is_the_faster_one(
    monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    with_c(monkeypatch)
    assert usable_backend(Backend(engine), SMALL) == usable_backend(Backend(engine, "half"), SMALL) == C
    assert usable_backend(Backend(engine), LARGE) == NUMPY
    without_c(monkeypatch)
    assert usable_backend(Backend(engine, "single"), SMALL) == Backend(precision="single")


def test_what_is_wanted_computes_a_network_of_any_size_where_it_is_here(monkeypatch: pytest.MonkeyPatch) -> None:
    with_c(monkeypatch)
    assert usable_backend(Backend("c"), LARGE) == C
    assert usable_backend(Backend("numpy", "single"), SMALL) == Backend("numpy", "single")
    without_c(monkeypatch)
    assert usable_backend(C, LARGE) == NUMPY


def test_another_version_of_an_engine_is_another_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    with_c(monkeypatch)
    assert usable_backend(Backend("c", "single", VERSION + 1), SMALL) == Backend("c", "single", VERSION)
