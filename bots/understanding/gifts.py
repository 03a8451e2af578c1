"""What a brief says of gifts and of sales: what a gift is worth, that there is no cash, a share of what is sold.

A gift's worth is the brand's own statement, and no budget.
"""

from itertools import islice

import regex as re

from bots.understanding import currencies, numbers, wording
from core.kit.money import Currency, Money

NEAR = 12
"""Characters at most between what announces an amount and the amount."""
GIVEN = re.compile(
    r"(?<!\w)(?:gift\w*|giv(?:e|ing)|send(?:ing)?|ship(?:ping)?|hampers?|barter|free|samples?|vouchers?|goodies|box|kit|"
    r"meal|dinner|stay|product seeding|regal\w*|envi(?:amos|aremos)|canje|trueque|permuta|brindes?|presentes?|mimos?|"
    r"recebidos|bingkisan|hadiah|kirim|gratis|geschenk\w*|schicken|tohfa|bhejenge|denge|गिफ्ट|तोहफ़?ा|भेजेंगे|बार्टर)(?!\w)"
)
WORTH = re.compile(
    r"(?<!\w)(?:worth|valued at|value of|(?:gift|voucher|hamper|kit|box)s? (?:card |voucher |box )?of|valorad[oa]s? en|"
    r"por valor de|avaliad[oa]s? em|no valor de|senilai|seharga|im wert von|ki keemat|keemat|की कीमत|मूल्य|कीमत)(?!\w)"
)
CLAUSE = re.compile(r"[!?;\n।]|\.(?=\s|$)")
NO_CASH = re.compile(
    r"^\W*(?:barter|gift(?:ing)?|canje|trueque|permuta|बार्टर|गिफ्ट)(?: please| por favor)?\W*$|"
    r"(?<!\w)(?:(?:no|zero) (?:cash|money|payment|monetary)(?!\s+(?:back|issues?|problems?|delays?|upfront))"
    r"|(?<!no )(?<!not )(?:barter|gifted|gifting) (?:collab\w*|deals?|campaigns?)|(?:in exchange|as a gift) for (?:a )?(?:reel|post)s?"
    r"|(?:colaboraci[oó]n|parceria|collab) (?:por|en|em) (?:canje|trueque|permuta)|a cambio de (?:producto|comida|estancia)\w*"
    r"|em troca de (?:produto|comida|hospedagem)\w*|बार्टर (?:कोलैब|डील|कैंपेन)|barter (?:pe|par)"
    r"|without (?:any )?(?:cash|payment|pay|money)|unpaid|(?<!no )(?<!not )(?:barter|gift\w*|products?) only"
    r"|only (?:gift\w*|barter|products?)|purely barter|on (?:a )?barter(?: basis)?|in exchange for (?:free |our )?products?"
    r"|sin (?:pago|dinero|efectivo|remuneración)|s[oó]lo (?:canje|trueque|productos?|regalos?)|sem (?:pagamento|dinheiro|cach[êe])"
    r"|(?:só|apenas|somente) (?:permuta|produtos?|brindes?)|tanpa (?:bayaran|uang)|(?:hanya|cuma) (?:barter|produk)|barter saja"
    r"|ohne (?:bezahlung|honorar|geld)|kein(?:e)? (?:bezahlung|honorar|geld)|nur (?:barter|produkte?|geschenke?)"
    r"|(?:paise|paisa|cash|payment) nah?in?|bina (?:paise|payment)|sirf (?:barter|gift|product)|(?:पैसे|नकद|भुगतान) नहीं"
    r"|बिना (?:पैसे|भुगतान)|(?:सिर्फ|केवल) (?:बार्टर|गिफ्ट))(?!\w)"
)
SOLD = (
    r"(?:sales?|orders?|revenue|turnover|purchases?|bookings?|ventas?|vendas?|pedidos?|penjualan|umsatz\w*|verk[aä]uf\w*|"
    r"bikri|बिक्री)"
)
SHARE = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}(?:[.,]\d+)?\s?(?:%|percent|por ciento|por cento|persen|prozent|taka|प्रतिशत)\s*"
    rf"(?:(?:commission|share|cut|comisión|comissão|komisi|provision|कमीशन)\s+)?(?:of|de|da|das|del|dari|vom|von|on (?:all|every|each))"
    rf"\s+(?:[\w']+\s+){{0,3}}?{SOLD}|\d{{1,2}}\s?%\s*(?:commission|comisión|comissão|komisi|provision|कमीशन)"
    rf"|(?:commission|comisión|comissão|komisi|provision)\s+(?:on|per|for|por|pro|sobre|auf)\s+(?:(?:each|every|all|cada|jede[nr]?)\s+)?{SOLD}"
    rf"|(?:affiliate|afiliado\w*) (?:commission|deal|basis)|revenue share|share of (?:the )?{SOLD}|{SOLD} (?:par|pe|पर) \d{{1,2}}\s?%)(?!\w)"
)


NOTHING = re.compile(
    r"(?<!\w)(?:no budget|zero|none|nothing|free|nada|cero|ningun[oa]|nenhum|gratis|grátis|kuch nah?in?|muft|कुछ नहीं|शून्य|मुफ़्त)(?!\w)"
)
VISITS = (
    "dinner|lunch|brunch|breakfast|meal|tasting|stay|nights?|spa|massage|facial|haircut|treatment|tickets?|cena|almuerzo|desayuno|"
    "estancia|noches?|jantar|almoço|hospedagem|estadia|diária|khana|डिनर|लंच|खाना"
)
PAID_WORDS_MAX = 14
PAID_ONLY = re.compile(
    r"(?<!\w)(?:paid (?:collab\w*|deals?|work|campaigns?)? ?only|only (?:do |take |for )?paid|(?:don't|do not|no) (?:do |accept )?(?:barter|gifted|gifting)"
    r"|no (?:hago|acepto) (?:canje|trueque)s?|s[oó]lo (?:colaboraciones )?pagad[oa]s?|(?:só|somente|apenas) (?:parcerias )?pag[oa]s?|não (?:faço|aceito) permuta"
    r"|sirf paid|paid (?:hi|wale)|barter nah?in? (?:karti|karta|karte)|सिर्फ (?:पेड|पैसे)|बार्टर नहीं (?:करती|करता))(?!\w)"
)
ARRIVED = re.compile(
    r"(?<!\w)(?:arrived|received|(?:i |just |have |haven't )?(?:got|gotten) (?:it|the (?:parcel|box|hamper|gift|package|kit))|(?:parcel|box|hamper|gift|package) (?:is here|came)"
    r"|lleg[oó]|ha llegado|recib[ií]|chegou|recebi|mil gay[ai]|nahi mil[ai]|aa gay[ai]|pahunch gay[ai]|मिल गय[ाी]|नहीं मिल[ाी]|पहुँच गय[ाी]|आ गय[ाी])(?!\w)"
)
SHIPPED = re.compile(
    r"(?<!\w)(?:(?:it's|it is|is|we(?:'ve| have)?|i(?:'ve| have)?|just|all) (?:been )?(?:sent|shipped|dispatched|posted) ?(?:it|off|out|the (?:parcel|box|hamper|gift|package|kit))?"
    r"|(?:parcel|box|hamper|gift|package) (?:is |has been |was )?(?:sent|shipped|on its way)|(?:ya )?(?:lo )?(?:envi[eé]|enviamos|mand[eé]|mandamos)|está enviado|já enviei|(?:já )?foi enviado"
    r"|bhej d(?:iya|i)|भेज दिय[ाी])(?!\w)"
)
ADDRESS_PARTS = re.compile(r"[,\n]")
ADDRESS_PARTS_MIN = 3
GOODS_CHARACTERS_MIN = 3
GOODS = (
    re.compile(
        r"(?<!\w)(?:free|complimentary|(?:en|a) cambio de|em troca de|(?:barter|gifting|canje|trueque|permuta)(?: collab\w*)?[,:]? (?:for|of|de|por|com|con|with)"
        r"|(?:we(?:'ll| will)? (?:gift|give|offer|send|ship)|giving|regal(?:amos|aremos)|envi(?:amos|aremos)|ofrecemos|oferecemos|presenteamos|damos)"
        r"(?: (?:you|them|each creator|each|every creator|creators|te|les))?|(?:हम )?(?:मुफ़्त|मुफ्त)|muft)\s+([^.,;!?\n।]{3,90})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![^\s,.;!?])(?:(?:hum|हम)\s+)?([^.,;!?\n।]{3,60}?)\s+(?:for free|gratis|grátis|muft|(?:hum )?(?:bhejenge|denge|milega|milegi)|(?:हम )?(?:भेजेंगे|देंगे|मिलेगा|मिलेगी))(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)((?:(?:\d+|[^\W\d_]+)\s+){{0,2}}?(?:{VISITS})(?:\s+(?:{VISITS}))*(?:\s+(?:for|para)\s+(?:a\s+)?[^\W_]+)?)(?!\w)",
        re.IGNORECASE,
    ),
)
"""What is given, behind what announces it, ahead of its verb, or a visit by its own name."""
CUT = re.compile(
    r",?\s+(?:worth|valued|for (?:a|one|\d)|in (?:exchange|return)|and no|no cash|valorad\w*|por valor|no valor|sin|sem|ki keemat|की कीमत|to (?:each|creators|\d))(?!\w)",
    re.IGNORECASE,
)
NO_GOODS = re.compile(
    r"^(?:in|on|cash|money|payment|products? only|only|worth|valued|collab\w*|delivery|shipping|no\b|basis|\d+ (?:creators?|influencers?))",
    re.IGNORECASE,
)
HANDED = {
    "sent": re.compile(
        r"(?<!\w)(?:send(?:ing)?|ship(?:ping|ped)?|courier|parcel|deliver(?:ed|y)?|hampers?|goodies|box|kit|pr package|samples?|envi(?:amos|aremos|o)|"
        r"mandamos|recebidos|bhej\w*|kirim|schicken|भेज\w*)(?!\w)"
    ),
    "visit": re.compile(rf"(?<!\w)(?:{VISITS}|visit(?:s|ing)?|come to us|visita\w*|thehrna|ठहर\w*)(?!\w)"),
}


def worth(text: str, currency: Currency) -> int | None:
    """Return what a text says that its gift is worth, in minor units; None where it says nothing of it."""
    normal = wording.normalise(text)
    lowered = normal.lower()
    amounts = numbers.quantities(normal)
    for said in islice(WORTH.finditer(lowered), wording.CUES_MAX):
        begin = max((end.end() for end in CLAUSE.finditer(lowered[: said.start()])), default=0)
        if not GIVEN.search(lowered[begin : said.end()]):
            continue
        for amount in amounts:
            near = said.end() <= amount.span[0] <= said.end() + NEAR
            named = currencies.settled(amount.currency, [], currency)
            if near and named in {"", currency}:
                return Money.of(amount.low, currency).minor
    return None


def without_no_cash(text: str) -> str:
    """Return a text without the words that say that there is no cash: they are no wish of another kind."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return text
    found = islice(NO_CASH.finditer(lowered), wording.CUES_MAX)
    return wording.blank(text, [match.span() for match in found])


def no_cash(text: str) -> bool:
    """Tell whether a text says that creators get no money."""
    return NO_CASH.search(wording.normalise(text).lower()) is not None


def is_gift(answer: str) -> bool:
    """Tell whether an answer to what the budget is says that there is none, and a gift instead."""
    normal = wording.normalise(answer).lower()
    if numbers.quantities(normal):
        return normal.strip() == "0"
    return no_cash(answer) or GIVEN.search(normal) is not None or NOTHING.search(normal) is not None


def paid_only(text: str) -> bool:
    """Tell whether a short sentence says that its writer works for pay only."""
    return _is_short(text, PAID_ONLY)


def arrived(text: str) -> bool:
    """Tell whether a short sentence says that a parcel is there, or that it is not."""
    return _is_short(text, ARRIVED)


def shipped(text: str) -> bool:
    """Tell whether a short sentence says that a parcel was sent."""
    return _is_short(text, SHIPPED)


def is_address(text: str) -> bool:
    """Tell whether words may be where somebody lives: several parts, with a number among them."""
    normal = wording.normalise(text)
    parts = [part for part in ADDRESS_PARTS.split(normal) if part.strip()]
    is_one = len(parts) >= ADDRESS_PARTS_MIN and any(map(str.isdigit, normal))
    return is_one and "?" not in normal and not wording.links(text)


def _is_short(text: str, pattern: re.Pattern[str]) -> bool:
    normal = wording.normalise(text).lower()
    return len(normal.split()) <= PAID_WORDS_MAX and pattern.search(normal) is not None


def goods(text: str) -> str:
    """Return what a text says that creators are given, in its own words; empty where it says nothing of it."""
    normal = wording.normalise(text)
    for pattern in GOODS:
        for match in islice(pattern.finditer(normal), wording.CUES_MAX):
            given = " ".join(CUT.split(match[1], maxsplit=1)[0].split()).strip(" .,;:-–*")
            if len(given) >= GOODS_CHARACTERS_MIN and not NO_GOODS.search(given):
                return given
    return ""


def handing(text: str) -> str:
    """Return how a text says that a gift is handed over: sent, visit; empty where it says neither, or both."""
    lowered = wording.normalise(text).lower()
    ways = {name for name, pattern in HANDED.items() if pattern.search(lowered)}
    return ways.pop() if len(ways) == 1 else ""


def share_of_sales(text: str) -> bool:
    """Tell whether a text promises a share of what is sold."""
    return SHARE.search(wording.normalise(text).lower()) is not None
