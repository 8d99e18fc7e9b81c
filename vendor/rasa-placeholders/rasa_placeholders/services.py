"""What a placeholder of an outside service says where something really uses it."""

NEEDED = (
    "This part of Rasa talks to an outside service (a chat channel, a message broker, another database), and this "
    "environment leaves its library out on purpose: the advisor has a gateway and records of its own."
)
