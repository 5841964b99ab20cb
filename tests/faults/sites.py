"""Where the package writes: found in its syntax tree, so that no writer can come that nobody has tried to break."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

WRITING = {
    "write_bytes", "write_text", "replacement", "replaced_in_parts", "mkdir", "makedirs", "rmdir", "unlink", "rename",
    "touch", "chmod", "symlink_to", "hardlink_to", "truncate", "mkdtemp", "mkstemp", "TemporaryFile",
    "NamedTemporaryFile", "TemporaryDirectory", "SpooledTemporaryFile", "FileHandler", "RotatingFileHandler",
    "QSaveFile", "QFile", "QTemporaryFile", "QTemporaryDir", "QLockFile", "QSettings", "savez",
    "savez_compressed", "savetxt", "tofile",
}  # fmt: skip
"""Functions, methods and classes that write, whatever they are called on."""
MODE = re.compile(r"[rbt]*[wax+][rwaxbt+]*")
MODULES = {
    "os": {"open", "remove", "replace", "link", "symlink"},
    "shutil": {"copy", "copy2", "copyfile", "copytree", "move", "rmtree"},
}
PERHAPS = re.compile(rf"\b({'|'.join({*WRITING, 'open', 'fdopen', 'replace', 'save'}.union(*MODULES.values()))})\s*\(")
"""What is looked for first, in the text: taking all files apart takes long."""


def sites(package: Path) -> set[str]:
    """The functions that write, as "files.project.project.save"; ``package`` is the folder of the package."""
    found = set()
    for path in package.rglob("*.py"):
        text = path.read_text("utf-8")
        if not PERHAPS.search(text):
            continue
        module = ".".join(path.relative_to(package).with_suffix("").parts).removesuffix(".__init__")
        for names, call in _calls(ast.parse(text)):
            if _writes(call):
                found.add(".".join((module, *names)))
    return found


def _calls(tree: ast.AST) -> Iterator[tuple[tuple[str, ...], ast.Call]]:
    """All calls, with the names of the classes and functions around them."""
    waiting: list[tuple[ast.AST, tuple[str, ...]]] = [(tree, ())]
    while waiting:
        node, names = waiting.pop()
        if isinstance(node, ast.Call):
            yield names, node
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names = (*names, node.name)
        waiting += [(child, names) for child in ast.iter_child_nodes(node)]


def _writes(call: ast.Call) -> bool:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    owner = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
    if name in WRITING or name in MODULES.get(owner, ()):
        return True
    if name in ("open", "fdopen"):  # in any mode but for reading, also one that is not written there
        given = [*call.args, *(each.value for each in call.keywords)]
        return any(_is_mode(each) for each in given)
    if name == "replace":  # of a path: text has two, and what is frozen names them
        return isinstance(function, ast.Attribute) and len(call.args) == 1 and not call.keywords
    return name == "save" and bool(call.args) and owner not in ("", "self")  # a picture's


def _is_mode(given: ast.expr) -> bool:
    if isinstance(given, ast.Constant):
        return isinstance(given.value, str) and MODE.fullmatch(given.value) is not None
    return getattr(given, "id", "") == "mode"
