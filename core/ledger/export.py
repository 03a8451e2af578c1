"""The books in the languages of two independent book-keepers, for the operator's accountant.

Each export ends with one balance assertion an account, so that `hledger check` or `bean-check` on the
file proves that the other program arrives at the same balance on every account. Days are those of one clock,
which the first line names: an entry of 05:23 on 26 November in Kolkata is one of the 25th by UTC.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from core.kit.money import Money
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Account, EntryView
from core.ledger.states import CHART

UTC = ZoneInfo("UTC")
CLOCK = "; Days and times by the clock of {zone}."


def hledger(work: Work, zone: ZoneInfo = UTC) -> Iterator[str]:
    """Yield the journal in hledger's format, line by line, by the clock of a time zone."""
    yield CLOCK.format(zone=zone.key)
    last_on = work.now.astimezone(zone).date()
    for _, group in groupby(ledger.journal(work), key=lambda entry: entry.transfer_id):
        lines = list(group)
        head = lines[0]
        on = head.effective_at.astimezone(zone).date()
        yield f"{on} {head.kind}  ; {head.source_type}:{head.source_id}"
        yield from (f"    {_name(e.account)}  {_amount(_money(e))}" for e in lines)
        yield ""
    yield f"{last_on:%Y-%m-%d} every account as our own books have it"
    for account, signed in _signed_balances(work):
        zero = _amount(Money(0, account.currency))
        yield f"    {_name(account)}  {zero} = {_amount(signed)}"


def beancount(work: Work, zone: ZoneInfo = UTC) -> Iterator[str]:
    """Yield the journal in beancount's format, line by line, by the clock of a time zone."""
    yield CLOCK.format(zone=zone.key)
    yield 'option "title" "NanoInfluencer MarketPlace"'
    balances = _signed_balances(work)
    opened_on = (ledger.begun_at(work) or work.now).astimezone(zone).date()
    for account, _ in balances:
        yield f"{opened_on} open {_name(account)} {account.currency}"
    for _, group in groupby(ledger.journal(work), key=lambda entry: entry.transfer_id):
        lines = list(group)
        head = lines[0]
        on = head.effective_at.astimezone(zone).date()
        yield f'{on} * "{head.kind}" "{head.source_type}:{head.source_id}"'
        yield from (f"  {_name(e.account)}  {_amount(_money(e))}" for e in lines)
    asserted_on = work.now.astimezone(zone).date() + timedelta(
        days=1
    )  # beancount asserts at the start of a day
    for account, signed in balances:
        yield f"{asserted_on} balance {_name(account)}  {_exactly(signed)}"


def _signed_balances(work: Work) -> list[tuple[Account, Money]]:
    return [
        (
            view.account,
            view.balance if CHART[view.account.kind].normal_side == "D" else -view.balance,
        )
        for view in ledger.balances(work)
    ]


def _money(entry: EntryView) -> Money:
    return Money(entry.minor, entry.account.currency)


def _name(account: Account) -> str:
    kind = "".join(part.capitalize() for part in account.kind.split("_"))
    owner = "Platform" if account.owner == "platform" else f"X{account.owner}".replace("-", "")
    return f"{CHART[account.kind].account_class}:{kind}:{owner}:{account.currency}"


def _exactly(money: Money) -> str:
    """Return an amount that must be met to the last unit; without `~ 0` beancount forgives one off."""
    return f"{money.major} ~ 0 {money.currency}"


def _amount(money: Money) -> str:
    return f"{money.major} {money.currency}"
