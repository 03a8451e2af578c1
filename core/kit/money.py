"""Money as whole minor units of one currency. No float passes through here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Self

BASIS_POINTS_PER_WHOLE = 10_000


class Currency(StrEnum):
    """Every currency that is legal tender somewhere, by ISO 4217 code."""

    AED = "AED"
    AFN = "AFN"
    ALL = "ALL"
    AMD = "AMD"
    AOA = "AOA"
    ARS = "ARS"
    AUD = "AUD"
    AWG = "AWG"
    AZN = "AZN"
    BAM = "BAM"
    BBD = "BBD"
    BDT = "BDT"
    BGN = "BGN"
    BHD = "BHD"
    BIF = "BIF"
    BMD = "BMD"
    BND = "BND"
    BOB = "BOB"
    BRL = "BRL"
    BSD = "BSD"
    BTN = "BTN"
    BWP = "BWP"
    BYN = "BYN"
    BZD = "BZD"
    CAD = "CAD"
    CDF = "CDF"
    CHF = "CHF"
    CLP = "CLP"
    CNY = "CNY"
    COP = "COP"
    CRC = "CRC"
    CUP = "CUP"
    CVE = "CVE"
    CZK = "CZK"
    DJF = "DJF"
    DKK = "DKK"
    DOP = "DOP"
    DZD = "DZD"
    EGP = "EGP"
    ERN = "ERN"
    ETB = "ETB"
    EUR = "EUR"
    FJD = "FJD"
    FKP = "FKP"
    GBP = "GBP"
    GEL = "GEL"
    GHS = "GHS"
    GIP = "GIP"
    GMD = "GMD"
    GNF = "GNF"
    GTQ = "GTQ"
    GYD = "GYD"
    HKD = "HKD"
    HNL = "HNL"
    HTG = "HTG"
    HUF = "HUF"
    IDR = "IDR"
    ILS = "ILS"
    INR = "INR"
    IQD = "IQD"
    IRR = "IRR"
    ISK = "ISK"
    JMD = "JMD"
    JOD = "JOD"
    JPY = "JPY"
    KES = "KES"
    KGS = "KGS"
    KHR = "KHR"
    KMF = "KMF"
    KPW = "KPW"
    KRW = "KRW"
    KWD = "KWD"
    KYD = "KYD"
    KZT = "KZT"
    LAK = "LAK"
    LBP = "LBP"
    LKR = "LKR"
    LRD = "LRD"
    LSL = "LSL"
    LYD = "LYD"
    MAD = "MAD"
    MDL = "MDL"
    MGA = "MGA"
    MKD = "MKD"
    MMK = "MMK"
    MNT = "MNT"
    MOP = "MOP"
    MRU = "MRU"
    MUR = "MUR"
    MVR = "MVR"
    MWK = "MWK"
    MXN = "MXN"
    MYR = "MYR"
    MZN = "MZN"
    NAD = "NAD"
    NGN = "NGN"
    NIO = "NIO"
    NOK = "NOK"
    NPR = "NPR"
    NZD = "NZD"
    OMR = "OMR"
    PAB = "PAB"
    PEN = "PEN"
    PGK = "PGK"
    PHP = "PHP"
    PKR = "PKR"
    PLN = "PLN"
    PYG = "PYG"
    QAR = "QAR"
    RON = "RON"
    RSD = "RSD"
    RUB = "RUB"
    RWF = "RWF"
    SAR = "SAR"
    SBD = "SBD"
    SCR = "SCR"
    SDG = "SDG"
    SEK = "SEK"
    SGD = "SGD"
    SHP = "SHP"
    SLE = "SLE"
    SOS = "SOS"
    SRD = "SRD"
    SSP = "SSP"
    STN = "STN"
    SYP = "SYP"
    SZL = "SZL"
    THB = "THB"
    TJS = "TJS"
    TMT = "TMT"
    TND = "TND"
    TOP = "TOP"
    TRY = "TRY"
    TTD = "TTD"
    TWD = "TWD"
    TZS = "TZS"
    UAH = "UAH"
    UGX = "UGX"
    USD = "USD"
    UYU = "UYU"
    UZS = "UZS"
    VES = "VES"
    VND = "VND"
    VUV = "VUV"
    WST = "WST"
    XAF = "XAF"
    XCD = "XCD"
    XCG = "XCG"
    XOF = "XOF"
    XPF = "XPF"
    YER = "YER"
    ZAR = "ZAR"
    ZMW = "ZMW"
    ZWG = "ZWG"

    @property
    def decimal_places(self) -> int:
        """Return how many digits people write after the decimal point (CLDR)."""
        return _DECIMAL_PLACES.get(self, 2)

    @property
    def minor_per_major(self) -> int:
        """Return how many minor units make one major unit: 100 paise are a rupee."""
        return int(10**self.decimal_places)


_DECIMAL_PLACES: dict[Currency, int] = {
    **dict.fromkeys(
        map(
            Currency,
            [
                "AFN",
                "ALL",
                "BIF",
                "CLP",
                "DJF",
                "GNF",
                "IQD",
                "IRR",
                "ISK",
                "JPY",
                "KMF",
                "KPW",
                "KRW",
                "LAK",
                "LBP",
                "MGA",
                "MMK",
                "PYG",
                "RSD",
                "RWF",
                "SOS",
                "SYP",
                "UGX",
                "VND",
                "VUV",
                "XAF",
                "XOF",
                "XPF",
                "YER",
            ],
        ),
        0,
    ),
    **dict.fromkeys(map(Currency, ["BHD", "JOD", "KWD", "LYD", "OMR", "TND"]), 3),
}
"""Where it is not two."""
OFFERED: frozenset[Currency] = frozenset(
    map(Currency, ["AED", "AUD", "BRL", "CAD", "EUR", "GBP", "IDR", "INR", "JPY", "MXN", "SGD", "USD"])
)
"""What a workspace may pay in and a creator be paid in; of all others we only know what they are."""


class CurrenciesMixed(ValueError):
    """Two amounts of different currencies met in one sum. This is a bug, not bad input."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units: Money(1250, USD) is twelve dollars fifty."""

    minor: int
    currency: Currency

    @classmethod
    def of(cls, major: float | str, currency: Currency) -> Self:
        """Build from major units as people write them; half a minor unit rounds up.

        Meant for text that a person typed and for seeds, never for arithmetic.
        """
        scaled = round(float(major) * currency.minor_per_major + 1e-9)
        return cls(int(scaled), currency)

    @property
    def major(self) -> Decimal:
        """Return the amount in major units, with the currency's own decimals: 12.50, or 1250 yen."""
        return Decimal(self.minor).scaleb(-self.currency.decimal_places)

    def __add__(self, other: "Money") -> "Money":
        """Add an amount of the same currency."""
        self._require_same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Subtract an amount of the same currency."""
        self._require_same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        """Turn the sign."""
        return Money(-self.minor, self.currency)

    def __lt__(self, other: "Money") -> bool:
        """Compare amounts of one currency."""
        self._require_same_currency(other)
        return self.minor < other.minor

    def __le__(self, other: "Money") -> bool:
        """Compare amounts of one currency."""
        self._require_same_currency(other)
        return self.minor <= other.minor

    def __bool__(self) -> bool:
        """Tell whether there is anything at all."""
        return self.minor != 0

    def _require_same_currency(self, other: "Money") -> None:
        if self.currency is not other.currency:
            raise CurrenciesMixed(self.currency, other.currency)


def share_bps(minor: int, bps: int) -> int:
    """Return `minor` × `bps` / 10 000, halves rounded up. Both are non-negative."""
    return (minor * bps * 2 + BASIS_POINTS_PER_WHOLE) // (2 * BASIS_POINTS_PER_WHOLE)


def next_share_bps(released_minor: int, taken_minor: int, bps: int) -> int:
    """Return what is still to be taken of a cumulative share.

    Commission is cumulative (money.md, rule 7): round_half_up(Σ released × bps) − already taken, so
    that any slicing of a price gives the same total.
    """
    return share_bps(released_minor, bps) - taken_minor


def split(minor: int, weights: Sequence[int]) -> list[int]:
    """Split `minor` over `weights` by largest remainder: exact, each part within one unit.

    Raises:
        ValueError: when there is no positive weight.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError(weights)
    parts = [minor * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(minor * weights[i] % whole), i))
    for i in by_remainder[: minor - sum(parts)]:
        parts[i] += 1
    return parts
