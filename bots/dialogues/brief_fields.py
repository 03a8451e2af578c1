"""The questions of a campaign's form about what creators are told, and the brief that its answers make.

None of these questions is asked unless somebody asks for it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from bots.cards import words
from bots.conversation.forms import Choice, Field, Kind, Slots, known
from bots.dialogues import answers
from bots.phrases.amounts import listed
from bots.phrases.sentences import say
from bots.understanding import dates, gifts, places, told
from core.campaigns.schemas import Brief, BriefFile, DeliverableSpec
from core.kit.vocabulary import DeliverableKind, Goal, Platform
from core.kit.work import Work
from core.media import service as media
from core.messaging.messages import Document

YES, NO = "yes", "no"


def _names(value: list[dict[str, Any]]) -> str:
    return listed(file["name"] for file in value)


def _share(slots: Slots) -> str:
    """Ask whether the file itself goes to creators; what it says of money and numbers is shown first."""
    files = slots.get("files", [])
    telling = [file for file in files if file.get("says")]
    if not telling:
        return say("campaign.share", names=_names(files))
    return say("campaign.share_says", names=_names(telling), says=listed(file["says"] for file in telling))


def _sharing(slots: Slots) -> list[Choice]:
    """Return the two answers, for these files: where one more comes it is asked again."""
    number = len(slots.get("files", []))
    no, yes = say("campaign.share_no"), say("campaign.share_yes")
    return [Choice(f"{NO}{number}", no), Choice(f"{YES}{number}", yes)] if number else []


FIELDS = (
    Field("product", Kind.TEXT, say("campaign.product"), "Product", on_request=True),
    Field("dos", Kind.TEXT, say("campaign.dos"), "Do", parse=answers.points, on_request=True, show=listed),
    Field(
        "donts", Kind.TEXT, say("campaign.donts"), "Don't", parse=answers.points, on_request=True, show=listed
    ),
    Field("rights", Kind.TEXT, say("campaign.rights"), "Usage rights", on_request=True),
    Field("address", Kind.TEXT, say("campaign.address"), "Creators come to", on_request=True),
    Field("goods", Kind.TEXT, say("campaign.goods"), "Given to creators", on_request=True),
    Field("files", Kind.MEDIA, say("campaign.files"), "Files", on_request=True, show=_names),
    Field(
        "share",
        Kind.CHOICE,
        _share,
        "Files for creators",
        _sharing,
        show=lambda value: say("campaign.share_yes" if value.startswith(YES) else "campaign.share_no"),
        when=lambda slots: bool(slots.get("files")),
    ),
)
LISTS = (
    *("niches", "topics", "platforms", "cities", "countries"),
    *("languages", "hashtags", "exclusions", "dos", "donts"),
)
"""Answers that are a brief's fields of the same name."""
WORDS = ("landing_url", "product", "rights", "address", "goods")


def brief_of(slots: Slots, text: str, work: list[dict[str, Any]]) -> Brief:
    """Return the brief that answers make; `work` is what each creator makes."""
    wish, reach, deadline = slots.get("creators", {}), slots.get("followers", {}), slots.get("deadline")
    files = tuple(BriefFile(file["media_id"], file.get("says", "")) for file in slots.get("files", []))
    lists: dict[str, Any] = {name: tuple(slots.get(name, [])) for name in LISTS}
    return Brief(
        text=text,
        goal=Goal(slots["goal"]) if slots.get("goal") else None,
        followers_min=reach.get("min"),
        followers_max=reach.get("max"),
        creators_min=wish.get("min"),
        creators_max=wish.get("max"),
        deliverables=tuple(_spec(piece) for piece in work),
        deadline=date.fromisoformat(deadline) if deadline else None,
        files=files,
        files_shared=slots.get("share", "").startswith(YES) and bool(files),
        **{**lists, "platforms": tuple(Platform(name) for name in lists["platforms"])},
        **{name: slots.get(name, "") for name in WORDS},
    )


def _spec(piece: Mapping[str, Any]) -> DeliverableSpec:
    place = piece.get("platform")
    return DeliverableSpec(DeliverableKind(piece["kind"]), piece["count"], Platform(place) if place else None)


def slots_of(work: Work, brief: Brief) -> dict[str, Any]:
    """Return the answers that make this brief; a file that is gone is none."""
    known = media.many(work, [UUID(file.id) for file in brief.files])
    kept = [(known[UUID(file.id)], file.says) for file in brief.files if UUID(file.id) in known]
    files = [{"media_id": str(m.id), "kind": m.kind, "name": m.name, "says": says} for m, says in kept]
    found = {
        "goal": brief.goal and str(brief.goal),
        "deliverables": [
            {"kind": str(spec.kind), "count": spec.count}
            | ({"platform": str(spec.platform)} if spec.platform else {})
            for spec in brief.deliverables
        ],
        "creators": _range(brief.creators_min, brief.creators_max),
        "followers": _range(brief.followers_min, brief.followers_max),
        "deadline": brief.deadline.isoformat() if brief.deadline else "",
        **{name: [str(item) for item in getattr(brief, name)] for name in LISTS},
        **{name: getattr(brief, name) for name in WORDS},
        "files": files,
        "handing": brief.handing and str(brief.handing),
        "share": f"{YES if brief.files_shared else NO}{len(files)}" if files else "",
    }
    return {name: value for name, value in found.items() if value}


def _range(least: int | None, most: int | None) -> dict[str, int]:
    return {name: n for name, n in (("min", least), ("max", most)) if n is not None}


def need(work: Work, brief: Brief, before: Brief | None = None) -> None:
    """Keep a brief's files as long as their owner is: those that it did not have before."""
    had = {file.id for file in before.files} if before else set()
    media.need(work, [UUID(file.id) for file in brief.files if file.id not in had])


def document(read: Document) -> dict[str, Any]:
    """Return a document as an answer, with what it says of money and of how many creators."""
    file, says = read.file, listed(told.secrets(read.words))
    return {"media_id": file.media_id, "kind": file.kind, "name": file.name, "says": says}


def elsewhere(brief: Brief) -> Iterator[str]:
    """Yield which pieces go elsewhere than the brand said, since no network it named takes such work."""
    for spec in brief.deliverables:
        place = brief.place_of(spec)
        if brief.platforms and spec.platform is None and place not in brief.platforms:
            named = listed(words.label(one) for one in brief.platforms)
            yield say("brief.elsewhere", named=named, kind=words.kind(spec.kind), place=words.label(place))


def not_read(slots: Slots) -> Iterator[str]:
    """Yield what the brand's sentence says that no answer holds: nothing is dropped without a word."""
    text = known(slots).text
    if gifts.share_of_sales(text):
        yield say("campaign.share_of_sales")
    if "deadline" not in slots and (said := dates.undated(text)):
        yield say("day.undated", words=said)
    if not slots.get("cities") and not slots.get("countries") and places.is_state_or_country(text):
        yield say("place.state_or_country")
