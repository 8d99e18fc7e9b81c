"""Stands where Rasa 3.6 imports what this project never uses, so that Rasa runs without it.

Every attribute of a placeholder module is a class that can be subclassed and named in type hints; making or
calling one raises ``ImportError`` with the cure.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable
from typing import Any


def stand_in(root: str, needed: str) -> Callable[[str], Any]:
    """Answers for ``root`` and whatever lies below it.

    Args:
        root: the name of a top-level module.
        needed: what the ``ImportError`` says where something is really used.

    Returns:
        what the module takes for its ``__getattr__``.
    """
    sys.meta_path.append(_Finder(root, needed))
    return _attributes(needed)


def _attributes(needed: str) -> Callable[[str], Any]:
    class Placeholder(type):
        """A class whose attributes are placeholders too, whatever their name."""

        def __getattr__(cls, name: str) -> Any:
            return attribute(name)

        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            # tf.function and friends are used as decorators while Rasa's modules load
            if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
                return args[0]
            raise ImportError(needed)

    def attribute(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Placeholder(name, (), {})

    return attribute


class _Module(types.ModuleType):
    __path__: list[str] = []

    def __init__(self, name: str, needed: str) -> None:
        super().__init__(name)
        self.__getattr__ = _attributes(needed)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds every submodule of one root."""

    def __init__(self, root: str, needed: str) -> None:
        self.below, self.needed = f"{root}.", needed

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if fullname.startswith(self.below):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name, self.needed)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""
