"""Finding a creator by what people call them."""

from sqlalchemy import func, or_, select

from core.creators import service
from core.creators.models import Creator, SocialAccount
from core.creators.schemas import CreatorView
from core.kit.work import Work

FOUND_MAX = 5
BEGINNING_MIN = 3


def called(work: Work, said: str) -> list[CreatorView]:
    """Return who may be offered work and has this handle, this name, or this first name; a few at most."""
    name = said.strip().lstrip("@").casefold()
    if len(name) < BEGINNING_MIN:
        return []
    handle = func.lower(func.ltrim(SocialAccount.handle, "@"))
    owners = select(SocialAccount.creator_id).where(handle == name)
    plain = func.lower(Creator.name)
    begins = plain.startswith(f"{name} ", autoescape=True)
    is_called = Creator.id.in_(owners) if said.startswith("@") else or_(plain == name, begins)
    query = (
        select(Creator)
        .where(is_called, Creator.available, Creator.frozen_at.is_(None))
        .order_by(Creator.created_at, Creator.id)
        .limit(FOUND_MAX)
    )
    return [service.view(row) for row in work.session.scalars(query)]
