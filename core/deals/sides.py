"""Who stands on which side of a deal. Read once a work, whatever asks."""

from uuid import UUID

from core.accounts import permissions
from core.accounts.permissions import Team
from core.accounts.states import Permission
from core.creators import service as creators
from core.deals.errors import DealNotFound
from core.deals.models import Deal
from core.kit.actors import ActorKind
from core.kit.process import Party, Transition
from core.kit.work import Work

PARTY_OF: dict[ActorKind, Party] = {
    ActorKind.OPERATOR: Party.OPERATOR,
    ActorKind.CLOCK: Party.CLOCK,
    ActorKind.SYSTEM: Party.SYSTEM,
}


def brand_of(work: Work, deal: Deal) -> Team:
    """Return the team whose deal it is."""
    return permissions.team(work, deal.workspace_id)


def creator_of(work: Work, deal: Deal) -> UUID:
    """Return the person who is the deal's creator."""
    return creators.behind(work, deal.creator_id).person_id


def people(work: Work, deal: Deal, party: Party) -> list[UUID]:
    """Return who is told on one side of a deal, nobody for an operator."""
    if party is Party.CREATOR:
        return [creator_of(work, deal)]
    return brand_of(work, deal).who_may(Permission.APPROVE) if party is Party.BRAND else []


def party_of(work: Work, deal: Deal, row: Transition | None = None) -> Party:
    """Return as whom the actor stands to a deal; of two sides, the one that may take a step.

    Raises:
        DealNotFound: for somebody who is no party to it.
    """
    person_id = work.actor.person_id
    if work.actor.kind is not ActorKind.PERSON:
        return PARTY_OF[work.actor.kind]
    parties = set()
    if creator_of(work, deal) == person_id:
        if row is not None and Party.CREATOR in row.actors:
            return Party.CREATOR  # who is both speaks for themselves
        parties.add(Party.CREATOR)
    if _sees(work, deal, step=row is not None):
        parties.add(Party.BRAND)
    if not parties:
        raise DealNotFound(deal_id=deal.id)
    fitting = (parties & row.actors if row else parties) or parties
    return Party.CREATOR if Party.CREATOR in fitting else Party.BRAND


def _sees(work: Work, deal: Deal, *, step: bool) -> bool:
    """Tell whether the actor is of the brand. A step will ask more of its team; a look asks this alone."""
    if step:
        return brand_of(work, deal).may(work.actor.person_id, Permission.SEE)
    return permissions.may(work, deal.workspace_id, Permission.SEE)
