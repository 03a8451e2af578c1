"""Ways payments say no, and how a rail does."""

from core.kit.errors import Conflict, DomainError, InvalidInput, NotFound, Unavailable


class RailUnavailable(Unavailable):
    """The payment provider did not answer; whether it acted is unknown."""


class RailRefused(DomainError):
    """The payment provider said no, for sure.

    Facts: `reason` in words, `heals` when the same order may work later, `disputed` when the card's holder
    disputes the charge, `ours` when it is the platform's own trouble and nobody else's.
    """

    @property
    def reason(self) -> str:
        """Return why, in the provider's words."""
        return str(self.facts.get("reason", ""))


class RailNotConnected(Unavailable):
    """That payment provider is not connected here."""


class CurrencyNotTaken(InvalidInput):
    """The payment provider does not take that currency."""


class CountryNotPaid(InvalidInput):
    """The payment provider cannot send money to that country."""


class AmountOutOfRange(InvalidInput):
    """That amount cannot be paid in."""


class NothingToReturn(Conflict):
    """There is no money left to return."""


class RestStillNeeded(Conflict):
    """That campaign still needs its money, or its bank has yet to decide whose it is."""


class NothingOwed(Conflict):
    """Nothing is owed for that campaign."""


class SettledOutOfRange(InvalidInput):
    """What is settled is more than nothing and at most what is owed, and at most what is there."""


class FundingNotFound(NotFound):
    """There is no such payment."""


class EventNotFound(NotFound):
    """There is no such event of that payment provider."""


class RefundNotFound(NotFound):
    """There is no such refund."""


class PayoutDetailsMissing(InvalidInput):
    """Please say where your money should go."""
