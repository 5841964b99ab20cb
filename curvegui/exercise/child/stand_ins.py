"""Stand-ins for plots and for the course's own modules: they accept everything and do nothing."""

import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

REPLACED = frozenset({"matplotlib", "pylab", "mpl_toolkits", "seaborn", "IPython", "ipywidgets", "readonly"})
"""Packages that draw, or that belong to a notebook. They would be slow, and open windows."""


class StandIn:
    """Anything: it can be called, asked for any attribute and used in a ``with``; nothing happens."""

    def __getattr__(self, name: str) -> "StandIn":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> "StandIn":
        return self

    def __getitem__(self, _: Any) -> "StandIn":
        return self

    def __setitem__(self, _: Any, __: Any) -> None:
        return

    def __iter__(self) -> Iterator["StandIn"]:
        return iter((self, self))  # fig, ax = plt.subplots()

    def __enter__(self) -> "StandIn":
        return self

    def __exit__(self, *_: object) -> None:
        return


class _StandInModule(ModuleType):
    __path__: list[str] = []  # noqa: RUF012 — it has modules in it, whatever they are called
    __all__: list[str] = []  # noqa: RUF012

    def __getattr__(self, name: str) -> StandIn:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn()


class StandInImports:
    """Finds the modules of ``REPLACED``, before any that is installed."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """As Python's import asks."""
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in REPLACED else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """As Python's import asks."""
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """As Python's import asks: there is nothing to run."""


def replace_plots() -> None:
    """Let every later import of such a module bring its stand-in."""
    sys.meta_path.insert(0, StandInImports())
