"""Where a creator's money goes: asked for, answered by the provider, and changed once it is confirmed."""

from uuid import UUID, uuid4

from core.accounts import chats, people
from core.creators import service as creators
from core.events import service as events
from core.kit.consent import binding, mark, require
from core.kit.text import clean
from core.kit.work import Work
from core.messaging import outbox
from core.messaging.messages import Address
from core.messaging.states import PromiseKind
from core.payments.errors import (
    CountryNotPaid,
    PayoutDetailsMissing,
)
from core.payments.models import (
    PayeeAccount,
    PayeeChange,
)
from core.payments.rails.port import Payee, RailFacts
from core.payments.repository import PaymentRepository
from core.payments.schemas import (
    PayeeChangeView,
    PayeeView,
)
from core.payments.states import (
    PayeeState,
)
from core.step_up import service as step_up
from core.step_up.errors import NotYet
from core.step_up.schemas import StepUpView
from core.step_up.states import Change
from core.vault import service as vault

LABEL = "payee_account.label"


def payee_mark(work: Work, creator_id: UUID) -> str:
    """Return the mark of where a creator's money goes now, and of what waits to change that."""
    return payee_mark_as(creator_id, payee_of(work, creator_id), payee_change(work, creator_id))


def payee_mark_as(creator_id: UUID, payee: PayeeView | None, waits: PayeeChangeView | None) -> str:
    """Return the mark of where a creator's money goes and shall go, as they were read."""
    facts = ((each.label, each.state) for each in (payee, waits) if each)
    return mark("payee", creator_id, *(part for pair in facts for part in pair))


@binding
def set_up_payee(
    work: Work, label: str, rail: RailFacts, here: Address | None = None, *, shown: str
) -> StepUpView:
    """Ask to send the acting creator's money to `label` at the provider `rail`, once that is confirmed.

    Until then it goes where it went: whoever holds one chat of hers can neither redirect nor stop it. The
    provider is asked at once, so that a refusal is not met a day later. `here` is where she asks.

    Raises:
        CountryNotPaid: where the provider sends no money.
        ShownChanged: when the money goes elsewhere by now than was shown.
        PayoutDetailsMissing: without a name for the account, or without a creator's profile.
    """
    creator = creators.of_person(work, work.actor.person_id) if work.actor.person_id else None
    label = clean(label, 80)
    if creator is None or not label:
        raise PayoutDetailsMissing
    if not rail.pays_in(creator.country):
        raise CountryNotPaid(country=creator.country)
    person_id = creators.person_behind(work, creator.id)
    people.lock(work, person_id)
    require(shown, payee_mark(work, creator.id), creator_id=creator.id)
    row = PayeeChange(
        id=uuid4(),
        creator_id=creator.id,
        rail=rail.name,
        state=PayeeState.ASKED,
        label=vault.seal(work, person_id, label, LABEL),
        reason="",
        owner_id=person_id,
    )
    work.session.add(row)
    events.record(work, "payee.asked", {"creator_id": creator.id})
    payload = {"change_id": str(row.id), "rail": rail.name, "label": label}
    outbox.promise(work, PromiseKind.ONBOARD_PAYEE, f"payee:{creator.id}", payload, owner_id=person_id)
    places = [here] if here else []
    return step_up.ask(work, Change.PAYEE, row.id, mark(label, rail.name), [person_id], places)


def payee_answered(work: Work, change_id: UUID, payee: Payee) -> None:
    """Note what the provider said about an account that money shall go to.

    What it refuses waits no longer: nothing is changed, and that is said. When the money goes there was said
    when it was asked for.
    """
    state = PayeeState(payee.state)
    waits = step_up.about(work, change_id)
    if state is PayeeState.REFUSED:
        step_up.drop(work, change_id)
    row = PaymentRepository(work.session).lock(PayeeChange, change_id)
    if row is None:
        return
    row.state, row.ref, row.reason = state, payee.ref or None, payee.reason
    events.record(work, "payee.answered", {"creator_id": row.creator_id}, {"state": row.state})
    if waits is not None and state is PayeeState.REFUSED:
        facts = {"label": _label(work, row), "reason": payee.reason}
        outbox.tell(work, creators.person_behind(work, row.creator_id), "payee_refused", facts)


def change_payee(work: Work, confirmed: StepUpView) -> None:
    """Let a creator's money go where she confirmed it shall, from now on. Raises NotYet."""
    payments = PaymentRepository(work.session)
    change = payments.lock(PayeeChange, confirmed.subject_id)
    if change is None or change.state is not PayeeState.ACTIVE:
        raise NotYet
    row = payments.lock(PayeeAccount, change.creator_id)
    if row is None:
        row = PayeeAccount(creator_id=change.creator_id)
        work.session.add(row)
    row.rail, row.ref, row.label, row.owner_id = change.rail, change.ref, change.label, change.owner_id
    row.state, row.reason = PayeeState.ACTIVE, ""
    events.record(work, "payee.changed", {"creator_id": row.creator_id})
    person_id = creators.person_behind(work, row.creator_id)
    chats.tell_everywhere(work, person_id, "payee_changed", {"label": _label(work, row)})


def payee_change(work: Work, creator_id: UUID) -> PayeeChangeView | None:
    """Return where a creator's money shall go once that is confirmed, None where nothing waits."""
    for row in PaymentRepository(work.session).payee_changes(creator_id):
        waits = step_up.about(work, row.id)
        if waits is not None:
            return _change_view(work, row, waits)
    return None


def is_on_its_way(work: Work, creator_id: UUID) -> bool:
    """Tell whether a creator has said where her money shall go, confirmed or not yet."""
    return payee_of(work, creator_id) is not None or payee_change(work, creator_id) is not None


def payee_change_of(work: Work, waits: StepUpView) -> PayeeChangeView | None:
    """Return what a change of where money goes is about, however it stands; None where it is forgotten."""
    row = work.session.get(PayeeChange, waits.subject_id)
    return _change_view(work, row, waits) if row else None


def _change_view(work: Work, row: PayeeChange, waits: StepUpView) -> PayeeChangeView:
    payee = payee_of(work, row.creator_id)
    return PayeeChangeView(waits.id, _label(work, row), row.state, payee.label if payee else "", waits.due_at)


def payee_of(work: Work, creator_id: UUID) -> PayeeView | None:
    """Return where a creator's money goes, or None."""
    row = work.session.get(PayeeAccount, creator_id)
    return PayeeView(row.state, _label(work, row), row.reason) if row else None


def _label(work: Work, row: PayeeAccount | PayeeChange) -> str:
    return vault.open_sealed(work, row.owner_id, row.label, LABEL) if row.owner_id else row.label
