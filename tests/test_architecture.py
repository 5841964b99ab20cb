"""The floors and house rules that an import checker cannot see."""

import ast
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import curvegui
from tests.help import weight
from tests.help.house_tree import BLOCK, PAGE, tree

PACKAGE = Path(curvegui.__file__).parent
ROOT = PACKAGE.parent
SOURCES = sorted(PACKAGE.rglob("*.py"))

QT_ALLOWED = {
    "session": {"QtCore"},
    "figure": {"QtCore", "QtGui", "QtSvg"},
    "core": set(),
    "files": set(),
    "exercise": set(),
    "sweeps": set(),
}
PLOT_FILES = {  # pyqtgraph may be replaced by changing these
    "ui/help/about.py",  # names its version
    "ui/canvas/plane_view.py",
    "ui/cost/curves.py",
}
MOST_LINES, LONGEST = 500, 60  # of a module, and of a function
VAGUE_NAMES = {"utils", "util", "base", "common", "helpers", "helper", "misc"}
FORBIDDEN_CALLS = {"processEvents", "terminate", "sleep", "msleep", "usleep"}
THREADS = {"QThread", "QRunnable", "QThreadPool"}
THREAD_FILES = {
    "app.py",  # waits for those of the pool in the end
    "session/jobs/job.py",
    "session/run/worker.py",
}


def name_of(path):
    return path.relative_to(PACKAGE).as_posix()


@dataclass(frozen=True)
class Source:
    """What the rules ask of a module; the tree that it was parsed to is large, and goes at once."""

    lines: int
    functions: frozenset[tuple[str, int]]  # and methods: the lines of each
    classes: frozenset[str]
    docstring: str
    imports: frozenset[str]  # also inside of functions, and ``module.name`` for what is taken from one
    names: frozenset[str]  # and attributes that are used, and what is imported
    receivers: int  # of ``signal.connect(receiver, ...)``
    odd_receivers: tuple[str, ...]  # those that are no attribute


@cache
def source_of(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    imports, names, receivers, functions, classes = set(), set(), [], set(), set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name, lineno=first, end_lineno=int(last)):
                functions.add((name, last - first + 1))
            case ast.ClassDef(name=name):
                classes.add(name)
            case ast.Import(names=aliases):
                imports.update(alias.name for alias in aliases)
            case ast.ImportFrom(module=str(module), names=aliases):
                imports.update(f"{module}.{alias.name}" for alias in aliases)
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
                names.add(name)
            case ast.Call(func=ast.Attribute(attr="connect"), args=[receiver, *_]):
                receivers.append(receiver)
    odd = (ast.unparse(each) for each in receivers if not isinstance(each, ast.Attribute))
    docstring = ast.get_docstring(tree) or ""
    return Source(
        len(text.splitlines()),
        frozenset(functions),
        frozenset(classes),
        docstring,
        frozenset(imports),
        frozenset(names),
        len(receivers),
        tuple(odd),
    )


def is_from(package, imported):
    return imported == package or imported.startswith(package + ".")


def offenders(breaks_rule):
    return [name_of(path) for path in SOURCES if breaks_rule(path, source_of(path))]


def test_there_is_something_to_look_at():
    assert len(SOURCES) > 20
    assert {name_of(path) for path in SOURCES} >= PLOT_FILES


def test_every_module_says_in_a_line_what_it_is_for():
    assert offenders(lambda _, source: len(source.docstring.partition("\n")[0]) < 10) == []


def test_every_module_has_a_name_that_says_something():
    assert offenders(lambda path, _: VAGUE_NAMES & set(path.relative_to(PACKAGE).with_suffix("").parts)) == []


def test_no_module_and_no_function_is_long():
    assert offenders(lambda _, source: source.lines > MOST_LINES) == []
    long = [(name_of(path), *each) for path in SOURCES for each in source_of(path).functions if each[1] > LONGEST]
    assert long == []


def test_each_class_name_stands_once_in_the_package():
    """One word for one thing: who reads a name knows which class is meant."""
    times = Counter(name for path in SOURCES for name in source_of(path).classes)
    assert {name for name, count in times.items() if count > 1} == set()


def test_each_floor_imports_only_the_parts_of_qt_that_it_may():
    def breaks_rule(path, source):
        parts = {imported.split(".")[:2][-1] for imported in source.imports if is_from("PySide6", imported)}
        return parts - QT_ALLOWED.get(path.relative_to(PACKAGE).parts[0], parts)

    assert offenders(breaks_rule) == []


def test_pyqtgraph_is_imported_only_where_plots_are_made():
    plotting = offenders(lambda _, source: any(is_from("pyqtgraph", imported) for imported in source.imports))
    assert set(plotting) <= PLOT_FILES


def test_nothing_sleeps_nor_kills_a_thread_nor_serves_events_inside_of_events():
    assert offenders(lambda _, source: FORBIDDEN_CALLS & source.names) == []


def test_one_module_gives_work_to_the_pool_and_one_has_a_thread():
    """None of Qt's objects must end in another thread, which they see to."""
    assert set(offenders(lambda _, source: THREADS & source.names)) == THREAD_FILES


def threaded_sources():
    return [path for path in SOURCES if THREADS & source_of(path).names]


def test_signals_between_threads_are_connected_to_bound_methods_alone():
    """A lambda, a partial or a plain function would run in the thread that emits."""
    session_files = list((PACKAGE / "session").rglob("*.py"))
    sources = [source_of(path) for path in {*session_files, *threaded_sources()}]
    assert sum(source.receivers for source in sources) >= 10
    assert [each for source in sources for each in source.odd_receivers] == []


FLOORS_IN_TURN = (("core", "files", "notebook"), ("session",), ("figure",), ("cli",), ("ui",))  # what loads less first


@pytest.fixture(scope="module")
def loaded():
    """For the packages of each floor, the modules that are loaded after all of theirs were imported.

    It is one fresh Python for all of them: what a floor may not load must not have come with one before.
    """
    code = (
        "import importlib, pkgutil, sys\n"
        "for floor in sys.argv[1:]:\n"
        "    for name in floor.split():\n"
        "        package = importlib.import_module(f'curvegui.{name}')\n"
        "        for each in pkgutil.walk_packages(getattr(package, '__path__', []), f'curvegui.{name}.'):\n"
        "            importlib.import_module(each.name)\n"
        "    print(*sys.modules)\n"
    )
    words = [sys.executable, "-c", code, *map(" ".join, FLOORS_IN_TURN)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True)
    lines = map(set, map(str.split, done.stdout.splitlines()))
    return {floor[0]: modules for floor, modules in zip(FLOORS_IN_TURN, lines, strict=True)}


def loaded_from(package, loaded):
    return {name for name in loaded if is_from(package, name)}


def test_the_mathematics_the_files_and_the_exercise_load_no_qt(loaded):
    here = loaded["core"]
    assert {"curvegui.core.run.trainer", "curvegui.files.disk.atomic", "curvegui.notebook"} <= here
    assert not loaded_from("PySide6", here) | loaded_from("pyqtgraph", here)


@pytest.mark.parametrize(
    ("floor", "forbidden"),
    [
        ("session", ["PySide6.QtGui", "PySide6.QtWidgets", "pyqtgraph"]),
        ("figure", ["PySide6.QtWidgets", "pyqtgraph"]),
        ("cli", ["PySide6.QtWidgets", "pyqtgraph"]),
    ],
)
def test_no_floor_loads_what_belongs_above_it(loaded, floor, forbidden):
    package = f"curvegui.{floor}"
    assert loaded_from(package, loaded[floor]) > {package}
    assert not set().union(*(loaded_from(each, loaded[floor]) for each in forbidden))


def test_what_packs_films_is_loaded_when_one_is_saved_and_not_before(loaded):
    assert "curvegui.ui.share.video" in loaded["ui"]
    assert not {"PIL.Image", "av"} & loaded["ui"]


def test_the_start_file_only_starts():
    text = (ROOT / "main.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 10
    assert [type(node) for node in ast.parse(text).body] == [ast.Expr, ast.ImportFrom, ast.If]


def test_the_page_shows_the_tree_as_it_is():
    """``python -m tests.help.house_tree`` writes it anew."""
    shown = BLOCK.search(PAGE.read_text(encoding="utf-8"))
    assert shown is not None
    assert shown.group() == tree()


def test_each_folder_stands_once_on_the_page_that_says_why_it_is_there():
    shown = [each for row in weight.rows() for each in weight.folders_in(row)]
    whole = {each for each in shown if "/" not in each}
    features = {name_of(path.parent) for path in PACKAGE.glob("*/*/__init__.py")}
    assert len(shown) == len(set(shown))
    assert {each for each in features if each.partition("/")[0] not in whole} == {
        each for each in shown if (PACKAGE / each / "__init__.py").exists() and "/" in each
    }


def modules_in(folder):
    return [path for path in folder.glob("*.py") if path.name != "__init__.py"]


def test_a_folder_is_no_heap():
    folders = [path.parent for path in SOURCES if path.name == "__init__.py"]
    assert [name_of(folder) for folder in folders if len(modules_in(folder)) > 20] == []


def test_the_files_that_a_folder_names_to_begin_with_are_there():
    named = [
        (path.parent, name)
        for path in SOURCES
        if path.name == "__init__.py"
        for name in re.findall(r"(?:; read|\. Read|egin with) `*(\w+)", source_of(path).docstring)
    ]
    assert named
    assert [(name_of(folder), name) for folder, name in named if not list(folder.glob(f"{name}*"))] == []
