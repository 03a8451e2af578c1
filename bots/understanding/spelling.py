"""Typing slips in the words that decide what a message means: "creaters", "instgram", "fitnes", "folowers"."""

from functools import cache, lru_cache

import regex as re
from rapidfuzz.distance import OSA

from bots.understanding import lexicon as words
from core.networks.places import PLACES

LETTERS_MIN, TWO_SLIPS_FROM = 6, 8
NETWORKS = tuple(
    place.called[0] for place in PLACES if place.called[0].isalpha() and len(place.called[0]) >= LETTERS_MIN
)
OFTEN_MISSPELT = [
    *NETWORKS,
    "creators",
    "creator",
    "influencers",
    "influencer",
    "bloggers",
    "blogger",
    "vloggers",
    "followers",
    "subscribers",
    "fitness",
    "fashion",
    "skincare",
    "parenting",
    "photography",
    "lifestyle",
    "travel",
    "gaming",
    "technology",
    "comedy",
    "education",
    "budget",
    "campaign",
    "deadline",
    "stories",
    "photographers",
    "presupuesto",
    "seguidores",
    "influenciadores",
    "creadores",
    "orçamento",
    "criadores",
    "criadoras",
    "pengikut",
    "kecantikan",
    "kreator",
    "restaurant",
    "wellness",
    "makeup",
]
LEFT_ALONE = frozenset({
    "created", "creates", "create", "creation", "creative", "creations", "budgets", "fashions", "fashioned",
    "travels", "travelled", "technological", "bloggen", "blogging", "gamer", "stores", "storied",
    "traveler", "traveller", "traveled", "travelling", "traveling", "follower", "follows", "creatives",
    "campaigns", "campagne", "campanha", "restaurants", "restaurante", "restaurantes", "kreatif", "storys",
    "storie", "makeups", "criado", "criador", "criada", "creado", "creada", "educational", "budgeting",
    "budgeted", "lifestyles", "deadlines", *(f"{network}s" for network in NETWORKS),
})  # fmt: skip
WORD = re.compile(rf"(?<![\w@#./-])[^\W\d_]{{{LETTERS_MIN},16}}(?![\w@/]|\.\w)")


def mended(text: str) -> str:
    """Return the text with the slips mended; handles, hashtags and addresses stay."""
    return WORD.sub(lambda match: _meant(match[0]), text)


@cache
def _known() -> frozenset[str]:
    tables = (words.NICHES, words.GOALS, words.PLATFORMS, words.DELIVERABLES)
    listed = {
        word for table in tables for many in table.values() for phrase in many for word in phrase.split()
    }
    return LEFT_ALONE | listed | {*words.PEOPLE_WORDS, *words.FOLLOWER_WORDS, *words.BUDGET_CUES}


@lru_cache(maxsize=4_096)
def _meant(word: str) -> str:
    low = word.lower()
    if low in _known() or not low.isalpha():
        return word
    for right in OFTEN_MISSPELT:
        if right[0] == low[0] and abs(len(right) - len(low)) <= 2:  # noqa: PLR2004  (no more slips than that)
            slips = 2 if len(right) >= TWO_SLIPS_FROM and len(low) >= TWO_SLIPS_FROM else 1
            if OSA.distance(low, right, score_cutoff=slips) <= slips:
                return right.capitalize() if word[0].isupper() else right
    return word
