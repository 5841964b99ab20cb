"""The monkey's hands: the pointer on any widget, keys anywhere, and values typed into every field."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from PySide6 import QtWidgets as Qw
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QWidget

from tests.monkey.action import deed
from tests.monkey.material import value

if TYPE_CHECKING:
    from tests.monkey.life import Life

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier
LEFT, RIGHT, PLAIN = Button.LeftButton, Button.RightButton, Modifier.NoModifier
CONTROLS = Qw.QAbstractButton, Qw.QAbstractSlider, QComboBox, Qw.QAbstractItemView, Qw.QTabBar
FIELDS = Qw.QLineEdit, Qw.QAbstractSpinBox, Qw.QPlainTextEdit, Qw.QTextEdit
LONG = 6  # letters that are typed; what is longer is pasted
DIRECTLY = 0.98  # of what the pointer does goes to a widget
OFTEN = "Left Right Up Down Left Right Up Down Tab Tab Backtab Return Return Space Escape"
OTHERS = "Home End PageUp PageDown Delete Backspace Menu Insert Plus Minus Comma Period Question"
LETTERS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *(f"F{number}" for number in range(1, 13))]
KEYS = [Key[f"Key_{name}"] for name in (OFTEN.split() * 2 + OTHERS.split() + LETTERS)]
HELD = (PLAIN,) * 6 + (Modifier.ShiftModifier,) * 2 + (Modifier.ControlModifier, Modifier.AltModifier)
HELD += (Modifier.ControlModifier | Modifier.ShiftModifier,)


class Pointer:
    """The pointer, aimed at a place of a widget.

    Mostly what it does goes straight to the widget that lies there; else by way of the window, as from a real one, for
    which Qt lets the whole window live for a moment each time.
    """

    def __init__(self, life: "Life", widget: QWidget, chance: Random) -> None:
        self._life, self._chance, self._window = life, chance, widget.window()
        self._at = widget.mapTo(self._window, self._inside(widget))
        self._held = chance.choice((PLAIN,) * 6 + (Modifier.ShiftModifier, Modifier.ControlModifier))
        self._pressed: QWidget | None = None
        self._is_direct = chance.random() < DIRECTLY

    def _inside(self, widget: QWidget) -> QPoint:
        """Mostly in the middle, where small controls have what they are for."""
        across, down = widget.width(), widget.height()
        if self._chance.random() < 0.4:
            return QPoint(across // 2, down // 2)
        return QPoint(self._chance.randrange(max(1, across)), self._chance.randrange(max(1, down)))

    def _send(self, what: Callable[..., object], *words: object) -> None:
        """To what lies there, or to what was pressed before; if the window is still there."""
        if not self._life.is_valid(self._window) or not self._window.isVisible():
            return
        across, down = self._window.width() - 1, self._window.height() - 1
        self._at = QPoint(max(0, min(self._at.x(), across)), max(0, min(self._at.y(), down)))
        widget = self._pressed if self._pressed is not None and self._life.is_valid(self._pressed) else None
        widget = widget or self._window.childAt(self._at) or self._window
        handle = self._window.windowHandle()
        if self._is_direct:
            what(widget, *words, widget.mapFrom(self._window, self._at))
        elif handle is not None:
            what(handle, *words, self._at)
        self._pressed = {QTest.mousePress: widget, QTest.mouseRelease: None}.get(what, self._pressed)
        self._life.watch.piece()

    def do(self, what: str, button: Qt.MouseButton = LEFT) -> None:
        """Press, release or double-click."""
        self._send(getattr(QTest, what), button, self._held)

    def move(self, far: int) -> None:
        """Go elsewhere, at most so far away."""
        self._at += QPoint(self._chance.randint(-far, far), self._chance.randint(-far, far))
        self._send(_move if self._is_direct else QTest.mouseMove)

    def wheel(self, notches: int) -> None:
        """Turn the wheel, with a wheel's notches or as fine as a touchpad."""
        turn = QPoint(0, notches) if self._chance.random() < 0.8 else QPoint(notches, 0)
        self._send(partial(_wheel, turn, self._held))


def _move(widget: QWidget, at: QPoint) -> None:
    """Without what Qt's own does on the way, which is to let the whole window live."""
    place, held = QPointF(at), QApplication.mouseButtons()
    event = QMouseEvent(QMouseEvent.Type.MouseMove, place, widget.mapToGlobal(place), Button.NoButton, held, PLAIN)
    QApplication.sendEvent(widget, event)


def _wheel(turn: QPoint, held: Qt.KeyboardModifier, target: QWidget | QWindow, at: QPoint) -> None:
    if isinstance(target, QWindow):
        QTest.wheelEvent(target, QPointF(at), turn, QPoint(), held)
        return
    places, phase = (QPointF(at), target.mapToGlobal(QPointF(at))), Qt.ScrollPhase.NoScrollPhase
    QApplication.sendEvent(target, QWheelEvent(*places, QPoint(), turn, Button.NoButton, held, phase, False))


def pointer(life: "Life", chance: Random, kind: tuple[type[QWidget], ...] = (QWidget,)) -> Pointer | None:
    """The pointer over something; files are chosen in another way, for people keep theirs there."""
    widget = life.reach.one(chance, kind)
    if widget is None or isinstance(widget.window(), QFileDialog):
        return None
    return Pointer(life, widget, chance)


@deed(6)
def click(life: "Life", chance: Random) -> None:
    """Click on something that is made for it."""
    if (hand := pointer(life, chance, CONTROLS)) is not None:
        hand.do("mousePress")
        hand.do("mouseRelease")


@deed(6)
def click_anywhere(life: "Life", chance: Random) -> None:
    """Click on anything, once or twice, with any button, or with two at once."""
    hand = pointer(life, chance)
    if hand is None:
        return
    button = chance.choice((LEFT, LEFT, RIGHT, Button.MiddleButton, Button.BackButton))
    other = chance.choice((LEFT, RIGHT))
    is_double, has_two = chance.random() < 0.25, chance.random() < 0.15
    hand.do("mousePress", button)
    if has_two and other != button:
        hand.do("mousePress", other)
        hand.do("mouseRelease", other)
    hand.do("mouseRelease", button)
    if is_double:
        hand.do("mouseDClick", button)
        hand.do("mouseRelease", button)


@deed(5)
def drag(life: "Life", chance: Random) -> None:
    """Draw something along, and let go."""
    if (hand := pointer(life, chance)) is not None:
        button = chance.choice((LEFT, LEFT, LEFT, RIGHT, Button.MiddleButton))
        far, moves = chance.choice((5, 60, 400)), chance.randint(1, 6)
        hand.do("mousePress", button)
        for _ in range(moves):
            hand.move(far)
        hand.do("mouseRelease", button)


@deed(45)
def hover(life: "Life", chance: Random) -> None:
    """Point at something."""
    if (hand := pointer(life, chance)) is not None:
        hand.move(30)


@deed(15)
def wheel(life: "Life", chance: Random) -> None:
    """Turn the wheel over something."""
    if (hand := pointer(life, chance)) is not None:
        hand.wheel(chance.choice((120, -120, 120, -120, 15, -7, 1200, -2400)))


def press_key(life: "Life", key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key, which goes wherever the focus is."""
    place = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow() or life.window
    is_closed = not place.isVisible()  # a dialog that has the focus until another window has it
    if not (is_closed or isinstance(QApplication.activeModalWidget(), QFileDialog)):
        QTest.keyClick(place, key, held)
        life.watch.piece()


@deed(40)
def keys(life: "Life", chance: Random) -> None:
    """Press a key, perhaps with others held."""
    press_key(life, chance.choice(KEYS), chance.choice(HELD))


@deed(10)
def enter(life: "Life", chance: Random) -> None:
    """Type into a field, and press Enter, or leave it in another way."""
    field = life.reach.one(chance, FIELDS)
    if field is None or isinstance(field.window(), QFileDialog):
        return
    text, last = value(chance, field), chance.choice((Key.Key_Return,) * 4 + (Key.Key_Tab, Key.Key_Escape, None))
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    press_key(life, Key.Key_A, Modifier.ControlModifier)
    if len(text) > LONG and hasattr(field, "insert"):  # as if pasted
        field.insert(text[:-LONG])
    for letter in text[-LONG:]:
        if life.is_valid(field) and field.isVisible():
            _type(field, letter)
            life.watch.piece()  # between two keys of a person, the window lives
    if last is not None:
        press_key(life, last)


def _type(field: QWidget, letter: str) -> None:
    """As a keyboard that has this letter; Qt's own tests know but the English one."""
    if letter.isascii() and letter.isprintable():
        QTest.keyClicks(field, letter)
    else:
        QApplication.sendEvent(field, QKeyEvent(QKeyEvent.Type.KeyPress, 0, PLAIN, letter))


@deed(2)
def choose_in_list(life: "Life", chance: Random) -> None:
    """Choose an entry of a list that drops down."""
    combo = life.reach.one(chance, (QComboBox,))
    if combo is not None and combo.count() and not isinstance(combo.window(), QFileDialog):
        combo.setFocus()
        for _ in range(chance.randint(1, combo.count())):
            press_key(life, chance.choice((Key.Key_Down, Key.Key_Up)))
