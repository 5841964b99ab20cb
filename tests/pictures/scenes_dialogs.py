"""Scenes of what the window opens: dialogs that save, bring in curves, ask and explain; walls and sweeps."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QSpinBox,
    QWidget,
)
from scenes_window import CANVAS, DOCKS, WINDOW
from visitor import HEART, LEARNT, STEPS, Lost, Scene, Visitor, inside, opening, part_of


def picture(visitor: Visitor) -> None:
    """The dialog that saves a picture: each format, without some of it, and copied."""

    def act(dialog: QWidget) -> None:
        box = visitor.find_a(QComboBox, "picture.format", dialog)
        for index in range(box.count()):
            visitor.pick("picture.format", box.itemText(index))
            visitor.see(box.itemText(index).lower(), dialog)
        visitor.pick("picture.look", "Light")
        for name in ("trail", "axes", "caption"):
            visitor.click(f"picture.{name}")
        visitor.see("other", dialog)
        visitor.pick("picture.format", "PNG")
        visitor.click("picture.copy")
        visitor.see("copied", dialog)
        _choose_file(visitor, dialog)

    visitor.while_chosen("picture.save", act)


def poster(visitor: Visitor) -> None:
    """The dialog that saves a poster or a card: each layout, and as ink on paper."""

    def act(dialog: QWidget) -> None:
        for key in ("layout", "palette", "paper", "ending"):
            box = visitor.find_a(QComboBox, f"poster.{key}", dialog)
            for index in range(1, box.count()):
                visitor.pick(f"poster.{key}", box.itemText(index))
                visitor.see(f"{key}-{index}", dialog)
        for name in ("target", "fit"):
            visitor.click(f"poster.{name}")
        visitor.see("other", dialog)

    visitor.while_chosen("poster.save", act)


def _choose_file(visitor: Visitor, dialog: QWidget) -> None:
    save = visitor.find(f"{dialog.objectName()}.save", inside=dialog)
    visitor.while_open(lambda: visitor.click(save), lambda chooser: visitor.see("file", chooser))


def film(visitor: Visitor) -> None:
    """The dialog that saves a film: each format, and another pace; its preview stands still with reduced motion."""
    visitor.check("view.reduced_motion")

    def act(dialog: QWidget) -> None:
        box = visitor.find_a(QComboBox, "film.format", dialog)
        for index in range(box.count()):
            visitor.pick("film.format", box.itemText(index))
            visitor.see(f"format-{index + 1}", dialog)
        visitor.pick("film.look", "Dark")
        for name in ("trail", "axes", "caption"):
            visitor.click(f"film.{name}")
        visitor.see("other", dialog)
        _choose_file(visitor, dialog)

    visitor.while_chosen("film.save", act)


def files(visitor: Visitor) -> None:
    """Every dialog in which a file is chosen; what the status bar says in passing; what a drop would do."""
    for id_ in ("file.open", "file.save_as", "data.save", "curve.import", "curve.save_points", "exercise.new",
                "exercise.open", "help.lesson"):  # fmt: skip
        visitor.see_dialog(id_.replace(".", "-"), id_)
    for name in ("heart.curvegui", "points.csv", "jacobians.py"):
        visitor.carry(visitor.home / name)
        visitor.see(f"drop-{name.replace('.', '-')}", visitor.find("drop_sign"))
    visitor.find("drop_sign").hide()
    _say(visitor)


def _say(visitor: Visitor) -> None:
    status = visitor.window.statusBar()
    for id_, part in (("run.copy_text", "clipboard"), ("picture.copy", "Copied"), ("favourite.keep", "favourite")):
        visitor.choose(id_)
        visitor.wait_for_message(part)
        visitor.see(id_.replace(".", "-"), status)
    QApplication.clipboard().setText("This is no run.")
    visitor.see_dialog("paste", "run.paste")


SAVING = (
    Scene("picture", picture, LEARNT),
    Scene("poster", poster, LEARNT),
    Scene("film", film, LEARNT),
    Scene("files", files),
)


FILES = "drawing.svg", "points.csv", "no-points.csv", "ellipse.png"
FORMULAS = {"other": ("cos(5 pi t)", "t^2"), "wrong": ("2*(t", "sinus(t)"), "no-value": ("1/(t-0,5)", "t")}
Key = Qt.Key


def _text(visitor: Visitor) -> None:

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


OPENED_MS = 3_000  # in which another window has opened its file
HUGE = "--hidden", "1200", "1000"  # neurons: asked about before it is built


def questions(visitor: Visitor) -> None:
    """Whether to save, to go back, to replace: each question about a run with changes."""
    mine = visitor.home / "mine.curvegui"
    visitor.while_chosen("file.save_as", partial(visitor.name_file, path=mine))
    visitor.wait_for_message("Saved")
    visitor.learn(100)
    visitor.hush()
    visitor.see("changed")
    visitor.see_dialog("unsaved", "file.new")
    visitor.see_dialog("revert", "file.revert")
    visitor.while_chosen("app.quit", partial(visitor.see, "unsaved-at-the-end"))
    mine.write_bytes(b"Somebody else was here.")
    visitor.see_dialog("found-changed", "file.save")
    visitor.while_chosen("file.save_as", partial(_name_existing, visitor, visitor.runs / "learnt.curvegui"))


def _name_existing(visitor: Visitor, path: Path, chooser: QWidget) -> None:
    visitor.while_open(lambda: visitor.name_file(chooser, path), partial(visitor.see, "existing"))


def troubles(visitor: Visitor) -> None:
    """What is said of a file that is none, that is gone, and of an error that nobody expects."""
    documents = visitor.home / "Documents"
    visitor.while_open(partial(visitor.drop, documents / "broken.curvegui"), partial(visitor.see, "broken"))
    visitor.come_back()
    gone = visitor.home / "gone.curvegui"
    visitor.while_chosen("file.save_as", partial(visitor.name_file, path=gone))
    visitor.wait_for_message("Saved")
    gone.unlink()
    visitor.hush()
    visitor.while_open(partial(_open_recent, visitor, gone.name), partial(visitor.see, "gone"))
    visitor.come_back()
    visitor.while_open(Thread(target=_fail).start, partial(visitor.see, "unexpected"))


def _open_recent(visitor: Visitor, name: str) -> None:
    menu = next((each for each in visitor.menus() if "recent" in each.objectName()), None)
    if menu is None:
        raise Lost("There is no menu of recent files")
    visitor.wait("the file is listed", lambda: _listed(menu, name))
    _listed(menu, name)[0].trigger()


def _listed(menu: QMenu, name: str) -> list[QAction]:
    menu.aboutToShow.emit()
    return [each for each in menu.actions() if name in each.text()]


def _fail() -> None:
    raise RuntimeError("a mistake of the visitor's")


def crash(visitor: Visitor) -> None:
    """Change a run and be ended: an autosave is left behind."""
    visitor.learn(100)


def recovery(visitor: Visitor) -> None:
    """The copies that a crash has left, the question before they are discarded, and one that is brought back."""

    visitor.wait_for_window()
    dialog = visitor.find("recovery")
    visitor.see("offer", dialog)
    visitor.while_open(lambda: visitor.click("recovery.discard"), partial(visitor.see, "discard"))
    visitor.click("recovery.bring_back")
    visitor.wait_for_iteration(STEPS + 100)
    visitor.hide_what_remembers()
    visitor.see("brought-back")


FILES = (
    Scene("questions", questions),
    Scene("troubles", troubles),
    Scene("recovery", recovery, (), before=crash, before_arguments=HEART),
)


CHAPTERS = 0, 2, 5, 9  # of the guide


def guide(visitor: Visitor) -> None:
    """The guide at some of its chapters, the keys, and what the app is."""

    def act(dialog: QWidget) -> None:
        chapters = visitor.find_a(QListWidget, "guide.chapters")
        for row in CHAPTERS:
            chapters.setCurrentRow(row)
            visitor.see(f"chapter-{row + 1:02}", dialog)

    visitor.while_chosen("help.guide", act)
    visitor.see_dialog("keys", "help.keys")
    visitor.see_dialog("about", "help.about")
    visitor.see_dialog("preferences", "app.preferences")
    visitor.see_dialog("experiments", "help.experiments")


def tour(visitor: Visitor) -> None:
    """Every step of the tour, and the list of them."""
    for name in ("maths", "jacobians", "network"):
        visitor.dock(name)  # it is filled then, and what a step shows has its size
    visitor.choose("help.tour")
    following = visitor.find_a(QPushButton, "tour.next")
    steps = visitor.find_a(QPushButton, "tour.steps").menu()
    for number in range(1, len(steps.actions()) + 1):
        visitor.reset_view()
        visitor.see(f"step-{number:02}")
        if number < len(steps.actions()):
            visitor.click(following)
            visitor.hush()
    visitor.see_menu("steps", steps)
    visitor.while_open(partial(visitor.click, following), partial(visitor.see, "restore"))
    visitor.come_back()
    visitor.reset_view()
    visitor.see("finished")


def lesson(visitor: Visitor) -> None:
    """A lesson of one's own, and one with mistakes."""
    documents = visitor.home / "Documents"
    visitor.while_chosen("help.lesson", partial(visitor.name_file, path=documents / "lesson.md"))
    visitor.find("tour.next")
    visitor.reset_view()
    visitor.see("lesson")
    visitor.while_open(partial(visitor.click, "tour.leave"), partial(visitor.see, "leave"))
    visitor.come_back()
    visitor.hush()
    visitor.while_chosen("help.lesson", partial(_name_broken, visitor, documents / "no-lesson.md"))


def _name_broken(visitor: Visitor, path: Path, chooser: QWidget) -> None:
    visitor.while_open(lambda: visitor.name_file(chooser, path), partial(visitor.see, "mistakes"))


HELP = (
    Scene("guide", guide),
    Scene("tour", tour, LEARNT),
    Scene("lesson", lesson),
)


Key = Qt.Key


def exercise(visitor: Visitor) -> None:
    """The exercise: without a file, the question, the verdicts, a file that is no Python, and a new one."""
    dock = visitor.dock_alone("exercise")
    visitor.see("empty", dock)
    visitor.while_open(lambda: visitor.drop(visitor.home / "Documents/jacobians.py"), partial(_consent, visitor))
    visitor.wait("there are verdicts", lambda: visitor.find("exercise.again").isEnabled())
    visitor.see("verdicts", dock)


def _consent(visitor: Visitor, question: QWidget) -> None:
    visitor.see("question", question)
    visitor.click(visitor.find("once", inside=question))


def puzzle(visitor: Visitor) -> None:
    """A function put together: to read, with a line missing, and empty; lines that were checked, and a hint."""

    def act(dialog: QWidget) -> None:
        visitor.see("to-read", dialog)
        visitor.click("puzzle.next")
        visitor.see("one-missing", dialog)
        visitor.click("puzzle.next")
        visitor.click("puzzle.next")
        lines = visitor.find("puzzle.lines")
        visitor.press(lines, Key.Key_Return, Key.Key_Return)
        visitor.click("puzzle.check")
        visitor.see("checked", dialog)
        visitor.click("puzzle.hint")
        visitor.see("hint", dialog)

    visitor.while_chosen("exercise.puzzle", act)


def favourites(visitor: Visitor) -> None:
    """The favourites: none, some, a search, a deletion, a new name, their menu, two compared, and a contact sheet."""
    dock = visitor.dock_alone("favourites")
    visitor.see("none", dock)
    for name in ("learnt", "small", "star"):
        visitor.open(name)
        visitor.choose("favourite.keep")
        visitor.wait_for_message("Saved to favourites")
        visitor.hush()
    visitor.see("some", dock)
    _more(visitor, "menu-of-one")
    _select(visitor, (0, 1))
    visitor.see("two", dock)
    _more(visitor, "menu-of-two")
    _more(visitor, "compared", "compare")
    _more(visitor, "sheet", "sheet")
    visitor.fill("favourites.search", "nothing like it")
    visitor.see("not-found", dock)
    visitor.find_a(QLineEdit, "favourites.search").clear()
    _select(visitor, (2,))
    visitor.press(_list(visitor), Key.Key_F2)
    visitor.see("naming", dock)
    visitor.press(visitor.find("favourites.name"), Key.Key_Escape)
    visitor.wait("the name is left", lambda: not visitor.all_of(QWidget, "favourites.name"))
    visitor.press(_list(visitor), Key.Key_Delete)
    visitor.wait_for_end("favourites.said", "Deleted", dock)
    visitor.see("deleted", dock)


def _list(visitor: Visitor) -> QAbstractItemView:
    return visitor.find_a(QAbstractItemView, "favourites.list")


def _select(visitor: Visitor, rows: Sequence[int]) -> None:
    view = _list(visitor)
    view.selectionModel().clearSelection()
    for row in rows:
        index = view.model().index(row, 0)
        view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    visitor.rest()


def _more(visitor: Visitor, name: str, deed: str = "") -> None:

    def act(menu: QWidget) -> None:
        if not deed:
            visitor.see(name, menu)
            return
        line = next((each for each in menu.actions() if each.objectName() == f"favourites.do.{deed}"), None)
        if line is None:
            raise Lost(f"The menu has no line {deed}")
        visitor.while_open(line.trigger, lambda dialog: _see_both(visitor, name, dialog))

    visitor.while_open(lambda: visitor.click("favourites.more"), act)
    visitor.come_back()


def _see_both(visitor: Visitor, name: str, dialog: QWidget) -> None:
    visitor.see(name, dialog)
    for beside in visitor.all_of(QWidget, "compare.beside", dialog):
        visitor.click(beside)
        visitor.see(f"{name}-beside", dialog)


def wall(visitor: Visitor) -> None:
    """A wall of seeds, and one of aggressions, at their ends."""

    def act(dialog: QWidget) -> None:
        visitor.click("wall.pause")
        visitor.fill("wall.count", "6")
        visitor.fill("wall.iterations", "200")
        visitor.click("wall.begin")
        visitor.wait_for_end("wall.spread", "6 networks at iteration 200", dialog)
        visitor.see("seeds", dialog)
        visitor.press(visitor.find("wall.grid"), Key.Key_Right, Key.Key_Right)
        visitor.see("one-of-them", dialog)
        visitor.click("wall.by_cost")
        visitor.see("by-cost", dialog)
        visitor.pick("wall.varied", "Aggression")
        visitor.fill("wall.count", "0")
        visitor.see("refused", dialog)

    visitor.while_chosen("wall.open", act)


def sweep(visitor: Visitor) -> None:
    """A sweep: what is asked for, what is wrong with it, another place, and the results."""

    def act(dialog: QWidget) -> None:
        visitor.see("asked", dialog)
        visitor.fill("sweep.values_2", "0, much")
        visitor.see("wrong", dialog)
        visitor.fill("sweep.values_2", "0, 1")
        visitor.fill("sweep.values_1", "1, 7")
        for name, value in (("iterations", 200), ("seeds", 1)):
            visitor.find_a(QSpinBox, f"sweep.{name}").setValue(value)
        visitor.click("sweep.begin")
        visitor.wait_for_end("sweep.words", "4 of 4 runs", dialog)
        visitor.wait("the sweep has ended", lambda: visitor.find("sweep.open").isEnabled())
        visitor.see("results", dialog)

    visitor.while_chosen("run.sweep", act)


STUDY = (
    Scene("exercise", exercise),
    Scene("puzzle", puzzle),
    Scene("favourites", favourites),
    Scene("wall", wall),
    Scene("sweep", sweep, opening("star")),
)


SIZE = 1280, 800
FISH = (
    (0.16, 0.30), (0.30, 0.46), (0.45, 0.32), (0.62, 0.27), (0.80, 0.38), (0.86, 0.50), (0.80, 0.62), (0.62, 0.73),
    (0.45, 0.68), (0.30, 0.54), (0.16, 0.70), (0.20, 0.50), (0.16, 0.31),
)  # fmt: skip
LEARNING = 6_000  # iterations


def window(visitor: Visitor) -> None:
    """The window, the chain rule, the valley, and a word, with a run that has learnt most of the heart."""
    visitor.window.resize(*SIZE)
    visitor.see("window")
    visitor.while_chosen("curve.text", partial(_see_word, visitor))
    visitor.go_to("understand")
    visitor.pick("maths.matrix", "W2")
    points = visitor.find_a(QComboBox, "maths.point")
    visitor.pick("maths.point", points.itemText(31))
    visitor.see("maths")
    dock = visitor.dock("valley")
    words = visitor.find_a(QLabel, "valley.state")
    visitor.wait_for_words("the cost", "Lowest", words.text)
    visitor.see("valley", dock)


def _see_word(visitor: Visitor, dialog: QWidget) -> None:
    facts = visitor.find_a(QLabel, "curve.facts", dialog)
    before = facts.text()
    visitor.find_a(QLineEdit, "text.word").setText("Anna")
    visitor.wait("the curve is made", lambda: facts.text() not in (before, "", "One moment…"))
    visitor.see("word", dialog)


def drawing(visitor: Visitor) -> None:
    """A shape that somebody has drawn, and how far the network has come with it."""
    visitor.window.resize(*SIZE)
    visitor.check("curve.draw")
    canvas = visitor.find("canvas")
    visitor.drag(inside(canvas), *(part_of(canvas, *each) for each in FISH))
    visitor.wait("the pencil is put down", lambda: not visitor.action("curve.draw").isChecked())
    visitor.pause_at_start()
    visitor.learn(LEARNING)
    visitor.hush()
    visitor.see("drawing")


def wall(visitor: Visitor) -> None:
    """A wall along the aggression."""

    def act(dialog: QWidget) -> None:
        visitor.click("wall.pause")
        visitor.pick("wall.varied", "Aggression")
        visitor.fill("wall.count", "16")
        visitor.fill("wall.iterations", "3000")
        visitor.click("wall.begin")
        visitor.wait_for_end("wall.spread", "16 networks at iteration 3,000", dialog)
        visitor.see("wall", dialog)

    visitor.while_chosen("wall.open", act)


DOCS = (
    Scene("docs-window", window, opening("usual")),
    Scene("docs-drawing", drawing),
    Scene("docs-wall", wall),
)

SCENES = {scene.name: scene for scene in (*WINDOW, *CANVAS, *DOCKS, *STUDY, *SAVING, *CURVES, *FILES, *HELP, *DOCS)}
