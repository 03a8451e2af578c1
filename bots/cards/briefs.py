"""A brief as creators read it: written from what the brand asks for, never in the brand's own words.

Neither the budget nor the number of creators is here, nor whom the brand looks for.
"""

from collections.abc import Sequence
from uuid import UUID

from bots.cards import words
from bots.conversation.card import press
from bots.phrases.amounts import day, listed, money
from bots.phrases.languages import translated
from bots.phrases.sentences import say
from core.campaigns.schemas import Brief
from core.compliance import disclosure
from core.deals.deal_table import WORK_AGREED
from core.deals.schemas import DealView, DeliverableView
from core.kit.process import Party
from core.kit.vocabulary import Handing
from core.kit.work import Work
from core.media import service as media
from core.messaging.messages import Attachment, Button
from core.terms import service as conditions

TITLES = {
    "product": "Product",
    "work": "To make",
    "platforms": "Platforms",
    "dos": "Do",
    "donts": "Don't",
    "deadline": "Live by",
    "rights": "Usage rights",
    "address": "Come to",
    "goods": "You get",
    "handing": "How you get it",
    "worth": "Worth, as the brand says",
    "hashtags": "Hashtags",
    "landing_url": "Link leads to",
    "label": "Advertising label",
    "files": "Files",
}
"""What each part of a brief is called, in the order in which they are read."""


HANDINGS = {Handing.SENT: "brief.handing_sent", Handing.VISIT: "brief.handing_visit"}


def parts(brief: Brief, label: str = "") -> dict[str, str]:
    """Return what creators are told, by part; a part that nothing is said of is not there."""
    told = {
        "product": brief.product,
        "work": words.asked(brief),
        "platforms": listed(words.label(platform) for platform in brief.platforms),
        "dos": "; ".join(brief.dos),
        "donts": "; ".join(brief.donts),
        "deadline": day(brief.deadline) if brief.deadline else "",
        "rights": brief.rights,
        "address": brief.address,
        "goods": brief.goods,
        "handing": say(HANDINGS[brief.handing]) if brief.handing else "",
        "worth": money(brief.worth) if brief.worth else "",
        "hashtags": words.tags(brief),
        "landing_url": brief.landing_url,
        "label": label,
        "files": say("brief.attached", n=len(brief.shared_files)) if brief.shared_files else "",
    }
    return {name: told[name] for name in TITLES if told[name]}


def lines(brief: Brief, label: str = "", without: Sequence[str] = ()) -> str:
    """Return a brief for creators, a part a line."""
    shown = {name: value for name, value in parts(brief, label).items() if name not in without}
    return "\n".join(say("brief.part", title=title(name), value=value) for name, value in shown.items())


def told(brief: Brief, deal: DealView, country: str) -> str:
    """Return what a deal's creator is told: each piece with its price, the brief, and how it is proved."""
    label = disclosure.label_for(country)
    own = [_piece(deal, piece) for piece in deal.deliverables] if len(deal.deliverables) > 1 else []
    proofs = dict.fromkeys(words.beforehand(deal, piece, Party.CREATOR) for piece in deal.deliverables)
    return "\n".join(filter(None, (*own, lines(brief, label, without=("work",)), *proofs)))


def _piece(deal: DealView, piece: DeliverableView) -> str:
    return say(
        "brief.piece",
        piece=words.bare_name(deal, piece),
        platform=words.label(piece.platform),
        price=words.cash(piece.price),
    )


def answers(deal: DealView) -> list[Button]:
    """Return the creator's answers to a change of the brief, none where none is asked about."""
    if deal.brief_asked is None or deal.state not in WORK_AGREED:
        return []
    return [
        press(say("notice.brief_yes"), "brief_yes", deal.id, deal.mark),
        press(say("notice.brief_no"), "brief_no", deal.id, deal.mark),
    ]


def changes(before: Brief, now: Brief) -> list[str]:
    """Return in sentences what is different for creators."""
    was, told = parts(before), parts(now)
    found = []
    for name in TITLES:
        old, new = was.get(name, ""), told.get(name, "")
        if old == new:
            continue
        key = "brief.changed_part" if old and new else "brief.new_part" if new else "brief.gone_part"
        found.append(say(key, title=title(name), before=old, now=new))
    return found


def amended(deal: DealView, now: Brief, before: Brief) -> list[str]:
    """Return which price goes with a change of the brief, or that the work stays where it would not fit."""
    if deal.amendment is not None and not deal.amendment.price:
        return [say("brief.same_gift")]
    if deal.amendment is not None:
        net = conditions.quote(deal.amendment.price, deal.terms).creator_gets
        prices = {"before": money(deal.price), "now": money(deal.amendment.price), "net": money(net)}
        return [say("brief.new_price", **prices)]
    return [say("brief.work_stays")] if now.deliverables != before.deliverables else []


def title(part: str) -> str:
    """Return what a part of a brief is called."""
    return translated(TITLES[part])


def files(work: Work, briefs: Sequence[Brief]) -> dict[str, Attachment]:
    """Return the files that some briefs share with creators, by id; one query, none for none."""
    wanted = {UUID(file_id) for brief in briefs for file_id in brief.shared_files}
    return {str(m.id): Attachment(str(m.id), m.kind, m.name) for m in media.many(work, wanted).values()}


def attached(brief: Brief, known: dict[str, Attachment]) -> list[Attachment]:
    """Return the files of one brief that are still there."""
    return [known[file_id] for file_id in brief.shared_files if file_id in known]
