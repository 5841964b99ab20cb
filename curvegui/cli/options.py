"""The options of commands: one for every setting, made from the setting, and those that choose the engine."""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from curvegui.cli import EXIT_FAILED, EXIT_OK, EXIT_USAGE
from curvegui.cli.language import HELP, translated_error, translated_help
from curvegui.cli.terminal import deliver, harmless
from curvegui.core.engine.backend import AUTO, PRECISIONS, Backend
from curvegui.core.language.text import capitalised, mark, tr
from curvegui.core.learner.engines import ENGINES
from curvegui.core.settings.config import CONSTANT, MAX_LAYERS, SETTINGS, TrainingConfig, why_unused
from curvegui.core.settings.setting import Setting
from curvegui.environment import details

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)  # float() takes 1_000, nan and ١٢ too

NONE_OF_IT = (None, 0, CONSTANT)  # is true of an optimiser without the setting, too


class CommandParser(argparse.ArgumentParser):
    """A parser in the language that is spoken, which takes no shortened options."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, add_help=False, **options)
        self.add_argument("-h", "--help", action="help", help=tr(HELP))

    def format_help(self) -> str:
        return translated_help(super().format_help())

    def format_usage(self) -> str:
        return translated_help(super().format_usage())

    def print_help(self, file: Any = None) -> None:
        """Write the help; where writing fails, which argparse would ignore, the program ends with status 1."""
        if file is not None:
            super().print_help(file)
        elif not deliver(self.format_help().removesuffix("\n")):
            self.exit(EXIT_FAILED)

    def error(self, message: str) -> NoReturn:
        """End the program with status 2 and a message, in which no name of a file can harm the terminal."""
        self.print_usage(sys.stderr)
        self.exit(EXIT_USAGE, harmless(translated_error(f"{self.prog}: error: {message}")) + "\n")


def command_parser(prog: str, description: str, epilog: str, usage: str | None = None) -> CommandParser:
    """A parser with the option ``--version``, which keeps the line breaks of its texts."""
    form = argparse.RawDescriptionHelpFormatter
    parser = CommandParser(prog=prog, usage=usage, description=description, epilog=epilog, formatter_class=form)
    version_help = tr("Show which version this is and what it runs on.")
    parser.add_argument("--version", action=_Version, nargs=0, help=version_help)
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        first, *others = details()
        parser.exit(EXIT_OK if deliver("\n".join([first.lower(), *others])) else EXIT_FAILED)


def add_settings(parser: argparse.ArgumentParser, names: Iterable[str]) -> None:
    """Add an option for each of these settings: ``trail_every`` becomes ``--trail-every``."""
    defaults = TrainingConfig()
    group = parser.add_argument_group(tr("settings"))
    for name in names:
        setting, default = SETTINGS[name], getattr(defaults, name)
        group.add_argument(
            f"--{name.replace('_', '-')}",
            dest=name,
            type=str if setting.choices() else number_or_text,
            nargs="+" if isinstance(default, tuple) else None,
            metavar=tr("NAME") if setting.choices() else "N",
            default=argparse.SUPPRESS,
            help=setting_help(setting, default).replace("%", "%%"),
        )


def number_or_text(text: str) -> float | str:
    """The number that a text stands for; else the text, which the configuration then refuses with a message."""
    return float(text) if NUMBER.fullmatch(text) else text


def setting_help(setting: Setting, default: Any) -> str:
    """What the option of a setting does, which values are allowed, and the default."""
    tip = setting.whole_tip
    if setting.choices():
        choices = ", ".join(choice for choice, _ in setting.choices())
        return tr("{tip} One of {choices}; default {default}.", tip=tip, choices=choices, default=default)
    if isinstance(default, tuple):
        words = mark("{tip} Up to {most} layers; for each, {allowed}; default {usual}.")
        usual, allowed = " ".join(map(str, default)), setting.allowed(whole=True)
        return tr(words, tip=tip, most=MAX_LAYERS, allowed=allowed, usual=usual)
    allowed = capitalised(setting.allowed())
    return tr("{tip} {allowed}; default {default:,g}.", tip=tip, allowed=allowed, default=default)


def config_from(parser: argparse.ArgumentParser, options: argparse.Namespace) -> TrainingConfig:
    """The config that the options describe; a value that is not allowed ends the program with status 2."""
    given = {name: getattr(options, name) for name in SETTINGS if hasattr(options, name)}
    try:
        return TrainingConfig().changed(**given)
    except ValueError as error:
        parser.error(str(error))


def refuse_unused(parser: argparse.ArgumentParser, options: argparse.Namespace, ways: Sequence[TrainingConfig]) -> None:
    """End the program with status 2 where a setting was given that does nothing in any of the configs to train."""
    for name in SETTINGS:
        if getattr(options, name, None) not in NONE_OF_IT:
            trouble = why_unused(name, ways)
            if trouble:
                parser.error(trouble)


def add_engine_options(parser: argparse.ArgumentParser, auto: str) -> None:
    """Add ``--engine`` and ``--precision``; ``auto`` is a sentence about the engine that is taken by default."""
    about = tr("What computes the iterations: the same ones but for rounding, which noise magnifies.")
    group = parser.add_argument_group(tr("engine"), about)
    engine_help = tr("c is several times as fast as numpy, except for very large networks. {auto}", auto=auto)
    group.add_argument("--engine", choices=(*ENGINES, AUTO), default=AUTO, help=engine_help)
    precision_help = tr("single is faster, and exact to 7 digits; default double.")
    group.add_argument("--precision", choices=tuple(PRECISIONS), default="double", help=precision_help)


def wanted_backend(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Backend:
    """The backend that the options ask for; an engine that cannot compute here ends the program with status 2."""
    refuse_missing(parser, options)
    return Backend(options.engine, options.precision)


def refuse_missing(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """End the program with status 2 where an engine was asked for that cannot compute here."""
    trouble = ENGINES[options.engine].obstacle() if options.engine in ENGINES else ""
    if trouble:
        parser.error(trouble)
