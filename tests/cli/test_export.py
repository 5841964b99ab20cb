"""``curvegui export``: out of anything that contains a run, into everything else."""

import getpass
import re
import signal
import socket
import sys
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from curvegui.cli import main
from curvegui.cli.picture import LAYERS, PictureStyle
from curvegui.cli.saving import RunSaver, save_all
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.formats import Format, formats
from curvegui.files.project.open_any import open_any
from curvegui.files.project.project import Project
from tests.help.command import started

SIZE = ("--size", "60", "--film-size", "64", "--seconds", "1", "--fps", "5")
SOURCES = ("heart.curvegui", "heart.png", "heart.svg", "heart.txt")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, qapp) -> Path:
    """A folder with a run in every form that can be opened."""
    made = tmp_path_factory.mktemp("runs")
    trainer = Trainer(TrainingConfig(seed=77))
    trainer.advance(450)
    project = Project(trainer.record(goal=900), name="mine", look="dark", layers={"axes": True, "trail": False})
    save_all([made / name for name in SOURCES], RunSaver(trainer, PictureStyle("dark", 60, 1, LAYERS), project))
    return made


def export(capsys, *words: object) -> tuple[int, str, str]:
    status = main("export", [str(word) for word in words])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def unpacked(data: bytes) -> bytes:
    """The bytes of a file, and whatever is compressed in it."""
    found = [data]
    for start in re.finditer(rb"x[\x01\x5e\x9c\xda]", data):
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(data[start.start() :]))
    return b"".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("source", SOURCES)
def test_every_form_comes_out_of_every_source(source, folder, tmp_path, capsys):
    words = [word for form in formats(Format) for word in (f"--{form}", tmp_path / f"out.{form}")]
    status, out, err = export(capsys, folder / source, *words, *SIZE)
    assert (status, err) == (0, "")
    assert out.splitlines() == [f"saved       {tmp_path / f'out.{form}'}" for form in formats(Format)]
    for form in ("curvegui", "png", "svg", "txt"):
        found = open_any(tmp_path / f"out.{form}")
        assert (found.name, found.record.config.seed, found.record.iteration) == ("mine", 77, 450)
    names = getpass.getuser(), Path.home().as_posix(), tmp_path.name, folder.name, socket.gethostname()
    personal = {name for name in names if len(name) > 3}  # shorter ones are there by chance
    for path in tmp_path.iterdir():
        content = unpacked(path.read_bytes())
        words = {word for word in personal if re.search(rf"(?<!\w){re.escape(word)}(?!\w)".encode(), content)}
        assert (path.name, words) == (path.name, set())


def test_a_project_out_of_a_project_loses_nothing(folder, tmp_path, capsys):
    export(capsys, folder / "heart.curvegui", "--curvegui", tmp_path / "copy.curvegui")
    before, after = open_any(folder / "heart.curvegui"), open_any(tmp_path / "copy.curvegui")
    assert after.record.trail.curves.tobytes() == before.record.trail.curves.tobytes()
    assert (after.record.goal, after.look, dict(after.layers)) == (900, "dark", {"axes": True, "trail": False})


def test_pictures_look_as_the_project_does_unless_something_else_is_wanted(folder, tmp_path, capsys, qapp):
    def picture(name: str, *words: str) -> QImage:
        export(capsys, folder / "heart.curvegui", "--png", tmp_path / name, "--size", "200", *words)
        return QImage(str(tmp_path / name))

    project = picture("project.png")
    assert picture("same.png", "--look", "dark", "--axes", "--no-trail") == project
    assert picture("other.png", "--look", "light") != project
    assert picture("plain.png", "--no-axes") != project
    assert picture("trail.png", "--trail") != project


def test_what_fails_is_told_and_the_others_are_saved(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("curvegui.files.export.script.MOST_NUMBERS", 1)
    status, out, err = export(capsys, folder / "heart.png", "--py", tmp_path / "a.py", "--csv", tmp_path / "a.csv")
    assert status == 1
    assert out == f"saved       {tmp_path / 'a.csv'}\n"
    assert err.startswith("“a.py” could not be saved. This network is too large for a script")


def test_a_damaged_source_ends_with_status_2_and_nothing_is_saved(folder, tmp_path, capsys):
    (tmp_path / "half.curvegui").write_bytes((folder / "heart.curvegui").read_bytes()[:5_000])
    status, out, err = export(capsys, tmp_path / "half.curvegui", "--png", tmp_path / "a.png")
    assert (status, out) == (2, "")
    assert err.startswith("“half.curvegui” could not be opened. It is damaged")
    assert not (tmp_path / "a.png").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Say what to save: --curvegui, --png,"),
        (["--png", "a.svg"], "“a.svg” cannot be saved with --png: its name must end in .png."),
        (["--png", "no/a.png"], "there is no folder no."),
        (["--png", "heart.png"], "“heart.png” is the file that the run comes from. Choose another name."),
        (["--png", "../{folder}/heart.png"], "is the file that the run comes from."),
        (["--png", "a.png", "--size", "1"], "Size: a whole number from 16"),
        (["--jpg", "a.jpg"], "unrecognized arguments: --jpg"),
        (["--seed", "3", "--png", "a.png"], "unrecognized arguments: --seed"),
    ],
)
def test_what_is_not_possible_ends_with_status_2(words, sentence, folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    before = (folder / "heart.png").read_bytes()
    with pytest.raises(SystemExit) as ended:
        export(capsys, "heart.png", *(word.format(folder=folder.name) for word in words))
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("curvegui export: error: ")
    assert sentence in last
    assert (folder / "heart.png").read_bytes() == before
    assert sorted(each.name for each in folder.iterdir()) == sorted(SOURCES)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without asking it")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_film_that_is_stopped_leaves_nothing_behind(number, folder, tmp_path, qtbot):
    film = "--gif", str(tmp_path / "film.gif"), "--film-size", "1500", "--seconds", "60"
    with started("export", str(folder / "heart.curvegui"), *film) as process:
        qtbot.waitUntil(lambda: any(tmp_path.iterdir()))
        process.send_signal(number)
        assert process.wait() == 130
    assert list(tmp_path.iterdir()) == []
