"""What a US dollar is in other currencies, roughly: for estimates that say so, never for money that moves."""

from core.kit.money import Currency

UNITS_PER_USD: dict[Currency, int] = {
    Currency.AED: 4,
    Currency.BRL: 5,
    Currency.IDR: 16_000,
    Currency.INR: 85,
    Currency.JPY: 150,
    Currency.MXN: 18,
}
"""Currencies near the dollar count as one."""


def of_dollars(dollars: int, currency: Currency) -> int:
    """Return about how many units of a currency some dollars are."""
    return dollars * UNITS_PER_USD.get(currency, 1)
