"""Every text for people goes through the mechanism, with a value for each of its places; the template has them all."""

import ast
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from curvegui.core.language.catalogue import CHANGES
from curvegui.core.language.text import english
from curvegui.ui.actions.feature import in_menu_order
from curvegui.ui.window.features import FEATURES
from tests.language.catalogues import FOLDER, TEMPLATE, faults, is_turned, merged, names_in, places_of, template
from tests.language.extract import PACKAGE, Text, found, literal, modules, name_of
from tests.language.outside import A_NAME, EXEMPT, glued, literals, marked, unmarked, unsaid, unsaid_in

WAYS_OF_WRITING = {"upper", "lower", "capitalize", "strip", "join", "round", "int", "str", "format_number"}
UNFINISHED = "missing", "not translated", "not sure"  # which new texts are until somebody has translated them


@pytest.mark.slow
def test_no_text_for_people_is_outside_of_the_mechanism() -> None:
    assert list(unmarked()) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('label.setText("heart")', ["heart"]),
        ('label.setToolTip(name or "heart")', ["heart"]),
        ('box.addItems(["heart", tr("star")])', ["heart"]),
        ('parser.add_argument("file", metavar="FILE")', ["FILE"]),
        ('announce_news(self, "score", words)', []),
        ('label.setObjectName("heart")', []),
    ],
)
def test_a_single_word_is_a_text_where_it_is_shown(source: str, words: list[str]) -> None:
    assert [text for _, text in literals(ast.parse(source))] == words


def test_the_language_puts_quotation_marks_around_a_name() -> None:
    pieces = [
        (file, piece.value)
        for file, tree in modules("“")
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for piece in text.values
        if isinstance(piece, ast.Constant)
    ]
    assert [piece for piece in pieces if piece[1].endswith("“") or piece[1].startswith("”")] == []


CONJUNCTION = re.compile(r"\s(and|or|of|with|to|from|in|at)\s")


@pytest.mark.slow
def test_the_language_joins_words() -> None:
    """By `listed` and `either`: one word alone between two places is too short to be taken for a text elsewhere."""
    joined = [
        f"{file}:{text.lineno}: {piece.value}"
        for file, tree in modules()
        if not file.startswith(tuple(EXEMPT))
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for piece in text.values
        if isinstance(piece, ast.Constant) and CONJUNCTION.fullmatch(str(piece.value))
    ]
    assert joined == []


@pytest.mark.slow
def test_no_marked_text_is_shown_as_it_is_written() -> None:
    assert list(unsaid()) == []


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("def carry_out(remedy: Remedy):\n    reset(remedy.value)", ["remedy.value"]),
        ("def carry_out(remedy: Remedy):\n    reset(tr(remedy.value))", []),
        ("from curvegui.files.project.in_picture import STRIPPED\nraise OSError(EIO, STRIPPED)", ["STRIPPED"]),
        ("from curvegui.files.project.in_picture import STRIPPED\nraise OSError(EIO, tr(STRIPPED))", []),
    ],
)
def test_a_mark_alone_translates_nothing(source: str, texts: list[str]) -> None:
    assert [text for _, text in unsaid_in(ast.parse(source), *marked())] == texts


def test_the_template_has_all_texts() -> None:
    """``python -m tests.language --write`` writes it anew."""
    assert TEMPLATE.read_text(encoding="utf-8") == template()


def test_the_template_has_all_that_the_menus_say() -> None:
    """Also what is put together elsewhere than in its record: a title of a menu that has a name of its own."""
    known = set(found().texts)
    records = in_menu_order(FEATURES)
    titles = {name for record in records for name in record.menu.split("/") if name}
    said = {english(record, name) for record in records for name in ("text", "tip", "short")}
    said |= {english(dock, "title") for feature in FEATURES for dock in feature.docks}
    assert [name for name in titles if Text("menu", name if "&" in name else f"&{name}") not in known] == []
    assert [text for text in said if text and Text("", text) not in known] == []


def test_every_text_is_given_a_value_for_each_of_its_places() -> None:
    wrong = []
    for said in found().sayings:
        places = {name for text in said.texts if text for name in names_in(text)}
        is_known = None not in said.given and None not in said.texts and (said.given or len(said.texts) > 1)
        if is_known and places - {"n"} != said.given - {"n"}:
            wrong.append(f"{said.place}: {said.texts[0]}")
    assert wrong == []


def test_places_are_named_for_translators() -> None:
    """A name tells what will stand there: no number tells two apart, and no way of writing is one."""
    names = {name for each in found().texts for text in (each.text, each.many) for name in names_in(text)}
    assert len(names) > 100
    assert [name for name in sorted(names) if re.fullmatch(r"\w*\d", name) or name in WAYS_OF_WRITING] == []


def test_no_text_is_glued_to_another_one() -> None:
    assert [each.text for each in found().texts if each.text != each.text.strip()] == []


@pytest.mark.slow
def test_no_text_has_a_part_of_a_sentence_in_its_place() -> None:
    assert list(glued()) == []
    assert [each for each in A_NAME if not (PACKAGE / each).exists()] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.po")), ids=lambda path: path.parent.name)
def test_a_catalogue_is_right_as_far_as_it_goes(path: Path) -> None:
    said = [each.partition(": ")[2] for each in faults(path)]
    assert [each for each in said if not each.startswith(UNFINISHED)] == []


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
def test_gettext_has_nothing_to_say_to_a_catalogue() -> None:
    check = ["msgfmt", "--check", f"--output-file={os.devnull}"]
    told = [
        subprocess.run([*check, path], capture_output=True, text=True, check=False).stderr
        for path in FOLDER.glob("*/*.po")
    ]
    assert [each for each in told if each] == []


@pytest.mark.parametrize(
    ("line", "turned"),
    [
        ("ملف .py", True),
        (".py أو", True),
        ("صوت (*.wav)", True),
        ("ملف \u200e.py أو .ipynb", True),
        ("ملف \u200e.py أو \u200e.ipynb", False),
        ("تمارين \u200e(*.py *.ipynb)", False),
        ("دالة np.sum.", False),
        ("a .py file", False),
    ],
)
def test_an_ending_keeps_its_dot_in_a_line_from_the_right(line: str, turned: bool) -> None:
    assert is_turned(line) is turned


def test_a_language_to_test_with_is_none_of_those_that_are_offered() -> None:
    assert not any((FOLDER / code).exists() for code in CHANGES)


def test_a_catalogue_is_brought_up_to_date(tmp_path: Path) -> None:
    old = 'msgid ""\nmsgstr "X-Own-Name: Deutsch\\n"\n\nmsgid "Gone"\nmsgstr "Weg"\n\nmsgid "Uniform"\nmsgstr "x"\n'
    text = next(each.text for each in found().texts if not each.many and "\n" not in each.text and '"' not in each.text)
    made = merged(old.replace("Uniform", text), "de")
    path = tmp_path / "de" / "curvegui.po"
    path.parent.mkdir()
    path.write_text(made, encoding="utf-8")
    assert "Gone" not in made
    assert f'msgid "{text}"\nmsgstr "x"' in made
    assert merged(made, "de") == made
    told = list(faults(path))
    assert told
    assert all("not translated" in each for each in told)


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ("{nmae} kann nicht", "places ['nmae']"),
        ("{name kann nicht", "places []"),
        ("kann nicht ", "places []"),
        (" {name} <b>kann</b>", "other tags"),
        ("", "not translated"),
    ],
)
def test_what_is_wrong_with_a_translation_is_said(said: str, trouble: str, tmp_path: Path) -> None:
    text = next(each for each in found().texts if places_of(each.text) == {"name"} and not each.many)
    path = tmp_path / "de" / "curvegui.po"
    path.parent.mkdir()
    context = f'msgctxt "{text.context}"\n' if text.context else ""
    path.write_text(f'msgid ""\nmsgstr "X-Own-Name: Deutsch\\n"\n\n{context}msgid "{text.text}"\nmsgstr "{said}"\n')
    assert any(trouble in each for each in faults(path) if not each.startswith("0: missing"))


RECORDS = {"label", "tip", "whole_tip", "why_not_varied", "title", "unit", "ask", "see", "task"}
"""Fields of records that are said when they are read; of names that are used for nothing else."""


@pytest.mark.slow
def test_nothing_is_said_while_a_module_is_loaded() -> None:
    """Once and for all: it would stay in that language, or be no word of lessons and files any more."""
    said = []

    def look(node: ast.AST, file: str) -> None:
        for each in ast.iter_child_nodes(node):
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Load) and each.attr in RECORDS:
                said.append(f"{file}:{each.lineno}: {ast.unparse(each)}")
            if isinstance(each, ast.Call) and name_of(each.func) in ("tr", "tr_n", "tr_in", "within", "listed"):
                said.append(f"{file}:{each.lineno}: {ast.unparse(each)}")
            look(each, file)

    for file, tree in modules():
        look(tree, file)
    assert said == []


@pytest.mark.slow
def test_every_marked_text_is_given_a_value_for_each_of_its_places() -> None:
    wrong = []
    for file, tree in modules():
        marked = {
            node.targets[0].id: literal(node.value.args[0]) or ""
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Call)
            and name_of(node.value.func) == "mark"
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and name_of(call.func) == "tr" and isinstance(call.args[0], ast.Name):
                given, name = {each.arg for each in call.keywords}, call.args[0].id
                if name in marked and given and given != names_in(marked[name]):
                    wrong.append(f"{file}:{call.lineno}: {name}")
    assert wrong == []
