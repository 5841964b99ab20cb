"""The toast: one message for some seconds over the bottom of the canvas, with up to two actions as buttons."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from curvegui.ui.look.layouts import filled, line_px, named, styled
from curvegui.ui.look.motion import rise
from curvegui.ui.look.scale import BETWEEN_PX, GAP_PX

MESSAGE_MS = 6_000
MOST_LINES = 36  # its width, in heights of a line of text


@dataclass(frozen=True)
class Offer:
    """What a message offers to do, as a button with a text."""

    text: str
    act: Callable[[], object]


class Toast(QFrame):
    """Shows one message at a time over the bottom of the ``canvas``, in the widget ``around`` it: a small canvas may be
    lower than a message. A message rises, unless all ``is_calm``. It stays while the pointer is over it or one of its
    buttons has the focus; Escape puts it away."""

    said = Signal(str)  # the message, or nothing when it has gone

    def __init__(self, canvas: QWidget, around: QWidget) -> None:
        super().__init__(around)
        styled(named(self, "toast"), "card", "over")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)  # the canvas below would be shifted
        self._canvas, self._around, self._above_px, self.is_calm = canvas, around, 0, False
        self._held: list[str] | None = []  # messages that wait until the window is complete; None from then on
        self._first: list[str] = []  # messages of the last seconds, in front of all others
        self._label = named(QLabel(textFormat=Qt.TextFormat.PlainText), "toast.words")  # which may quote names
        self._buttons = [styled(named(QToolButton(), f"toast.offer.{number}"), "link") for number in (1, 2)]
        self._offers: tuple[Offer, ...] = ()
        for number, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, number=number: self._act(number))
        edges, row = (GAP_PX, BETWEEN_PX, GAP_PX, BETWEEN_PX), QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        offered = filled(QHBoxLayout(), *self._buttons, 1, spacing=BETWEEN_PX)
        self._row = filled(row, self._label, offered, edges=edges, spacing=BETWEEN_PX)
        self._until = QTimer(self, singleShot=True)
        self._until.timeout.connect(self._end)
        self._first_until = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._first_until.timeout.connect(self._first.clear)
        canvas.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """The present message, or nothing."""
        return self._label.text()

    def notify(self, words: str, *offers: Offer) -> None:
        self.say(" ".join([*self._first, words]), *offers)

    @Slot(str)
    def notify_first(self, words: str) -> None:
        """Show a message as soon as the window is complete; for some seconds, later messages stand behind it, not in
        its stead. This is for trouble with the app's own files, and for another engine that continues a run: the action
        that has led to the trouble reports its own success at the same moment."""
        if self._held is None:
            self._first.append(words)
            self._first_until.start()
            self.say(" ".join(self._first))
        else:
            self._held.append(words)

    def notify_held(self) -> None:
        """Show the messages that have waited until the window was complete."""
        held, self._held = self._held or [], None
        for words in held:
            self.notify_first(words)

    def say(self, words: str, *offers: Offer, ms: int | None = None) -> None:
        """Show a message with at most two offers for ``ms``, by default for some seconds, and for 0 until it is
        replaced; without words, show nothing."""
        had_focus, was_hidden = self._has_focus, self.isHidden()
        self._offers = offers
        self._label.setText(words)
        self.setAccessibleName(words)
        for button, offer in zip(self._buttons, [*offers, None, None], strict=False):
            button.setVisible(offer is not None)
            button.setText(offer.text if offer else "")
        self.setVisible(bool(words))
        if had_focus and not (words and offers):
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if words:
            self._place()
            self.raise_()
            if was_hidden:
                rise(self, self.is_calm)
        self._until.stop()
        if wait := MESSAGE_MS if ms is None else ms:
            self._until.start(wait)
        self.said.emit(words)

    @Slot()
    def forget(self) -> None:
        """Put the message away, except for messages of `notify_first` whose time is not over."""
        self.say(" ".join(self._first))

    def stand_above(self, above_px: int) -> None:
        """Keep pixels free between the message and the bottom of the canvas, for a bar."""
        self._above_px = above_px
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.isVisible():
            self._place()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._rest()

    def _rest(self) -> None:
        """Stay here: what the pointer is over does not move."""
        for rising in self.findChildren(QPropertyAnimation):
            rising.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.forget()
        else:
            super().keyPressEvent(event)

    @property
    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    @Slot()
    def _end(self) -> None:
        if self.underMouse() or self._has_focus:
            self._until.start()
        else:
            self.forget()

    def _act(self, number: int) -> None:
        offer = self._offers[number]
        self.forget()
        offer.act()

    def _place(self) -> None:
        """Lie in the middle over the canvas's bottom; in a narrow canvas, in several lines with the buttons below, and
        where these are too many, as wide as what is around the canvas."""
        self._rest()
        most = min(self._canvas.width() - 2 * GAP_PX, MOST_LINES * line_px(self))
        self._label.setWordWrap(False)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight)
        is_wide = self.sizeHint().width() > most
        if is_wide:
            self._label.setWordWrap(True)
            self._row.setDirection(QBoxLayout.Direction.TopToBottom)
        if is_wide and self.heightForWidth(most) > self._around.height():
            most = self._around.width()
        width = most if is_wide else self.sizeHint().width()
        height = self.heightForWidth(width) if is_wide else self.sizeHint().height()
        bottom = self._canvas.height() - self._above_px - GAP_PX
        left, top = (self._canvas.width() - width) // 2, bottom - height
        corner = self._canvas.mapTo(self._around, QPoint(left, top))
        x, y = min(corner.x(), self._around.width() - width), min(corner.y(), self._around.height() - height)
        self.setGeometry(max(x, 0), max(y, 0), width, height)
