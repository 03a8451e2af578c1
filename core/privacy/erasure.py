"""How we forget a person: everything but the books, three days after they asked for it."""

from uuid import UUID

from core.accounts import members, people
from core.accounts.errors import PersonNotFound
from core.campaigns import service as campaigns
from core.compliance import service as compliance
from core.creators import service as creators
from core.creators.errors import CreatorFrozen
from core.deals import endings
from core.deals import views as deals
from core.deals.states import PUBLISHED_STATES, DealState
from core.kit.consent import binding, mark, require
from core.kit.work import Work
from core.media import service as media
from core.messaging.messages import Address
from core.payments import payouts
from core.privacy import forgetting, scope, teams
from core.privacy.errors import MoneyNotPaidOut, WorkNotPaidYet
from core.step_up import service as step_up
from core.step_up.schemas import StepUpView
from core.step_up.states import Change


def require_nothing_due(work: Work, person_id: UUID) -> None:
    """Insist that forgetting a person leaves no money without the one it belongs to.

    Raises:
        CreatorFrozen: while an operator has stopped them.
        WorkNotPaidYet: while a post of theirs is out and not paid in full, or a dispute is undecided.
        MoneyNotPaidOut: while money of theirs waits for its day, for an account, or is on its way.
        LastOwner: while a team with money, campaigns or people has no other owner.
    """
    members.lock_teams(work, person_id)
    teams.require_owned(work, person_id)
    creator = creators.of_person(work, person_id)
    if creator is None:
        return
    if creator.frozen_at is not None:
        raise CreatorFrozen(creator_id=creator.id)
    for deal in deals.of_creator(work, creator.id):
        out = any(piece.state in PUBLISHED_STATES for piece in deal.deliverables)
        if not deal.ended and (out or deal.state is DealState.DISPUTED):
            raise WorkNotPaidYet(deal_id=deal.id)
    for wallet in payouts.wallets(work, creator.id):
        due = wallet.waiting + wallet.available + wallet.on_its_way
        if due:
            raise MoneyNotPaidOut(amount=due)


def mark_of(work: Work, person_id: UUID) -> str:
    """Return the mark of what forgetting a person would end: their open deals, their teams."""
    creator = creators.of_person(work, person_id)
    open_deals = [deal for deal in deals.of_creator(work, creator.id) if not deal.ended] if creator else []
    own = members.memberships_of(work, person_id)
    facts = (*(f"{deal.id}:{deal.state}" for deal in open_deals), *(each.workspace.id for each in own))
    return mark("erasure", person_id, *facts)


@binding
def ask(work: Work, here: Address | None = None, *, shown: str) -> StepUpView:
    """Ask `here` to forget the acting person; it happens in three days, unless a chat of theirs stops it.

    Raises:
        WorkNotPaidYet, MoneyNotPaidOut, LastOwner, ShownChanged.
        PersonNotFound: where nobody acts.
    """
    person_id = work.actor.person_id
    if person_id is None:
        raise PersonNotFound
    people.lock(work, person_id)
    require_nothing_due(work, person_id)
    found = mark_of(work, person_id)
    require(shown, found, person_id=person_id)
    return step_up.ask(work, Change.ERASURE, person_id, found, [person_id], [here] if here else [])


def erase(work: Work, person_id: UUID) -> str:
    """Forget a person as `core.privacy.map` says. The books keep a pseudonym.

    Accounts that were merged into theirs go with them, and teams that nobody else is in. Returns the
    pseudonym.

    Raises:
        WorkNotPaidYet, MoneyNotPaidOut, LastOwner.
    """
    people.lock(work, person_id)
    require_nothing_due(work, person_id)
    theirs = scope.of_person(work, person_id)
    creator = creators.of_person(work, person_id)
    if creator is not None:
        open_deals = [deal for deal in deals.of_creator(work, creator.id) if not deal.ended]
        campaigns.lock_all(work, {deal.campaign_id for deal in open_deals})
        for deal in open_deals:
            endings.end_without_money(work, deal.id, "The creator has left the marketplace.")
        creators.withdraw(work, creator.id)
    for each in theirs.people:
        compliance.withdraw(work, each)
        media.forget(work, each)
        people.erase(work, each)
    forgetting.forget(work, theirs)
    return str(person_id)[:8]
