"""Literals that a person reads, and that are not said through the mechanism: there are to be none.

A literal is taken for a text where it is given to something that shows or raises it, be it by a name of its function,
where it is in a table of texts or returned by a function that words something, or where it is several words.
"""

import ast
import re
from collections.abc import Iterator
from itertools import zip_longest

from tests.language.extract import FUNCTIONS, MAKERS, literal, modules, name_of, records

SHOWING = frozenset(
    {
        *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QDockWidget"),
        *("setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setWindowTitle", "setTitle"),
        *("setPlaceholderText", "setStatusTip", "setWhatsThis", "setInformativeText", "addItem", "addItems"),
        *("addTab", "addAction", "addMenu", "setPrefix", "setSuffix", "setHorizontalHeaderLabels", "addButton"),
        *("showMessage", "setPlainText", "ValueError", "CurveError", "ExerciseError", "ProjectError", "WriteError"),
        *("tell", "say", "announce", "tell_news", "parser.error", "add_argument_group", "drawText"),
        *("QListWidgetItem", "QTableWidgetItem", "QTreeWidgetItem", "QStandardItem", "QToolButton", "QShortcut"),
        *("setHeaderLabels", "setVerticalHeaderLabels", "setHeaderLabel", "setItemText", "insertItem", "setTabText"),
        *("setTabToolTip", "setAccessibleTabName", "setDetailedText", "setSpecialValueText", "addRow", "setHtml"),
        *("setLabelText", "addSection", "insertSection", "FormulaError", "FavouritesError", "LessonError"),
        *("NewerError", "SharedFileError", "ExportError", "ExecutorError", "NoValueError", "BrokenTextError"),
    }
)
"""What shows its arguments to people, be it a single word."""
KEY = {"tell_news": 1}
"""Which of the arguments is none that is shown; of those with names see below."""
SHOWN, NOT_SHOWN = {"metavar"}, {"objectName", "prog"}
TABLES = {"WORDS", "LABELS", "TITLES", "TIPS", "TEXTS", "CAPTIONS"}
"""What holds texts to show; what a function with "words" in its name returns is one, too."""
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
    "from pylab import *": "code, in place of a magic",
    "from pylab import *; from numpy import abs, fft, max, min, random, round": "code, in place of a magic",
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
    """The literals, with the module and the line of each."""
    for file, tree in modules():
        if not any(file.startswith(each) for each in EXEMPT):
            yield from (f"{file}:{line}: {text}" for line, text in literals(tree) if not _is_exempt(file, text))


def _is_exempt(file: str, text: str) -> bool:
    return text in NOT_READ or (file in MESSAGES and text[:1].islower()) or text.startswith("def ")


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The literals in a module, each with its line."""
    seen = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    waiting: list[tuple[ast.AST, bool]] = [(tree, False), *((each, True) for each in _worded(tree))]
    while waiting:
        node, shown = waiting.pop()
        text = _text_of(node)
        if text is not None and id(node) not in seen and _is_text(text, shown):
            yield node.lineno, text  # type: ignore[attr-defined]
        elif not isinstance(node, ast.JoinedStr) or text is None:
            waiting += _below(node, shown)
        else:
            waiting += [(each.value, False) for each in node.values if isinstance(each, ast.FormattedValue)]


def _worded(tree: ast.Module) -> Iterator[ast.expr]:
    """The values of tables of texts, what functions that word something return, and what has a name that is shown."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and name_of(node.targets[0]) in TABLES:
            yield node.value
        elif isinstance(node, ast.FunctionDef):
            if "words" in node.name:
                yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value)
            yield from _shown_by_name(node)


def _shown_by_name(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """The values of names that are shown in a function, or in a loop of it."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            shown, pairs = _shown_in(function), _paired(node.targets[0], node.value)
            yield from (value for name, value in pairs if name in shown)
        elif isinstance(node, ast.For):
            shown, rows = _shown_in(node), _gone_through(node.iter)
            yield from (value for row in rows for name, value in _paired(node.target, row) if name in shown)


def _shown_in(node: ast.AST) -> set[str]:
    calls = (each for each in ast.walk(node) if isinstance(each, ast.Call))
    shown = (call.args for call in calls if name_of(call.func) in SHOWING and name_of(call.func) not in KEY)
    return {each.id for arguments in shown for each in arguments if isinstance(each, ast.Name)}


def _gone_through(values: ast.expr) -> Iterator[ast.expr]:
    """What a loop takes one after the other, as far as it is written there."""
    if isinstance(values, ast.Call) and name_of(values.func) == "zip":
        columns = map(_gone_through, values.args)
        yield from (ast.Tuple([*row]) for row in zip_longest(*columns, fillvalue=ast.Constant(None)))
    elif isinstance(values, ast.Tuple | ast.List):
        yield from values.elts


def _paired(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        yield from (pair for each in zip(target.elts, value.elts, strict=True) for pair in _paired(*each))


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
