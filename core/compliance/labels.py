"""Which words say that something is an advertisement, country by country, with sources.

A row is a country's rule: its labels, those that only count as a hashtag because they are everyday words
otherwise, and words that people take for labels and that are none. English labels count beside its own.
"""

from dataclasses import dataclass
from datetime import date

ENGLISH = ("advertisement", "ad", "sponsored", "paid partnership", "promoted", "paid ad")
TAGS = ("sponsoredby", "sponsoredpost", "paidpartnership", "paidcollaboration")
"""The same in hashtags, written together with what goes on behind them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which words disclose in a jurisdiction, and which only pretend to. A caption is begun with `tag`."""

    jurisdiction: str
    valid_from: date
    source: str
    tag: str
    labels: tuple[str, ...]
    weak: tuple[str, ...] = ()
    translated: tuple[str, ...] = ()
    """The same labels in other languages of the country."""
    hashed: tuple[str, ...] = ()
    """What discloses as a hashtag only."""
    also: tuple[str, ...] = ENGLISH
    """Labels of the language that everybody's readers know."""


ENGLISH_WEAK = ("spon", "sp", "partner", "collab", "ambassador", "thanks to")
SPANISH = (
    *("publicidad", "publi", "publipost", "anuncio", "patrocinado", "patrocinada", "patrocinado por"),
    *("patrocinada por", "contenido patrocinado"),
    *("publicidad pagada", "colaboración pagada", "colaboración remunerada", "colaboración patrocinada"),
    *("asociación pagada", "contenido pagado", "promoción pagada"),
)
SPANISH_WEAK = (
    "colab",
    "collab",
    "sponso",
    "spon",
    "sp",
    "colaboración",
    "embajador",
    "embajadora",
    "gracias a",
)
PORTUGUESE = (
    *("publicidade", "publi", "publipost", "anúncio", "patrocinado", "patrocinada", "parceria paga"),
    *("patrocinado por", "patrocinada por"),
    *("conteúdo patrocinado", "conteúdo pago", "post patrocinado", "informe publicitário", "propaganda"),
)
PORTUGUESE_WEAK = (
    "parceria",
    "collab",
    "colab",
    "parceiro",
    "parceira",
    "embaixador",
    "embaixadora",
    "recebido",
)
GERMAN = (
    *("werbung", "anzeige", "werbeanzeige", "dauerwerbung", "dauerwerbesendung", "bezahlte werbung"),
    *("bezahlte partnerschaft", "bezahlte anzeige", "werbevideo", "gesponsert", "gesponsert von"),
)
GERMAN_WEAK = ("kooperation", "koop", "collab", "partner", "ambassador", "spon", "pr sample", "danke an")
FRENCH = (
    *("publicité", "collaboration commerciale", "partenariat rémunéré", "collaboration rémunérée"),
    *("contenu sponsorisé", "post sponsorisé", "sponsorisé", "sponsorisée", "annonce publicitaire"),
)
FRENCH_WEAK = ("collab", "collaboration", "partenariat", "ambassadeur", "ambassadrice", "spon", "merci à")
ITALIAN = (
    *("pubblicità", "advertising", "sponsorizzato", "sponsorizzata", "sponsorizzato da", "promosso da"),
    *("contenuto sponsorizzato", "partnership pubblicitaria", "inserzione a pagamento", "adv"),
)
DUTCH = ("advertentie", "reclame", "betaald partnerschap", "betaalde samenwerking", "gesponsord")
INDONESIAN = (
    *("iklan", "advertorial", "pariwara", "disponsori", "bersponsor", "konten berbayar", "konten bersponsor"),
    *("kerja sama berbayar", "kerjasama berbayar", "kemitraan berbayar", "promosi berbayar"),
)
JAPANESE = ("広告", "宣伝", "プロモーション", "タイアップ広告", "スポンサー提供", "pr", "pr案件", "pr投稿")
KOREAN = ("광고", "유료광고", "유료 광고", "협찬", "제작비 지원")
OF_INDIA = (
    *("प्रायोजित", "सशुल्क साझेदारी", "सहयोग", "साझेदारी", "इश्तिहार"),
    *("जाहिरात", "বিজ্ঞাপন", "விளம்பரம்", "ప్రకటన", "ಜಾಹೀರಾತು", "જાહેરાત", "പരസ്യം", "ਇਸ਼ਤਿਹਾਰ"),
    *("ବିଜ୍ଞାପନ", "اشتہار", "vigyapan", "vigyaapan", "jahirat"),
)
ASCI = Rule(
    "IN",
    date(2021, 6, 14),
    "ASCI guidelines for influencer advertising (2021, amended 2023)",
    "ad",
    labels=(
        *("advertisement", "ad", "sponsored", "collaboration", "partnership", "employee", "free gift"),
        "विज्ञापन",
    ),
    weak=("collab", "spon", "sp", "ambassador"),
    translated=OF_INDIA,
    also=(),
)
FTC = Rule(
    "US",
    date(2023, 7, 26),
    "FTC, Disclosures 101 and 16 CFR 255",
    "ad",
    labels=ENGLISH,
    weak=ENGLISH_WEAK,
    translated=SPANISH,
    also=(),
)
ICPEN = "ICPEN Guidelines for Digital Influencers (2016)"
"""The consumer authorities' common rule, where we know no law or code of the country's own."""
ICPEN_FROM = date(2016, 6, 20)
OF_COUNTRIES = (
    ASCI,
    FTC,
    Rule(
        "GB",
        date(2010, 9, 1),
        "CAP Code rule 2; ASA and CMA, Influencers' guide to making clear that ads are ads",
        "ad",
        labels=("advert", "advertising", "advertisement feature", "ad feature"),
        weak=("gifted", "aff", *ENGLISH_WEAK),
    ),
    Rule(
        "AU",
        date(2021, 2, 1),
        "AANA Code of Ethics, section 2.7",
        "ad",
        labels=("advert", "advertising", "branded content", "paid promotion"),
        weak=("gifted", *ENGLISH_WEAK),
    ),
    Rule(
        "CA",
        date(2019, 1, 1),
        "Ad Standards, Influencer Marketing Disclosure Guidelines",
        "ad",
        labels=FRENCH,
        weak=(*ENGLISH_WEAK, *FRENCH_WEAK),
        hashed=("pub",),
    ),
    Rule(
        "DE",
        date(2022, 5, 28),
        "§ 5a (4) UWG, § 22 MStV; Medienanstalten, Werbekennzeichnung bei Online-Medien",
        "Werbung",
        labels=GERMAN,
        weak=GERMAN_WEAK,
    ),
    Rule(
        "AT",
        date(1982, 1, 1),
        "§ 26 Mediengesetz",
        "Anzeige",
        labels=("entgeltliche einschaltung", "entgeltliche anzeige", *GERMAN),
        weak=GERMAN_WEAK,
    ),
    Rule(
        "CH",
        date(1988, 3, 1),
        "Art. 3 UWG; Schweizerische Lauterkeitskommission, Grundsatz B.15",
        "Werbung",
        labels=GERMAN,
        weak=GERMAN_WEAK,
        translated=(*FRENCH, *ITALIAN),
        hashed=("pub",),
    ),
    Rule(
        "ES",
        date(2021, 1, 1),
        "AEA and Autocontrol, Código de conducta sobre el uso de influencers en la publicidad; LSSI art. 20",
        "publicidad",
        labels=("en colaboración con", "patrocinado por", *SPANISH),
        weak=SPANISH_WEAK,
        translated=("publicitat", "publizitatea", "publicidade"),
    ),
    Rule(
        "MX",
        date(1992, 12, 25),
        "Ley Federal de Protección al Consumidor, art. 32; PROFECO, guía de publicidad para influencers",
        "publicidad",
        labels=SPANISH,
        weak=SPANISH_WEAK,
    ),
    Rule(
        "BR",
        date(1991, 3, 11),
        "Código de Defesa do Consumidor, art. 36; CONAR, Guia de Publicidade por Influenciadores Digitais",
        "publi",
        labels=PORTUGUESE,
        weak=PORTUGUESE_WEAK,
    ),
    Rule(
        "PT",
        date(1990, 10, 23),
        "Código da Publicidade, art. 8.º; Direção-Geral do Consumidor, guia para influenciadores",
        "pub",
        labels=PORTUGUESE,
        weak=PORTUGUESE_WEAK,
        hashed=("pub",),
    ),
    Rule(
        "FR",
        date(2023, 6, 10),
        "Loi n° 2023-451 du 9 juin 2023, art. 5",
        "Publicité",
        labels=FRENCH,
        weak=FRENCH_WEAK,
        hashed=("pub",),
    ),
    Rule(
        "IT",
        date(2024, 1, 10),
        "AGCOM, delibera 7/24/CONS; IAP, Regolamento Digital Chart",
        "pubblicità",
        labels=ITALIAN,
        weak=("collab", "collaborazione", "gifted", "fornito da", "ambassador", "grazie a"),
        hashed=("ad",),
        also=tuple(label for label in ENGLISH if label != "ad"),  # "ad esempio"
    ),
    Rule(
        "NL",
        date(2014, 1, 1),
        "Reclamecode Social Media & Influencer Marketing",
        "advertentie",
        labels=DUTCH,
        weak=("spon", "collab", "samenwerking", "partner"),
        hashed=("adv",),
    ),
    Rule(
        "BE",
        date(2018, 10, 1),
        "Code de droit économique, VI.97 and XII.12; JEP, recommandations pour les influenceurs",
        "publicité",
        labels=("publicité", "reclame", *DUTCH),
        weak=FRENCH_WEAK,
        translated=FRENCH,
        hashed=("pub",),
    ),
    Rule(
        "ID",
        date(2020, 1, 1),
        "Dewan Periklanan Indonesia, Etika Pariwara Indonesia (2020)",
        "iklan",
        labels=INDONESIAN,
        weak=("endorse", "endorsement", "kolaborasi", "collab", "paid promote", "terima kasih"),
    ),
    Rule(
        "JP",
        date(2023, 10, 1),
        "Cabinet Office Notification No. 19 of 2023 (Premiums and Representations Act), with guidelines",
        "PR",
        labels=JAPANESE,
        weak=("提供", "アンバサダー", "コラボ", "タイアップ"),
    ),
    Rule(
        "KR",
        date(2020, 9, 1),
        "KFTC, Guidelines on labelling and advertising of recommendations and endorsements",
        "광고",
        labels=KOREAN,
        weak=("체험단", "서포터즈", "앰배서더"),
    ),
    *(
        Rule(country, ICPEN_FROM, ICPEN, "publicidad", labels=SPANISH, weak=SPANISH_WEAK)
        for country in (
            "AR",
            "BO",
            "CL",
            "CO",
            "CR",
            "DO",
            "EC",
            "GT",
            "HN",
            "NI",
            "PA",
            "PE",
            "PY",
            "SV",
            "UY",
            "VE",
        )
    ),
    *(
        Rule(country, ICPEN_FROM, ICPEN, "publicidade", labels=PORTUGUESE, weak=PORTUGUESE_WEAK)
        for country in ("AO", "MZ")
    ),
)
RULES: dict[str, Rule] = {rule.jurisdiction: rule for rule in OF_COUNTRIES}
NOT_BEFORE = (
    *("not", "no", "isn't", "isnt", "ain't", "aint", "wasn't", "aren't", "never", "non", "without", "zero"),
    *("sin", "nunca", "não", "nao", "sem", "nem", "kein", "keine", "keinen", "keiner", "ohne", "nicht"),
    *(
        "unbezahlt",
        "unbezahlte",
        "unpaid",
        "bukan",
        "bukanlah",
        "tanpa",
        "tidak",
        "बिना",
        "bina",
        "pas",
        "sans",
    ),
    *("aucune", "senza", "nessuna", "niet", "geen", "zonder", "বিনা", "ছাড়া"),
)
"""Words that take back the label behind them, with no more than articles and the like between."""
BETWEEN = (
    *("a", "an", "the", "any", "my", "this", "is", "it", "its", "it's", "paid", "really"),
    *("es", "esto", "un", "una", "ninguna", "de", "ningún", "é", "e", "isso", "uma", "um", "nenhuma", "ist"),
    *("das", "ein", "eine", "einen", "bezahlte", "une", "la", "aucune", "c'est", "è", "uno", "adalah", "ini"),
    *("sebuah", "किसी", "कोई", "kisi", "koi", "een", "dit"),
)
NOT_BEHIND = (
    *(
        "nahi",
        "nahin",
        "nahi hai",
        "nahi hain",
        "nahi h",
        "nahin hai",
        "hai nahi",
        "नहीं",
        "नही",
        "नहीं है",
        "नहीं हैं",
    ),
    *("नाही", "नाही आहे", "nahi ahe", "இல்லை", "அல்ல", "కాదు", "ಅಲ್ಲ", "নয়", "নেই", "નથી", "അല്ല", "ਨਹੀਂ", "نہیں"),
    *("not", "nicht", "bukan", "não"),
)
"""Words that take back the label before them, at the end of a clause."""
NOT_ATTACHED = (
    r"[-\u2010-\u2015]free|[-\u2010-\u2015]frei"
    r"|(?:では|じゃ|で)は?(?:ない|ありません|なく|無)|は?(?:なし|無し|抜き|ゼロ)"
    r"|(?:가|는|은|이)?\s*(?:아님|아닙|아니|없)"
)
"""What is written onto a label and takes it back."""
