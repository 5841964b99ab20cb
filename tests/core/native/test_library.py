"""Why there is no library is said in a sentence, with what helps."""

import pytest

from curvegui.core.native import library as native


@pytest.fixture
def afresh(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """What is found is forgotten before and after."""
    monkeypatch.setattr(native, "_load", native._load.__wrapped__)
    return monkeypatch


def test_without_a_library_it_is_said_how_to_have_one(afresh, tmp_path):
    afresh.setattr(native, "PATH", tmp_path / "libengine.so")
    assert native.library() is None
    assert "packaging/native.py" in native.obstacle()
    afresh.setattr(native, "RECIPE", tmp_path / "native.py")
    assert "install CurveGUI again" in native.obstacle()


def test_a_library_of_another_version_and_an_old_processor_are_told_apart(afresh):
    afresh.setattr(native, "CDLL", lambda path: Library(native.VERSION, b""))
    assert native.library() is None
    assert "AVX2" in native.obstacle()
    afresh.setattr(native, "RECIPE", native.PATH / "nowhere")
    afresh.setattr(native, "CDLL", lambda path: Library(native.VERSION + 1, b"avx2"))
    assert "version" in native.obstacle()


class Library:
    """One that answers so."""

    def __init__(self, version, copy):
        self._version, self._copy = version, copy

    def engine_version(self):
        return self._version

    @property
    def copy_for_this_processor(self):
        def ask():
            return self._copy

        return ask
