"""What is wrong with an event that nobody declared. These are bugs, never answers to a person."""


class EventNotDeclared(RuntimeError):
    """An event's kind, subjects or facts are not the ones the registry declares."""
