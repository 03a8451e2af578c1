"""What a message says beside its point: orders to the machine, telephone numbers, the writer's own audience, what
the goods cost. It is taken out before anything is read, so that none of it becomes a wish.
"""

from functools import cache
from itertools import islice

import phonenumbers
import regex as re

from bots.understanding import currencies, wording
from bots.understanding import lexicon as words
from core.networks.places import PLACES

PHONES_MAX = 8
PHONE = re.compile(r"(?<![\w@#.,₹$€£/])(?:\+|00)?\(?\d(?:[ ().-]{0,2}\d){8,14}(?!\w|[.,]\d)")
PHONE_DIGITS = range(9, 16)
CALLED = re.compile(
    r"(?:whats ?app|wa|phone|tel|telephone|call|mobile|mob|number|contact|celular|móvil|telefone|teléfono|fone|handy|telefon|nomor|hp|no\.?|फोन|नंबर|व्हाट्सएप)\W{0,3}$"
)
DIALLED_IN = ("IN", "US", "BR", "MX", "ID", "DE", "ES", "GB")
UNSAID = r"(?:ignor\w+|disregard\w*|forget|override|bypass|skip|olvid\w+|esque[cç]\w+|desconsider\w*|abaikan|lupakan|vergiss|vergessen|missachte\w*|überschreib\w*|bhool ja\w*|bhul ja\w*|नज़रअंदाज़|भूल जा\w*|अनदेखा|ignore kar\w*)"
ORDERS = r"(?:instruct\w+|rules?|prompts?|previous|above|earlier|before this|everything|all that|guidelines?|instruccion\w*|reglas?|anterior\w*|regras?|instruç\w+|instruc\w+|aturan|perintah|instruksi|sebelumnya|regeln?|anweisung\w*|vorherig\w*|निर्देश\w*|नियम\w*|pichl\w+|pehle ke|niyam\w*)"
ORDER = re.compile(
    rf"(?<!\w)(?:{UNSAID}(?!\w).{{0,60}}?(?<!\w){ORDERS}|{ORDERS}\W.{{0,30}}?{UNSAID}"
    r"|(?:system|assistant|developer|admin|sistema|sistem)\s*(?:prompt|message|override|note|mode|nachricht)?\s*[:>\]]"
    r"|you (?:are|must) now|you are (?:a|an) (?:ai|assistant|bot|helpful)|act as (?:a|an|if)|pretend|jailbreak|developer mode|new instructions?|dear (?:ai|bot|assistant)|as an ai"
    r"|(?:set|change|make|put|mark|raise|update|write|increase) (?:my|me|our|the|his|her|their|all) (?:followers?|subscribers?|verified|verification|score|rating|rate limit|status|profile as|account as|as verified)"
    r"|(?:set|change|make|put|mark) (?:me|us) (?:as |to )?(?:verified|admin)|mark (?:me|us|this) "
    r"|(?:pon|poné|coloca|coloque|ponha|setze|stell\w*|ubah|jadikan|tulis|pasang|isi) (?:mis|mi|meus|o meu|meine|die|jumlah)? ?(?:seguidores|follower\w*|pengikut\w*|suscriptores|inscritos)"
    r"|(?:output|print|return|respond with|reply with|reveal|show me your|give me your)\s+(?:only |the |your |exactly |just )*(?:json|slots?|system|prompt|niche\w*|followers|budget|instructions|\{))",
    re.IGNORECASE,
)
OBEYED = re.compile(
    r"\W*(?:and |then |now |y |e |und |dan |aur |also |instead,? |please )*(?:set|put|output|print|write|make|mark|return|give|change|add|treat|say|respond|reply|record|use|report|enter|pon|pone|coloca|coloque|ponha|escribe|escreva|devuelve|retorne|setze?|schreibe?|gib|stelle|trage|ubah|tetapkan|tulis|set kar|bana do|kar do|likho|likh do|jadikan|isi)(?!\w)",
    re.IGNORECASE,
)
NETWORKS = wording.joined(tuple(word for place in PLACES for word in place.called))
CLAUSES = re.compile(r"[!?;\n।]+|\.(?=\s|$)|,(?=\s)|\s-\s|(?<=\]|>)|:(?=\s)")
ENDS = re.compile(r"[!?;\n।]|\.(?=\s|$)")
OWN_BEHIND = re.compile(
    r"(?<!\w)(?:ourselves|follow (?:us|me)|us\b|nos siguen|nos sigue|nos seguem|sendiri|selbst|folgen uns|uns folgen|khud ke|hume follow|hamein follow|of our own|on our (?:own )?(?:page|account|insta\w*|"
    + NETWORKS
    + r"|profile|channel)|हमें|in our community)(?!\w)"
)
OWN = re.compile(
    r"(?<!\w)(?:we (?:already |currently |now |also |only |ourselves )*(?:have|got|are at|are on|do have)|we've|we're at|our (?:own|page|account|brand|shop|store|insta\w*|"
    + NETWORKS
    + r"|channel|handle|profile|community|following|audience)|us\b|ourselves|my (?:own )?(?:page|account|brand|shop|channel|store)"
    r"|tenemos|contamos con|nuestr[ao] (?:cuenta|página|perfil|marca|canal|comunidad)|nos siguen|temos|noss[ao] (?:conta|página|perfil|marca|canal)|nos seguem"
    r"|kami (?:sudah |udah |sendiri |juga |memang )*(?:punya|ada|memiliki)|akun kami|toko kami|ig kami"
    r"|wir (?:selbst |schon |bereits )*haben|haben wir|unser\w* (?:eigene\w* )?(?:account|kanal|seite|profil|marke|shop)|uns folgen|folgen uns"
    r"|hamare|hamari|humare|humari|apne|hume follow|hamein follow|khud ke|हमारे|हमारी|अपने|हमें)(?!\w)"
)
OWN_BEHIND_CHARACTERS = 48
CLAUSE_CHARACTERS = 240
"""Nobody's clause is longer, and each number asks for its own."""
WISHED = re.compile(r"(?<!\w)(?:need|want|looking|seek\w*|having|whose|who|jinke|jiske|chahiye|busc\w+|necesit\w+|quer\w+|precis\w+|procur\w+|butuh|cari|mau|such\w+|brauch\w+|gesucht|चाहिए|जिनके)(?!\w)")  # fmt: skip


CHEAP = re.compile(
    r"(?<!\w)budget(?=[ -](?:travel|trips?|hotels?|stays?|phones?|smartphones?|friendly|fashion|makeup|skincare|meals?|recipes?|airlines?|decor|shopping|finds|gaming|pcs?|laptops?)(?!\w))",
    re.IGNORECASE,
)
"""Where "budget" says that something is cheap."""
PLACE_NUMBER = re.compile(
    r"(?<!\w)(?:pin(?: ?code)?|zip(?: ?code)?|postcode|postal code|post code|plz|cep|código postal|kode pos|पिन(?: ?कोड)?|order (?:no\.?|number|id)|invoice (?:no\.?|number)|gstin?|ref(?:erence)?|otp)(?!\w)\s*(?:is|:|#|-)?\s*(?=[A-Z-]{0,15}\d)[\dA-Z-]{3,16}(?!\w)",
    re.IGNORECASE,
)
"""Numbers that count nothing: of a post office, of an order."""


def off(text: str) -> str:
    """Return the normalised text with orders to the machine, telephone numbers and their like blanked."""
    told = PLACE_NUMBER.sub(_blank, CHEAP.sub(_blank, text))
    return _without_phones(_without_orders(told))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _without_orders(text: str) -> str:
    """Blank each clause that orders the machine about, and those after it that go on ordering."""
    if not ORDER.search(text):
        return text
    spans: list[tuple[int, int]] = []
    begin, ordered = 0, False
    for end, after in [*((m.start(), m.end()) for m in CLAUSES.finditer(text)), (len(text), len(text))]:
        clause = text[begin:end]
        if ORDER.search(clause) or (end < after and ORDER.search(text[begin:after])):
            spans.append((begin, end))
            ordered = True
        elif ordered and OBEYED.match(clause):
            spans.append((begin, end))
        elif clause.strip():
            ordered = False
        begin = after
    return wording.blank(text, spans)


def _without_phones(text: str) -> str:
    spans = []
    for match in islice(PHONE.finditer(text), PHONES_MAX):
        count = sum(c.isdigit() for c in match[0])
        if count in PHONE_DIGITS and (
            CALLED.search(text[max(0, match.start() - 16) : match.start()].lower()) or _is_phone(match[0])
        ):
            spans.append(match.span())
    return wording.blank(text, spans)


def _is_phone(typed: str) -> bool:
    regions = (None,) if typed.startswith("+") else DIALLED_IN
    for region in regions:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(typed, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


DEAR = (
    r"mrp|m\.r\.p\.?|retail(?:s|ing)?(?: price| at| for)?|(?:product|item|sale|selling|list|ticket|menu) (?:price|cost|value)s?|priced?(?: at| from)|"
    r"(?:price|cost) of (?:the |our |each |one )?[^\W\d_]+(?: [^\W\d_]+)?|(?:product|set|kit|box|it|each|which|bottle|pack|jar|course|meal|plate|bag|pair|shirt|ticket)s? (?:is |are |sells? |costs? |cost |goes )(?:for |at )?|worth|valued at|costing|"
    r"harga(?! (?:total|per|untuk|paket))(?: (?:produk|jual|satuan|barang|menu))?(?:nya)?|harganya|seharga|senilai|precio(?: (?:del producto|de venta|al público|unitario))?(?! (?:por|total|máximo))|(?:el|la) (?:producto|caja|pieza|prenda) (?:cuesta|vale)|valorad[oa]s? en|por valor de|no valor de|avaliad[oa]s? em|preço(?: (?:do produto|de venda|unitário))?(?! (?:por|total|máximo))|(?:o produto|a peça|o kit) (?:custa|vale)|"
    r"(?:das |unser )?produkt kostet|verkaufspreis|ladenpreis|uvp|preis des produkts?|im wert von|product ki keemat|keemat|daam|kimat|कीमत|दाम|एमआरपी|"
    r"orders? (?:above|over|of)|order value|purchase of|compras? (?:acima|superiores|de más|mayores)(?: de| a)?|acima de compras de|min(?:imum)? order|flat|discount of|coupon (?:of|for)|cashback of|save|rebate of|descuento de|desconto de|diskon|potongan|rabatt von|gutschein (?:von|über)"
)
"""What stands before a price of goods, or before what is taken off it."""
OFF = r"off(?!\s*er)|discount|cashback|rabatt|de descuento|de desconto|descuento|desconto|diskon|potongan|coupon|voucher|gift card|off par|ki chhoot|chhoot|की छूट|छूट"
"""What stands behind an amount that is taken off a price."""
IS = r"\s*(?:is|are|=|:|-|of|at|about|around|just|only|es|é|de|ist|hai|है)?\s*"


@cache
def _goods() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what goods cost, of the words for a discount, and of a discount.

    The last begins with an amount, which may be everywhere: it is tried only where the words are.
    """
    sign = wording.joined(tuple(currencies.NAMES))
    amount = rf"(?:(?:{sign}|[a-z]{{3}})\s?)?\d[\d.,]*(?:\s?(?:{wording.joined(tuple(words.MULTIPLIERS))})(?!\w))?(?:\s?(?:{sign})(?!\w))?(?:/-)?"
    least = rf"(?:\s+(?:on|above|over|for|an|auf|en|em)(?: (?:orders|purchases|bills?|compras))?(?: (?:above|over|of|ab|de|acima de))?\s*{amount})?"
    return (
        re.compile(rf"(?<!\w)(?:{DEAR}){IS}(?:{amount})"),
        re.compile(rf"(?<!\w)(?:{OFF})"),
        re.compile(rf"(?<!\w)(?:{amount})\s*(?:flat\s*)?(?:{OFF})(?:\s+(?:{OFF}))?{least}"),
    )


def goods(text: str) -> list[tuple[int, int]]:
    """Return where a text says what the goods cost or what a shopper saves: no budget."""
    lowered = text.lower()
    cost, less, discount = _goods()
    found = [match.span() for match in islice(cost.finditer(lowered), wording.CUES_MAX)]
    if less.search(lowered):
        found += [match.span() for match in islice(discount.finditer(lowered), wording.CUES_MAX)]
    return found


def own_audience(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the clause in which a number of followers is the writer's own, None where it is wished for.

    "We have 7k followers", "3 lakh people follow us".
    """
    begin = max(0, start - CLAUSE_CHARACTERS)
    begin = max((m.end() for m in CLAUSES.finditer(text, begin, start)), default=begin)
    last = min(len(text), end + CLAUSE_CHARACTERS)
    stop = CLAUSES.search(text, end, last)
    last = stop.start() if stop else last
    ahead, behind = text[begin:start].lower(), text[end:last].lower()
    own = [m.end() for m in OWN.finditer(ahead)]
    is_own = own and WISHED.search(ahead, own[-1]) is None
    return (begin, last) if is_own or OWN_BEHIND.search(behind[:OWN_BEHIND_CHARACTERS]) else None
