"""Where a sweep is carried out: the fields, what is wrong with them, and a scheduler that dies in the middle.

That a real one is seen in the same way is held by the tests of `curvegui.sweeps.cluster`.
"""

from concurrent.futures import Executor, Future
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QSpinBox, QToolButton

from curvegui.core.settings.config import TrainingConfig
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.sweeps.cluster import Cluster, missing
from curvegui.sweeps.results import read_sweep
from curvegui.ui.compare import workers as sweep_workers
from curvegui.ui.compare.dialog import ComparisonDialog
from curvegui.ui.compare.sweep import SweepComparison
from curvegui.ui.compare.workers import WorkersChoice, WorkersFields
from curvegui.ui.dialogs.choices import choices_to_text
from curvegui.ui.dialogs.question import QuestionBox
from curvegui.ui.look.layouts import wrapped
from tests.help.patience import patience_s
from tests.help.workers import Here
from tests.ui.compare.test_sweep import Hands, shown_in_dialog

pytestmark = pytest.mark.costly

BASE = TrainingConfig(hidden=(3,), points=9, iterations=150)
ELSEWHERE = WorkersChoice(elsewhere=True, address="host:8786")


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    monkeypatch.setattr(sweep_workers, "is_installed", lambda: True)


@pytest.fixture
def fields(qtbot):
    def show(choice=ELSEWHERE):
        shown = WorkersFields(choice)
        qtbot.addWidget(shown)
        shown.show()
        return shown

    return show


@pytest.fixture
def sweep_dialog(qtbot, tmp_path):
    opened = []

    def open_sweep(choice=ELSEWHERE, base=BASE):
        dialog = shown_in_dialog(qtbot, SweepComparison(base, tmp_path / "sweeps", Here(), choice=choice))
        opened.append(dialog)
        return Hands(dialog, qtbot, tmp_path / "sweeps")

    yield open_sweep
    for dialog in opened:
        dialog.close()


def part(widget, kind, name):
    return widget.findChild(kind, f"sweep.{name}")


def is_seen(widget, name):
    return part(widget, QLineEdit, name).isVisible()


def warning(widget):
    label = part(widget, QLabel, "warning")
    return label.text() if label.isVisible() else ""


def test_it_is_this_computer_unless_somebody_wants_another(fields):
    shown = fields(WorkersChoice())
    assert shown.cluster(is_trusted=False) is None
    assert not is_seen(shown, "address")
    assert (shown.trouble, warning(shown)) == ("", "")
    part(shown, QComboBox, "where").setCurrentIndex(1)
    assert is_seen(shown, "address")
    assert shown.trouble.startswith("A scheduler's address is written tls://host:8786")
    assert shown.choice == WorkersChoice(elsewhere=True)


def test_an_address_of_a_stranger_is_warned_of_and_only_a_safe_one_takes_files_and_needs_them(fields):
    shown = fields()
    assert warning(shown).startswith("▲ Whoever answers at tcp://host:8786 can run programs as you on this computer")
    assert (shown.trouble, shown.risky_address) == ("", "tcp://host:8786")
    assert not is_seen(shown, "ca")
    address = part(shown, QLineEdit, "address")
    address.setText(" tls://host:8786 ")
    assert warning(shown) == ""
    assert all(is_seen(shown, name) for name in ("ca", "cert", "key"))
    assert "needs three files" in shown.trouble
    for name in ("ca", "cert", "key"):
        part(shown, QLineEdit, name).setText(f"{name}.pem")
    assert (shown.trouble, shown.risky_address) == ("", "")
    address.setText("tls://host")
    assert "not “tls://host”" in shown.trouble
    assert warning(shown) == ""


def test_files_of_a_plain_address_are_left_out():
    assert WorkersChoice(True, "tcp://host:8786", ca="none.pem").tls.files == ()
    assert WorkersChoice(True, "tls://host:8786", ca="ca.pem").tls.files == (Path("ca.pem"),)


def test_a_file_is_looked_for(fields, qtbot, tmp_path):
    shown = fields(WorkersChoice(True, "tls://host:8786"))
    (tmp_path / "ca.pem").touch()
    part(shown, QToolButton, "ca.find").click()
    (dialog,) = shown.findChildren(QFileDialog, "find_file")
    dialog.fileSelected.emit(str(tmp_path / "ca.pem"))
    dialog.close()
    assert shown.choice.ca == str(tmp_path / "ca.pem")


def test_without_the_extra_it_cannot_be_chosen_and_says_how_to_install_it(fields, monkeypatch):
    monkeypatch.setattr(sweep_workers, "is_installed", lambda: False)
    shown = fields()
    where = part(shown, QComboBox, "where")
    assert (where.currentIndex(), shown.cluster(is_trusted=False)) == (0, None)
    item = where.model().item(1)
    assert not item.isEnabled()
    assert item.text().endswith("(not installed)")
    assert item.toolTip() == where.toolTip() == wrapped(missing())


@pytest.mark.parametrize("text", ["", "[]", "no json", '{"elsewhere": 1, "address": 5}'])
def test_preferences_that_cannot_be_used_are_forgotten(text):
    assert WorkersChoice.from_text(text) == WorkersChoice()
    assert WorkersChoice.from_text(choices_to_text(ELSEWHERE)) == ELSEWHERE


# In the dialog


def test_a_bad_address_is_told_and_nothing_begins(sweep_dialog):
    hands = sweep_dialog(WorkersChoice(True, "somewhere"))
    assert "not “somewhere”" in hands.text("message")
    assert not hands.button("begin").isEnabled()
    hands.part(QComboBox, "where").setCurrentIndex(0)
    assert hands.text("message") == ""
    assert hands.button("begin").isEnabled()


@pytest.mark.parametrize("times", [1, 2])
def test_with_large_letters_nothing_is_cut_off(sweep_dialog, qapp, qtbot, times):
    before, larger = qapp.font(), qapp.font()
    larger.setPointSizeF(10.0 * times)
    qapp.setFont(larger)
    try:
        hands = sweep_dialog(WorkersChoice(True, "tls://host:8786"))
        form = hands.sweep.form
        fields = [each for kind in (QLineEdit, QComboBox, QSpinBox) for each in form.findChildren(kind)]
        seen = [each for each in fields if each.isVisible() and each.objectName().startswith("sweep.")]
        assert len(seen) > 12
        qtbot.waitUntil(lambda: all(each.height() >= each.minimumSizeHint().height() for each in seen))
        bottoms = [each.mapTo(form, each.rect().bottomLeft()).y() for each in seen]
        qtbot.waitUntil(lambda: max(bottoms) < form.height())
        hands.part(QLineEdit, "address").setText("host:8786")
        label = hands.part(QLabel, "warning")
        qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()) > 0)
    finally:
        qapp.setFont(before)


def test_a_file_that_is_not_there_is_told(sweep_dialog):
    hands = sweep_dialog(WorkersChoice(True, "tls://host:8786", *["none.pem"] * 3))
    hands.press("begin")
    hands.wait_until_done()
    assert hands.text("message") == "There is no file none.pem."


class DyingScheduler(Executor):
    """What a client sees of one that dies when some runs have come back: all others are cancelled."""

    status = "running"

    def __init__(self, lives):
        self._lives = lives

    def wait_for_workers(self, count, timeout):
        pass

    def get_executor(self, **_):
        return self

    def submit(self, function, text, /):
        sent = Future()
        if self._lives:
            self._lives -= 1
            sent.set_result(function(text))
        else:
            sent.cancel()
            sent.set_running_or_notify_cancel()
        return sent

    def close(self, timeout):
        pass


@pytest.fixture
def silent(monkeypatch):
    """The address of somebody who takes a connection, and says nothing."""
    released = Event()

    def client(cluster):
        released.wait(min(cluster.timeout, patience_s()))
        raise TimeoutError

    monkeypatch.setattr(Cluster, "_client", client)
    yield "host:8786"
    released.set()


def begin_and(hands, answer):
    """Start the sweep, and answer the question whether the address is trusted."""
    hands.press("begin")
    (question,) = (each for each in hands.dialog.findChildren(QuestionBox, "sweep.trust") if each.isVisible())
    assert "can run programs as you on this computer" in question.informativeText()
    assert question.defaultButton().objectName() == "cancel"
    question.findChild(QPushButton, answer).click()


def test_nothing_connects_before_somebody_trusts_the_address_and_each_address_is_asked_about_once(
    sweep_dialog, monkeypatch
):
    connected = []

    def client(cluster):
        connected.append(cluster.address)
        raise TimeoutError

    monkeypatch.setattr(Cluster, "_client", client)
    hands = sweep_dialog()
    begin_and(hands, "cancel")
    assert connected == []
    assert hands.button("begin").isEnabled()
    hands.button("begin").setFocus()
    begin_and(hands, "trust")
    hands.wait_until_done()
    assert hands.dialog.focusWidget() is not hands.button("show")  # which Space would press
    hands.press("begin")  # not asked again
    hands.wait_until_done()
    assert connected == ["tcp://host:8786"] * 2
    hands.part(QLineEdit, "address").setText("other:8786")
    begin_and(hands, "cancel")
    assert len(connected) == 2


def test_a_connection_that_does_not_come_up_is_told(sweep_dialog, qtbot, silent, monkeypatch):
    monkeypatch.setattr(sweep_workers, "CONNECT_SECONDS", 0.5)
    hands = sweep_dialog(WorkersChoice(True, silent))
    begin_and(hands, "trust")
    qtbot.waitUntil(lambda: hands.text("message") != "")
    assert f"There is no connection to the scheduler at tcp://{silent} after 0.5 s" in hands.text("message")
    assert "Waiting for" not in hands.text("words")
    hands.part(QComboBox, "where").setCurrentIndex(0)  # then here
    hands.press("begin")
    hands.wait_until_done()
    assert hands.model.rowCount() == 42


def test_the_wait_for_a_connection_can_be_stopped(sweep_dialog, qtbot, silent):
    hands = sweep_dialog(WorkersChoice(True, silent))
    begin_and(hands, "trust")
    qtbot.waitUntil(lambda: "Waiting for the scheduler" in hands.text("words"))
    assert not hands.sweep.form.workers.isEnabled()
    hands.press("stop")
    hands.wait_until_done()
    assert hands.text("message") == ""
    assert hands.sweep.form.workers.isEnabled()


def test_a_scheduler_that_dies_loses_nothing_that_had_arrived(sweep_dialog, qtbot, monkeypatch):
    monkeypatch.setattr(Cluster, "_client", lambda cluster: DyingScheduler(3))
    hands = sweep_dialog()
    begin_and(hands, "trust")
    qtbot.waitUntil(lambda: hands.text("message") != "")
    assert hands.text("message") == "The scheduler at tcp://host:8786 is gone."
    (path,) = hands.folder.iterdir()
    arrived = len(read_sweep(path).results)
    assert arrived == hands.model.rowCount() == 3
    assert hands.text("words") == f"{arrived} of 42 runs, saved in {path}"
    assert hands.part(QPushButton, "begin").isEnabled()


def test_the_window_remembers_where_it_was(newcomer, tmp_path, monkeypatch):
    monkeypatch.setattr(sweep_workers, "CONNECT_SECONDS", 0.1)
    newcomer.choose("run.sweep")
    (dialog,) = newcomer.window.findChildren(ComparisonDialog)
    part(dialog, QComboBox, "where").setCurrentIndex(1)
    part(dialog, QLineEdit, "address").setText("tls://host:1")
    for name in ("ca", "cert", "key"):
        part(dialog, QLineEdit, name).setText("none.pem")
    hands = Hands(dialog, newcomer.qtbot, None)
    hands.press("begin")
    hands.wait_until_done()
    dialog.close()
    newcomer.wait_until(lambda: not newcomer.window.findChildren(ComparisonDialog))
    newcomer.choose("run.sweep")
    (dialog,) = newcomer.window.findChildren(ComparisonDialog)
    assert dialog.shown.form.workers.choice == WorkersChoice(True, "tls://host:1", *["none.pem"] * 3)
    dialog.close()
    newcomer.window.features["documents"].closing.allow()
    newcomer.window.close()
    assert "none.pem" in PreferencesFile(tmp_path / "preferences.json").load().sweep
