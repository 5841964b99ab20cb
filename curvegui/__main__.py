"""The entry point of ``curvegui``, ``python -m curvegui`` and ``python main.py``.

Every Python from 3.8 on can read this file, so that one that is too old is told so in a sentence.
"""

from __future__ import annotations

import gc
import sys

from curvegui import environment

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended


def main(argv: list[str] | None = None) -> int:
    """Carry out the command that the first word names, or open the window; returns the exit status.

    ``argv`` is what was typed after the program's name; ``sys.argv[1:]`` unless given.
    """
    words = sys.argv[1:] if argv is None else argv
    if environment.is_bundle() and words[:1] == [environment.RUN_CHILD]:
        from curvegui.core.child_python import run_child

        run_child(words[1:])
        return 0
    trouble = environment.problem()
    if trouble:
        return _refuse(trouble)
    from curvegui.cli.terminal import flush_output, soften_output
    from curvegui.core.engine.threads import keep_libraries_to_one_thread

    keep_libraries_to_one_thread()
    soften_output()
    try:
        return _start(words)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except ImportError as error:
        missing = environment.missing_library(error)
        if not missing:
            raise
        return _refuse(missing)
    finally:
        flush_output()


def _start(arguments: list[str]) -> int:
    from curvegui import cli
    from curvegui.cli.language import choose_language

    arguments = choose_language(arguments)
    if arguments and arguments[0] in cli.COMMANDS:
        return cli.main(arguments[0], arguments[1:])
    gc.disable()  # modules stay: to look through them takes a tenth of the start; the window collects by itself later
    from curvegui.cli.window import open_start, window_start

    read, rest = (open_start, arguments[1:]) if arguments[:1] == ["open"] else (window_start, arguments)
    config, start, wanted, has_curve, lesson, apart = read(rest)
    if no_display := environment.no_display():
        return _refuse(no_display)
    _spare_reading_sources()
    from curvegui.app import handed_over, run

    return 0 if not apart and handed_over(start) else run(config, start, wanted, has_curve, lesson)


def _spare_reading_sources() -> None:
    """Keep PySide from reading the source of each module that is imported, and from keeping it in memory.

    It looks there whether a module wants one of its ``__feature__``s, which nothing here does: 9 MB, and a part of the
    start.
    """
    import PySide6.QtCore  # noqa: F401 - which loads the other

    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None:
        setattr(feature, "feature_imported", lambda module: None)  # noqa: B010 - for mypy


def _refuse(sentence: str) -> int:
    if sys.stderr:  # None in a program without a console
        sys.stderr.write(sentence + "\n")
    return EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())
