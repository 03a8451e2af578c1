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
    r"(?<!\w)(?:(?:no|zero) (?:cash|money|payment|monetary)(?!\s+(?:back|issues?|problems?|delays?|upfront))"
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


def no_cash(text: str) -> bool:
    """Tell whether a text says that creators get no money."""
    return NO_CASH.search(wording.normalise(text).lower()) is not None


def share_of_sales(text: str) -> bool:
    """Tell whether a text promises a share of what is sold."""
    return SHARE.search(wording.normalise(text).lower()) is not None
