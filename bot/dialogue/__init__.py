"""Rasa in this process: the agent, its tracker store, the actions called in process, one turn at a time."""
