"""What a brief or a creator is about: the closed list of niches, and open topics beside their nearest niche."""

from functools import cache, lru_cache

import regex as re

from bots.understanding import lexicon as words
from bots.understanding import open_topics as table
from bots.understanding import wording

ASIDE = re.compile(
    r"(?<!\w)(?:money\s*[:=]|de primeira viagem|primerizas?|(?:plant|dog|cat|fur) (?:mum|mom|mama|dad|parent|lady)s?|(?:sale|offer|campaign|promo|discount|it|ads?|that|is|are|been|be|currently|still|now) running|running (?:till|until|from|a|an|our|the|for|low|late|out|on|ads?|my|this|since|between)"
    r"|(?:my|our) (?:mother|mom|mum|mama|mommy|mummy|father|dad|wife|husband|family|parents|kids?|sister|brother|daughter|son)(?:'s)?(?: and (?:i|me|we|my \w+))?|(?:me and|with) my (?:mother|mom|mum|wife|husband|family|kids?|sister|brother|dad)|mi (?:mamá|madre|esposa|familia|hermana) y yo|minha (?:mãe|família|esposa|irmã) e eu|ich und meine? \w+|meine? (?:mutter|mama|frau|schwester|familie) und ich|(?:meri|mere) (?:maa|mummy|papa|family) aur (?:main|mai)"
    r"|(?:used|tried|using|with|an?|some|by|via|from) (?:an? )?ai(?: tool| bot| app)?(?: once)?|ai (?:tool|generated|bot)s?"
    r"|home[ -]?(?:made|delivery|delivered|based|run|town|page|cooking|baking|ground)|at home|zu hause|nach hause|de casa|em casa|en casa|a casa|di rumah|ghar (?:ka|ki|ke|par|pe|se|baithe)|घर (?:का|की|के|पर)"
    r"|family[- ](?:run|owned|business)|mom and pop|family of \w+|state of the art|art of|smart|start|game[ -]?changers?|in the game|good news|great news|breaking news|the news|money back|good money|save money|value for money|pocket money|your money|for the money"
    r"|book (?:a|an|your|now|us|them|online|tables?|slots?|appointments?)|auto(?=\s*(?:reply|matic|dm))|in my car|reach (?:out|us|me)|study(?:ing)? (?:in|at)|student (?:discount|offer)s?|by design|design agency|marketing (?:team|manager|head|agency|budget|lead|executive|intern|person)|i'm from marketing|from the marketing)(?!\w)",
    re.IGNORECASE,
)
"""Words of a topic that say something about the writer or the sale."""
NO_LONGER = re.compile(
    r"(?:\b(?:i |we |have |ive |i've )*(?:stopped|quit|gave up|given up|used to|no longer|don't|dont|do not|not) (?:\w+ )?(?:do|doing|make|making|post|posting|cover|into|create|creating|about)?|\b(?:earlier|previously|formerly|before it was|instead of)\b|\b(?:antes|hacía|hacia|solía hacer|fazia|eu fazia|dejé(?: de)?|ya no|dejado)\b|\b(?:parei de|não faço mais|nao faco mais|deixei)\b|\b(?:früher|frueher|nicht mehr|aufgehört mit|kein\w*)\b|\b(?:dulu|berhenti|sudah tidak|udah ga|bukan|ga lagi)\b|\b(?:pehle)\b|पहले)(?:(?!\b(?:ahora|now|agora|heute|jetzt|sekarang|ab|but|pero|mas|aber|अब)\b)[^,.;!?\n|])*",
    re.IGNORECASE,
)
NO_LONGER_AFTER = re.compile(
    r"(?:^|[,.;!?\n|]|\baur\b|\bab\b)([^,.;!?\n|]*?(?:nahi|nhi|nahin) (?:karta|karti|karte|banata|banati|banate|kar|bana)\w*|[^,.;!?\n|]*?नहीं (?:कर|बना)\w*)",
    re.IGNORECASE,
)


@cache
def words_of_topics() -> dict[str, tuple[str, ...]]:
    """Return the words of each niche, with those of the open topics that are nearest to it."""
    joined = dict(words.NICHES)
    for niche, many in table.OPEN.values():
        joined[niche] = (*joined[niche], *many)
    more = (table.AS_SAID, table.MORE)
    return {niche: (*many, *(w for of in more for w in of.get(niche, ()))) for niche, many in joined.items()}


def niches(text: str) -> list[str]:
    """Return the niches of the closed list that a text is about."""
    return wording.topics(_to_the_point(text), words_of_topics())


def own_niches(text: str) -> list[str]:
    """Return the niches that a creator says she is about now, not those she left."""
    return niches(NO_LONGER_AFTER.sub(_blank, NO_LONGER.sub(_blank, text)))


@cache
def _open() -> dict[str, tuple[str, ...]]:
    named = {name: many for name, (_, many) in table.OPEN.items()}
    return named | {word: (word,) for many in table.AS_SAID.values() for word in many}


def open_topics(text: str) -> list[str]:
    """Return the topics a text is about that the closed list knows only by their nearest niche."""
    return wording.topics(_to_the_point(text), _open())


@lru_cache(maxsize=wording.TEXTS_KEPT)
def _to_the_point(text: str) -> str:
    return ASIDE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
