"""Names of states and things, as people say them."""

from bots.phrases.amounts import listed, moment, money, pieces
from core.campaigns.schemas import Brief, CampaignView
from core.deals.schemas import DealView, DeliverableView

STATE_WORDS: dict[str, str] = {
    "awaiting_funds": "waiting for funds",
    "in_review": "draft to be approved",
    "changes_requested": "changes asked for",
    "approved": "approved, to be posted",
    "posted": "posted, being checked",
    "drafting": "draft to come",
    "planned": "planned",
    "live": "live",
    "missing": "gone from the network",
    "cancelling": "cancelling, waiting for an answer",
}
LABELS = {"tiktok": "TikTok", "youtube": "YouTube", "x": "X", "diy": "DIY", "ugc": "Content (UGC)"}
STARS = {n: "★" * n + "☆" * (5 - n) for n in range(1, 6)}


def label(word: str) -> str:
    """Return a word of our vocabulary as a button shows it."""
    return LABELS.get(word, word.capitalize())


def state(value: str) -> str:
    """Return a state in words."""
    return STATE_WORDS.get(value, value.replace("_", " "))


def what(deal: DealView) -> str:
    """Return a deal's work in words: 1 reel and 2 stories."""
    counts: dict[str, int] = {}
    for piece in deal.deliverables:
        counts[piece.kind] = counts.get(piece.kind, 0) + 1
    return pieces(counts.items())


def piece_name(deal: DealView, piece: DeliverableView) -> str:
    """Return one piece's name: "reel", or "story 2 of 3" where there are several."""
    same = [p.id for p in deal.deliverables if p.kind is piece.kind]
    if len(same) == 1:
        return str(piece.kind)
    return f"{piece.kind} {same.index(piece.id) + 1} of {len(same)}"


def asked(brief: Brief) -> str:
    """Return what each creator is asked for, in words."""
    return pieces((spec.kind, spec.count) for spec in brief.deliverables)


def brief_lines(campaign: CampaignView) -> str:
    """Return a brief for a creator: the text, and what belongs in the caption."""
    brief = campaign.brief
    lines = [f"“{brief.text}”" if brief.text else ""]
    if brief.hashtags:
        lines.append("Hashtags: " + " ".join(f"#{tag.lstrip('#')}" for tag in brief.hashtags))
    if brief.deadline:
        lines.append(f"Posts live by {brief.deadline:%a %d %b %Y}")
    return "\n".join(line for line in lines if line)


def due_of(piece: DeliverableView) -> str:
    """Return when a piece is due, in words, empty where nothing is."""
    at = {
        "drafting": piece.draft_due_at,
        "changes_requested": piece.draft_due_at,
        "approved": piece.post_due_at,
    }.get(piece.state)
    return f", due {moment(at)}" if at else ""


def pieces_lines(deal: DealView) -> str:
    """Return a deal's pieces, one a line, with state, price and due date."""
    return "\n".join(
        f"• {piece_name(deal, piece)} on {piece.platform}: {state(piece.state)}{due_of(piece)}"
        f" · {money(piece.price)}"
        for piece in deal.deliverables
    )


def tags(brief: Brief) -> str:
    """Return the hashtags of a brief."""
    return " ".join(f"#{tag.lstrip('#')}" for tag in brief.hashtags)


def platforms(brief: Brief) -> str:
    """Return the platforms of a brief in words."""
    return listed(brief.platforms)
