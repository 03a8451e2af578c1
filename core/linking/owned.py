"""What hangs on a person, and what stands in the way of two becoming one."""

from uuid import UUID

from core.accounts import members, workspaces
from core.creators import service as creators
from core.deals import views as deals
from core.kit.money import Money
from core.kit.work import Work
from core.linking.schemas import Owned
from core.linking.states import Obstacle
from core.payments import payouts


def owned_by(work: Work, person_id: UUID) -> Owned:
    """Return what a person has here besides chats."""
    creator = creators.of_person(work, person_id)
    own = tuple(found.workspace.id for found in members.memberships_of(work, person_id))
    if creator is None:
        return Owned(None, 0, (), own)
    running = sum(not deal.ended for deal in deals.of_creator(work, creator.id))
    return Owned(creator.id, running, on_its_way(work, creator.id), own)


def on_its_way(work: Work, creator_id: UUID) -> tuple[Money, ...]:
    """Return what was earned and is not paid out, by currency."""
    sums = (each.waiting + each.available + each.on_its_way for each in payouts.wallets(work, creator_id))
    return tuple(found for found in sums if found.minor)


def obstacle(work: Work, one: Owned, other: Owned) -> Obstacle | None:
    """Return what stands in the way of these two becoming one person, None where nothing does."""
    if one.creator_id and other.creator_id:
        return Obstacle.TWO_PROFILES
    creator_id = one.creator_id or other.creator_id
    if creator_id is None:
        return None
    brands = {brand for each in (*one.workspaces, *other.workspaces) for brand in _brands(work, each)}
    for deal in deals.of_creator(work, creator_id):
        if not deal.ended and deal.workspace_id in brands:
            return Obstacle.BOTH_SIDES
    return None


def _brands(work: Work, workspace_id: UUID) -> list[UUID]:
    return [workspace_id, *(client.id for client in workspaces.clients_of(work, workspace_id))]
