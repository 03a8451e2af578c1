"""A brand's introduction to slots, by rules: who it is, where, and whether it is one at all."""

from typing import Any

import regex as re

from bots.understanding import gazetteer, intro, places, wording

BUSINESS = (
    *("brand", "company", "startup", "start-up", "business", "shop", "store", "restaurant", "cafe", "café", "bakery"),
    *("agency", "studio", "label", "boutique", "salon", "hotel", "gym", "app", "products", "menu"),
    *("marca", "empresa", "tienda", "restaurante", "negocio", "agencia", "panadería", "heladería", "cafetería"),
    *("agência", "loja", "negócio", "cafeteria", "padaria", "dukaan", "dukan", "karobar", "dhandha"),
    *("ब्रांड", "ब्रैंड", "कंपनी", "दुकान", "रेस्टोरेंट", "एजेंसी"),
)  # fmt: skip
OURS = (
    *("we", "we're", "we’re", "our", "i run", "i own", "i have a", "my", "i'm with", "i work at", "i represent"),
    *("somos", "nuestro", "nuestra", "nuestros", "nuestras", "tenemos", "tengo una", "tengo un", "mi", "represento"),
    *("nosso", "nossa", "temos", "minha", "meu", "tenho uma", "tenho um"),
    *("hum", "ham", "hamara", "hamari", "hamare", "humara", "humari", "mera", "meri", "apna", "apni", "apne"),
    *("chalata", "chalati", "chalate"),
    *("हम", "हमारा", "हमारी", "मेरा", "मेरी", "अपना", "अपनी"),
)  # fmt: skip
AGENCY = ("agency", "agencia", "agência", "agentur", "एजेंसी")
SOUGHT = (
    *("creators", "influencers", "influencer", "bloggers", "creadores", "creadoras", "criadores", "criadoras"),
    *("influenciadores", "influenciadoras", "क्रिएटर", "क्रिएटर्स", "इन्फ्लुएंसर", "इन्फ्लुएंसर्स"),
)  # fmt: skip
ONE = (
    *("creator", "influencer", "blogger", "vlogger", "youtuber", "tiktoker", "streamer", "creador", "creadora"),
    *("criador", "criadora", "influenciador", "influenciadora", "क्रिएटर", "इन्फ्लुएंसर"),
)  # fmt: skip
"""What one person calls herself who is looked for."""
FEW = 5  # words of somebody who says nothing but which side is theirs
PROPER = r"((?-i:[\p{Lu}\d])[\w'’&.-]*(?:\s+(?:(?:&|and|de|of|del|la|y)\s+)?(?-i:[\p{Lu}\d])[\w'’&-]*){0,4})"
ANY_WORDS = r"([\p{L}\p{M}\d&'’ -]{2,40}?)"
"""A name in whatever letters, up to where the sentence goes on."""
GOES_ON = r"(?=\s*(?:[,.;!?\n]|$|\b(?:and|in|from|based|hai|hain|naam|en|de|y|em|e|we|our)\b|है))"
NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w)(?:called|named|se llama|nos llamamos|llamad[ao]|se chama|chamad[ao]|brand name(?: is)?|naam hai|(?:brand|company|dukaan) ka naam|(?:ब्रांड|ब्रैंड|कंपनी|दुकान) का नाम)\s*:?\s+(?:{PROPER}|{ANY_WORDS}{GOES_ON})",
        rf"(?<!\w)(?:our|my|nuestra|mi|nossa|minha|hamar[aie]|humar[aie]|mer[aie]|हमारा|हमारी|मेरा)\s+(?:\p{{L}}+\s+){{0,2}}?(?:{wording.joined(BUSINESS)})(?:\s+(?:is|es|é|hai))?\s+{PROPER}",
        rf"(?<!\w)(?:हमारा|हमारी|मेरा|मेरी)\s+(?:ब्रांड|ब्रैंड|कंपनी|दुकान)\s+{ANY_WORDS}\s+है",
        rf"(?<!\w)(?:we are|we're|we’re|somos|i run|i own|i represent|hum|ham|this is)\s+(?:the |la |el |los |a |o )?{PROPER}",
        rf"(?<!\w)(?<!mera )(?<!meri )(?<!mere )naam\s+{PROPER}",
        rf"(?<!\w)(?:{wording.joined(BUSINESS)})(?:\s+(?:in|from|en|de|em|na|no)\s+[^,.;]{{2,30}})?\s*,\s*{PROPER}\s*,",
        rf"(?<!\w){PROPER}\s+(?:naam ka|naam ki|name ka)\s+(?:{wording.joined(BUSINESS)})",
    )
)


def is_brand(text: str) -> bool:
    """Tell whether somebody speaks for a business, or looks for creators: one who says their own price does not."""
    normal = wording.normalise(text).lower()
    about_themselves = intro.slots(text).keys() & {"rates", "followers"}
    speaks = wording.has_word(normal, OURS) and wording.has_word(normal, (*BUSINESS, *SOUGHT))
    return speaks and not about_themselves


def says_creator(text: str) -> bool:
    """Tell whether a few words say that somebody is a creator, and nothing else: "creator", "soy creadora"."""
    normal = wording.normalise(text).lower()
    return len(normal.split()) <= FEW and wording.has_word(normal, ONE) and not is_brand(text)


def says_brand(text: str) -> bool:
    """Tell whether a few words say that somebody speaks for a business, and nothing else: "brand", "a small shop"."""
    normal = wording.normalise(text).lower()
    return len(normal.split()) <= FEW and wording.has_word(normal, BUSINESS)


def slots(text: str) -> dict[str, Any]:
    """Return what a brand says of itself: name, kind, country, currency; nothing where it is none."""
    if not is_brand(text):
        return {}
    normal = wording.without_links(wording.normalise(text))
    found: dict[str, Any] = {"kind": "agency" if wording.has_word(normal.lower(), AGENCY) else "brand"}
    if called := name(text):
        found["name"] = called
    town = next((span[0] for span in places.city_spans(normal)), None)
    country = next(iter(places.countries(normal)), "") or (town.country if town else "")
    if country:
        found |= {"country": country, "currency": gazetteer.currency_of(country)}
    return found


def name(text: str) -> str:
    """Return what a business is called, empty where it is not said."""
    normal = wording.without_links(wording.normalise(text))
    for pattern in NAMED:
        if match := pattern.search(normal):
            called = next(filter(None, match.groups())).strip(" .,-")
            called = called.title() if called.islower() else called
            return "" if gazetteer.fold(called) in gazetteer.cities() or places.countries(called) else called
    return ""
