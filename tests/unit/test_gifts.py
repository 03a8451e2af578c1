"""What a brief says of gifts and of sales, in the ways in which people write it."""

from datetime import date

import pytest

from bots.understanding import gifts
from bots.understanding.brief import campaign_slots
from core.kit.money import Currency

INR, TODAY = Currency.INR, date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("Gifting worth ₹2,000, no cash. 3 food creators in Pune, 1 reel", 2_000_00),
        ("we will send a hamper of six teas worth Rs 1,500", 1_500_00),
        ("barter collab, products valued at 3k", 3_000_00),
        ("a gift card of ₹500 for each creator", 500_00),
        ("canje: productos por valor de 2500", 2_500_00),
        ("permuta com produtos no valor de 800", 800_00),
        ("gift hamper, jiski keemat 1200 hai", 1_200_00),
        ("we send a box worth $40", None),  # another currency than the form's
        ("orders worth ₹2,000 get 10% off", None),  # nothing is given
        ("We send tea. Our shop sold goods worth ₹2,00,000", None),  # another sentence
        ("gifting, details later", None),
        ("", None),
    ],
)
def test_what_a_gift_is_worth_is_read(text: str, worth: int | None) -> None:
    assert gifts.worth(text, INR) == worth


@pytest.mark.parametrize(
    "text",
    [
        "Gifting worth ₹2,000, no cash. 3 food creators",
        "enviamos una cesta por valor de 2000, 3 creadores de comida",
        "enviamos um kit no valor de 2000, 3 criadores de comida",
    ],
)
def test_what_a_gift_is_worth_is_no_budget(text: str) -> None:
    assert "budget" not in campaign_slots(text, TODAY, INR)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gifting worth ₹2,000, no cash", True),
        ("Barter only", True),
        ("in exchange for free products", True),
        ("sin pago, solo canje", True),
        ("sem cachê", True),
        ("sirf barter", True),
        ("पैसे नहीं, केवल गिफ्ट", True),
        ("hanya barter", True),
        ("nur Produkte, ohne Honorar", True),
        ("20k in cash", False),
        ("no payment issues with us", False),
        ("no barter only paid", False),
        ("budget 20k", False),
    ],
)
def test_no_cash_is_understood(text: str, *, said: bool) -> None:
    assert gifts.no_cash(text) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("₹2,000 + 10% of sales through her link", True),
        ("5% commission", True),
        ("commission on every sale", True),
        ("2000 más 10% de las ventas", True),
        ("10% das vendas", True),
        ("affiliate commission", True),
        ("20% off on all orders", False),
        ("engagement of 5%", False),
        ("your commission is too high", False),
        ("60% of her audience in Pune", False),
    ],
)
def test_a_share_of_sales_is_understood(text: str, *, said: bool) -> None:
    assert gifts.share_of_sales(text) is said


@pytest.mark.parametrize(
    ("text", "goods", "handing"),
    [
        ("barter collab, free dinner for two", "dinner for two", "visit"),
        ("we will send a hamper of six teas worth Rs 1,500, no cash", "a hamper of six teas", "sent"),
        ("sin pago, regalamos una cesta de tés valorada en 2000", "una cesta de tés", ""),
        ("permuta: enviamos um kit de chás no valor de 800", "um kit de chás", "sent"),
        ("हम चाय का हैंपर भेजेंगे, पैसे नहीं", "चाय का हैंपर", "sent"),
        ("chai ka hamper bhejenge, sirf barter", "chai ka hamper", "sent"),
        ("sem pagamento, jantar para dois", "jantar para dois", "visit"),
        ("Gifting worth ₹2,000, no cash", "", ""),
        ("barter only, 5 creators", "", ""),
        ("free stay, and we send a box too", "stay", ""),  # both: it is asked
    ],
)
def test_what_is_given_and_how_is_read(text: str, goods: str, handing: str) -> None:
    assert (gifts.goods(text), gifts.handing(text)) == (goods, handing)


@pytest.mark.parametrize(
    ("answer", "gift"),
    [
        *(("no cash", True), ("only barter", True), ("0", True), ("nothing, it's a gift", True)),
        *(("un regalo, sin dinero", True), ("सिर्फ गिफ्ट", True), ("só permuta", True), ("zero", True)),
        *(("20k", False), ("₹5,000 and a gift box", False), ("not sure", False), ("0.5 lakh", False)),
    ],
)
def test_an_answer_for_the_budget_may_be_a_gift(answer: str, *, gift: bool) -> None:
    assert gifts.is_gift(answer) is gift


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("paid only", True), ("sorry, I only do paid collabs", True), ("I don't do barter", True)),
        *(
            ("no hago canjes", True),
            ("só parcerias pagas", True),
            ("sirf paid", True),
            ("बार्टर नहीं करती", True),
        ),
        *(("ok, send it", False), ("when am I paid?", False), ("is it paid?", False)),
    ],
)
def test_who_works_for_pay_only_is_understood(text: str, *, said: bool) -> None:
    assert gifts.paid_only(text) is said


def test_no_cash_is_no_topic_that_is_unwanted() -> None:
    found = campaign_slots("We send a hamper, no cash. 3 food creators, not about politics", TODAY, INR)
    assert found["exclusions"] == ["politics"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("I got the parcel, thank you!", "arrived"), ("it has not arrived", "arrived")),
        *(("hamper mil gaya", "arrived"), ("me llegó la cesta", "arrived"), ("já chegou", "arrived")),
        *(
            ("we've sent the hamper", "shipped"),
            ("hamper bhej diya", "shipped"),
            ("ya lo enviamos", "shipped"),
        ),
        *(("Asha Rao, 12 Baner Road, Pune 411045", "address"), ("ok, see you", ""), ("hi", "")),
        *(("when is it sent?", ""), ("is it 3, 4, or 5 days?", "")),
    ],
)
def test_what_is_said_of_a_parcel_is_understood(text: str, said: str) -> None:
    found = {
        "arrived": gifts.arrived(text),
        "shipped": gifts.shipped(text),
        "address": gifts.is_address(text),
    }
    assert [name for name, is_it in found.items() if is_it] == ([said] if said else [])
