"""The words of the trade that people ask about; what each means is said in `bots.phrases.faq`."""

from functools import cache

from bots.understanding import ways

TERMS: dict[str, tuple[str, ...]] = {
    "cpm": (
        "cpm",
        "cost per mille",
        "cost per thousand",
        "costo por mil",
        "custo por mil",
        "tausenderpreis",
        "tkp",
    ),
    "cpe": ("cpe", "cost per engagement"),
    "cpc": ("cpc", "cost per click", "costo por clic", "custo por clique"),
    "ctr": ("ctr", "click through rate", "clickthrough rate"),
    "er": (
        *(
            "er",
            "engagement rate",
            "engagement",
            "engagements",
            "tasa de interacción",
            "taxa de engajamento",
            "engajamento",
        ),
        *(
            "interacciones",
            "tingkat interaksi",
            "engagement rate ka",
            "एंगेजमेंट रेट",
            "एंगेजमेंट",
            "interaktionsrate",
        ),
    ),
    "emv": ("emv", "earned media value", "media value"),
    "roas": (
        "roas",
        "return on ad spend",
        "retorno de la inversión publicitaria",
        "retorno sobre gasto com anúncios",
    ),
    "roi": ("roi", "return on investment", "retorno de inversión", "retorno sobre investimento"),
    "reach": ("reach", "alcance", "jangkauan", "reichweite", "रीच", "पहुँच"),
    "impressions": (
        "impressions",
        "impression",
        "impresiones",
        "impressões",
        "impresi",
        "impressionen",
        "views",
        "vistas",
    ),
    "ugc": ("ugc", "user generated content", "यूजीसी"),
    "escrow": (
        "escrow",
        "set aside",
        "held money",
        "held",
        "deposit",
        "aside",
        "एस्क्रो",
        "apartado",
        "reservado",
        "treuhand",
        "garantía",
        "escrow account",
    ),
    "commission": ("commission", "comisión", "comissão", "komisi", "provision", "कमीशन", "service fee"),
    "nano": (
        "nano",
        "nano influencer",
        "nano creator",
        "nano influencers",
        "nanoinfluencer",
        "micro influencer",
        "micro creator",
    ),
    "niche": ("niche", "nicho", "niche market", "नीश", "nische"),
    "brief": ("brief", "briefing", "ब्रीफ", "ब्रीफ़"),
    "draft": ("draft", "borrador", "rascunho", "entwurf", "ड्राफ्ट", "ड्राफ़्ट"),
    "deliverable": (
        "deliverable",
        "deliverables",
        "piece",
        "pieces",
        "entregable",
        "entregables",
        "entregável",
    ),
    "score": (
        "score",
        "influence score",
        "trust score",
        "puntuación",
        "pontuação",
        "skor",
        "स्कोर",
        "reliability",
        "reliability score",
    ),
    "payout": ("payout", "payouts", "pago", "repasse", "pencairan", "auszahlung", "पेआउट"),
    "dispute": ("dispute", "disputa", "sengketa", "streitfall", "विवाद"),
    "barter": ("barter", "barter deal", "trueque", "canje", "permuta", "gifting", "बार्टर", "tauschgeschäft"),
    "usage": (
        "usage rights",
        "rights",
        "derechos de uso",
        "direitos de uso",
        "hak pakai",
        "nutzungsrechte",
        "whitelisting",
        "spark ads",
        "exclusivity",
    ),
    "disclosure": ("disclosure", "ad label", "paid partnership", "ad disclosure", "label"),
    "counter": ("counter", "counter offer", "counteroffer", "contraoferta", "contraproposta", "gegenangebot"),
    "shortlist": ("shortlist", "short list", "preselección", "lista curta"),
    "boost": ("boost", "boosting", "impulso", "impulsionamento"),
    "utm": ("utm", "utm link", "tracking link", "tracked link", "promo code", "discount code"),
}
"""Each term with what people call it."""


@cache
def _terms() -> dict[str, str]:
    return {ways.folded(name): term for term, names in TERMS.items() for name in names}


def term_of(words: str) -> str:
    """Return the term behind words in the compared form, empty where we explain none."""
    return _terms().get(words, "")
