"""A placeholder: only DIET, TED, UnexpecTED and ResponseSelector compute with TensorFlow."""

from rasa_placeholders import stand_in

__version__ = "2.12.0"

NEEDED = (
    "This part of Rasa needs TensorFlow, which this environment leaves out on purpose. DIETClassifier, TEDPolicy, "
    "UnexpecTEDIntentPolicy and ResponseSelector run only on stock Rasa 3.6 under Python 3.10 (pip install rasa==3.6.21); "
    "here, use LogisticRegressionClassifier and RulePolicy in config.yml."
)

__getattr__ = stand_in(__name__, NEEDED)

Tensor = __getattr__("Tensor")  # matplotlib asks any module called tensorflow for this class, and for the next


def is_tensor(value: object) -> bool:
    """Nothing is a tensor here."""
    return False
