"""Where a notice goes that a whole team may read: into its campaign's channel, once, a thread per deal."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from core.accounts import permissions
from core.accounts.schemas import Identity
from core.accounts.states import Permission
from core.campaigns import service as campaigns
from core.deals import views as deals
from core.kit.process import Party
from core.kit.work import Work
from core.messaging import cards, receipts
from core.messaging.messages import Address, ChannelName

TOLD_BY_ANOTHER: Final = Identity("", "", "")
"""The notice goes into the channel under another's name: everybody in it reads it there."""


def of_notice(
    work: Work, person_id: UUID, facts: dict[str, Any], connected: Collection[str]
) -> Identity | None:
    """Return the channel a notice goes to, None for the person's own chat, or where its app is not connected.

    News of deals go there, told by the owner who comes first; what only those hear who may see money stays
    private. Two look-ups for a brand's news of a deal, none for anything else.
    """
    if (
        ChannelName.SLACK not in connected
        or facts.get("to") != Party.BRAND
        or not facts.get("deal_id")
        or not facts.get("campaign_id")
    ):
        return None
    campaign = campaigns.get(work, UUID(facts["campaign_id"]))
    owners = (
        permissions.people_who_may(work, campaign.workspace_id, Permission.TEAM) if campaign.place else []
    )
    if not owners:
        return None
    if person_id != min(owners):
        return TOLD_BY_ANOTHER
    chat = f"{campaign.place}#{UUID(facts['deal_id']).hex}"
    return Identity(ChannelName.SLACK, chat, chat)


def thing_of(work: Work, channel: str, thread: str) -> str:
    """Return the deal whose thread a message of ours begins, empty where it begins none."""
    chat = receipts.chat_of(work, channel, thread) if thread else None
    deal = chat.chat_id.partition("#")[2] if chat else ""
    return cards.deal(UUID(deal)) if deal else ""


def reader(work: Work, chat: Address) -> UUID | None:
    """Return who reads for everybody in a team's channel: whom the news of its deal is told, if anybody."""
    _, thread, deal = chat.chat_id.partition("#")
    if chat.channel != ChannelName.SLACK or not thread:
        return None
    owners = permissions.people_who_may(work, deals.get(work, UUID(deal)).workspace_id, Permission.TEAM)
    return min(owners, default=None)
