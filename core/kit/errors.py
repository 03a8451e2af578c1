"""How the core says no.

DomainError
├── InvalidInput   that value cannot be used
├── NotFound       there is nothing by that name
├── NotAllowed     this person may not do that
├── Conflict       not possible in the present state
│   └── ShownChanged   what was shown is not what is (core.kit.consent)
├── TooOften       that was too much in too short a time
└── Unavailable    something outside did not answer

The docstring of an error is its default message, its class name is its stable code. There is no
HTTP status and no chat sentence here: `api.errors` and `bots.phrases.errors` translate.
"""

from inspect import cleandoc


class DomainError(Exception):
    """Something went wrong."""

    def __init__(self, **facts: object) -> None:
        """Keep the facts that a sentence about this error may need."""
        self.facts = facts
        super().__init__(cleandoc(type(self).__doc__ or ""))

    @property
    def code(self) -> str:
        """Return the stable name for clients, logs and phrase files."""
        return type(self).__name__


class InvalidInput(DomainError):
    """That value cannot be used."""


class NotFound(DomainError):
    """There is nothing by that name here."""


class NotAllowed(DomainError):
    """You may not do that."""


class Conflict(DomainError):
    """That is not possible right now."""


class TooOften(DomainError):
    """That was more than we take in so short a time. `seconds` and `minutes` say how long to wait."""

    def __init__(self, *, seconds: int) -> None:
        """Say how long to wait."""
        super().__init__(seconds=seconds, minutes=-(-seconds // 60))
        self.seconds = seconds


class Unavailable(DomainError):
    """A service we rely on did not answer."""


class ShownChanged(Conflict):
    """This has changed since you saw it."""
