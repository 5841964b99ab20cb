from pathlib import Path

import pytest

from curvegui.files.disk import resources
from curvegui.files.disk.resources import resource


def test_the_resources_of_a_checkout_lie_beside_the_package() -> None:
    folder = resource("icons")

    assert folder == Path(__file__).parents[3] / "resources" / "icons"
    assert folder.is_dir()


def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that lies elsewhere, as far as ``resource`` can tell."""
    package = tmp_path / "site" / "curvegui"
    (package / "files").mkdir(parents=True)
    monkeypatch.setattr(resources, "ROOTS", (package / "resources", package.parent / "resources"))
    return package


def _put(root: Path) -> Path:
    icon = root / "resources" / "icons" / "run.svg"
    icon.parent.mkdir(parents=True)
    icon.touch()
    return icon


def test_the_resources_of_an_installed_package_lie_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = _package(tmp_path, monkeypatch)
    inside = _put(package)
    _put(package.parent)  # another package's, by chance of the same name

    assert resource("icons", "run.svg") == inside


def test_a_missing_resource_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _package(tmp_path, monkeypatch)

    with pytest.raises(FileNotFoundError, match=r"icons/nothing\.svg is missing .* Install it again\."):
        resource("icons", "nothing.svg")
