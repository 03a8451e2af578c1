"""Who is on the list, one by one: looked at, compared, swapped, taken out, put in, before money moves."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bots.cards import creators as creator_cards
from bots.cards import shortlist as set_cards
from bots.cards.campaigns import titled
from bots.cards.things import DEAL
from bots.conversation.card import card
from bots.conversation.dialogue import Answer, Audience, Command, Talk
from bots.dialogues import whom
from bots.dialogues.shortlist import next_best
from bots.dialogues.whom import About, Meant
from bots.phrases.amounts import listed
from bots.phrases.sentences import say
from core.campaigns import shortlist
from core.campaigns.schemas import CampaignView, Suggestion
from core.creators import service as creators
from core.deals import sets
from core.deals import views as deals
from core.deals.errors import AlreadyEngaged, CreatorNotAvailable
from core.deals.schemas import DealView
from core.deals.states import OPEN_DEALS

COMPARED_MAX = 3
PAIR = 2
LIKE_SHOWN = 3
Act = Callable[[Talk, CampaignView, Meant], Answer]


def _engaged(talk: Talk, campaign: CampaignView, meant: Meant) -> DealView | None:
    """Return the open deal with somebody of a campaign: none of the set any more, nor to be put in."""
    made = deals.of_campaign(talk.work, campaign.id)
    theirs = (d for d in made if d.creator_id == meant.creator.id and d.state in OPEN_DEALS)
    return next(theirs, None)


def _of_the_set(act: Act) -> Act:
    """Return an act that takes somebody out: who has an offer already is shown with it, and stays."""

    def run(talk: Talk, campaign: CampaignView, meant: Meant) -> Answer:
        deal = None if meant.number else _engaged(talk, campaign, meant)
        if deal is None:
            return act(talk, campaign, meant)
        return [card(say("shortlist.engaged", name=meant.creator.name)), *DEAL.show(talk, deal.id)]

    return run


def _with(act: Act, command: str, *, anywhere: bool = False) -> Callable[[Talk, About], Answer]:
    """Return a command about one creator of a campaign: whoever is meant is found first, or asked for."""

    def run(talk: Talk, about: About) -> Answer:
        campaign = whom.campaign_of(talk, about)
        if campaign is None:
            return [card(say("shortlist.none"))]
        meant = whom.one(talk, campaign, command, about.said, anywhere=anywhere)
        return act(talk, campaign, meant) if isinstance(meant, Meant) else meant

    return run


def _suggestion(talk: Talk, campaign: CampaignView, meant: Meant) -> Suggestion:
    """Return what a creator was found to be for a campaign, or would be."""
    listed = {s.creator_id: s for s in shortlist.of_campaign(talk.work, campaign)}
    known = listed.get(meant.creator.id)
    return known or talk.tools.matcher.suggest(talk.work, campaign, meant.creator)


def look(talk: Talk, campaign: CampaignView, meant: Meant) -> Answer:
    """Show a creator's card, with the ones before and after."""
    suggestion = _suggestion(talk, campaign, meant)
    if meant.number == 0:
        shortlist.note(talk.work, campaign.id, [suggestion])
    (found,) = creator_cards.looks(talk.work, [suggestion])
    ids = [s.creator_id for s in shortlist.chosen(talk.work, campaign)]
    if not meant.number:
        return [creator_cards.shown(found, creator_cards.proposed(campaign, found))]
    place = meant.number - 1
    beside = (ids[place - 1], ids[(place + 1) % len(ids)]) if len(ids) > 1 else None
    buttons = creator_cards.buttons(campaign, found, beside)
    return [creator_cards.shown(found, buttons, meant.number, len(ids))]


def why(talk: Talk, campaign: CampaignView, meant: Meant) -> Answer:
    """Say why somebody is proposed, and what the score rests on."""
    (found,) = creator_cards.looks(talk.work, [_suggestion(talk, campaign, meant)])
    return [card(creator_cards.why(found))]


def remove(talk: Talk, campaign: CampaignView, meant: Meant) -> Answer:
    """Take somebody out of the set; the place stays empty, and it can be taken back."""
    shortlist.remove(talk.work, campaign.id, meant.creator.id)
    back = set_cards.put_back(campaign, meant.creator.id, meant.creator.name)
    done = card(say("shortlist.removed", name=meant.creator.name), [back])
    return [done, set_cards.shown(talk.work, talk.tools, campaign)]


def swap(talk: Talk, campaign: CampaignView, meant: Meant) -> Answer:
    """Put the next best in somebody's place, within the budget."""
    leaving = _suggestion(talk, campaign, meant)
    freed = leaving.price if meant.number else replace(leaving.price, minor=0)
    found = next_best(talk, campaign, freed)
    if isinstance(found, list):
        return found
    shortlist.remove(talk.work, campaign.id, meant.creator.id)
    shortlist.choose(talk.work, campaign.id, found)
    (new,) = creator_cards.looks(talk.work, [found])
    done = say("shortlist.swapped", out=meant.creator.name, name=new.name)
    back = set_cards.put_back(campaign, meant.creator.id, meant.creator.name)
    return [card(done, [back]), set_cards.shown(talk.work, talk.tools, campaign)]


def exchange(talk: Talk, about: About) -> Answer:
    """Put the next best in somebody's place, or whoever is named beside them."""
    campaign, said = whom.campaign_of(talk, about), whom.several(about.said)
    if campaign is None or len(said) != PAIR:
        return _with(_of_the_set(swap), "swap")(talk, about)
    found = _all_of(talk, campaign, said)
    if not isinstance(found, tuple):
        return found
    leaving, coming = found
    if coming.number:
        text = say("shortlist.in_already", name=coming.creator.name)
        return [card(text), set_cards.shown(talk.work, talk.tools, campaign)]
    return _of_the_set(lambda *_: _exchanged(talk, campaign, leaving, coming))(talk, campaign, leaving)


def _exchanged(talk: Talk, campaign: CampaignView, leaving: Meant, coming: Meant) -> Answer:
    _put_in(talk, campaign, coming)
    shortlist.remove(talk.work, campaign.id, leaving.creator.id)
    back = set_cards.put_back(campaign, leaving.creator.id, leaving.creator.name)
    done = say("shortlist.swapped", out=leaving.creator.name, name=coming.creator.name)
    return [card(done, [back]), set_cards.shown(talk.work, talk.tools, campaign)]


def only(talk: Talk, about: About) -> Answer:
    """Let the set be those who are named, and nobody else; who goes can be taken back."""
    campaign = whom.campaign_of(talk, about)
    if campaign is None:
        return [card(say("shortlist.none"))]
    found = _all_of(talk, campaign, whom.several(about.said))
    if not isinstance(found, tuple):
        return found
    for meant in found:
        if not meant.number and _engaged(talk, campaign, meant) is None:
            _put_in(talk, campaign, meant)
    stay = {meant.creator.id for meant in found}
    out = [s.creator_id for s in shortlist.chosen(talk.work, campaign) if s.creator_id not in stay]
    for creator_id in out:
        shortlist.remove(talk.work, campaign.id, creator_id)
    gone = creators.many(talk.work, out).values()
    backs = [set_cards.put_back(campaign, creator.id, creator.name) for creator in gone]
    done = say("shortlist.only", names=listed(meant.creator.name for meant in found))
    return [card(done, backs), set_cards.shown(talk.work, talk.tools, campaign)]


def _all_of(talk: Talk, campaign: CampaignView, said: Sequence[str]) -> tuple[Meant, ...] | Answer:
    """Return everybody who is named, or ask about the first who could be several, or none."""
    meant = []
    for name in said:
        found = whom.one(talk, campaign, "look", name, anywhere=True)
        if not isinstance(found, Meant):
            return found
        meant.append(found)
    return tuple(meant)


def add(talk: Talk, campaign: CampaignView, meant: Meant) -> Answer:
    """Put somebody in: of those found, or anybody who takes offers."""
    _put_in(talk, campaign, meant)
    name = meant.creator.name
    return [card(say("shortlist.added", name=name)), set_cards.shown(talk.work, talk.tools, campaign)]


def _put_in(talk: Talk, campaign: CampaignView, meant: Meant) -> None:
    name = meant.creator.name
    if not meant.creator.available:
        raise CreatorNotAvailable(name=name)
    if _engaged(talk, campaign, meant) is not None:
        raise AlreadyEngaged(name=name)
    shortlist.choose(talk.work, campaign.id, _suggestion(talk, campaign, meant))


def like(talk: Talk, campaign: CampaignView, meant: Meant) -> Answer:
    """Show those who fit and are most like somebody."""
    chosen = [s.creator_id for s in shortlist.chosen(talk.work, campaign)]
    room = sets.room(talk.work, campaign, [*chosen, meant.creator.id])
    found = talk.tools.matcher.match(talk.work, campaign, replace(room, like=meant.creator))
    shown = found.ranked[:LIKE_SHOWN]
    if not shown:
        return [card(say("shortlist.nobody_like", name=meant.creator.name))]
    shortlist.note(talk.work, campaign.id, shown)
    cards: Answer = [card(say("shortlist.like", name=meant.creator.name))]
    for one in creator_cards.looks(talk.work, shown):
        cards.append(creator_cards.shown(one, creator_cards.proposed(campaign, one)))
    return cards


def compare(talk: Talk, about: About) -> Answer:
    """Show two or three side by side: those named, or the first of the set."""
    campaign = whom.campaign_of(talk, about)
    if campaign is None:
        return [card(say("shortlist.none"))]
    meant = _all_of(talk, campaign, whom.several(about.said) if about.said else [])
    if not isinstance(meant, tuple):
        return meant
    suggestions = [_suggestion(talk, campaign, one) for one in meant]
    numbers = [one.number for one in meant]
    if not suggestions:
        suggestions = shortlist.chosen(talk.work, campaign)[:COMPARED_MAX]
        numbers = list(range(1, len(suggestions) + 1))
    if len(suggestions) < PAIR:
        return [card(say("shortlist.alone", title=titled(talk.work, campaign)))]
    looks = creator_cards.looks(talk.work, suggestions[:COMPARED_MAX])
    return [creator_cards.compared(campaign, list(zip(numbers, looks, strict=False)))]


def _command(
    name: str, run: Callable[[Talk, About], Answer], words: tuple[str, ...], help_: str = ""
) -> Command[About]:
    return Command(name, run, words, Audience.BRAND, help_, takes=About.read, behind=whom.names_somebody)


DIALOGUES = ()
COMMANDS = (
    _command(
        "look", _with(look, "look", anywhere=True), ("who is", "show me", "look at"), "a creator's card"
    ),
    _command("why", _with(why, "why", anywhere=True), ("why",), "why somebody is proposed"),
    _command(
        "remove",
        _with(_of_the_set(remove), "remove"),
        ("remove", "drop", "take out"),
        "take somebody out of the set",
    ),
    _command("swap", exchange, ("swap", "replace"), "somebody else in that place"),
    Command("only", only, takes=About.read),
    _command("add", _with(add, "add", anywhere=True), ("add",), "put somebody into the set"),
    _command("like", _with(like, "like", anywhere=True), ("more like",), "others like somebody"),
    _command("compare", compare, ("compare",), "two or three side by side"),
)
