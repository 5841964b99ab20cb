"""Stand-ins for plots and for the course's own modules: they accept everything and do nothing.

Only ``pylab`` computes: it has the names of NumPy, as the real one does.
"""

import builtins
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import GeneratorType, ModuleType
from typing import Any

import numpy as np

REPLACED = frozenset({"matplotlib", "pylab", "mpl_toolkits", "seaborn", "IPython", "ipywidgets", "readonly"})
"""Packages that draw, or that belong to a notebook. They would be slow, and open windows."""
PYLAB = ("pylab", "matplotlib.pylab")
PYTHONS_OWN = ("abs", "bool", "bytes", "max", "min", "pow", "round")
"""Names that ``pylab`` leaves to Python though NumPy has them, too."""
DRAWING = ("plt", "figure", "plot", "show", "subplot", "subplots", "title", "xlabel", "ylabel", "legend", "pause")
"""What ``from pylab import *`` brings to draw with, as far as a function may want it."""


class StandIn:
    """Stands for anything: can be called, asked for attributes and used in a ``with``; nothing happens."""

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


def _sum(values: Any, *more: Any, **named: Any) -> Any:
    is_stream = isinstance(values, GeneratorType) and not more and not named
    return sum(values) if is_stream else np.sum(values, *more, **named)


class _StandInModule(ModuleType):
    __path__: list[str] = []  # noqa: RUF012 — it has modules in it, whatever they are called
    __all__: list[str] = []  # noqa: RUF012

    def __getattr__(self, name: str) -> StandIn | ModuleType:
        if name.startswith("__"):
            raise AttributeError(name)
        return import_module(PYLAB[0]) if name == PYLAB[0] else StandIn()


class _Pylab(_StandInModule):
    """NumPy's names, those of three of its modules, and stand-ins for every other name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        found = dict.fromkeys(DRAWING, StandIn()) | {"np": np}
        for module in (np, np.fft, np.random, np.linalg):  # in the order in which the real one takes them
            known = vars(module)  # a name that is not in it yet would bring a module that is slow to load
            found |= {each: known[each] for each in module.__all__ if each in known}
        found |= {each: getattr(builtins, each) for each in PYTHONS_OWN} | {"sum": _sum}
        vars(self).update(found, __all__=list(found))


class StandInImports:
    """Finds the modules of ``REPLACED`` before installed ones; there is no code to run in them."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in REPLACED else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Pylab(spec.name) if spec.name in PYLAB else _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return


def replace_plots() -> None:
    """Let every later import of a plotting module bring its stand-in."""
    sys.meta_path.insert(0, StandInImports())
