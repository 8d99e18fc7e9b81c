"""A placeholder: Rasa imports this library of an outside service, and nothing here uses it."""

from rasa_placeholders import stand_in
from rasa_placeholders.services import NEEDED

__getattr__ = stand_in(__name__, NEEDED)
