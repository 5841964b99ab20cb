"""What else the monkey does with the window: menus, sizes, panels, files, the run, and Undo in storms."""

from random import Random
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDockWidget

from tests.monkey.action import aimed, deed
from tests.monkey.hands import press_key
from tests.monkey.material import FORMULAS, ODD, good, names
from tests.ui.document_person import drag_away, drag_over, drop_on

if TYPE_CHECKING:
    from tests.monkey.life import Life

DEAR = ("theme.", "view.text_", "wall.", "run.sweep", "film.", "report.", "code.", "exercise.", "help.lesson")
SELDOM = 0.15  # of the times that one of these is wanted, so that the others keep their turn
OFTEN = "run.", "time.", "view.", "edit.", "curve.", "watch."  # as people choose
SIZES = (1180, 830), (700, 500), (1920, 1080), (1, 1), (3000, 400), (1366, 768)


@deed(3, asks_first=True)
def action(life: "Life", chance: Random) -> None:
    """Choose one of the menus' actions, of all that there are."""
    beginning = chance.choice((*("",) * 2 * len(OFTEN), *OFTEN))
    chosen = _one_action(life, chance, beginning)
    is_dear = chosen.objectName().removeprefix("action.").startswith(DEAR)
    if chosen.isEnabled() and chosen.isVisible() and (not is_dear or chance.random() < SELDOM):
        chosen.trigger()


def _one_action(life: "Life", chance: Random, beginning: str) -> QAction:
    actions = life.window.services.actions
    return aimed(chance, [(each.id, actions[each.id]) for each in actions.records if each.id.startswith(beginning)])


@deed(1.5)
def shortcut(life: "Life", chance: Random) -> None:
    """Press the keys of an action."""
    actions = life.window.services.actions
    with_keys = [each.id for each in actions.records if each.keys and not each.id.startswith(DEAR)]
    sequence = aimed(chance, [(id_, actions[id_].shortcut()) for id_ in with_keys])
    for place in range(sequence.count()):
        press_key(life, sequence[place].key(), sequence[place].keyboardModifiers())


@deed(0.6)
def resize(life: "Life", chance: Random) -> None:
    """Make the window, or another one, larger or smaller."""
    window = chance.choice((life.window, QApplication.activeWindow() or life.window))
    window.resize(*chance.choice(SIZES))


@deed(0.6)
def move_panel(life: "Life", chance: Random) -> None:
    """Float a panel, bring it back, close it, or put it elsewhere."""
    dock = aimed(
        chance, [(each.objectName(), each) for each in life.window.findChildren(QDockWidget) if each.isVisible()]
    )
    what, areas = chance.randrange(4), Qt.DockWidgetArea
    if dock is None:
        return
    if what == 0:
        dock.setFloating(not dock.isFloating())
    elif what == 1:
        dock.close()
    elif what == 2:
        areas = (areas.LeftDockWidgetArea, areas.RightDockWidgetArea, areas.BottomDockWidgetArea)
        life.window.addDockWidget(chance.choice(areas), dock)
    else:
        dock.resize(chance.randint(50, 900), chance.randint(50, 900))


@deed(0.5, asks_first=True)
def storm(life: "Life", chance: Random) -> None:
    """Undo and redo, many times."""
    for name in [chance.choice(("edit.undo", "edit.undo", "edit.redo")) for _ in range(chance.randint(2, 12))]:
        life.window.services.actions[name].trigger()
        life.watch.piece()


@deed(2, asks_first=True)
def learn(life: "Life", chance: Random) -> None:
    """Let the run go on, or wait."""
    name = chance.choice(("run.toggle", "run.toggle", "run.step_1", "run.step_1000", "run.reset", "run.new_seed"))
    life.window.services.actions[name].trigger()


@deed(2)
def scrub(life: "Life", chance: Random) -> None:
    """Look back, to anywhere; or let the run go on at full speed."""
    session = life.session
    if chance.random() < 0.6:
        session.time.look_back(round(chance.random() * session.time.latest))
    elif not session.phase.is_learning and QApplication.activeModalWidget() is None:
        session.run()


@deed(0.5, asks_first=True)
def drop(life: "Life", chance: Random) -> None:
    """Drop a file or a text on the window."""
    data = _data(life, chance)
    drag_over(life.window, data)
    if chance.random() < 0.2:
        drag_away(life.window)
    else:
        drop_on(life.window, data)


@deed(0.5, asks_first=True)
def paste(life: "Life", chance: Random) -> None:
    """Put something on the clipboard, and paste it."""
    QGuiApplication.clipboard().setMimeData(_data(life, chance))
    life.window.services.actions["run.paste"].trigger()


def _data(life: "Life", chance: Random) -> QMimeData:
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


@deed(0.3)
def edit_file(life: "Life", chance: Random) -> None:
    """Save another text over a learner's file, as an editor does; it may be the one that is watched."""
    files = sorted(life.folder.glob("*.py"))
    content = good()[chance.choice(names(".py"))]
    if files and chance.random() < 0.1:
        chance.choice(files).unlink()
    elif files:
        is_cut = chance.random() < 0.2
        chance.choice(files).write_bytes(content[: chance.randrange(len(content))] if is_cut else content)


@deed(0.04)
def leave(life: "Life", chance: Random) -> None:
    """Close the window; whatever it asks is answered as anything else is."""
    life.window.close()
