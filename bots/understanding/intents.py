"""What somebody wants who writes freely: one intent a message, with its arguments.

Three steps, each only where the one before it left the question open: a saying word for word, a shape that
can mean one thing only (a link to a post, an order to the machine), the nearest sayings. Pure. The names and
what they mean are in docs/understanding.md; how people say each is in `ways/`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

import regex as re

from bots.understanding import blanks, brief, intent_facts, intro, ways, wording
from bots.understanding.neighbours import Encode, Floats, Near, Neighbours
from bots.understanding.ways import Token

NONE = "none"
"""What is nothing of ours: it is answered kindly and does nothing."""
AT_LEAST = 0.24
"""How near the nearest saying must be for a message to be ours at all."""
SURE = ((0.6, 0.02), (0.45, 0.08), (0.3, 0.14))
"""From which nearness on, and how far ahead of the next, nothing is asked."""
CLEAR_SCORE, CLEAR_MARGIN = 0.6, 0.15
"""From which on words and letters decide alone, and the encoder is not asked."""
OTHER_SIDE = 0.85
WORDS_BESIDE_A_LINK_MAX = 8
BEGINNINGS = frozenset({"introduce", "campaign_new"})
"""Which of the two a sentence is, what it states tells better than what it sounds like."""
FACTS_OF_A_BRIEF, FACTS_OF_AN_INTRODUCTION = 3, 2
OF_BRANDS = frozenset(
    [
        "campaign_new",
        "campaign_list",
        "campaign_edit",
        "campaign_close",
        "matches",
        "more_like",
        "cheaper",
        "why",
        "who_is",
        "add",
        "remove",
        "fund",
        "drafts",
        "approve",
        "changes",
        "report",
        "team",
        "verify",
        "plan",
        "gift",
    ]
)
OF_CREATORS = frozenset(
    [
        "introduce",
        "offers",
        "my_work",
        "submit_draft",
        "submit_post",
        "more_time",
        "withdraw",
        "change_rate",
        "profile",
        "score",
        "connect",
        "payout_setup",
        "boost",
    ]
)
ORDERS_TO_THE_MACHINE = re.compile(
    r"(?:ignore|disregard|forget|override|bypass)\W+(?:\w+\W+){0,3}(?:instructions?|rules?|prompts?|above|guidelines|safety)|system prompt|"
    r"hidden (?:prompt|instructions?)|(?:developer|god|dan|admin|root) mode|jailbreak|you are now\b|from now on (?:you|answer|act|reply)|"
    r"(?:admin(?:istrator)?|root) (?:rights|access|privileges)|^\W*(?:system|assistant|developer)\s*:|pretend (?:to be|you are)|\bact as\b|"
    r"obey me|approve (?:every|all)|(?:transfer|release|send) all (?:the )?(?:money|funds)|drop table|select \* from|<script|"
    r"ignor[ae]\w*\W+(?:\w+\W+){0,3}(?:instruc\w+|regras|reglas|anweisung\w*|regeln)|(?:olvida|esque[cç]a|vergiss|abaikan|lupakan)\W+(?:\w+\W+){0,2}(?:reglas|regras|instruc\w+|regeln|anweisung\w*|aturan|instruksi\w*)|"
    r"acceso de administrador|acesso de administrador",
    re.IGNORECASE,
)
CODE_TO_WRITE = re.compile(
    r"\b(?:python|javascript|java|c\+\+|html|css|sql|php|typescript|kotlin|bash)\b(?!\s+(?:creator|blogger|channel|course|class))|hello world|"
    r"\b(?:write|print|code)\b.{0,20}\b(?:function|script|program|code|regex|algorithm)\b",
    re.IGNORECASE,
)
ASKS_WHO_IT_IS = re.compile(
    r"\b(?:you|your|yours|tum|aap|tú|tu|você|kamu|du|euch|eure|official|real)\b|आप|तुम", re.IGNORECASE
)
STARS = re.compile(
    r"^\W*[⭐★🌟]{1,5}|^\W*[1-5]\s*(?:stars?|estrellas?|estrelas?|sterne?|bintang|स्टार)(?!\w)|(?<!\w)[1-5]\s*/\s*5(?!\w)",
    re.IGNORECASE,
)
DEVANAGARI = re.compile(r"[\u0900-\u097f]")  # which the encoder does not read
_OWN = r"(?:my|mis?|meus?|minhas?|mera|meri|mere|मेरा|मेरी|मेरे)"
_KEPT = (
    r"(?:data|datos|dados|details|information|info|información|informações|jank?aa?ri|account|cuenta|conta|profile|perfil|"
    r"डेटा|डाटा|जानकारी|खाता|अकाउंट|प्रोफ़ाइल|प्रोफाइल)"
)
_NOT_ALL = r"(?!\s+(?:number|picture|photo|pic|foto|bank\w*|de banco|bancaria|bancária|upi|link|de instagram|do instagram|on|en|no|em)\b)"
_GONE = r"(?:delete|erase|remove|wipe|borr|bórr|elimin|suprim|apag|exclu[ai]|delet)"
_GONE_HINDI = r"(?:delete|erase|hat[ao]|mit[ao]|udao|हटा|मिटा|डिलीट)"
ERASES = re.compile(
    rf"^(?!\W*(?:don.?t|do not|no|não|mat|मत)\b).*?(?<!\w){_GONE}\w*\s+(?:(?:all|everything|todos?|todas?|tudo|of|about|de|o|os|a|as|la|los|las|sobre|please|kar do|karo|kar dijiye)\s+){{0,4}}{_OWN}\s+(?:own\s+|personal\s+)?{_KEPT}(?!\w){_NOT_ALL}"
    rf"|^(?!.*(?:\bmat\b|मत)).*?(?<!\w){_OWN}\s+(?:sara\s+|saara\s+|sab\s+|pura\s+|सारा\s+|पूरा\s+)?{_KEPT}\s+(?:ko\s+|को\s+)?{_GONE_HINDI}",
    re.IGNORECASE,
)
"""Who wants what is kept of them gone, in whatever form the verb stands: such words are near to wanting a copy."""
SIDES = re.compile(
    r"\b(?:brand|marca|marke|marque|creat?or|créat|cread|criad|kreator|influenc|blogger|shop|store|tienda|loja|geschäft|both|sides?|roles?|ambos|ambas|dos|dois|dono|dua|beides)"
    r"|ब्रांड|क्रिएटर|दोनों",
    re.IGNORECASE,
)
"""What somebody names who wants to be on the other side: to switch to anything else is not that."""
HEARTS = re.compile(r"^[\s👍🙏❤️👌😊🎉🔥💯🙌🥰😍💪✅☺️😀-😆🏻-🏿❣️♥️]+$")


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody wants. Where it is not `sure`, `second` names the next nearest, and it is asked.

    `topic` is which question of the product it is, where an intent has several. `literal` says that a saying
    was met word for word.
    """

    name: str
    args: Mapping[str, object] = field(default_factory=dict)
    sure: bool = True
    second: str = ""
    topic: str = ""
    literal: bool = False


def read(text: str, side: str = "", today: date | None = None) -> Intent:
    """Return what `text` wants by rules alone; `side` is what its writer is: "b" a brand, "c" a creator."""
    return _RULES.read(text, side, today)


class Reader:
    """Reads intents, with an encoder of meaning where it has one and has learnt with it."""

    def __init__(self, encode: Encode | None = None) -> None:
        """Read with `encode` once `learn` has run; by words and letters until then."""
        self._encode = encode
        self._learnt: tuple[Encode, Floats] | None = None

    def learn(self) -> None:
        """Let the encoder read every saying: takes seconds, once a process."""
        if self._encode is not None:
            self._learnt = self._encode, self._encode(_neighbours().sayings)

    def read(self, text: str, side: str = "", today: date | None = None) -> Intent:
        """Return what `text` wants; `side` is what its writer is: "b" a brand, "c" a creator, both, nothing."""
        text = text[: wording.READ_CHARACTERS_MAX]
        today = today or date.today()  # noqa: DTZ011  (a person's day)
        found = _of_shape(text) or self._said(ways.tokens(text), side)
        if found.name == "switch_side" and not SIDES.search(text):
            found = Intent("campaign_list", topic="switch")
        if not found.sure or found.name in BEGINNINGS:
            found = _of_slots(text, today) or found
        return replace(found, args=intent_facts.of(found.name, text, today))

    def _said(self, tokens: Sequence[Token], side: str) -> Intent:
        if not tokens:
            return Intent(NONE)
        whole = " ".join(token.folded for token in tokens)
        for saying in (whole, *(saying for saying, _ in blanks.filled(tokens))):
            labels = _exact().get(saying, ())
            if len(labels) == 1:
                intent, _, topic = labels[0].partition("/")
                return Intent(intent, topic=topic, literal=True)
        return self._nearest(blanks.names_marked(tokens), side)

    def _nearest(self, folded: str, side: str) -> Intent:
        near = _weighed(_neighbours().nearest(folded), side)
        if self._learnt is not None and not _is_clear(near) and not DEVANAGARI.search(folded):
            encode, vectors = self._learnt
            near = _weighed(_neighbours().nearest(folded, vectors @ encode([folded])[0]), side)
        return _decided(near)


def _is_clear(near: Mapping[str, Near]) -> bool:
    names = _by_intent(near)
    scores = [*(near[label].score for label in names.values()), 0.0, 0.0]
    return scores[0] >= CLEAR_SCORE and scores[0] - scores[1] >= CLEAR_MARGIN


def _by_intent(near: Mapping[str, Near]) -> dict[str, str]:
    """Return the nearest label of each intent, the nearest intent first."""
    found: dict[str, str] = {}
    for label in sorted(near, key=lambda label: -near[label].score):
        found.setdefault(label.partition("/")[0], label)
    return found


def _decided(near: Mapping[str, Near]) -> Intent:
    names = _by_intent(near)
    (first, label), (second, next_label) = [*names.items(), ("", ""), ("", "")][:2]
    if not first or near[label].score < AT_LEAST:
        return Intent(NONE, sure=False, second=first if first != NONE else second)
    score, margin = near[label].score, near[label].score - (near[next_label].score if next_label else 0.0)
    sure = any(score >= enough and margin >= ahead for enough, ahead in SURE)
    return Intent(first, sure=sure, second="" if sure else second, topic=label.partition("/")[2])


def _weighed(near: Mapping[str, Near], side: str) -> dict[str, Near]:
    """Let what is only for the other side stand back."""
    other = {"b": OF_CREATORS, "c": OF_BRANDS}.get(side, frozenset())
    return {
        label: Near(n.score * OTHER_SIDE, n.place) if label.partition("/")[0] in other else n
        for label, n in near.items()
    }


def _of_shape(text: str) -> Intent | None:
    """Return what a message is whose shape can mean one thing only."""
    if HEARTS.match(text):
        return Intent("thanks", literal=True)
    if ORDERS_TO_THE_MACHINE.search(text) or CODE_TO_WRITE.search(text):
        return Intent(NONE)
    if STARS.search(text):
        return Intent("review")
    if ERASES.search(text):
        return Intent("delete_data")
    link = ways.LINK.search(text)
    if link is None or ASKS_WHO_IT_IS.search(text):
        return None
    name = intent_facts.kind_of_link(link[0])
    few = len(ways.LINK.sub(" ", text).split()) <= WORDS_BESIDE_A_LINK_MAX
    return Intent(name) if name and few else None


def _of_slots(text: str, today: date) -> Intent | None:
    """Return what a message is that states what a brief or an introduction does."""
    wished, said = brief.slots(text, today), intro.slots(text)
    tells = said.keys() & {"name", "handles", "followers"}
    offers = "creators_count" not in wished and ("rates" in said or "budget" not in wished)
    if tells and offers and len(said) >= FACTS_OF_AN_INTRODUCTION:
        return Intent("introduce")
    wishes = wished.keys() & {"creators_count", "budget"}
    return Intent("campaign_new") if wishes and len(wished) >= FACTS_OF_A_BRIEF else None


@cache
def _neighbours() -> Neighbours:
    labels = [f"{way.intent}/{way.topic}".strip("/") for way in ways.all_ways()]
    return Neighbours([ways.folded(way.words) for way in ways.all_ways()], labels)


@cache
def _exact() -> Mapping[str, Sequence[str]]:
    """Return the intents of each saying, word for word; one of several is told by what is nearest."""
    found: dict[str, list[str]] = {}
    for way in ways.all_ways():
        labels = found.setdefault(ways.folded(way.words), [])
        label = f"{way.intent}/{way.topic}".strip("/")
        labels += [label] if label not in labels else []
    return found


_RULES = Reader()
