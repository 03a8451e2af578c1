"""How lists call their columns, by field and in the languages that we read."""

import difflib
from functools import cache

import regex as re

from core.kit.money import Currency
from core.kit.vocabulary import DeliverableKind, Platform
from core.networks.places import PLACES

OURS = frozenset(
    {
        *(
            "id",
            "name",
            "platform",
            "handle",
            "followers",
            "engagement_rate",
            "average_views",
            "bio",
            "niches",
        ),
        *("languages", "city", "country", "currency", "available", "like_rate", "comment_rate"),
    }
) | {f"rate_{kind}" for kind in DeliverableKind}
"""The columns as we write them ourselves (docs/import.md)."""
LIKE_OURS = {
    "text": "bio",
    "description": "bio",
    "category": "niches",
    "niche": "niches",
    "language": "languages",
    "views": "average_views",
    "username": "handle",
    "follower count": "followers",
}
"""Names that have always been taken without a question."""
EXTRA = frozenset({"first_name", "last_name", "location"})
"""Columns that are no field of ours, of which one is made."""
ACCOUNT_FIELDS = ("handle", "followers", "engagement_rate", "average_views")

NAMES: dict[str, str] = {
    "id": "key|creator id|influencer id|profile id|user id|uuid|pk|external id|kol id",
    "name": "full name|fullname|display name|creator|creator name|influencer|influencer name|real name|nickname|"
    "youtuber|youtuber name|tiktoker|tiktoker name|instagrammer|blogger|channel name|channel title|account name|artist|kol|kol name|"
    "nombre|nombre completo|nombre y apellido|creador|creadora|influenciador|nome|nome completo|criador|criadora|"
    "vorname nachname|vollständiger name|anzeigename|nom|nom complet|nama|nama lengkap|नाम|पूरा नाम|क्रिएटर|naam|名前|氏名|이름|姓名|昵称",
    "first_name": "first name|firstname|given name|vorname|nombre de pila|primeiro nome|prénom|nama depan|पहला नाम",
    "last_name": "last name|lastname|surname|family name|nachname|apellido|apellidos|sobrenome|nama belakang|उपनाम",
    "handle": "user name|user|handle name|account|account handle|account link|account url|profile|profile url|profile link|"
    "profile address|link to profile|url|link|links|permalink|channel url|channel link|channel handle|channel info|page|page url|"
    "screen name|unique id|uniqueid|platform username|login|slug|insta name|at|nick|"
    "usuario|nombre de usuario|cuenta|perfil|enlace|enlace del perfil|usuário|nome de usuário|conta|link do perfil|arroba|"
    "benutzername|nutzername|konto|profil|profillink|nom d utilisateur|compte|lien|nama pengguna|akun|tautan|"
    "हैंडल|यूज़रनेम|यूजरनेम|खाता|प्रोफ़ाइल|लिंक|アカウント|ユーザー名|계정|账号|用户名",
    "platform": "network|social network|social media|social platform|social media platform|channel type|channel platform|"
    "red|red social|plataforma|rede|rede social|plattform|netzwerk|soziales netzwerk|kanal|réseau|plateforme|jaringan|"
    "प्लेटफ़ॉर्म|प्लेटफॉर्म|मंच|プラットフォーム|플랫폼|平台",
    "followers": "follower|followers count|followers number|follower number|follower counts|followed by|followercount|"
    "subscriber|subscribers|subs|subscriber count|subscribers count|fans|fan count|fan|audience size|community size|"
    "seguidores|seguidor|suscriptores|inscritos|cantidad seguidores|número seguidores|numero seguidores|n seguidores|"
    "anzahl follower|followeranzahl|followerzahl|abonnenten|anzahl abonnenten|abonnés|nombre abonnés|pengikut|jumlah pengikut|"
    "फॉलोअर्स|फ़ॉलोअर्स|फॉलोवर्स|फ़ॉलोवर्स|फॉलोअर|अनुयायी|सब्सक्राइबर|फॉलोअर्स की संख्या|フォロワー|フォロワー数|팔로워|팔로워 수|粉丝|粉丝数",
    "engagement_rate": "engagement|er|eng rate|eng|avg engagement rate|average engagement rate|avg engagement|average engagement|"
    "engagement avg|eng avg|eng auth|authentic engagement|engagement rate er|engagementrate|interaction rate|60 day eng rate|sixty day eng rate|real engagement|"
    "tasa engagement|tasa interacción|interacción|taxa engajamento|engajamento|interaktionsrate|engagement quote|"
    "taux engagement|tingkat keterlibatan|एंगेजमेंट|एंगेजमेंट दर|एंगेजमेंट रेट|जुड़ाव दर|エンゲージメント率|참여율|互动率",
    "average_views": "avg views|average view|views avg|mean views|avg view count|average video views|avg video views|average reels views|"
    "avg reels views|average reel views|average plays|avg plays|vistas promedio|promedio vistas|visualizaciones promedio|"
    "visualizaciones medias|reproducciones promedio|visualizações médias|média visualizações|média views|durchschnittliche aufrufe|"
    "durchschnittliche views|vues moyennes|rata rata tayangan|औसत व्यूज़|औसत व्यूज|平均再生数|평균 조회수|平均播放量",
    "bio": "biography|about|about me|introduction|bio text|profile text|biografía|descripción|sobre mí|acerca|biografia|"
    "descrição|sobre|beschreibung|über mich|über|présentation|deskripsi|बायो|परिचय|विवरण|自己紹介|소개|简介",
    "niches": "topic|topics|categories|main category|primary category|content category|interest|interests|vertical|verticals|genre|"
    "tags|content type|industry|focus|tema|temas|temática|categoría|categorías|nicho|nichos|categoria|categorias|rubro|"
    "interesses|intereses|assunto|assuntos|thema|themen|kategorie|kategorien|bereich|thème|catégorie|kategori|topik|"
    "श्रेणी|विषय|कैटेगरी|ジャンル|カテゴリ|카테고리|类别|领域",
    "languages": "lang|langs|content language|spoken languages|idioma|idiomas|lengua|lenguas|língua|línguas|sprache|sprachen|"
    "langue|langues|bahasa|भाषा|भाषाएँ|भाषाएं|言語|언어|语言",
    "city": "town|home city|base city|ciudad|localidad|cidade|município|stadt|wohnort|ort|ville|kota|शहर|都市|도시|城市",
    "country": "nation|country code|country name|home country|countrycode|país|pais|land|ländercode|pays|negara|देश|国|국가|国家",
    "location": "based in|base|place|city country|city and country|ubicación|lugar|localização|local|standort|lokasi|स्थान|जगह|lieu",
    "currency": "currency code|moneda|divisa|moeda|währung|devise|mata uang|मुद्रा|करेंसी|通貨|통화|货币",
    "available": "availability|is available|open to work|active|disponible|disponível|verfügbar|tersedia|उपलब्ध",
}  # fmt: skip
"""Headings as they are folded, by field. A word behind another heading may be left out (FILLERS)."""
ROW_NUMBERS = frozenset(
    {
        *(
            "",
            "#",
            "rank",
            "ranking",
            "rank no",
            "no",
            "no.",
            "nr",
            "sno",
            "s no",
            "sr",
            "sr no",
            "sl no",
            "slno",
        ),
        *(
            "serial",
            "serial no",
            "serial number",
            "row",
            "index",
            "unnamed 0",
            "position",
            "pos",
            "place no",
            "n",
        ),
        *(
            "puesto",
            "posición",
            "posicion",
            "posição",
            "rang",
            "platz",
            "lfd nr",
            "nummer",
            "क्रम",
            "क्रमांक",
            "क्र",
        ),
        *("urutan", "peringkat", "順位", "순위", "排名", "序号", "番号"),
    }
)
"""Headings of numbers that say where a row stands and not who is in it."""
FILLERS = frozenset(
    {
        *(
            "total",
            "number",
            "num",
            "nb",
            "count",
            "of",
            "the",
            "in",
            "on",
            "current",
            "approx",
            "approximate",
            "their",
        ),
        *(
            "your",
            "latest",
            "de",
            "del",
            "la",
            "el",
            "los",
            "las",
            "do",
            "da",
            "dos",
            "das",
            "der",
            "die",
            "os",
            "as",
        ),
        *(
            "s",
            "creator",
            "influencer",
            "total de",
            "cantidad",
            "número",
            "numero",
            "anzahl",
            "qtd",
            "no",
            "nº",
            "nr",
        ),
        *("का", "की", "के", "primary", "main", "social", "account", "profile"),
    }
)
PLATFORMS: dict[str, Platform] = {
    **{platform.value: platform for platform in Platform},
    **{word: place.platform for place in PLACES for word in place.called},
    **dict.fromkeys(("instagram.com", "instagrammer"), Platform.INSTAGRAM),
    **dict.fromkeys(("tiktoker",), Platform.TIKTOK),
    **dict.fromkeys(("youtuber",), Platform.YOUTUBE),
    **dict.fromkeys(("x twitter", "twitter x"), Platform.X),
}
OF_YOUTUBE = frozenset(
    {"subscribers", "subscriber", "subs", "suscriptores", "inscritos", "abonnenten", "channel"}
)
OF_AN_ACCOUNT = frozenset({("channel",), ("page",), ("account",), ("id",), ("@",)})
"""Words behind a platform's name that mean who it is."""
MONEY = frozenset(
    {
        *(
            "rate",
            "rates",
            "price",
            "prices",
            "pricing",
            "cost",
            "costs",
            "fee",
            "fees",
            "charge",
            "charges",
            "amount",
        ),
        *(
            "per",
            "quote",
            "ask",
            "tarifa",
            "tarifas",
            "precio",
            "costo",
            "coste",
            "por",
            "preço",
            "valor",
            "cachê",
        ),
        *(
            "preis",
            "honorar",
            "kosten",
            "pro",
            "je",
            "harga",
            "biaya",
            "tarif",
            "prix",
            "दर",
            "कीमत",
            "शुल्क",
            "प्रति",
        ),
    }
)
NO_MONEY = frozenset(
    {"engagement", "er", "views", "likes", "comments", "interaction", "click", "completion", "like"}
)
KINDS: dict[str, DeliverableKind] = {
    **dict.fromkeys(("reel", "reels", "रील", "रील्स"), DeliverableKind.REEL),
    **dict.fromkeys(("story", "stories", "storys", "historia", "historias", "स्टोरी"), DeliverableKind.STORY),
    **dict.fromkeys(
        ("post", "posts", "publicación", "publicação", "beitrag", "feed", "पोस्ट"), DeliverableKind.POST
    ),
    **dict.fromkeys(("video", "videos", "vídeo", "vídeos", "वीडियो"), DeliverableKind.VIDEO),
    **dict.fromkeys(("short", "shorts", "शॉर्ट"), DeliverableKind.SHORT),
    **dict.fromkeys(("tweet", "tweets", "ट्वीट"), DeliverableKind.TWEET),
    **dict.fromkeys(("live", "lives", "livestream", "लाइव"), DeliverableKind.LIVE),
}
OF_OTHERS = frozenset(
    {
        "audience",
        "post",
        "posts",
        "media",
        "recent",
        "history",
        "lookalikes",
        "contacts",
        "brand",
        "similar",
        "notable",
    }
)
"""Parts of JSON that say something of others than the creator."""
SCALES = {
    "k": 3,
    "thousand": 3,
    "thousands": 3,
    "000": 3,
    "lakh": 5,
    "lakhs": 5,
    "m": 6,
    "million": 6,
    "millions": 6,
}
SIGNS = {"₹": "INR", "rs": "INR", "€": "EUR", "£": "GBP", "r$": "BRL", "us$": "USD", "$": "USD", "¥": "JPY"}
CLOSE = 0.88
CLOSE_CHARACTERS_MIN = 6


def folded(heading: str) -> str:
    """Return a heading for comparing: small letters, words apart (followersCount too), no signs."""
    apart = re.sub(r"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\d)(?<!\d)", " ", heading.strip("\ufeff \t\"'"))
    bare = apart.casefold().strip()
    return (
        bare
        if bare in {"#", "@"}
        else " ".join(re.sub(r"[^\p{L}\p{M}\p{N}.$₹€£¥%]+|\.(?!com)", " ", bare).split())
    )


@cache
def _fields() -> dict[str, str]:
    found = {folded(name): field for field, names in NAMES.items() for name in [field, *names.split("|")]}
    found |= {folded(name): name for name in OURS} | {
        folded(name): field for name, field in LIKE_OURS.items()
    }
    return found | {"@": "handle"}


def exact(heading: str) -> str:
    """Return the field of a heading that is ours, or was always taken as ours; empty for another."""
    name = folded(heading)
    return next((ours for ours in OURS if folded(ours) == name), "") or LIKE_OURS.get(name, "")


@cache
def field_of(heading: str) -> str:
    """Return the field that a heading means: ours, `instagram_followers` of one account, or empty."""
    name = folded(heading)
    if name in ROW_NUMBERS:
        return ""
    words = tuple(word for word in name.split() if word not in {"%", "pct", "percent"})
    found = exact(heading) or _fields().get(" ".join(words), "") or _of_account(words)
    found = found or _rate(words) or _loosely(words)
    for part in heading.split("/") if not found else ():
        found = found or (field_of(part) if part != heading and part.strip() else "")
    within, dot, last = heading.rpartition(".")
    if found or not dot or not last or OF_OTHERS.intersection(folded(within).split()):
        return found
    return field_of(last)  # a part of a part, in JSON


def _of_account(words: tuple[str, ...]) -> str:
    """Return the field of one platform's account: "IG followers", "Instagram"."""
    for length in (2, 1):
        for start in range(len(words) - length + 1):
            platform = PLATFORMS.get(" ".join(words[start : start + length]))
            rest = words[:start] + words[start + length :]
            if platform and (not rest or length < len(words)):
                field = (_fields().get(" ".join(rest)) or _loosely(rest)) if rest else "handle"
                field = "handle" if field in {"id", "name"} or rest in OF_AN_ACCOUNT else field
                return f"{platform}_{field}" if field in ACCOUNT_FIELDS else _rate(words)
    return ""


def _rate(words: tuple[str, ...]) -> str:
    kinds = [KINDS[word] for word in words if word in KINDS]
    paid = any(word in MONEY or currency_in(word) for word in words) and not NO_MONEY.intersection(words)
    return f"rate_{kinds[0]}" if paid and kinds else ""


def _loosely(words: tuple[str, ...]) -> str:
    """Return the field of a heading without its small words, or of one with a letter wrong."""
    bare = " ".join(
        word for word in words if word not in FILLERS and word not in SCALES and not word.isdigit()
    )
    found = _fields().get(bare, "")
    if found or len(bare) < CLOSE_CHARACTERS_MIN:
        return found
    near = difflib.get_close_matches(bare, _fields(), 1, CLOSE)
    return _fields()[near[0]] if near else ""


def is_known(heading: str) -> bool:
    """Tell whether a cell is a heading that we know."""
    return bool(heading) and len(heading) <= 80 and bool(field_of(heading))  # noqa: PLR2004  (no heading is longer)


def currency_in(words: str) -> str:
    """Return the currency that a heading or a cell names by sign or code, empty for none."""
    found = [word.upper() for word in words.split() if word.upper() in Currency.__members__]
    return found[0] if found else next((code for sign, code in SIGNS.items() if sign in words.split()), "")


def noughts_in(heading: str) -> int:
    """Return what a heading says its figures count in: "Followers (k)" are thousands."""
    return next((SCALES[word] for word in folded(heading).split()[1:] if word in SCALES), 0)


def is_percent(heading: str) -> bool:
    """Tell whether a heading says that its figures are per cent."""
    words = heading.casefold().replace("_", " ")
    return "%" in words or any(word in {"pct", "percent", "percentage"} for word in folded(words).split())
