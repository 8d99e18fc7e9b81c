"""A placeholder for ``tensorflow_addons``: see ``tensorflow/__init__.py`` beside it."""

from tensorflow import __getattr__  # noqa: F401
