"""One option for every setting, made from the setting itself, and a config from the options that were given."""

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any

from curvegui import __version__
from curvegui.core.settings.config import MAX_LAYERS, SETTINGS, TrainingConfig, why_unused
from curvegui.core.settings.setting import Setting

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)  # float() takes 1_000, nan and ١٢ too

NONE_OF_IT = {"noise": 0, "momentum": 0, "schedule": "constant", "batch": 0}  # true of an optimiser without it, too


def command_parser(prog: str, description: str, epilog: str, usage: str | None = None) -> argparse.ArgumentParser:
    """A parser with ``--version``, which takes no shortened options and keeps the lines of its texts."""
    parser = argparse.ArgumentParser(
        prog=prog,
        usage=usage,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"curvegui {__version__}")
    return parser


def add_settings(parser: argparse.ArgumentParser, names: Iterable[str]) -> None:
    """Add an option for each of these settings: ``trail_every`` becomes ``--trail-every``."""
    defaults = TrainingConfig()
    group = parser.add_argument_group("settings")
    for name in names:
        setting, default = SETTINGS[name], getattr(defaults, name)
        group.add_argument(
            f"--{name.replace('_', '-')}",
            dest=name,
            type=str if setting.choices() else number_or_text,
            nargs="+" if isinstance(default, tuple) else None,
            metavar="NAME" if setting.choices() else "N",
            default=argparse.SUPPRESS,
            help=setting_help(name, setting, default).replace("%", "%%"),
        )


def number_or_text(text: str) -> float | str:
    """The number that a text is, or the text itself, which the config then refuses with its own message."""
    return float(text) if NUMBER.fullmatch(text) else text


def setting_help(name: str, setting: Setting, default: Any) -> str:
    """What an option does, what is allowed, and its default."""
    if setting.choices():
        return f"{setting.tip} One of {', '.join(choice for choice, _ in setting.choices())}; default {default}."
    if isinstance(default, tuple):
        usual = " ".join(map(str, default))
        return f"{setting.tip} Up to {MAX_LAYERS}, each {setting.allowed(whole=True)}; default {usual}."
    allowed = setting.allowed()
    return f"{setting.tip} {allowed[0].upper()}{allowed[1:]}; default {default:,g}."


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
        if getattr(options, name, None) not in (None, NONE_OF_IT.get(name)):
            trouble = why_unused(name, ways)
            if trouble:
                parser.error(trouble)
