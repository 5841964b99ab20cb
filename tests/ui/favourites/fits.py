"""Favourites to test with: made up, and on the disk."""

from pathlib import Path

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.favourites.folder import Favourite, FavouriteFile, FavouritesFolder
from curvegui.files.project.project import Project, Summary
from tests.files.projects import tiny_project


def made_up(name="heart", cost=0.5, date="2026-01-02T03:04:05Z", *, key="", modified=0, **settings):
    """A favourite that has no file."""
    config = TrainingConfig(**settings)
    summary = Summary(name, "classic", "1", date, config, 12_300, 50_000, cost, (0, cost), False, 79)
    return Favourite(FavouriteFile(Path("/nowhere") / (key or f"{name}.curvegui"), modified, 10), summary)


def broken(name="junk", modified=0):
    """One that cannot be read."""
    path = Path("/nowhere") / f"{name}.curvegui"
    return Favourite(FavouriteFile(path, modified, 10), None, f"“{path.name}” could not be opened. It is damaged.")


def fill(folder, *names, **attributes):
    """Keep small projects of these names, the first one first."""
    store, kept = FavouritesFolder(folder), []
    for number, name in enumerate(names):
        saved_at = f"2026-01-02T03:{number // 60:02}:{number % 60:02}Z"
        kept.append(store.add(tiny_project(**{"name": name, "saved_at": saved_at} | attributes)))
    return kept


def fill_with_runs(folder, **runs):
    """Keep runs with some settings set, by name."""
    store = FavouritesFolder(folder)
    for number, (name, settings) in enumerate(runs.items()):
        trainer = Trainer(TrainingConfig(**{"hidden": (2,), "points": 3} | settings))
        trainer.advance(100)
        store.add(Project(trainer.record(200), name=name, saved_at=f"2026-01-02T03:04:{number:02}Z"))


def is_idle(thumbnails):
    """Whether all thumbnails that were wished for are painted."""
    return not thumbnails._wanted
