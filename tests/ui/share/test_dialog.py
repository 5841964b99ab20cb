"""Share: one dialog for all kinds; every failure, and leaving it at any moment."""

import threading

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.figure.drawing.look import LOOKS
from curvegui.figure.film import film
from curvegui.figure.formats import LARGEST_SCALE, SIDE_PX, PictureFormat, formats
from curvegui.files.project.in_picture import extracted
from curvegui.ui.share import job as share_job
from curvegui.ui.share import video
from curvegui.ui.share.dialog import KINDS, ShareDialog
from curvegui.ui.share.form import kept
from curvegui.ui.share.job import ShareJob
from curvegui.ui.share.moment import Moment
from curvegui.ui.share.pictures import LAYERS, PICTURE
from tests.help.writing import names_in
from tests.ui.person import Key, picture, pixels_near

pytestmark = pytest.mark.costly


@pytest.fixture
def sharer(share_at):
    """Someone with Share open at a picture, and a small one chosen."""
    sharer = share_at("picture.save")
    sharer.choose(scale=1)
    return sharer


# Kinds


def test_every_kind_has_a_preview_and_keys_choose_and_the_one_used_last_comes_again(share_at, tmp_path):
    sharer = share_at("picture.save")
    size = sharer.dialog.size()
    sharer.wait_until(lambda: sharer.dialog.isAncestorOf(QApplication.focusWidget()))
    QTest.keyClick(sharer.dialog.focusWidget(), Key.Key_Right)
    assert sharer.dialog._kind == "poster"
    for kind in KINDS:
        sharer.dialog.kinds.choose(kind)
        assert sharer.dialog.focusWidget().accessibleName() == KINDS[kind].title
        sharer.wait_until(lambda: has_preview(sharer.dialog.preview))
        assert sharer.find("ending") is not None or kind == "page"
        assert sharer.dialog.size() == size  # no leaps
    sharer.part("kind.data").click()
    sharer.save(tmp_path / "heart.npz")
    assert sharer.again("share.open").dialog._kind == "data"


def test_of_another_run_what_the_window_shows_is_not_offered(visit):
    person = visit()
    person.window.features["share"].save_record(person.window, Trainer(TrainingConfig(curve="moon")).record())
    dialog = person.window.findChild(ShareDialog)
    kinds = {each for each in KINDS if dialog.findChild(QWidget, f"share.kind.{each}")}
    assert kinds == set(KINDS) - {"panel", "page"}
    dialog.kinds.choose("film")
    assert not dialog.form.obstacle
    dialog.close()


def has_preview(preview):
    lines = preview.findChild(QWidget, "share.lines")
    return bool(lines.toPlainText()) if lines.isVisible() else not preview.image.isNull()


# Saving

BEGINNINGS = {"png": b"\x89PNG", "svg": b"<?xm", "pdf": b"%PDF", "webp": b"RIFF"}


@pytest.mark.slow
def test_every_format_is_saved_and_the_dialog_closes(sharer, tmp_path):
    for ending in formats(PictureFormat):
        sharer.choose(ending=ending, scale=1)
        assert sharer.save(tmp_path / f"mine.{ending}")[:4] == BEGINNINGS[ending]
        assert not sharer.is_open
        assert f"mine.{ending}" in sharer.person.window.toast.words
        sharer = sharer.again()


def test_it_is_the_moment_at_which_it_was_opened(sharer, tmp_path):
    sharer.save(tmp_path / "then.png")
    later = sharer.again()
    later.person.session.step(100)
    later.person.reach(600)
    later.save(tmp_path / "now.png")
    assert QImage(str(tmp_path / "then.png")) == QImage(str(tmp_path / "now.png"))


def test_the_next_picture_begins_where_the_last_one_ended(sharer, tmp_path):
    sharer.choose(ending="pdf", **{layer: layer in ("target", "caption") for layer in LAYERS})
    sharer.save(tmp_path / "mine.pdf")
    again = sharer.again()
    layers = {layer: layer in ("target", "caption") for layer in LAYERS}
    assert again.form.values.items() >= (layers | {"ending": "pdf", "scale": 1, "contain_run": True}).items()
    assert again.press_save("")[0][2] == str(tmp_path / "heart-500.pdf")


def test_while_it_is_written_another_save_waits_and_changes_count_for_the_next_one(sharer, slow_disk, tmp_path):
    is_writing, go_on = slow_disk
    sharer.press_save(tmp_path / "heart.png")
    sharer.wait_until(is_writing.is_set)
    assert not sharer.part("save").isEnabled()
    sharer.choose(caption=True)
    with sharer.person.qtbot.waitSignal(sharer.dialog.saved):
        go_on.set()
    assert not kept(PICTURE, sharer.person.window.services.preferences.present.picture)["caption"]


def test_a_picture_contains_the_run_even_if_it_is_saved_before_the_run_is_there(share_at, tmp_path):
    sharer = share_at("picture.save")
    data = sharer.save(tmp_path / "heart.png")  # at once
    assert extracted(data).record.iteration == 500


def test_a_picture_without_the_run_that_it_was_to_contain_says_so(sharer, tmp_path, monkeypatch):
    monkeypatch.setattr(share_job, "embedded", lambda data, project: None)
    words = sharer.fail(tmp_path / "heart.png")
    assert "“heart.png” was saved" in words and "too large" in words
    sharer.dialog._moment.project = None
    words = sharer.fail(tmp_path / "other.png")
    assert "“other.png” was saved" in words and "could not be recorded" in words
    assert QImage(str(tmp_path / "other.png")).width() == SIDE_PX
    assert sharer.part("save").isEnabled() and sharer.part("message").property("error")


# Failing


def test_a_save_that_fails_says_what_to_do_in_a_message_that_covers_nothing(sharer, tmp_path):
    message = sharer.fail(tmp_path / "none" / "heart.png")
    assert "There is no such folder. Choose another one." in message
    assert sharer.part("message").property("error")
    assert sharer.part("message").accessibleName() == message
    assert "<b>" in sharer.fail(tmp_path / "<b>none" / "heart.png")
    assert sharer.part("message").textFormat() == Qt.TextFormat.PlainText
    size = sharer.dialog.size()
    sharer.fail(tmp_path / "a folder with a rather long name that is not there" / "and another one in it" / "heart.png")
    label = sharer.part("message")
    sharer.wait_until(lambda: label.height() >= label.heightForWidth(label.width()))
    assert label.geometry().bottom() < sharer.part("save").mapTo(sharer.dialog._column, QPoint()).y()
    assert sharer.dialog.size() == size


def test_after_a_failure_the_old_file_is_whole_and_the_dialog_usable(sharer, tmp_path, monkeypatch):
    (tmp_path / "folder.png").mkdir()
    assert "There is a folder of this name. Choose another name." in sharer.fail(tmp_path / "folder.png")

    def no_memory(*_, **__):
        raise MemoryError("There is not enough memory for a picture.")

    with monkeypatch.context() as patch:
        patch.setattr("curvegui.ui.share.pictures.Rendering", no_memory)
        assert sharer.fail(tmp_path / "heart.png") == "There is not enough memory for a picture."

    path = tmp_path / "heart.png"
    path.write_bytes(b"old")

    def full_disk(path, data):
        raise OSError(28, "The disk is full. Free some space, or choose another disk.")

    with monkeypatch.context() as patch:
        patch.setattr(share_job, "write_bytes", full_disk)
        assert "The disk is full" in sharer.fail(path)
    assert path.read_bytes() == b"old"
    assert sharer.save(path)[:4] == b"\x89PNG"


# Cancelling and leaving


@pytest.fixture
def slow_film(monkeypatch):
    """Videos that stop after a few pieces, until they may go on; the first event says that they have come so far."""
    reached, go_on = threading.Event(), threading.Event()

    def pieces(*what):
        real = film.film_pieces(*what)
        try:
            for number, done in enumerate(real):
                if number == 8:
                    reached.set()
                    go_on.wait()
                yield done
        finally:
            real.close()

    monkeypatch.setattr(video, "film_pieces", pieces)
    yield reached, go_on
    go_on.set()


@pytest.fixture
def filmer(share_at):
    sharer = share_at("film.save")
    sharer.wait_until(lambda: sharer.dialog._moment.has_arrived)
    sharer.choose(side_px=96, seconds=1, frames_per_second=10)
    return sharer


@pytest.mark.parametrize("how", ["button", "Esc"])
def test_cancel_stops_a_video_and_leaves_the_dialog_and_the_old_file(filmer, slow_film, tmp_path, how):
    reached, go_on = slow_film
    size = filmer.dialog.size()
    (tmp_path / "heart.gif").write_bytes(b"old")
    filmer.press_save(tmp_path / "heart.gif")
    filmer.wait_until(reached.is_set)
    assert filmer.part("progress").isVisible() and filmer.dialog.size() == size
    if how == "button":
        filmer.press("close")
    else:
        QTest.keyClick(filmer.dialog, Qt.Key.Key_Escape)
    assert not filmer.part("close").isEnabled()
    go_on.set()
    assert filmer.message() == "Cancelled: nothing was saved."
    assert not filmer.part("message").property("error")
    assert (tmp_path / "heart.gif").read_bytes() == b"old" and names_in(tmp_path) == ["heart.gif"]
    assert filmer.dialog.isVisible() and not filmer.part("progress").isVisible()
    assert filmer.save(tmp_path / "heart.gif")[:3] == b"GIF"


@pytest.mark.parametrize("action", ["picture.save", "film.save"])
def test_closing_in_the_middle_leaves_nothing_behind(share_at, slow_film, tmp_path, action):
    sharer = share_at(action)
    reached, go_on = slow_film
    sharer.wait_until(lambda: sharer.dialog._moment.has_arrived)
    if action == "picture.save":
        sharer.choose(scale=8)
    sharer.press_save(tmp_path / "heart.any")
    if action == "film.save":
        sharer.wait_until(reached.is_set)
    sharer.person.window.features["documents"].closing.allow()
    sharer.person.window.close()
    assert not sharer.dialog.isVisible() and not sharer.is_open
    go_on.set()
    QThreadPool.globalInstance().waitForDone()
    assert names_in(tmp_path) == []


def test_leaving_while_it_is_written_writes_it_to_the_end(sharer, slow_disk, tmp_path):
    is_writing, go_on = slow_disk
    sharer.press_save(tmp_path / "heart.png")
    sharer.wait_until(is_writing.is_set)
    sharer.dialog.close()
    assert not sharer.is_open
    go_on.set()
    QThreadPool.globalInstance().waitForDone()
    assert not QImage(str(tmp_path / "heart.png")).isNull()


# By keyboard and for those who do not see


@pytest.mark.parametrize("kind", KINDS)
def test_everything_can_be_reached_with_tab_and_has_a_name(share_at, kind):
    sharer = share_at("picture.save")
    sharer.dialog.kinds.choose(kind)
    sharer.wait_until(lambda: sharer.part("save").isEnabled())
    names, widget = [], sharer.part(f"kind.{kind}")
    for _ in range(200):
        widget = widget.nextInFocusChain()
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(widget.objectName())
            assert widget.accessibleName() or not sharer.dialog.isAncestorOf(widget) or getattr(widget, "text", str)()
    wanted = {each.objectName() for each in sharer.form.editors if each.focusPolicy() and each.isEnabled()}
    assert {*names} >= {each for each in wanted if "." in each} - {f"{kind}.{key}" for key in ("size", "why_not")}
    assert {*names} >= {"share.save", "share.close"}


def test_it_shows_and_copies_what_is_chosen_while_training_goes_on(sharer):
    assert (sharer.find("scale").minimum(), sharer.find("scale").maximum()) == (1, LARGEST_SCALE) == (1, 8)
    for ending in formats(PictureFormat):
        sharer.choose(ending=ending)
        assert sharer.find("scale").isEnabled() == formats(PictureFormat)[ending].has_pixels
    assert QApplication.activeModalWidget() is sharer.dialog
    before = sharer.person.session.snapshot.iteration
    sharer.person.session.step(10)
    sharer.person.reach(before + 10)

    sharer.choose(ending="png", look="classic", scale=4)
    QGuiApplication.clipboard().clear()
    sharer.press("copy")
    assert "Copied" in sharer.message()
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2 * SIDE_PX
    assert pixels_near(image, LOOKS["classic"].fit.colour) > 500
    assert not sharer.part("message").property("error")

    def preview():
        return picture(sharer.dialog.preview)

    sharer.wait_until(lambda: pixels_near(preview(), LOOKS["classic"].fit.colour, within=90) > 50)
    sharer.choose(look="dark")
    sharer.wait_until(lambda: pixels_near(preview(), LOOKS["dark"].fit.colour, within=90) > 50)
    sharer.choose(**{layer: layer == "target" for layer in LAYERS})
    sharer.wait_until(lambda: pixels_near(preview(), "#ffffff", within=2) > 1_000)


def test_the_action_copies_without_a_dialog_and_keeps_nothing(visit):
    person = visit(lambda person: person.learn(200))
    for look in ("classic", "dark"):
        person.window.services.display.see(look_key=look)
        QGuiApplication.clipboard().clear()
        person.choose("picture.copy")
        person.wait_until(lambda: not QGuiApplication.clipboard().image().isNull())
        assert pixels_near(QGuiApplication.clipboard().image(), LOOKS[look].fit.colour) > 100
    assert "Copied" in person.window.toast.words
    assert person.window.findChild(ShareDialog) is None
    person.wait_until(lambda: not person.window.findChildren(ShareJob) and not person.window.findChildren(Moment))
