"""``curvegui check``: the verdict on learners' files, as lines for people or JSON for programs."""

import argparse
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

from curvegui.cli import EXIT_FAILED, EXIT_NOT_ALLOWED, EXIT_OK, EXIT_USAGE
from curvegui.cli.options import command_parser
from curvegui.cli.terminal import ask, complain, deliver
from curvegui.core.engine.threads import cores
from curvegui.core.language.text import mark, tr
from curvegui.core.regular_file import in_one_line
from curvegui.exercise.file.learner_file import LearnerFile, read_learner_file
from curvegui.exercise.problem import ExerciseError
from curvegui.exercise.verdict.judge import check
from curvegui.exercise.verdict.verdict import Grade, Report

ENDINGS = (".py", ".ipynb")
LIMITS = mark(
    "It runs in a separate process with limits. They protect CurveGUI, not your computer: the code can do anything "
    "that you can."
)
SIGNS = {Grade.RIGHT: "✓", Grade.WRONG: "✗", Grade.MISSING: "…", Grade.UNJUDGED: "…"}
DESCRIPTION = mark("""Check a learner's six Jacobians: each is right, wrong (and why), or not written yet.

This runs the files' code in a separate process, with limits on time, memory and output. The limits protect
CurveGUI, not your computer: the code can do anything that you can. Check only files that you trust.""")
EXITS = mark("""--json prints one line for each file:
  {"file": ..., "functions": {"J_W3": {"verdict": "right" | "wrong" | "missing", "reason": ...,
     "evidence": ..., "hints": [...], "line": ..., "cell": ..., "kind": ...}, ...},
   "altered": {...}, "remarks": [...]}
or, for one that cannot be read, {"file": ..., "error": ...}.

exit status:
  0    all six are right, in all files
  1    something is wrong or missing
  2    a file cannot be read, or the options are wrong
  3    the code was not allowed to run""")


def main(arguments: Sequence[str]) -> int:
    options = build_parser().parse_args(arguments)
    try:
        files = {path: _read(path) for path in dict.fromkeys(_files(options.files))}
    except ExerciseError as error:
        complain(str(error))
        return EXIT_USAGE
    except OSError as error:
        complain(tr("{filename} cannot be read: {reason}.", filename=error.filename, reason=error.strerror))
        return EXIT_USAGE
    found = [file for file in files.values() if isinstance(file, LearnerFile)]
    if found and not options.allow_code and not _allowed(found):
        return EXIT_NOT_ALLOWED
    stopping, pool, worst = Event(), ThreadPoolExecutor(cores()), EXIT_OK
    try:  # on all cores; what is not waited for is stopped
        reports = {file.path: pool.submit(check, file, stopping=stopping) for file in found}
        for path, file in files.items():
            if isinstance(file, str):
                worst, text = EXIT_USAGE, json.dumps({"file": str(path), "error": file})
            else:
                text, status = _answer(path, reports[path].result(), options, several=len(files) > 1)
                worst = max(worst, status)
            if isinstance(file, str) and not options.json:
                complain(file)
            elif not deliver(text):
                return EXIT_FAILED
    finally:
        stopping.set()
        pool.shutdown(cancel_futures=True)
    return worst


def build_parser() -> argparse.ArgumentParser:
    parser = command_parser("curvegui check", tr(DESCRIPTION), tr(EXITS))
    files_help = tr("A .py or .ipynb file, or a folder with such files directly in it.")
    parser.add_argument("files", metavar=tr("FILE"), nargs="+", help=files_help)
    parser.add_argument("--allow-code", action="store_true", help=tr("Run the files' code without asking."))
    parser.add_argument("--hints", action="store_true", help=tr("Also say what to try; the last hints give the code."))
    parser.add_argument("--json", action="store_true", help=tr("Print one JSON object a line."))
    return parser


def _files(names: Iterable[str]) -> Iterable[Path]:
    """The files that are named, and the files in the folders that are named, by their names."""
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        found = sorted(each for each in path.iterdir() if each.suffix.lower() in ENDINGS and each.is_file())
        if not found:
            raise ExerciseError(tr("There is no .py or .ipynb file in {path}.", path=path))
        yield from found


def _read(path: Path) -> LearnerFile | str:
    """The file as it is now, and as it will run even if it changes meanwhile; or why it cannot be judged."""
    try:
        return read_learner_file(path)
    except ExerciseError as error:
        return str(error)


def _allowed(files: Sequence[LearnerFile]) -> bool:
    """Whether a person at a terminal allows the files to run; without a terminal, nobody can."""
    complain(tr("This runs the code in:"))
    for file in files:
        complain(f"  {in_one_line(file.path.absolute())}")
    complain(tr(LIMITS))
    said = ask(tr("Run it?"))
    if not said:
        complain(tr("Nothing was run. To allow it, add --allow-code.") if said is None else tr("Nothing was run."))
    return bool(said)


def _answer(path: Path, report: Report, options: argparse.Namespace, several: bool) -> tuple[str, int]:
    status = EXIT_OK if report.all_right else EXIT_FAILED
    if options.json:
        return json.dumps({"file": str(path)} | facts(report), allow_nan=False), status
    words = as_text(report, options.hints)
    return f"{in_one_line(path)}\n{words}\n" if several else words, status


def facts(report: Report) -> dict[str, Any]:
    keys = "reason", "evidence", "hints", "line", "cell", "kind"
    functions = {
        name: {"verdict": verdict.grade.value} | {key: getattr(verdict, key) for key in keys}
        for name, verdict in report.functions.items()
    }
    return {"functions": functions, "altered": report.altered, "remarks": report.remarks}


def as_text(report: Report, hints: bool = False) -> str:
    """The verdicts of a report in lines: one for each function, and more for several mistakes and for hints."""
    lines = []
    for verdict in report.functions.values():
        start = f"{SIGNS[verdict.grade]} {verdict.name}  {verdict.grade.value}"
        if verdict.grade is Grade.RIGHT:
            lines.append(start)
            continue
        said = [each for each in (*verdict.reason.split("\n"), verdict.evidence) if each]
        joined = "".join(f"\n    - {each}" for each in said) if "\n" in verdict.reason else " " + " ".join(said)
        lines.append(f"{start}{', ' + verdict.location if verdict.location else ''}:{joined}")
        lines += [f"    {tr('Hint: {hint}', hint=hint)}" for hint in verdict.hints if hints]
    checked = mark("! {words} The Jacobians were checked with the original function.")
    lines += [tr(checked, words=words) for words in report.altered.values()]
    return "\n".join([*lines, *(f"! {words}" for words in report.remarks)])
