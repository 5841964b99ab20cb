"""What brings a curve in: a word, formulas, drawings, tables, pictures; and the rail of curves."""

from functools import partial

from hands import inside
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from scene import Scene
from visitor import Visitor

FILES = "drawing.svg", "points.csv", "no-points.csv", "ellipse.png"
FORMULAS = {"other": ("cos(5 pi t)", "t^2"), "wrong": ("2*(t", "sinus(t)"), "no-value": ("1/(t-0,5)", "t")}
Key = Qt.Key


def _text(visitor: Visitor) -> None:
    """The dialog for a word: at first, bold, without a word, and with signs that no font has."""

    def act(dialog: QWidget) -> None:
        visitor.see("text-first", dialog)
        visitor.click("text.bold")
        visitor.find_a(QLineEdit, "text.word").setText("Curve & co")
        visitor.see("text-bold", dialog)
        visitor.find_a(QLineEdit, "text.word").setText("a\ue000b")
        visitor.see("text-missing", dialog)
        visitor.find_a(QLineEdit, "text.word").setText("")
        visitor.see("text-nothing", dialog)
        visitor.find_a(QLineEdit, "text.word").setText("yes")
        visitor.fill("curve.points", "0")
        visitor.see("text-refused", dialog)

    visitor.while_chosen("curve.text", act)


def _formula(visitor: Visitor) -> None:
    """The dialog for formulas: at first, another one, mistakes, no value somewhere, and the examples."""

    def act(dialog: QWidget) -> None:
        visitor.see("formula-first", dialog)
        for name, (x, y) in FORMULAS.items():
            visitor.find_a(QLineEdit, "formula.x").setText(x)
            visitor.find_a(QLineEdit, "formula.y").setText(y)
            visitor.see(f"formula-{name}", dialog)
        menu = visitor.find_a(QPushButton, "formula.examples").menu()
        visitor.see_menu("formula-examples", menu)

    visitor.while_chosen("curve.formula", act)


def curves(visitor: Visitor) -> None:
    """The dialogs that bring a curve in: a drawing, tables, a picture, a word, formulas, with what can be wrong."""
    for name in FILES:
        path = visitor.home / "Documents" / name
        visitor.while_open(partial(visitor.drop, path), partial(_see_filled, visitor, name.replace(".", "-")))
        visitor.come_back()
    path = visitor.home / "Documents/drawing.svg"
    visitor.while_open(partial(visitor.drop, path), partial(_choose_outlines, visitor))
    visitor.come_back()
    _text(visitor)
    _formula(visitor)


def _see_filled(visitor: Visitor, name: str, dialog: QWidget) -> None:
    facts = visitor.find_a(QLabel, "curve.facts", dialog)
    visitor.wait("the file has been read", lambda: facts.text() not in ("", "One moment…"))
    visitor.go_to_first_lines(dialog)
    visitor.see(name, dialog)


def _choose_outlines(visitor: Visitor, dialog: QWidget) -> None:
    visitor.wait("the outlines are there", lambda: visitor.find("outlines.none").isEnabled())
    visitor.go_to_first_lines(dialog)
    visitor.click("outlines.none")
    visitor.see("no-outlines", dialog)
    visitor.click("outlines.all")
    visitor.click("outlines.shortest")
    visitor.see("in-order", dialog)


def rail(visitor: Visitor) -> None:
    """The rail of curves: with one of one's own, reached by keys, scrolled to its end, and its menu."""
    visitor.while_chosen("curve.text", partial(_learn, visitor))
    visitor.pause_at_start()
    visitor.hush()
    shown = visitor.find("curves")
    visitor.see("own", shown)
    found = visitor.find_a(QAbstractItemView, "curves.list")
    place = QPoint(20, 20)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, found.viewport().mapToGlobal(place))
    visitor.while_open(lambda: QApplication.sendEvent(inside(found), event), partial(visitor.see, "menu"))
    visitor.press(found, Key.Key_End)
    visitor.see("end", shown)


def _learn(visitor: Visitor, dialog: QWidget) -> None:
    visitor.wait("the curve is made", lambda: visitor.find_a(QLabel, "curve.facts", dialog).text())
    visitor.click("curve.learn")


CURVES = (
    Scene("curves", curves),
    Scene("rail", rail),
)
