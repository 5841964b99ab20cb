"""Code that is given to people: what they read in it is in their language, and it does the same."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator

import pytest

from curvegui.core.language.catalogue import trial
from curvegui.core.language.text import as_comment, said_in_code, speak
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import last_snapshot
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.exercise.file.template import exercise_text
from curvegui.files.disk.languages import available, use
from curvegui.files.export.script import script
from curvegui.files.export.training_code import as_numpy_script, as_torch_script
from curvegui.files.project.project import Project

CODE = '''
def half(x):
    """Half of it."""
    if x < 0:  # then nothing
        raise ValueError("no")
    return f"{x / 2}"  # dx/dy, and more
'''
TEXTS = "Half of it.", "then nothing", "{factor}, and more", "no", "{x / 2}"
FORMULA = re.compile(r"[\w/*() +.-]*=|dC/|d\w\d/d|z\d|W\d")  # a comment that is mathematics


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    speak(None)


def record() -> RunRecord:
    trainer = Trainer(TrainingConfig(optimizer="adam", weight_decay=0.01))
    trainer.advance(3)
    return trainer.record()


MADE = {
    "exercise": exercise_text,
    "numpy": lambda: as_numpy_script(Project(record())).decode(),
    "torch": lambda: as_torch_script(Project(record())).decode(),
    "fit": lambda: script(last_snapshot(record())),
}


def test_english_code_is_as_it_was() -> None:
    assert said_in_code(CODE, TEXTS) == CODE


def test_comments_docstrings_and_strings_are_said() -> None:
    speak(trial("brackets"))
    said = said_in_code(CODE, TEXTS)
    assert '"""[Half of it.]"""' in said
    assert "# [then nothing]" in said
    assert '("[no]")' in said
    assert 'f"[{x / 2}]"  # [dx/dy, and more]' in said
    assert ast.dump(bare(said)) == ast.dump(bare(CODE))


def test_a_comment_has_no_space_at_the_end_of_an_empty_line() -> None:
    assert as_comment("One\n\ntwo") == "# One\n#\n# two"


def bare(code: str) -> ast.Module:
    """What code does, whatever is read in it."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        elif isinstance(node, ast.JoinedStr):
            node.values = [each for each in node.values if isinstance(each, ast.FormattedValue)]
            node.values.sort(key=ast.dump)
    return tree


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_it_does_the_same_in_every_language(made: Callable[[], str]) -> None:
    speak(None)
    english = made()
    for code in available():
        use(code)
        said = made()
        assert (said == english) == (code == "en")
        assert ast.dump(bare(said)) == ast.dump(bare(english)), code


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_no_comment_and_no_docstring_stays_english(made: Callable[[], str]) -> None:
    speak(trial("brackets"))
    code = made()
    nodes = [each for each in ast.walk(ast.parse(code)) if isinstance(each, ast.Module | ast.FunctionDef)]
    found = [ast.get_docstring(each) or "" for each in nodes]
    comments = re.sub(
        r"\n#\n|\n# ",
        "\n",
        "\n".join(
            each.string if each.line.startswith("#") else f"\n\n{each.string}\n"
            for each in tokenize.generate_tokens(io.StringIO(code).readline)
            if each.type == tokenize.COMMENT
        ),
    )
    outside = re.sub(r"\[(?:[^\[\]]|\[[^\]]*\])*\]", "", "\n".join([*found, comments]))
    assert [
        line for line in outside.splitlines() if re.search(r"[A-Za-z]{4,}", line) and not FORMULA.search(line)
    ] == []
