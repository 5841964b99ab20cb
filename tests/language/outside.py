"""Texts that a person reads in English in every language, or that no language could put in order: there are to be none.

A literal is taken for a text where it is given to something that shows or raises it, or where it is several words.
A mark translates nothing: where a marked text is a value of an enumeration or a constant, `tr` says it. And a text in
the place of another one is a name or a whole sentence.
"""

import ast
import re
from collections.abc import Iterator

from tests.language.extract import FUNCTIONS, MAKERS, literal, modules, name_of, records

SHOWING = frozenset(
    {
        *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QDockWidget"),
        *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle", "setTitle"),
        *("setPlaceholderText", "setStatusTip", "setWhatsThis", "setInformativeText", "addItem", "addItems"),
        *("addTab", "addAction", "addMenu", "setPrefix", "setSuffix", "setHorizontalHeaderLabels", "addButton"),
        *("showMessage", "setPlainText", "ValueError", "CurveError", "ExerciseError", "ProjectError", "WriteError"),
        *("notify", "say", "announce", "announce_news", "parser.error", "add_argument_group", "drawText"),
        *("QListWidgetItem", "QTableWidgetItem", "QTreeWidgetItem", "QStandardItem", "QToolButton", "QShortcut"),
        *("setHeaderLabels", "setVerticalHeaderLabels", "setHeaderLabel", "setItemText", "insertItem", "setTabText"),
        *("setTabToolTip", "setAccessibleTabName", "setDetailedText", "setSpecialValueText", "addRow", "setHtml"),
        *("setLabelText", "addSection", "insertSection", "FormulaError", "FavouritesError", "LessonError"),
        *("NewerError", "SharedFileError", "ExportError", "ExecutorError", "NoValueError", "BrokenTextError"),
    }
)
"""What shows its arguments to people, be it a single word."""
KEY = {"announce_news": 1}
"""Which of the arguments is none that is shown; of those with names see below."""
SHOWN, NOT_SHOWN = {"metavar"}, {"objectName", "prog"}
HIDDEN = frozenset(
    {
        *("setObjectName", "setProperty", "property", "getattr", "setattr", "hasattr", "compile", "sub", "match"),
        *("search", "fullmatch", "finditer", "findall", "debug", "info", "warning", "error", "exception", "critical"),
        *("Path", "resource", "translated", "encode", "decode", "split", "join", "startswith", "endswith", "replace"),
        *("find", "index", "partition", "rpartition", "removeprefix", "removesuffix", "strip", "count", "Registry"),
        *("import_module", "TypeVar", "cast", "findChild", "findChildren", "invokeMethod", "getLogger", "icon"),
        *("english", "within", "localised", "setFamilies", "QFont", "_later", "setStyleSheet", "simplefilter"),
        *("TypeError", "RuntimeError", "AssertionError", "KeyError", "NotImplementedError", "AttributeError"),
        *("IndexError", "LookupError", "CatalogueError", "command_parser", "Layer", "clipped", "blend", "Literal"),
    }
)
"""What shows none of them, or those alone who develop it."""
EXEMPT = {
    "core/argument_checks.py": "wrong arrays, which a developer has given",
    "core/native": "arguments that do not belong together; what is in the way of it is marked",
    "core/language": "the mechanism",
    "core/network/network.py": "wrong arrays, which a developer has given",
    "core/network/parts.py": "parts that there are not, which a developer has asked for",
    "core/registry.py": "a name that a developer has taken twice",
    "core/run/operations.py": "an operation that a developer has put together wrongly",
    "environment.py": "says what is missing on a machine before anything of the app is loaded",
    "exercise/child": "runs in the child process, and tells this one by words that it knows",
    "exercise/file/template.py": "code: what is to be read in it is marked",
    "exercise/runner/process.py": "what the child process is started with, and a call that only Windows has",
    "figure/drawing/typeset.py": "names of fonts",
    "figure/outline/svg_geometry.py": "SVG, beside its reasons",
    "figure/outline/svg_source.py": "SVG, beside its reasons",
    "files/disk/resources.py": "a broken installation, in which no catalogue need be",
    "files/export/": "code: what is to be read in it is marked",
    "notebook": "names and files of the exercise",
}
"""What is not for people, by the beginning of its path, and why."""
MESSAGES = ("exercise/file/parsing.py", "exercise/verdict/judge.py", "exercise/verdict/exception_words.py")
"""Where messages of Python and NumPy are looked for; they begin with a small letter."""
NOT_READ = {
    "A curve drawn by a neural network": "the title in the metadata of a picture's file",
    "Cannot cast ufunc": "a message of NumPy",
    "Cannot interpret '.*' as a data type": "a message of NumPy",
    "{}[*]{} – CurveGUI": "the title of the window: a name, and that of the app",
    "No font on this computer has the letters of {}. Install one, such as Noto Sans.": "English can be read there",
    "PX": "pixels, in every language",
    "Run/&Look back": "the path of a menu, which is said part by part",
    "Shift+Left Shift+Down": "keys, as Qt knows them",
    "Shift+Right Shift+Up": "keys, as Qt knows them",
    "The model, for teachers": "the heading in the English page, by which its place is found",
    "color: {}; font-family: '{}'": "a style",
    "from pylab import *": "code, in place of a magic",
    "from pylab import *; from numpy import abs, fft, max, min, random, round": "code, in place of a magic",
    "iterations since change": "a word of lessons",
    "my_jacobians{}.py": "the name of a file",
    "reader of an exercise": "the name of a thread",
    "the best fit": "the value of an enumeration",
    "the status is “{}”": "what a word of lessons means, for docs/lessons.md",
    "watch over a training": "the name of a thread",
}
WORD = re.compile(r"[^\W\d_]{2,}")
PLACES = re.compile(r"\{[^{}]*\}|<[^<>]*>|&\w+;")
TECHNICAL = re.compile(r"^#\w{6}$|[\\|^$]|%\(|::|px\b|: #|\.\w+\(|\w\(\)|[\w.]+:[\w.]+$|^# |\w=\w|\w\[|;$|^-")
FEW = 3  # words, with which a literal is a text wherever it stands


def unmarked() -> Iterator[str]:
    """The literals outside of the mechanism, with the module and the line of each."""
    for file, tree in modules():
        if not any(file.startswith(each) for each in EXEMPT):
            yield from (f"{file}:{line}: {text}" for line, text in literals(tree) if not _is_exempt(file, text))


def _is_exempt(file: str, text: str) -> bool:
    return text in NOT_READ or (file in MESSAGES and text[:1].islower()) or text.startswith("def ")


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The literals in a module, each with its line."""
    seen = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, shown = waiting.pop()
        text = _text_of(node)
        if text is not None and id(node) not in seen and _is_text(text, shown):
            yield node.lineno, text  # type: ignore[attr-defined]
        elif not isinstance(node, ast.JoinedStr) or text is None:
            waiting += _below(node, shown)
        else:
            waiting += [(each.value, False) for each in node.values if isinstance(each, ast.FormattedValue)]


def _text_of(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(each) or "{}" for each in node.values)
    return literal(node) if isinstance(node, ast.Constant) else None


def _below(node: ast.AST, shown: bool) -> Iterator[tuple[ast.AST, bool]]:
    """The parts of a node, and whether what is given to it is shown."""
    if isinstance(node, ast.Call):
        name = name_of(node.func)
        if name == "error" and ast.unparse(node.func) == "parser.error":  # else that of a log
            name = "parser.error"
        if name in HIDDEN or name in FUNCTIONS or name in records() or name in MAKERS:
            inner = [each for each in [*node.args, *(each.value for each in node.keywords)] if _has_call(each)]
            yield from ((each, False) for each in inner if not isinstance(each, ast.Constant | ast.JoinedStr))
            return
        shown = name in SHOWING
        yield node.func, False
        key = KEY.get(name)
        yield from ((each, shown and place != key) for place, each in enumerate(node.args))
        yield from ((each.value, (shown and each.arg not in NOT_SHOWN) or each.arg in SHOWN) for each in node.keywords)
    elif isinstance(node, ast.Compare | ast.Subscript | ast.match_case | ast.Assert | ast.arg):
        return
    elif isinstance(node, ast.Dict):
        yield from ((each, shown) for each in node.values)
    elif isinstance(node, ast.Assign) and any(name_of(each) in ("GUIDE", "guide") for each in node.targets):
        return
    elif isinstance(node, ast.IfExp):
        yield from ((each, shown) for each in (node.body, node.orelse))
    elif isinstance(node, ast.List | ast.Tuple | ast.BinOp | ast.BoolOp | ast.NamedExpr | ast.Starred):
        yield from ((each, shown) for each in ast.iter_child_nodes(node))
    else:
        yield from ((each, False) for each in ast.iter_child_nodes(node))


def _has_call(node: ast.expr) -> bool:
    return any(isinstance(each, ast.Call) for each in ast.walk(node))


def _is_text(text: str, shown: bool) -> bool:
    plain = PLACES.sub(" ", text)
    words = WORD.findall(plain)
    if shown:
        return bool(words) and not TECHNICAL.search(text)
    return len(words) >= FEW and " " in plain.strip() and not TECHNICAL.search(plain)


SAID_LATER = {
    "exercise/puzzle/puzzle.py: self.worth.value": "whether there is one",
    "exercise/runner/runner.py: heard.ending.value": "by exercise/verdict/exception_words.py",
    "session/study/tour.py: diagnosis.condition.value": "a word of lessons",
    "session/study/tour.py: each.value": "a word of lessons",
    "session/study/tour.py: term.value": "a number of iterations",
}
"""What is said at another place, or is no text there."""


def marked() -> tuple[set[str], set[str]]:
    """The names of what is marked in the package: enumerations with marked values, and constants with their modules."""
    enums, constants = set(), set()
    for file, tree in modules("mark("):
        enums |= {node.name for node in ast.walk(tree) if _is_marked_enum(node)}
        constants |= {f"{file}:{name}" for name in _constants(tree)}
    return enums, constants


def unsaid() -> Iterator[str]:
    """The marked texts that come to a person as they are written, with the module and the line of each."""
    known = marked()
    for file, tree in modules():
        found = unsaid_in(tree, *known)
        yield from (f"{file}:{line}: {text}" for line, text in found if f"{file}: {text}" not in SAID_LATER)


def unsaid_in(tree: ast.Module, enums: set[str], constants: set[str]) -> Iterator[tuple[int, str]]:
    """Those in a module, each with its line."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = {id(part) for call in calls if name_of(call.func) in FUNCTIONS for part in ast.walk(call)}
    said |= {id(call.func) for call in calls}  # a method of Qt is no value of an enumeration
    names = _constants(tree) | {name for name, place in _imported(tree) if place in constants}
    has_enum = any(isinstance(node, ast.Name) and node.id in enums for node in ast.walk(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in SHOWING | {"OSError"}:
            yield from ((each.lineno, name_of(each)) for each in node.args if name_of(each) in names)
        elif (
            has_enum
            and isinstance(node, ast.Attribute)
            and node.attr == "value"
            and "QEvent" not in ast.unparse(node)
            and id(node) not in said
        ):
            yield node.lineno, ast.unparse(node)


def _constants(tree: ast.Module) -> set[str]:
    """The names of single texts that are marked."""
    marks = (node for node in tree.body if isinstance(node, ast.Assign) and _is_mark(node.value))
    return {name_of(each) for node in marks for each in node.targets}


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names from other modules of the package, each with its file and its name there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            file = f"{node.module.removeprefix('curvegui.').replace('.', '/')}.py"
            yield from ((each.asname or each.name, f"{file}:{each.name}") for each in node.names)


def _is_marked_enum(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.ClassDef)
        and "Enum" in map(name_of, node.bases)
        and any(isinstance(each, ast.Assign) and _is_mark(each.value) for each in node.body)
    )


def _is_mark(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and name_of(node.func) in ("mark", "mark_in")


ENDS = (".", "?", "!")
A_NAME = {
    "core/formula/parser.py": "so many arguments",
    "core/learner/engines.py": "an engine",
    "core/optimizers/descent.py": "a formula",
    "exercise/file/learner_file.py": "a cell",
    "exercise/verdict/exception_words.py": "what Python says",
    "exercise/verdict/verdict.py": "a cell",
    "figure/outline/svg.py": "what Qt says",
    "ui/aloud/aloud.py": "neurons, so many",
    "ui/canvas/run_items.py": "a line of its own",
    "ui/curve_dialog/table_source.py": "a number of points",
    "ui/exercise/verdicts.py": "a line, after a comma",
    "ui/share/page.py": "a cost",
    "ui/tour/actions.py": "an entry of the menu",
    "ui/tour/question.py": "a setting, alone",
    "ui/tour/words.py": "a value",
    "ui/window/tool_bar.py": "a button",
}
"""What stands there names something in any sentence, or beside one, and needs no case or order."""


def glued() -> Iterator[str]:
    """The texts, each with its module and line, and with what stands in its place."""
    for file, tree in modules("tr("):
        if file not in A_NAME:
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    yield from (f"{file}:{each}" for each in _in(node))


def _in(function: ast.FunctionDef) -> Iterator[str]:
    assigned: dict[str, list[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            assigned.setdefault(node.targets[0].id, []).extend(_fragments(node.value))
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and name_of(node.func) in ("tr", "tr_n", "tr_in"):
            for each in node.keywords:
                name = each.value.id if isinstance(each.value, ast.Name) else ""
                for text in (*_fragments(each.value), *assigned.get(name, ())):
                    yield f"{node.lineno}: {each.arg}={text}"


def _fragments(node: ast.expr) -> Iterator[str]:
    """The texts that are said somewhere in an expression, and are no sentences."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and name_of(each.func) in ("tr", "tr_n") and each.args:
            text = literal(each.args[0])
            if text and not text.endswith(ENDS):
                yield text
