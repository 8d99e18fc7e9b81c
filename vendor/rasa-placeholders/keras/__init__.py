"""A placeholder: see ``tensorflow`` beside it."""

from rasa_placeholders import stand_in
from tensorflow import NEEDED

__getattr__ = stand_in(__name__, NEEDED)
