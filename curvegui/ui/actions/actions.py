"""Every action as a record: its words, keys and icon. The menus, the toolbar and the transport are made from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from curvegui.figure.drawing.look import LOOKS
from curvegui.ui.look.icons import icon
from curvegui.ui.look.theme import THEMES, Theme

Keys = QKeySequence.StandardKey | str


@dataclass(frozen=True)
class ActionRecord:
    """What an action is.

    Attributes
    ----------
    id : str
        Its ``objectName`` is ``action.<id>``.
    menu : str
        The menu, and after a slash the submenu: "View/Canvas".
    text : str
        With ``&`` before its mnemonic.
    short : str
        On a button that has room for a word only.
    tip : str
        A sentence for the tooltip.
    keys : tuple
        Standard keys or key sequences.
    icon : str
        A drawing under ``resources/icons``, or empty.
    repeats : bool
        As long as its key is held down.
    checkable : bool
    group : str
        Of the actions in one group, one is checked.
    toolbar : bool
    separated : bool
        A line goes before it in the menu.
    role : QAction.MenuRole
        Where macOS puts it.
    """

    id: str
    menu: str
    text: str
    tip: str
    keys: tuple[Keys, ...] = ()
    icon: str = ""
    short: str = ""
    repeats: bool = False
    checkable: bool = False
    group: str = ""
    toolbar: bool = False
    separated: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole


STEPS = (1, 10, 100, 1_000)
Key = QKeySequence.StandardKey


def _steps() -> list[ActionRecord]:
    words = {1: "One iteration", 10: "10 iterations", 100: "100 iterations", 1_000: "1,000 iterations"}
    return [
        ActionRecord(
            f"run.step_{count}",
            "Run",
            f"Step: {words[count]}",
            f"Make {words[count].lower()}, then pause",
            keys=(f"Ctrl+{digit}",),
            icon="step" if count == 1 else "",
            short=f"{count:,}",
            repeats=True,
            separated=count == 1,
        )
        for digit, count in enumerate(STEPS, 1)
    ]


def _choices(kind: str, menu: str, named: Mapping[str, str], tip: str) -> list[ActionRecord]:
    return [
        ActionRecord(f"{kind}.{key}", menu, label, tip.format(label.lower()), checkable=True, group=kind)
        for key, label in named.items()
    ]


ACTIONS: tuple[ActionRecord, ...] = (
    ActionRecord("file.new", "File", "&New", "Begin an untitled run with the default settings", keys=(Key.New,)),
    ActionRecord("file.open", "File", "&Open…", "Open a run that was saved", keys=(Key.Open,)),
    ActionRecord("file.clear_recent", "File/Open &recent", "&Clear the list", "Forget which files were open",
                 separated=True),
    ActionRecord("file.save", "File", "&Save", "Save the run to its file", keys=(Key.Save,), separated=True),
    ActionRecord("file.save_as", "File", "Save &as…", "Save the run to another file",
                 keys=(Key.SaveAs, "Ctrl+Shift+S")),
    ActionRecord("file.revert", "File", "Re&vert…", "Go back to the run as it was saved"),
    ActionRecord("picture.save", "File", "Save &picture…", "Save the present fit as PNG, SVG or PDF",
                 keys=("Ctrl+E",), icon="camera", toolbar=True, separated=True),
    ActionRecord("film.save", "File", "Save f&ilm…", "Save the learning as GIF, WebP or MP4",
                 keys=("Ctrl+Shift+E",)),
    ActionRecord("data.save", "File", "Save &data…", "Save the parameters and the costs as numbers, or as a script"),
    ActionRecord("app.quit", "File", "&Quit", "Close the window", keys=(Key.Quit, "Ctrl+Q"), separated=True,
                 role=QAction.MenuRole.QuitRole),
    ActionRecord("edit.undo", "Edit", "&Undo", "Take the last change back, with the run that it replaced",
                 keys=(Key.Undo,), icon="undo", repeats=True, toolbar=True),
    ActionRecord("edit.redo", "Edit", "&Redo", "Bring the change that was undone back",
                 keys=(Key.Redo, "Ctrl+Shift+Z"), icon="redo", repeats=True, toolbar=True),
    ActionRecord("picture.copy", "Edit", "&Copy picture", "Copy a picture of the present fit to the clipboard",
                 keys=(Key.Copy,), icon="copy", toolbar=True, separated=True),
    ActionRecord("run.copy_text", "Edit", "Copy as &text", "Copy the present fit as one line of text",
                 keys=("Ctrl+Shift+C",)),
    ActionRecord("run.paste", "Edit", "&Paste",
                 "Open the run on the clipboard, or learn the curve: a drawing, a table, a picture", keys=(Key.Paste,)),
    ActionRecord("favourite.keep", "Edit", "&Keep as favourite", "Keep the present fit, with its run, as a favourite",
                 keys=("F",), icon="heart", toolbar=True, separated=True),
    ActionRecord("curve.draw", "Curve", "&Draw", "Draw a curve on the canvas: the network learns it at once",
                 keys=("D",), icon="pencil", checkable=True),
    ActionRecord("curve.text", "Curve", "&Text…", "Learn the outline of a word", keys=("T",), icon="text"),
    ActionRecord("curve.formula", "Curve", "&Formula…", "Learn a curve that two formulas of t describe",
                 short="f(t)"),
    ActionRecord("curve.import", "Curve", "&Open a curve…", "Learn a drawing (SVG), a table of points or a picture",
                 keys=("Ctrl+I",), icon="import"),
    ActionRecord("curve.reshape", "Curve", "&Reshape by hand", "Drag the curve on the canvas while the network learns",
                 keys=("H",), icon="reshape", short="Reshape", checkable=True, separated=True),
    ActionRecord("inspect.brush", "Curve", "&Which neurons draw this?",
                 "Brush a stretch of the fit: the network shows which neurons draw it", keys=("W",), checkable=True),
    ActionRecord("curve.save_points", "Curve", "&Save points…",
                 "Save the points of the present curve as CSV or as an SVG path", separated=True),
    ActionRecord("run.toggle", "Run", "&Run", "Run or pause", keys=("Space",), icon="play"),
    ActionRecord("run.finish", "Run", "&Finish",
                 "Go on from here with Levenberg-Marquardt, which jumps to the bottom; Undo brings the optimiser back",
                 keys=("Ctrl+Shift+F",)),
    *_steps(),
    ActionRecord("run.reset", "Run", "R&eset", "Begin again from the same seed; Undo brings this run back",
                 keys=("Ctrl+R",), icon="reset", separated=True),
    ActionRecord("run.new_seed", "Run", "Reset with a &new seed",
                 "Begin again from other random weights; Undo brings this run back",
                 keys=("Ctrl+Shift+R",), icon="dice"),
    ActionRecord("wall.open", "Run", "&Wall of seeds…",
                 "Many networks learn side by side, each from another seed or with another value of a knob",
                 keys=("Ctrl+L",), icon="wall", separated=True),
    ActionRecord("run.sweep", "Run", "&Sweep…", "Try many settings at once, on all cores, and take the best run"),
    ActionRecord("time.play", "Time", "Play &forwards", "Play the run from the playhead on, at the chosen speed",
                 keys=("L",), icon="play_forwards", checkable=True, group="time.play"),
    ActionRecord("time.play_back", "Time", "Play &backwards", "Play the run backwards from the playhead",
                 keys=("J",), icon="play_back", checkable=True, group="time.play"),
    ActionRecord("time.best", "Time", "Go to the b&est", "Look back at the iteration with the lowest cost",
                 keys=("B",), icon="best", short="Best", separated=True),
    ActionRecord("time.now", "Time", "&Now", "See the run live again", keys=("N",), icon="now", short="Now"),
    ActionRecord("time.go_on", "Time", "&Go on from here",
                 "Learn on from the moment that is shown; Undo brings the present run back",
                 keys=("G",), icon="branch", short="Go on"),
    ActionRecord("view.log_time", "Time", "&Logarithmic time", "Give early training more room on the timeline",
                 checkable=True, separated=True),
    ActionRecord("exercise.new", "E&xercise", "&New exercise…",
                 "Write the missing Jacobians yourself, in a Python file with everything else in it"),
    ActionRecord("exercise.open", "E&xercise", "&Open an exercise…",
                 "Check a Python file or a Jupyter notebook of your own, and train with it"),
    *_choices("look", "View/&Canvas", {key: look.label for key, look in LOOKS.items()}, "Draw the canvas: {}"),
    *_choices("theme", "View/&Window", THEMES, "Colour the window: {}"),
    ActionRecord("view.target", "View", "&Target", "Show the curve to learn", checkable=True, separated=True),
    ActionRecord("view.trail", "View", "T&rail", "Show the curves that the network drew before", checkable=True),
    ActionRecord("view.axes", "View", "&Axes", "Show axes and a grid", checkable=True),
    ActionRecord("view.residuals", "View", "&Errors", "Show arrows from the curve to its training points",
                 checkable=True),
    ActionRecord("view.pulls", "View", "Where does it &pull?",
                 "Show the cost's pull on each point, −dC/da, and dashed what an iteration without noise really "
                 "does:\nall points share the same weights, so none of them moves just as it is pulled",
                 checkable=True),
    ActionRecord("view.errors", "View", "Error alon&g t", "Show how far each point of the curve is from its place",
                 checkable=True),
    ActionRecord("view.curves", "View", "Cur&ves", "Show the curves to choose from, at the left", checkable=True),
    ActionRecord("view.zoom_in", "View", "Zoom &in", "Show a smaller part, larger",
                 keys=(Key.ZoomIn, "Ctrl+="), repeats=True, separated=True),
    ActionRecord("view.zoom_out", "View", "Zoom &out", "Show a larger part, smaller", keys=(Key.ZoomOut,),
                 repeats=True),
    ActionRecord("view.show_all", "View", "Show a&ll", "Show the whole canvas", keys=("Ctrl+0",), icon="fit"),
    ActionRecord("view.reduced_motion", "View", "Reduce &motion", "Redraw the canvas twice a second only",
                 checkable=True, separated=True),
    ActionRecord("view.reset_layout", "View", "Reset la&yout",
                 "Put every dock back to its first place and size; the run stays as it is", separated=True),
    ActionRecord("view.full_screen", "View", "&Full screen", "Fill the screen", keys=(Key.FullScreen, "F11"),
                 checkable=True),
    ActionRecord("help.tour", "Help", "Guided &tour",
                 "What you see and how it learns, step by step; goes on where it was left"),
    ActionRecord("help.lesson", "Help", "Open a l&esson…", "Take a tour that a teacher has written"),
    ActionRecord("help.guide", "Help", "User's &guide", "What everything here is, and what it does",
                 keys=(Key.HelpContents,), separated=True),
    ActionRecord("help.keys", "Help", "&Keys", "Every key and what it does"),
    ActionRecord("help.log", "Help", "Show the &log", "Open the folder with the app's log",
                 separated=True),
    ActionRecord("help.about", "Help", "&About CurveGUI", "Version and licences", role=QAction.MenuRole.AboutRole),
)  # fmt: skip

_BY_ID = {record.id: record for record in ACTIONS}
Handler = Callable[..., object]


class Actions:
    """The actions of one window.

    Parameters
    ----------
    window : QWidget
        Owns them; their keys work anywhere in it.
    handlers : mapping of str to callable
        What each action does, by id; every id must be there. One that can be checked by itself is handed its state.

    Attributes
    ----------
    menus : dict of str to QMenu
        Those that were made, by their path: "View/Canvas".

    Raises
    ------
    KeyError
        If an action has no handler.
    """

    def __init__(self, window: QWidget, handlers: Mapping[str, Handler]) -> None:
        self.menus: dict[str, QMenu] = {}
        self._by_id: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for record in ACTIONS:
            action = self._made(record, window)
            if record.group:
                group = groups.setdefault(record.group, QActionGroup(window))
                group.addAction(action)
            action.triggered.connect(_taking_state(handlers[record.id], record))
            self._by_id[record.id] = action
            window.addAction(action)

    def __getitem__(self, id_: str) -> QAction:
        return self._by_id[id_]

    def _made(self, record: ActionRecord, window: QWidget) -> QAction:
        action = QAction(record.text, window)
        action.setObjectName(f"action.{record.id}")
        action.setIconText(record.short or record.text.replace("&", ""))
        action.setAutoRepeat(record.repeats)
        action.setCheckable(record.checkable)
        action.setMenuRole(record.role)
        keys = [sequence for each in record.keys for sequence in sequences(each)]
        action.setShortcuts(list(dict.fromkeys(keys)))
        action.setToolTip(_tip(record.tip, action))
        return action

    def allow(self, id_: str, obstacle: str = "") -> None:
        """Enable an action, or disable it and say in its tooltip what is in the way."""
        action, record = self._by_id[id_], _BY_ID[id_]
        action.setEnabled(not obstacle)
        tip = _tip(record.tip, action)
        action.setToolTip(f"{tip}\n{obstacle}" if obstacle else tip)

    def set_theme(self, theme: Theme) -> None:
        """Colour the icons."""
        for record in ACTIONS:
            if record.icon:
                self._by_id[record.id].setIcon(icon(record.icon, theme.muted, theme.faint))

    def fill(self, bar: QMenuBar, more: Mapping[str, Sequence[QAction]]) -> None:
        """Make the menus, with more actions at the end of some."""
        menus = self.menus
        for record in ACTIONS:
            path = ""
            for name in record.menu.split("/"):
                parent, path = menus.get(path, bar), f"{path}/{name}".lstrip("/")
                if path not in menus:
                    menus[path] = parent.addMenu(name if "&" in name else f"&{name}")
                    menus[path].setToolTipsVisible(True)  # in the status bar, they would hide what the run is doing
                    menus[path].setObjectName(f"menu.{name.replace('&', '').lower()}")
            if record.separated:
                menus[path].addSeparator()
            menus[path].addAction(self._by_id[record.id])
        for name, actions in more.items():
            menus[name].addSeparator()
            menus[name].addActions(list(actions))

    def for_toolbar(self) -> list[QAction]:
        """The actions that the toolbar shows, in order."""
        return [self._by_id[record.id] for record in ACTIONS if record.toolbar]


def _tip(words: str, action: QAction) -> str:
    """A tooltip that names the key, if there is one."""
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words} ({shown})" if shown else words


def _taking_state(handler: Handler, record: ActionRecord) -> Callable[[bool], None]:
    """Hand the checked state on only where it says something."""
    takes_state = record.checkable and not record.group

    def call(checked: bool) -> None:
        handler(checked) if takes_state else handler()

    return call


def sequences(keys: Keys) -> list[QKeySequence]:
    """The key sequences that a standard key, or a text, stands for on this system."""
    return [QKeySequence(keys)] if isinstance(keys, str) else QKeySequence.keyBindings(keys)
