"""Stands where Rasa 3.6 imports TensorFlow, so that Rasa runs without it.

Rasa imports TensorFlow when it is imported, but only DIET, TED, UnexpecTED and
ResponseSelector compute with it. Every attribute here is a placeholder class that can be
subclassed and named in type hints; making or calling one raises ``ImportError`` with the cure.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from typing import Any

__version__ = "2.12.0"

NEEDED = (
    "This part of Rasa needs TensorFlow, which this environment leaves out on purpose. DIETClassifier, TEDPolicy, "
    "UnexpecTEDIntentPolicy and ResponseSelector run only on stock Rasa 3.6 under Python 3.10 (pip install rasa==3.6.21); "
    "here, use LogisticRegressionClassifier and RulePolicy in config.yml."
)


class _Placeholder(type):
    """A class whose attributes are placeholders too, whatever their name."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _make(f"{cls.__name__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        # tf.function and friends are used as decorators while Rasa's modules load
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]
        raise ImportError(NEEDED)


def _make(name: str) -> _Placeholder:
    return _Placeholder(name, (), {})


class Tensor(metaclass=_Placeholder):
    """matplotlib asks any module called tensorflow for this class."""


def is_tensor(value: object) -> bool:
    """Nothing is a tensor here."""
    return False


class _Module(types.ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _make(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers for tensorflow's submodules and its sister packages."""

    roots = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        root, _, rest = fullname.partition(".")
        if root in self.roots and rest:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


def __getattr__(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return _make(name)


if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
    sys.meta_path.append(_Finder())
