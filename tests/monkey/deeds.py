"""What the monkey does: the pointer on any widget, keys, fields, menus, panels, files, the run; and what it checks."""

from collections.abc import Callable
from random import Random
from typing import Any

import shiboken6
from PySide6 import QtWidgets as Qw
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDockWidget, QFileDialog, QWidget

from curvegui.core.language.text import tr
from curvegui.files.project.project import Project, decode, encode
from curvegui.session.run.delivery import Phase
from tests.monkey.life import KINDS, Deed, Kind, Life, aimed, answer, asked, widget_in_reach, windows_in_reach
from tests.monkey.material import FORMULAS, ODD, good, value
from tests.ui.document_person import drag_away, drag_over, drop_on

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier
LEFT, RIGHT, MIDDLE, PLAIN = Button.LeftButton, Button.RightButton, Button.MiddleButton, Modifier.NoModifier
CONTROLS = Qw.QAbstractButton, Qw.QAbstractSlider, QComboBox, Qw.QAbstractItemView, Qw.QTabBar
FIELDS = Qw.QLineEdit, Qw.QAbstractSpinBox, Qw.QPlainTextEdit, Qw.QTextEdit
LONG = 6  # letters that are typed; what is longer is pasted
DIRECTLY = 0.98  # of what the pointer does goes to a widget
USUAL = "Left Right Up Down Left Right Up Down Tab Tab Backtab Return Return Space Escape"
OTHERS = "Home End PageUp PageDown Delete Backspace Menu Insert Plus Minus Comma Period Question"
LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *(f"F{number}" for number in range(1, 13))]
KEYS = [Key[f"Key_{name}"] for name in (*USUAL.split() * 2, *OTHERS.split(), *LETTERS)]
HELD = (PLAIN,) * 6 + (Modifier.ShiftModifier,) * 2 + (Modifier.ControlModifier, Modifier.AltModifier)
HELD += (Modifier.ControlModifier | Modifier.ShiftModifier,)
DEAR = ("theme.", "view.text_", "wall.", "run.sweep", "film.", "report.", "code.", "exercise.", "help.lesson")
SELDOM = 0.15  # of the times that one of these is wanted, so that the others keep their turn
OFTEN = "run.", "time.", "view.", "edit.", "curve.", "watch."  # as people choose
AREAS = [Qt.DockWidgetArea[f"{side}DockWidgetArea"] for side in ("Left", "Right", "Bottom")]
NOTCHES = 120, -120, 120, -120, 15, -7, 1200, -2400  # eighths of a degree; a touchpad's are finer
RUNS = "toggle", "toggle", "step_1", "step_1000", "reset", "new_seed"
SIZES = (1180, 830), (700, 500), (1920, 1080), (1, 1), (3000, 400), (1366, 768)


class Pointer:
    """The pointer, aimed at a point of a widget.

    Mostly what it does goes straight to the widget that lies there, or was pressed before; else to the window, as from
    a real pointer, for which Qt lets the whole window live for a moment at each press.
    """

    def __init__(self, life: Life, widget: QWidget, chance: Random) -> None:
        self._life, self._chance, self._window = life, chance, widget.window()
        across, down = max(1, widget.width()), max(1, widget.height())
        is_central = chance.random() < 0.4  # in the middle small controls have what they are for
        at = (across // 2, down // 2) if is_central else (chance.randrange(across), chance.randrange(down))
        self._at = widget.mapTo(self._window, QPoint(*at))
        self._held = chance.choice((PLAIN,) * 6 + (Modifier.ShiftModifier, Modifier.ControlModifier))
        self._pressed: QWidget | None = None
        self._is_direct = chance.random() < DIRECTLY

    def _send(self, send: Callable[[Any, QPoint], object], name: str = "") -> None:
        """Send something to the widget that lies there, or to the window; if that is still there."""
        if shiboken6.isValid(self._window) and self._window.isVisible():
            across, down = self._window.width() - 1, self._window.height() - 1
            self._at = QPoint(max(0, min(self._at.x(), across)), max(0, min(self._at.y(), down)))
            pressed = self._pressed if shiboken6.isValid(self._pressed) else None
            widget = pressed or self._window.childAt(self._at) or self._window
            if self._is_direct:
                send(widget, widget.mapFrom(self._window, self._at))
            elif handle := self._window.windowHandle():
                send(handle, self._at)
            self._pressed = {"Press": widget, "Release": None}.get(name, self._pressed)
            self._life.watch.piece()

    def do(self, button: Qt.MouseButton, *names: str) -> None:
        """Press or release a button, or both, by the names of Qt."""
        for name in names:
            act = getattr(QTest, f"mouse{name}")
            self._send(lambda target, at, act=act: act(target, button, self._held, at), name)

    def _send_event(self, make: Callable[[QPointF, QPointF], QEvent]) -> None:
        """Without what Qt's own tests do on the way, which is to let the whole window live."""
        self._send(lambda to, at: QApplication.sendEvent(to, make(QPointF(at), to.mapToGlobal(QPointF(at)))))

    def move(self, far: int) -> None:
        kind, held = QMouseEvent.Type.MouseMove, QApplication.mouseButtons()
        self._at += QPoint(self._chance.randint(-far, far), self._chance.randint(-far, far))
        self._send_event(lambda *points: QMouseEvent(kind, *points, Button.NoButton, held, PLAIN))

    def wheel(self, notches: int) -> None:
        """Turn the wheel, with a wheel's notches or as fine as a touchpad."""
        turn = QPoint(0, notches) if self._chance.random() < 0.8 else QPoint(notches, 0)
        more = QPoint(), turn, Button.NoButton, self._held, Qt.ScrollPhase.NoScrollPhase, False
        self._send_event(lambda *points: QWheelEvent(*points, *more))


def with_pointer(do: Callable[[Pointer, Random], object], *kinds: type[QWidget]) -> Deed:
    """What is done with the pointer, on a widget of some kinds."""

    def aim(life: Life, chance: Random) -> None:
        if (widget := widget_in_reach(chance, *(kinds or (QWidget,)))) is not None:
            do(Pointer(life, widget, chance), chance)

    return aim


def click_anywhere(pointer: Pointer, chance: Random) -> None:
    """Click on anything, once or twice, with any button, or with two at once."""
    button, other = chance.choice((LEFT, LEFT, RIGHT, MIDDLE, Button.BackButton)), chance.choice((LEFT, RIGHT))
    is_double, has_two = chance.random() < 0.25, chance.random() < 0.15
    pointer.do(button, "Press")
    if has_two and other != button:
        pointer.do(other, "Press", "Release")
    pointer.do(button, "Release", *("DClick", "Release") * is_double)


def drag(pointer: Pointer, chance: Random) -> None:
    button = chance.choice((LEFT, LEFT, LEFT, RIGHT, MIDDLE))
    far, moves = chance.choice((5, 60, 400)), chance.randint(1, 6)
    pointer.do(button, "Press")
    for _ in range(moves):
        pointer.move(far)
    pointer.do(button, "Release")


def press_key(life: Life, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key, which goes wherever the focus is."""
    active = QApplication.activePopupWidget, QApplication.focusWidget, QApplication.activeWindow
    target = next(filter(None, (find() for find in active)), life.window)
    # a dialog that was closed has the focus until another window has it
    if target.isVisible() and not isinstance(QApplication.activeModalWidget(), QFileDialog):
        QTest.keyClick(target, key, held)
        life.watch.piece()


def enter(life: Life, chance: Random) -> None:
    """Type into a field, and press Enter, or leave it in another way."""
    if (field := widget_in_reach(chance, *FIELDS)) is None:
        return
    text, last = value(chance, field), chance.choice((Key.Key_Return,) * 4 + (Key.Key_Tab, Key.Key_Escape, None))
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    press_key(life, Key.Key_A, Modifier.ControlModifier)
    if len(text) > LONG and hasattr(field, "insert"):  # as if pasted
        field.insert(text[:-LONG])
    for letter in text[-LONG:]:
        if shiboken6.isValid(field) and field.isVisible():
            if letter.isascii() and letter.isprintable():
                QTest.keyClicks(field, letter)
            else:  # as a keyboard that has this letter; Qt's own tests know but the English one
                QApplication.sendEvent(field, QKeyEvent(QKeyEvent.Type.KeyPress, 0, PLAIN, letter))
            life.watch.piece()  # between two keys of a person, the window lives
    if last is not None:
        press_key(life, last)


def choose_in_list(life: Life, chance: Random) -> None:
    combo = widget_in_reach(chance, QComboBox)
    if combo is not None and combo.count():
        combo.setFocus()
        for _ in range(chance.randint(1, combo.count())):
            press_key(life, chance.choice((Key.Key_Down, Key.Key_Up)))


def reply(life: Life, chance: Random) -> None:
    """Answer what asks, if anything does, or close a window that lies about."""
    others = [(type(each).__name__, each) for each in windows_in_reach() if each is not life.window]
    if (asking := asked() or aimed(chance, others)) is not None:
        answer(life, chance, asking)


def action(life: Life, chance: Random) -> None:
    """Choose one of the menus' actions, of all that there are."""
    beginning = chance.choice((*("",) * 2 * len(OFTEN), *OFTEN))
    id_ = aimed(chance, [(each.id, each.id) for each in life.actions.records if each.id.startswith(beginning)])
    chosen = life.actions[id_]
    if chosen.isEnabled() and chosen.isVisible() and (not id_.startswith(DEAR) or chance.random() < SELDOM):
        chosen.trigger()


def shortcut(life: Life, chance: Random) -> None:
    ids = [each.id for each in life.actions.records if each.keys and not each.id.startswith(DEAR)]
    sequence = life.actions[aimed(chance, [(id_, id_) for id_ in ids])].shortcut()
    for index in range(sequence.count()):
        press_key(life, sequence[index].key(), sequence[index].keyboardModifiers())


def resize(life: Life, chance: Random) -> None:
    window = chance.choice((life.window, QApplication.activeWindow() or life.window))
    window.resize(*chance.choice(SIZES))


def move_panel(life: Life, chance: Random) -> None:
    """Float a panel, bring it back, close it, move or resize it."""
    docks = [(each.objectName(), each) for each in life.window.findChildren(QDockWidget) if each.isVisible()]
    if (dock := aimed(chance, docks)) is not None:
        ways = (
            lambda: dock.setFloating(not dock.isFloating()),
            dock.close,
            lambda: life.window.addDockWidget(chance.choice(AREAS), dock),
            lambda: dock.resize(chance.randint(50, 900), chance.randint(50, 900)),
        )
        chance.choice(ways)()


def storm(life: Life, chance: Random) -> None:
    for id_ in [chance.choice(("edit.undo", "edit.undo", "edit.redo")) for _ in range(chance.randint(2, 12))]:
        life.actions[id_].trigger()
        life.watch.piece()


def scrub(life: Life, chance: Random) -> None:
    """Look back, to anywhere; or let the run go on at full speed."""
    if chance.random() < 0.6:
        life.session.time.look_back(round(chance.random() * life.session.time.latest))
    elif not life.session.phase.is_learning and QApplication.activeModalWidget() is None:
        life.session.run()


def drop(life: Life, chance: Random) -> None:
    data = some_data(life, chance)
    drag_over(life.window, data)
    if chance.random() < 0.2:
        drag_away(life.window)
    else:
        drop_on(life.window, data)


def paste(life: Life, chance: Random) -> None:
    QGuiApplication.clipboard().setMimeData(some_data(life, chance))
    life.actions["run.paste"].trigger()


def some_data(life: Life, chance: Random) -> QMimeData:
    """A text, an image, bytes that call themselves something, or a file."""
    data, kind = QMimeData(), chance.randrange(5)
    if kind == 0:
        data.setText(chance.choice((*ODD, *FORMULAS, good()["line.txt"].decode(), good()["drawing.svg"].decode())))
    elif kind == 1:
        data.setImageData(QImage(chance.randint(1, 90), chance.randint(1, 90), QImage.Format.Format_RGB32))
    elif kind == 2:
        data.setData(chance.choice(("image/png", "text/plain", "image/svg+xml")), chance.randbytes(50))
    else:
        data.setUrls([QUrl.fromLocalFile(str(life.file(chance)))])
    return data


def edit_file(life: Life, chance: Random) -> None:
    """Save another text over a learner's file, as an editor does; it may be the one that is watched."""
    files = sorted(life.folder.glob("*.py"))
    content = good()[chance.choice(sorted(name for name in good() if name.endswith(".py")))]
    if files and chance.random() < 0.1:
        chance.choice(files).unlink()
    elif files:
        is_cut = chance.random() < 0.2
        chance.choice(files).write_bytes(content[: chance.randrange(len(content))] if is_cut else content)


# What must hold at any time, asked now and then: each check is a kind of action, too


def bring_up_to_date(life: Life) -> bool:
    """Pause, and wait until the session has seen all that was asked for.

    A job that ends meanwhile may ask for more, or let it run: then once again.
    """
    for _ in range(20):
        arrived: list[bool] = []
        life.watch.piece()
        life.session.pause()
        life.session.when_up_to_date(lambda arrived=arrived: arrived.append(True))
        if not life.wait(lambda arrived=arrived: arrived or not life.is_open):
            break
        if not life.is_open:
            return False
        again = len(arrived) + 1
        life.session.when_up_to_date(lambda arrived=arrived: arrived.append(True))  # at once, if it still is
        if len(arrived) == again and not life.session.phase.is_learning:
            return True
    life.watch.note("the session is never up to date", "checks")
    return False


def undo_and_redo(life: Life, chance: Random) -> None:
    """Undo, then redo: the same settings and the same parameters, to the last bit.

    Where the run is in a dead end, Undo takes it back to before, and what was learned since is gone; one whose numbers
    overflowed learns on.
    """

    def parameters() -> tuple[int, bytes]:
        return session.snapshot.iteration, session.snapshot.parameters.tobytes()

    def is_dead() -> bool:
        return session.phase is Phase.DIVERGED or (session.diagnosis is not None and session.diagnosis.is_dead_end)

    session, times, done = life.session, chance.randint(1, 3), 0
    if not bring_up_to_date(life):
        return
    before, learned = session.mark(), parameters()
    while done < times and session.history.undo_label and not is_dead():
        session.undo()
        done += 1
    for _ in range(done):
        session.redo()
    if session.mark() != before:
        names = [name for name in vars(before.config) if getattr(before.config, name) != getattr(session.config, name)]
        life.watch.note(f"undo and redo differ in {names or 'the run'}", "checks")
    elif bring_up_to_date(life) and session.mark() == before and (now := parameters()) != learned:
        iterations = f"iteration {learned[0]}, then {now[0]}, after {done} of Undo"
        life.watch.note("undo and redo differ in the parameters", "checks", iterations)


def save_and_open(life: Life, chance: Random) -> None:
    """What a file keeps of the run is the run, to the last bit."""
    arrived: list[object] = []

    def take(label: object, record: object) -> None:
        if label is arrived:
            arrived.append(record)

    life.session.captured.connect(take)
    life.session.capture(arrived)
    life.wait(lambda: arrived or not life.is_open)
    life.session.captured.disconnect(take)
    if arrived and (record := arrived[0]) is not None:
        data = encode(Project(record))
        again = decode(data)
        if encode(again) != data:
            life.watch.note("a file that is opened and saved again is another", "checks")
        is_kept = again.record.parameters.tobytes() == record.parameters.tobytes()
        if not is_kept or again.record.config != record.config:
            life.watch.note("a file does not keep the run", "checks")
        life.watch.rest()  # the app does so in the pool


def agree(life: Life, chance: Random) -> None:
    """The button Run says what the session does."""
    if bring_up_to_date(life):
        said, is_so = life.window.findChild(QAbstractButton, "run").accessibleName(), life.session.phase
        if (said == tr("Pause")) != is_so.is_learning:
            life.watch.note(f"the button says {said}, the session {is_so}", "checks")
        life.session.run()


KINDS.update(
    click=Kind(6, with_pointer(lambda pointer, chance: pointer.do(LEFT, "Press", "Release"), *CONTROLS)),
    click_anywhere=Kind(6, with_pointer(click_anywhere)),
    drag=Kind(5, with_pointer(drag)),
    hover=Kind(45, with_pointer(lambda pointer, chance: pointer.move(30))),
    wheel=Kind(15, with_pointer(lambda pointer, chance: pointer.wheel(chance.choice(NOTCHES)))),
    keys=Kind(40, lambda life, chance: press_key(life, chance.choice(KEYS), chance.choice(HELD))),
    enter=Kind(10, enter),
    choose_in_list=Kind(2, choose_in_list),
    reply=Kind(4, reply),
    action=Kind(3, action, asks_first=True),
    shortcut=Kind(1.5, shortcut),
    resize=Kind(0.6, resize),
    move_panel=Kind(0.6, move_panel),
    storm=Kind(0.5, storm, asks_first=True),
    learn=Kind(2, lambda life, chance: life.actions[f"run.{chance.choice(RUNS)}"].trigger(), asks_first=True),
    scrub=Kind(2, scrub),
    drop=Kind(0.5, drop, asks_first=True),
    paste=Kind(0.5, paste, asks_first=True),
    edit_file=Kind(0.3, edit_file),
    leave=Kind(0.04, lambda life, chance: life.window.close()),  # what it asks is answered as anything else is
    undo_and_redo=Kind(0.4, undo_and_redo, with_trainer=True),
    save_and_open=Kind(0.25, save_and_open, with_trainer=True),
    agree=Kind(0.3, agree, with_trainer=True),
)
