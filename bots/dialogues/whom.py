"""Whom a brand means: by a button, a number of the list, a handle, a name, or whoever was shown last."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

from bots.cards import creators as creator_cards
from bots.conversation import tokens
from bots.conversation.card import card, press
from bots.conversation.dialogue import Answer, Talk
from bots.conversation.tokens import Commanded
from bots.dialogues.workspace import own_campaigns
from bots.phrases.sentences import say
from core.campaigns import service as campaigns
from core.campaigns import shortlist
from core.campaigns.schemas import CampaignView
from core.campaigns.states import EDITABLE, Listed
from core.conversations import service as conversations
from core.creators import lookup
from core.creators import service as creators
from core.creators.schemas import CreatorView

SAID_CHARACTERS_MAX = 60
NUMBER = re.compile(r"(?:#|no\.? ?|number |nr\.? ?|número |numero )?(\d{1,3})\.?")
HEX = re.compile(r"[0-9a-f]{12}")
APART = re.compile(
    r"\s*(?:,|;|&|\+|\band\b|\bwith\b|\bto\b|\bfor\b|\bpor\b|\bvs\.?(?!\w)|\by\b|\be\b|\baur\b|और)\s*",
    re.IGNORECASE,
)
THIS_ONE = frozenset(
    {
        "",
        "her",
        "him",
        "them",
        "it",
        "she",
        "he",
        "this",
        "this one",
        "that one",
        "this creator",
        "the creator",
    }
    | {"ella", "él", "este", "esta", "isko", "usko", "ela", "ele", "इसको", "उसको", "इसे", "उसे"}
)
NAME_LIKE = 85


@dataclass(frozen=True, slots=True)
class About:
    """What a command about creators carried: the campaign its button named, and who is meant."""

    campaign_id: UUID | None
    said: str

    @classmethod
    def read(cls, argument: str) -> "About":
        """Read what a button carried, or what was typed behind the command's words."""
        head, _, rest = argument.partition(".")
        try:
            return cls(UUID(head), rest)
        except ValueError:
            return cls(None, argument.strip(" ?!.,“”\"'¿¡"))


@dataclass(frozen=True, slots=True)
class Meant:
    """A creator who is meant, and the place in the chosen set, zero outside of it."""

    creator: CreatorView
    number: int = 0


def campaign_of(talk: Talk, about: About) -> CampaignView | None:
    """Return the campaign that is meant: the named one, or the newest that may still choose."""
    if about.campaign_id is not None:
        return campaigns.own(talk.work, about.campaign_id)
    return next(iter(choosing(talk)), None)


def choosing(talk: Talk) -> list[CampaignView]:
    """Return the campaigns that may still choose, the newest first."""
    return [campaign for campaign in own_campaigns(talk) if campaign.state in EDITABLE]


def names_somebody(talk: Talk, said: str) -> bool:
    """Tell whether words behind a command can be about creators at all, so that other talk is left alone."""
    about = About.read(said)
    campaign = campaign_of(talk, about) if len(said) <= SAID_CHARACTERS_MAX else None
    if campaign is None:
        return False
    return all(_is_somebody(talk, campaign, part) for part in several(about.said))


def _is_somebody(talk: Talk, campaign: CampaignView, said: str) -> bool:
    is_number = NUMBER.fullmatch(said.casefold()) is not None
    return is_number or said.startswith("@") or bool(find(talk, campaign, said, anywhere=True))


def several(said: str) -> list[str]:
    """Take what was said apart into those it names."""
    return [part for part in APART.split(said) if part] or [""]


def find(talk: Talk, campaign: CampaignView, said: str, *, anywhere: bool = False) -> list[Meant]:
    """Return who can be meant: of those found for the campaign, or else of all who take offers."""
    listed = shortlist.of_campaign(talk.work, campaign)
    chosen = [s.creator_id for s in listed if s.listed is Listed.CHOSEN]
    people = creators.many(talk.work, [s.creator_id for s in listed])
    known = [
        Meant(people[s.creator_id], _place(chosen, s.creator_id)) for s in listed if s.creator_id in people
    ]
    word = said.casefold().strip(" .!?")
    if word in THIS_ONE:
        word = _shown_last(talk, campaign)
    if HEX.fullmatch(word):
        return [meant for meant in known if meant.creator.id.hex.startswith(word)]
    if number := NUMBER.fullmatch(word):
        return [meant for meant in known if meant.number == int(number[1])]
    found = _called(known, word)
    return found or ([Meant(c) for c in lookup.called(talk.work, said)] if anywhere else [])


def one(
    talk: Talk, campaign: CampaignView, command: str, said: str, *, anywhere: bool = False
) -> Meant | Answer:
    """Return who is meant, or ask."""
    found = find(talk, campaign, said, anywhere=anywhere)
    if len(found) == 1:
        return found[0]
    if not found:
        return [card(say("shortlist.nobody_called", said=said) if said else say("shortlist.who"))]
    shortlist.note(
        talk.work, campaign.id, [talk.tools.matcher.suggest(talk.work, campaign, m.creator) for m in found]
    )
    buttons = [press(_label(m.creator), command, creator_cards.about(campaign, m.creator.id)) for m in found]
    return [card(say("shortlist.several"), buttons)]


def _label(creator: CreatorView) -> str:
    handle = creator.accounts[0].handle.lstrip("@") if creator.accounts else ""
    return f"{creator.name} (@{handle})" if handle else creator.name


def _place(chosen: Sequence[UUID], creator_id: UUID) -> int:
    return chosen.index(creator_id) + 1 if creator_id in chosen else 0


def is_called(name: str, word: str) -> bool:
    """Tell whether somebody is called so: by the whole name, a part of it, or nearly."""
    return any(fits(name.casefold(), word.casefold()) for fits in (_exactly, _by_part, _nearly))


def _called(known: Sequence[Meant], word: str) -> list[Meant]:
    """Return who is called so: exactly, by the first name, or nearly; the chosen ones before the others."""
    if word.startswith("@"):
        return [m for m in known if word[1:] in {a.handle.lstrip("@").casefold() for a in m.creator.accounts}]
    for fits in (_exactly, _by_part, _nearly):
        found = [meant for meant in known if fits(meant.creator.name.casefold(), word)]
        if found:
            return [meant for meant in found if meant.number] or found
    return []


def _exactly(name: str, word: str) -> bool:
    return name == word


def _by_part(name: str, word: str) -> bool:
    return bool(word) and f" {word} " in f" {name} "


def _nearly(name: str, word: str) -> bool:
    return any(fuzz.ratio(part, word) >= NAME_LIKE for part in (name, *name.split()))


def _shown_last(talk: Talk, campaign: CampaignView) -> str:
    """Return the key of the creator whose card was shown last for a campaign, empty where none was."""
    for _, action in conversations.offered(talk.work, talk.address):
        pressed = tokens.read(action)
        if isinstance(pressed, Commanded) and pressed.command == "why":
            head, _, rest = pressed.argument.partition(".")
            return rest if head == campaign.id.hex else ""
    return ""
