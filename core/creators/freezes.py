"""Creators whom an operator has stopped: kept here is only that they are; what stops with them is not."""

from uuid import UUID

from core.creators import profiles, service
from core.creators.errors import CreatorFrozen, CreatorNotFound
from core.creators.models import Creator
from core.creators.repository import CreatorRepository
from core.creators.schemas import CreatorView
from core.kit.work import Work


def get_free(work: Work, creator_id: UUID) -> CreatorView:
    """Return a profile for a new deal, kept from being frozen until the work ends; its campaign is locked.

    Raises:
        CreatorNotFound, CreatorFrozen.
    """
    found = CreatorRepository(work.session).get_shared(creator_id)
    if found is None:
        raise CreatorNotFound(creator_id=creator_id)
    creator, wrapped = found
    if creator.frozen_at is not None:
        raise CreatorFrozen(creator_id=creator_id)
    service.met(work, creator_id, creator.person_id, creator.country, wrapped)
    return profiles.view(work.hold(creator))


def lock(work: Work, creator_id: UUID) -> None:
    """Keep anybody from making a deal with a creator until the work ends. Raises CreatorNotFound."""
    _locked(work, creator_id)


def freeze(work: Work, creator_id: UUID, *, frozen: bool) -> CreatorView:
    """Note that an operator has stopped a creator, or lets them go on.

    Raises:
        CreatorNotFound.
        CreatorFrozen: where they stand so already.
    """
    creator = _locked(work, creator_id)
    if (creator.frozen_at is not None) is frozen:
        raise CreatorFrozen(creator_id=creator_id)
    creator.frozen_at = work.now if frozen else None
    service.promise_index(work, [creator.id])
    return profiles.view(creator)


def frozen(work: Work) -> list[UUID]:
    """Return the creators whom an operator has stopped: nothing is paid out to them."""
    return CreatorRepository(work.session).frozen()


def _locked(work: Work, creator_id: UUID) -> Creator:
    creator = CreatorRepository(work.session).lock(creator_id)
    if creator is None:
        raise CreatorNotFound(creator_id=creator_id)
    return creator
