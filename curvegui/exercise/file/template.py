"""A new exercise as a file: Python with explanations as comments, or the same as a Jupyter notebook."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from curvegui.core.language.code import as_comment, said_in_code
from curvegui.core.language.text import tr
from curvegui.exercise.file.template_text import PASSAGES, READ_IN_CODE
from curvegui.exercise.problem import ExerciseError

CODE = ("import ", "def ", "%run ", "x, y = ")
ENDINGS: dict[str, Literal["py", "ipynb"]] = {".py": "py", ".ipynb": "ipynb"}


def exercise_text(file_format: Literal["py", "ipynb"] = "py") -> str:
    """The exercise, with four functions to complete, in the language that is spoken."""
    return notebook_text(PASSAGES) if file_format == "ipynb" else _script()


def exercise_for(path: str | os.PathLike[str]) -> bytes:
    """The exercise as the bytes of a ``.py`` or ``.ipynb``. Raises ``ExerciseError`` if the name ends otherwise."""
    target = Path(path)
    file_format = ENDINGS.get(target.suffix.lower())
    if file_format is None:
        raise ExerciseError(tr("The name of “{name}” has to end in .py or .ipynb.", name=target.name))
    return exercise_text(file_format).encode()


def _is_code(passage: str) -> bool:
    return passage.startswith(CODE)


def _script() -> str:
    parts = [said_passage(passage) if _is_code(passage) else as_comment(said_passage(passage)) for passage in PASSAGES]
    return "\n\n\n".join(parts) + "\n"


def said_passage(passage: str) -> str:
    """A passage in the language that is spoken; of code, what is to be read in it."""
    return said_in_code(passage, READ_IN_CODE) if _is_code(passage) else tr(passage)


def notebook_text(passages: Sequence[str]) -> str:
    """Passages to read, which are marked or said already, and to run, as the text of a Jupyter notebook."""
    cells = [_cell(number, passage) for number, passage in enumerate(passages, start=1)]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _cell(number: int, passage: str) -> dict[str, Any]:
    shared = {"id": f"passage-{number}", "metadata": {}}
    if _is_code(passage):
        return shared | {"cell_type": "code", "execution_count": None, "outputs": [], "source": said_passage(passage)}
    heading, _, rest = passage.partition("\n\n")
    is_heading = "\n" not in heading and not heading.startswith(" ") and len(heading) < 60 and rest
    said = said_passage(passage)
    source = f"{'#' if number == 1 else '##'} {said}" if is_heading else said
    return shared | {"cell_type": "markdown", "source": source}
