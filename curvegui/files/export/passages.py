"""Passages to read and passages to run, in turn: a Python script, or the same as a Jupyter notebook."""

import json
import textwrap
from collections.abc import Sequence
from typing import Any, NamedTuple

from curvegui.core.language.code import as_comment


class Passage(NamedTuple):
    """Words or code."""

    text: str
    is_code: bool = True


def as_script(passages: Sequence[Passage]) -> str:
    """A script, whose last passage runs only if it is run as a program."""
    *most, last = passages
    parts = [each.text.strip("\n") if each.is_code else as_comment(each.text) for each in most]
    main = 'if __name__ == "__main__":\n' + textwrap.indent(last.text.strip("\n"), "    ")
    return "\n\n\n".join([*parts, main]) + "\n"


def as_notebook(passages: Sequence[Passage]) -> str:
    """A notebook with a cell for each passage."""
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    cells = [_cell(number, *passage) for number, passage in enumerate(passages)]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def _cell(number: int, text: str, is_code: bool) -> dict[str, Any]:
    shared = {"id": f"passage-{number}", "metadata": {}}
    if is_code:
        return shared | {"cell_type": "code", "execution_count": None, "outputs": [], "source": text.strip("\n")}
    heading, _, rest = text.strip("\n").partition("\n\n")
    return shared | {"cell_type": "markdown", "source": f"{'##' if number else '#'} {heading}\n\n{rest}"}
