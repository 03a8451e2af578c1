"""A list of creators that a brand sends: who is here goes into the set, of the others it is said."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bots.cards import shortlist as set_cards
from bots.cards.campaigns import titled
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Talk
from bots.dialogues import whom
from bots.phrases.amounts import listed
from bots.phrases.sentences import say
from bots.understanding import handles, wording
from core.campaigns import shortlist
from core.campaigns.schemas import CampaignView
from core.creators import lookup
from core.creators.lookup import Account
from core.creators.schemas import CreatorView
from core.deals import views as deals
from core.deals.states import OPEN_DEALS


@dataclass(slots=True)
class Sorted:
    """The accounts of a list, by what can be done about each."""

    here: list[CreatorView] = field(default_factory=list)
    engaged: list[CreatorView] = field(default_factory=list)
    closed: list[CreatorView] = field(default_factory=list)
    several: list[Account] = field(default_factory=list)
    unknown: list[Account] = field(default_factory=list)


def named(text: str) -> list[Account]:
    """Return the accounts that a list in words names, each once: handles with @, addresses of profiles."""
    normal = wording.normalise(text)
    bare = wording.without_links(normal)
    found = (Account(one["handle"], one.get("platform", "")) for one in handles.handles(normal, bare))
    return list(dict.fromkeys(found))


def names_accounts(talk: Talk, said: str) -> bool:
    """Tell whether words behind the command name anybody."""
    del talk
    return bool(named(said))


def invite(talk: Talk, text: str) -> Answer:
    """Put everybody of a list who is here into the set of the newest campaign; say of the others."""
    accounts = named(text)
    if not accounts:
        return [card(say("list.ask"))]
    campaign = next(iter(whom.choosing(talk)), None)
    found = _sorted(talk, campaign, accounts)
    if campaign is None:
        here = _names(found.here) or "–"
        return [card("\n".join([say("list.here", names=here), *_others(found), say("shortlist.none")]))]
    for creator in found.here:
        shortlist.choose(talk.work, campaign.id, talk.tools.matcher.suggest(talk.work, campaign, creator))
    title = titled(talk.work, campaign)
    facts = {"here": len(found.here), "named": len(accounts), "title": title}
    told = card("\n".join([say("list.added", **facts), *_others(found)]))
    return [told, set_cards.shown(talk.work, talk.tools, campaign)] if found.here else [told]


def _sorted(talk: Talk, campaign: CampaignView | None, accounts: list[Account]) -> Sorted:
    known = lookup.owners(talk.work, accounts)
    made = deals.of_campaign(talk.work, campaign.id) if campaign else []
    engaged = {deal.creator_id for deal in made if deal.state in OPEN_DEALS}
    found, met = Sorted(), set()
    for account in accounts:
        owners = known[account]
        if len(owners) != 1:
            (found.several if owners else found.unknown).append(account)
            continue
        (creator,) = owners
        if creator.id in met:
            continue
        met.add(creator.id)
        if creator.id in engaged:
            found.engaged.append(creator)
        else:
            (found.here if creator.available else found.closed).append(creator)
    return found


def _others(found: Sorted) -> list[str]:
    """Say of everybody who is not put into the set why."""
    lines = []
    if found.engaged:
        lines.append(say("list.engaged", names=_names(found.engaged)))
    if found.closed:
        lines.append(say("list.closed", names=_names(found.closed)))
    if found.several:
        lines.append(say("list.several", handles=_handles(found.several)))
    if found.unknown:
        lines.append(say("list.unknown", handles=_handles(found.unknown)))
    return lines


def _names(people: Iterable[CreatorView]) -> str:
    return listed([creator.name for creator in people])


def _handles(accounts: Iterable[Account]) -> str:
    return listed([f"@{account.handle}" for account in accounts])


DIALOGUES = ()
COMMANDS = (
    Command(
        "invite_these",
        invite,
        ("invite these", "invite", "shortlist these", "offer these"),
        Audience.BRAND,
        "a list of creators of your own: handles or addresses",
        behind=names_accounts,
    ),
)
