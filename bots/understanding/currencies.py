"""How currencies are called: ISO codes, signs, and words that mean another one in another country. Data, and
one function that settles whose "pesos" they are.
"""

from core.kit.money import Currency

SHARED: dict[str, dict[str, str]] = {
    "peso": {"": "MXN", "MX": "MXN", "AR": "ARS", "CO": "COP", "CL": "CLP", "PH": "PHP", "UY": "UYU", "DO": "DOP", "CU": "CUP"},
    "rupee": {"": "INR", "IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR", "SC": "SCR"},
    "krone": {"": "SEK", "SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK", "CZ": "CZK"},
    "dollar": {"": "USD", "AU": "AUD", "CA": "CAD", "SG": "SGD", "NZ": "NZD", "HK": "HKD"},
    "$": {"": "USD"},
    "pound": {"": "GBP", "EG": "EGP", "LB": "LBP", "SD": "SDG"},
    "dinar": {"": "KWD", "KW": "KWD", "BH": "BHD", "JO": "JOD", "IQ": "IQD", "TN": "TND", "DZ": "DZD", "RS": "RSD", "LY": "LYD"},
    "dirham": {"": "AED", "MA": "MAD"},
    "riyal": {"": "SAR", "QA": "QAR", "OM": "OMR", "YE": "YER", "IR": "IRR"},
    "franc": {"": "CHF", "SN": "XOF", "CI": "XOF", "ML": "XOF", "CM": "XAF", "RW": "RWF"},
    "shilling": {"": "KES", "KE": "KES", "TZ": "TZS", "UG": "UGX"},
    "yen": {"": "JPY", "CN": "CNY"},
}  # fmt: skip
"""Words of several countries: by country, and under "" where none is told."""

NAMES: dict[str, str] = {
    "₹": "INR", "rs": "rupee", "rs.": "rupee", "rupee": "rupee", "rupees": "rupee", "rupias": "rupee", "rúpias": "rupee", "rupien": "rupee", "rupaye": "INR", "rupay": "INR", "rupiya": "INR", "rupaiye": "INR", "rupye": "INR", "रुपये": "INR", "रुपए": "INR", "रु": "INR", "रुपया": "INR", "रूपये": "INR",
    "r$": "BRL", "reais": "BRL", "real": "BRL",
    "mx$": "MXN", "pesos": "peso", "peso": "peso", "pesos mexicanos": "MXN", "pesos argentinos": "ARS", "pesos colombianos": "COP", "pesos chilenos": "CLP", "pesos uruguayos": "UYU", "mexican pesos": "MXN", "₱": "PHP", "soles": "PEN", "s/": "PEN", "s/.": "PEN",
    "$": "$", "us$": "USD", "u$s": "USD", "u$d": "USD", "dollar": "dollar", "dollars": "dollar", "dólares": "dollar", "dolares": "dollar", "dólar": "dollar", "dolar": "dollar", "bucks": "dollar", "डॉलर": "USD", "us dollars": "USD", "s$": "SGD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD", "nt$": "TWD",
    "€": "EUR", "euro": "EUR", "euros": "EUR", "यूरो": "EUR",
    "£": "pound", "pounds": "pound", "pound": "pound", "quid": "GBP", "pfund": "GBP", "libras": "GBP",
    "rp": "IDR", "rp.": "IDR", "rupiah": "IDR",
    "dirham": "dirham", "dirhams": "dirham", "dhs": "AED", "دراهم": "AED", "franken": "CHF", "sfr": "CHF", "sfr.": "CHF", "fr.": "CHF", "francs": "franc", "franc": "franc", "francos": "franc",
    "¥": "yen", "yen": "JPY", "円": "JPY", "元": "CNY", "yuan": "CNY", "rmb": "CNY", "₩": "KRW", "฿": "THB", "baht": "THB", "ringgit": "MYR", "rm": "MYR", "₫": "VND", "dong": "VND",
    "₦": "NGN", "naira": "NGN", "r": "ZAR", "ft": "HUF", "tl": "TRY", "fcfa": "XOF", "cfa": "XOF", "сум": "UZS", "so'm": "UZS", "тг": "KZT", "грн": "UAH", "руб": "RUB", "руб.": "RUB", "лв": "BGN", "bs": "BOB", "tk": "BDT", "₵": "GHS", "cedis": "GHS", "cedi": "GHS", "rand": "ZAR", "kwacha": "ZMW", "birr": "ETB", "shillings": "shilling", "shilling": "shilling", "ksh": "KES", "ksh.": "KES",
    "₺": "TRY", "lira": "TRY", "liras": "TRY", "zł": "PLN", "zl": "PLN", "zloty": "PLN", "złoty": "PLN", "zlotys": "PLN", "forint": "HUF", "kč": "CZK", "koruna": "CZK", "lei": "RON", "leva": "BGN", "₴": "UAH", "hryvnia": "UAH", "₽": "RUB", "roubles": "RUB", "rubles": "RUB", "rublos": "RUB", "₪": "ILS", "shekel": "ILS", "shekels": "ILS",
    "৳": "BDT", "taka": "BDT", "kr": "krone", "kr.": "krone", "kronor": "SEK", "kroner": "krone", "krona": "SEK", "krone": "krone", "kronen": "krone", "coronas": "krone", "coroas": "krone",
    "riyal": "riyal", "riyals": "riyal", "rial": "riyal", "rials": "riyal", "dinar": "dinar", "dinars": "dinar", "dinares": "dinar",
    "₡": "CRC", "colones": "CRC", "quetzales": "GTQ", "lempiras": "HNL", "bolivianos": "BOB", "guaraníes": "PYG", "guaranies": "PYG", "₲": "PYG", "bolívares": "VES", "₸": "KZT", "₮": "MNT", "₭": "LAK", "₾": "GEL", "₼": "AZN", "៛": "KHR",
}  # fmt: skip
WORDLIKE = frozenset(
    [
        "all",
        "bs",
        "ft",
        "r",
        "tk",
        "tl",
        "amd",
        "ars",
        "sek",
        "ils",
        "bam",
        "bob",
        "cad",
        "cop",
        "cup",
        "dop",
        "gel",
        "gip",
        "mad",
        "mop",
        "mur",
        "nad",
        "nok",
        "pab",
        "pen",
        "ron",
        "rub",
        "sos",
        "top",
        "try",
        "ves",
        "std",
        "lak",
    ]
)
"""Codes and signs that are words or parts of words: read only in capitals, or as they are written."""
AS_WRITTEN = frozenset({"Bs", "Ft", "Tk"})
CODES: dict[str, str] = {code.lower(): code for code in Currency}
WRITTEN: dict[str, str] = {**CODES, **NAMES}
"""Every code, sign and word, in small letters, with its code or the shared word it is."""
PESO_COUNTRIES = frozenset(SHARED["peso"]) - {"", "PH"}


def settled(name: str, places: list[str], home: str = "") -> str:
    """Return the code of what a text calls a currency.

    A word of several countries is that of a country the text names, else the reader's own (`home`) where that
    is called so too, else the most common.
    """
    codes = SHARED.get(name)
    if codes is None:
        return name
    own = [codes[place] for place in places if place in codes]
    return own[0] if own else home if home in codes.values() else codes[""]


def is_written(name: str, original: str) -> bool:
    """Tell whether what was found is a currency as it was written: "ALL" may be one, "all" is none."""
    return name not in WORDLIKE or original.isupper() or original in AS_WRITTEN
