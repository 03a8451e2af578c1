"""Money to creators: released, payable after the delay, paid out, and where it goes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from core.compliance import tax
from core.creators import freezes as creator_freezes
from core.creators import service as creators
from core.events import service as events
from core.kit.money import Currency, Money, next_share_bps, share_bps
from core.kit.work import Work
from core.ledger import service as ledger
from core.ledger.schemas import Account, Line, Posting
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.messaging import outbox
from core.messaging.states import PromiseKind
from core.payments import alarms, books
from core.payments.models import (
    Payable,
    PayeeAccount,
    Payout,
)
from core.payments.rails.port import RailFacts, Transfer
from core.payments.repository import PaymentRepository
from core.payments.schemas import (
    Release,
    Released,
    Wallet,
)
from core.payments.states import (
    MoveState,
    PayeeState,
)

SWEEP_PAYOUTS_MAX = 100
SENT = (MoveState.SENT, MoveState.RETURNED)


def release(work: Work, command: Release) -> Released:
    """Let a creator have part of a hold: commission and tax off, the rest payable after the delay."""
    total = command.released_minor + command.gross.minor
    commission = next_share_bps(total, command.commission_minor, command.terms.commission_bps)
    currency = command.gross.currency
    withheld = min(_to_withhold(work, command), command.gross.minor - commission)
    net = Money(command.gross.minor - commission - withheld, currency)
    lines = (
        Line(books.hold_account(command.deliverable_id, currency), command.gross.minor),
        Line(books.platform(K.COMMISSION, currency), -commission),
        Line(books.platform(K.TAX_WITHHELD, currency), -withheld),
        Line(Account(K.CREATOR_PAYABLE, currency, command.creator_id), -net.minor),
    )
    posting = Posting(PostingKind.RELEASE, command.key, lines, "deliverable", str(command.deliverable_id))
    created = ledger.post(work, posting).created
    if created:
        facts: dict[str, events.Value] = {
            "gross_minor": command.gross.minor,
            "commission_minor": commission,
            "withheld_minor": withheld,
            "net_minor": net.minor,
            "currency": currency,
        }
        about = {"creator_id": command.creator_id, "deliverable_id": command.deliverable_id}
        events.record(work, "earning.released", about, facts)
    if created and net:
        payable(
            work,
            command.creator_id,
            net,
            command.key,
            command.terms.security_delay_days,
            gross=command.gross,
            campaign_id=command.campaign_id,
        )
    return Released(command.gross, Money(commission, currency), Money(withheld, currency), net)


def _to_withhold(work: Work, command: Release) -> int:
    """Return the tax on a release, in minor units, by the gross of its tax year with the release itself."""
    row = tax.row_of(command.country, command.gross.currency, work.now)
    if row is None:
        return 0
    earned = PaymentRepository(work.session).gross_since(
        command.creator_id, command.gross.currency, row.since(work.now), but=command.key
    )
    return share_bps(command.gross.minor, row.bps_of(earned + command.gross))


def payable(
    work: Work,
    creator_id: UUID,
    net: Money,
    source: str,
    delay_days: int,
    *,
    gross: Money | None = None,
    campaign_id: UUID | None = None,
) -> None:
    """Note that `net` becomes payable to a creator when the security delay is over.

    `gross` is what was earned with it, nothing where it was earned before; `campaign_id` whose money it was.
    """
    work.session.add(
        Payable(
            creator_id=creator_id,
            source_id=source,
            amount_minor=net.minor,
            gross_minor=gross.minor if gross else 0,
            currency=net.currency,
            campaign_id=campaign_id,
            released_at=work.now,
            available_at=work.now + timedelta(days=delay_days),
        )
    )


def pay_out_due(work: Work, rails: Sequence[RailFacts]) -> int:
    """Ask for a payout for each creator and currency whose delay is over; returns how many.

    What is less than the creator's provider sends at once waits until more is due; what a creator has earned
    whom an operator has stopped waits until they go on.
    """
    payments = PaymentRepository(work.session)
    to = payments.due_payouts(work.now, rails, SWEEP_PAYOUTS_MAX, creator_freezes.frozen(work))
    due = payments.due_payables(work.now, to) if to else []
    minimums = {rail.name: rail.payout_minimums for rail in rails}
    groups = groupby(due, key=lambda row: (row.creator_id, row.currency))
    return sum(1 for key, rows in groups if _ask_payout(work, *key, list(rows), minimums))


def due_payouts(work: Work, rails: Sequence[RailFacts]) -> int:
    """Count the payouts that a sweep would ask for now."""
    payments = PaymentRepository(work.session)
    return len(payments.due_payouts(work.now, rails, SWEEP_PAYOUTS_MAX, creator_freezes.frozen(work)))


def payout_sent(work: Work, payout_id: UUID, ref: str) -> None:
    """Note that the provider has sent a payout, and say so."""
    payout = PaymentRepository(work.session).lock(Payout, payout_id)
    if payout is None or payout.state is not MoveState.ASKED:
        return
    payout.state, payout.ref = MoveState.SENT, ref
    alarms.enough(work, payout.rail, payout.currency)
    transit = Account(K.PAYOUT_IN_TRANSIT, payout.currency, payout.creator_id)
    amount = Money(payout.amount_minor, payout.currency)
    lines = ledger.transfer_lines(transit, books.platform(K.RAIL_CLEARING, payout.currency), amount)
    _post_payout(work, PostingKind.PAYOUT_SENT, payout, lines)
    _record(work, "payout.sent", payout)
    _tell_payout(work, payout, "payout_sent")


def goes_elsewhere(work: Work, payout_id: UUID) -> bool:
    """Tell whether a creator's money goes to another account by now than where a payout would send it."""
    payout = work.session.get(Payout, payout_id)
    payee = work.session.get(PayeeAccount, payout.creator_id) if payout else None
    return payout is not None and (payee is None or payee.ref != payout.payee_ref)


def payout_moved(work: Work, payout_id: UUID) -> None:
    """Take back a payout that nothing came of, and whose creator has another account: it is asked anew."""
    _take_back(work, payout_id, "her money goes to another account now")


def payout_refused(work: Work, payout_id: UUID, reason: str) -> None:
    """Take a refused payout back: the money is payable again once the creator mends the account."""
    payout = _take_back(work, payout_id, reason)
    if payout is not None:
        _account_failed(work, payout)
        _tell_payout(work, payout, "payout_refused")


def payout_seen(work: Work, seen: Transfer) -> None:
    """Converge on what the provider says of a transfer that was sent; saying it twice changes nothing.

    What came back of it is payable again, once the creator has an account that takes it.
    """
    payments = PaymentRepository(work.session)
    payout = payments.payout_by(seen.rail, seen.ref)
    back = seen.returned.minor - payout.returned_minor if payout else 0
    if payout is None or back <= 0:
        return
    payout.returned_minor, payout.reason = seen.returned.minor, seen.reason[:200]
    if payout.returned_minor == payout.amount_minor:
        payout.state = MoveState.RETURNED
    amount = Money(back, payout.currency)
    clearing = books.platform(K.RAIL_CLEARING, payout.currency)
    lines = ledger.transfer_lines(
        clearing, Account(K.CREATOR_PAYABLE, payout.currency, payout.creator_id), amount
    )
    kind, key = PostingKind.PAYOUT_RETURNED, f"{payout.id}:{payout.returned_minor}"
    ledger.post(work, Posting(kind, f"{kind}:{key}", lines, "payout", str(payout.id)))
    payable(work, payout.creator_id, amount, f"{kind}:{key}", delay_days=0)
    _record(work, "payout.returned", payout, amount)
    _account_failed(work, payout)
    _tell_payout(work, payout, "payout_returned", amount)


def _account_failed(work: Work, payout: Payout) -> None:
    """Send nothing more to an account that took no payout; one that took its place meanwhile is another."""
    payee = PaymentRepository(work.session).lock(PayeeAccount, payout.creator_id)
    if payee is not None and payee.ref == payout.payee_ref:
        payee.state, payee.reason = PayeeState.REFUSED, payout.reason


def _take_back(work: Work, payout_id: UUID, reason: str) -> Payout | None:
    """Make what a payout would have sent payable again; returns it, None where it is settled already."""
    payments = PaymentRepository(work.session)
    payout = payments.lock(Payout, payout_id)
    if payout is None or payout.state is not MoveState.ASKED:
        return None
    payout.state, payout.reason = MoveState.REFUSED, reason[:200]
    amount = Money(payout.amount_minor, payout.currency)
    lines = ledger.transfer_lines(
        Account(K.PAYOUT_IN_TRANSIT, payout.currency, payout.creator_id),
        Account(K.CREATOR_PAYABLE, payout.currency, payout.creator_id),
        amount,
    )
    _post_payout(work, PostingKind.PAYOUT_REFUSED, payout, lines)
    _record(work, "payout.refused", payout)
    for row in payments.payables_of(payout.id):
        row.payout_id = None
    return payout


def wallets(work: Work, creator_id: UUID) -> list[Wallet]:
    """Return a creator's money, one wallet a currency."""
    payments = PaymentRepository(work.session)
    open_rows = payments.payables(creator_id)
    payouts = payments.payouts(creator_id)
    still = payments.standing(creator_id, work.now)
    currencies = sorted({row.currency for row in open_rows} | {row.currency for row in payouts})
    return [_wallet(work, currency, open_rows, payouts, still) for currency in currencies]


def _ask_payout(
    work: Work,
    creator_id: UUID,
    currency: Currency,
    parts: list[Payable],
    minimums: Mapping[str, Mapping[Currency, int]],
) -> bool:
    """Ask for one payout, unless another sweep has left less than the provider sends."""
    payee = work.session.get(PayeeAccount, creator_id)
    amount = Money(sum(row.amount_minor for row in parts), currency)
    if payee is None or payee.ref is None or amount.minor < minimums[payee.rail].get(currency, 0):
        return False
    payout = Payout(
        creator_id=creator_id,
        rail=payee.rail,
        payee_ref=payee.ref,
        amount_minor=amount.minor,
        currency=currency,
        state=MoveState.ASKED,
        created_at=work.now,
    )
    PaymentRepository(work.session).add(payout)
    for row in parts:
        row.payout_id = payout.id
    lines = ledger.transfer_lines(
        Account(K.CREATOR_PAYABLE, currency, creator_id),
        Account(K.PAYOUT_IN_TRANSIT, currency, creator_id),
        amount,
    )
    _post_payout(work, PostingKind.PAYOUT_ASKED, payout, lines)
    _record(work, "payout.asked", payout)
    payload = {
        "payout_id": str(payout.id),
        "rail": payout.rail,
        "payee_ref": payee.ref,
        "amount_minor": amount.minor,
        "currency": currency,
    }
    outbox.promise(work, PromiseKind.PAY_OUT, f"creator:{creator_id}:{currency}", payload)
    return True


def _post_payout(work: Work, kind: PostingKind, payout: Payout, lines: tuple[Line, ...]) -> None:
    ledger.post(work, Posting(kind, f"{kind}:{payout.id}", lines, "payout", str(payout.id)))


def _record(work: Work, kind: str, payout: Payout, part: Money | None = None) -> None:
    minor = part.minor if part else payout.amount_minor
    facts: dict[str, events.Value] = {
        "payout_id": payout.id,
        "amount_minor": minor,
        "currency": payout.currency,
    }
    events.record(work, kind, {"creator_id": payout.creator_id}, facts)


def _tell_payout(work: Work, payout: Payout, notice: str, part: Money | None = None) -> None:
    person_id = creators.person_behind(work, payout.creator_id)
    facts = {
        "amount_minor": part.minor if part else payout.amount_minor,
        "currency": payout.currency,
        "reason": payout.reason,
    }
    outbox.tell(work, person_id, notice, facts)


def _wallet(
    work: Work, currency: Currency, open_rows: list[Payable], payouts: list[Payout], still: set[UUID]
) -> Wallet:
    mine = [row for row in open_rows if row.currency is currency]
    waiting = [row for row in mine if row.available_at > work.now]

    def total(rows: Iterable[Payable | Payout]) -> Money:
        return Money(sum(row.amount_minor for row in rows), currency)

    paid = [row for row in payouts if row.currency is currency]
    return Wallet(
        waiting=total(waiting),
        next_available_at=waiting[0].available_at if waiting else None,
        available=total(row for row in mine if row.available_at <= work.now and row.id not in still),
        standing_still=total(row for row in mine if row.id in still),
        on_its_way=total(row for row in paid if row.state is MoveState.ASKED),
        paid_out=Money(
            sum(row.amount_minor - row.returned_minor for row in paid if row.state in SENT), currency
        ),
    )
