"""Which rails this installation has, and which one new promises are made with.

What was promised is kept with the rail that its row names, so the choice may change while old money stays.
"""

from typing import Protocol

from core.kit.database import Database
from core.payments.errors import RailNotConnected
from core.payments.rails.port import PaymentRail, RailFacts
from core.payments.rails.sandbox import SandboxRail
from core.settings import PlayInProduction, Settings


class KnownRail(Protocol):
    """A rail's class, as the settings name it."""

    facts: RailFacts

    def __call__(self, database: Database, public_url: str) -> PaymentRail:
        """Open it."""
        ...


RAILS: dict[str, KnownRail] = {SandboxRail.facts.name: SandboxRail}
"""Every rail that PAYMENT_RAIL may name."""


class Rails:
    """The rails of a process by name. `present` is the one that new promises are made with."""

    def __init__(self, present: PaymentRail, *others: PaymentRail) -> None:
        """Keep them by the names they give themselves."""
        self.present = present
        self._by_name = {rail.facts.name: rail for rail in (present, *others)}

    def named(self, name: str) -> PaymentRail:
        """Return the rail that a row names. Raises RailNotConnected."""
        try:
            return self._by_name[name]
        except KeyError:
            raise RailNotConnected(rail=name) from None

    def everyone(self) -> list[PaymentRail]:
        """Return every rail, the present one first."""
        return list(self._by_name.values())

    def facts(self) -> list[RailFacts]:
        """Return what each rail can do, the present one first."""
        return [rail.facts for rail in self.everyone()]

    def sandbox(self) -> SandboxRail:
        """Return the rail of play money, with what only play money allows. Raises RailNotConnected."""
        for rail in self._by_name.values():
            if isinstance(rail, SandboxRail):
                return rail
        raise RailNotConnected(rail=SandboxRail.facts.name)

    def is_play(self, name: str) -> bool:
        """Tell whether a row's money is play money; False for a rail that is not connected any more."""
        return name in self._by_name and self._by_name[name].facts.play_money


def check(settings: Settings) -> None:
    """Raise PlayInProduction where production would take play money for real."""
    if settings.environment == "production" and RAILS[settings.payment_rail].facts.play_money:
        raise PlayInProduction("PAYMENT_RAIL", settings.payment_rail)


def choose(settings: Settings, database: Database) -> Rails:
    """Return the rails that the settings name. Raises PlayInProduction as `check` does."""
    check(settings)
    return Rails(RAILS[settings.payment_rail](database, settings.public_url))
