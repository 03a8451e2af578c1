"""Disclosure and tax rule by rule, at their edges: one that goes missing is noticed."""

from datetime import date, datetime, time, timedelta

import pytest

from core.compliance import disclosure, tax, website
from core.compliance.disclosure import UPFRONT_CHARACTERS, Level
from core.compliance.errors import WebsiteNotAccepted
from core.compliance.labels import ASCI, FTC, Rule
from core.kit.money import Currency, Money
from core.kit.remarks import Remark

INDIAN = {
    "advertisement",
    "ad",
    "sponsored",
    "collaboration",
    "partnership",
    "employee",
    "free gift",
    "विज्ञापन",
}
AMERICAN = {"advertisement", "ad", "sponsored", "paid partnership", "promoted", "paid ad"}
CASES = [*((ASCI, label) for label in sorted(INDIAN)), *((FTC, label) for label in sorted(AMERICAN))]


def level(caption: str, country: str) -> tuple[Level, str]:
    found = disclosure.lint(caption, country)[0]
    return found.level, found.remark.code


@pytest.mark.parametrize(("rule", "label"), CASES)
@pytest.mark.parametrize("shape", ["{} my chai", "#{} my chai", "My chai: {}", "({}) chai"])
def test_each_label_discloses_where_it_stands_alone(rule: Rule, label: str, shape: str) -> None:
    caption = shape.format(label.upper())
    assert level(caption, rule.jurisdiction) == (Level.GOOD, "label_clear")
    assert disclosure.disclosed(caption, rule.jurisdiction)


@pytest.mark.parametrize(("rule", "labels"), [(ASCI, INDIAN), (FTC, AMERICAN)])
def test_the_labels_are_these_and_each_has_its_source(rule: Rule, labels: set[str]) -> None:
    assert set(rule.labels) == labels
    assert rule.source.startswith(("ASCI", "FTC"))
    assert rule.valid_from <= date(2026, 11, 2)


PRETENDING = {
    ASCI.jurisdiction: ("collab", "spon", "sp", "ambassador"),
    FTC.jurisdiction: ("spon", "sp", "partner", "collab", "ambassador", "thanks to"),
}


@pytest.mark.parametrize(
    ("rule", "word"), [(rule, word) for rule in (ASCI, FTC) for word in PRETENDING[rule.jurisdiction]]
)
def test_what_only_pretends_to_disclose_is_named(rule: Rule, word: str) -> None:
    assert level(f"#{word} my chai", rule.jurisdiction) == (Level.PROBLEM, "label_weak")
    assert not disclosure.disclosed(f"#{word} my chai", rule.jurisdiction)


@pytest.mark.parametrize(
    ("caption", "country", "expected"),
    [
        ("", "IN", (Level.PROBLEM, "label_missing")),
        ("my chai", "IN", (Level.PROBLEM, "label_missing")),
        ("glad, made, add, ads_", "IN", (Level.PROBLEM, "label_missing")),
        ("x" * 124 + " #ad", "IN", (Level.GOOD, "label_clear")),  # the 126th sign is the first that is hidden
        ("x" * 125 + " #ad", "IN", (Level.WARNING, "label_late")),
        ("x" * UPFRONT_CHARACTERS + "#ad", "IN", (Level.WARNING, "label_late")),
        ("x" * (UPFRONT_CHARACTERS - 1) + " #ad", "IN", (Level.GOOD, "label_clear")),
        ("x" * UPFRONT_CHARACTERS + " #ad", "IN", (Level.WARNING, "label_late")),
        ("#a #ad", "IN", (Level.GOOD, "label_clear")),
        ("#a #b #ad", "IN", (Level.WARNING, "label_buried")),
        ("#ad #a #b #c", "IN", (Level.GOOD, "label_clear")),
        ("collaboration with Kala", "IN", (Level.GOOD, "label_clear")),
        ("collaboration with Kala", "US", (Level.PROBLEM, "label_missing")),  # each country by its own rule
        ("promoted", "IN", (Level.PROBLEM, "label_missing")),
        ("promoted", "DE", (Level.GOOD, "label_clear")),  # English counts beside a country's own words
        ("promoted", "FI", (Level.GOOD, "label_clear")),  # elsewhere as in the United States
        ("collaboration with Kala", "DE", (Level.PROBLEM, "label_missing")),
    ],
)
def test_where_a_label_stands(caption: str, country: str, expected: tuple[Level, str]) -> None:
    assert level(caption, country) == expected


@pytest.mark.parametrize(
    ("seconds", "remark"),
    [
        (1, Remark("video_seconds", {"n": 3})),
        (15, Remark("video_seconds", {"n": 3})),
        (16, Remark("video_seconds", {"n": 5})),
        (120, Remark("video_seconds", {"n": 40})),
        (121, Remark("video_whole")),
    ],
)
def test_how_long_a_video_shows_its_label(seconds: int, remark: Remark) -> None:
    found = disclosure.lint("#ad", "IN", video_seconds=seconds)
    assert [one.remark for one in found] == [remark]
    assert disclosure.lint("#ad", "IN")[0].remark == Remark("label_clear")


@pytest.mark.parametrize(
    ("country", "label"),
    [
        ("IN", "#ad"),
        ("US", "#ad"),
        ("FI", "#ad"),
        ("", "#ad"),
        ("DE", "#Werbung"),
        ("BR", "#publi"),
        ("JP", "#PR"),
    ],
)
def test_a_caption_is_begun_with_a_label_that_discloses(country: str, label: str) -> None:
    assert disclosure.label_for(country) == label
    assert disclosure.disclosed(label, country)


FREE = ("gmail.com", "yahoo.com", "outlook.com", "hotmail.com", "icloud.com", "proton.me", "rediffmail.com")


@pytest.mark.parametrize("address", [*(f"me@{name}" for name in FREE), "www.gmail.com", "mail.gmail.com"])
def test_free_mail_is_no_business_s_website(address: str) -> None:
    with pytest.raises(WebsiteNotAccepted):
        website.domain_of(address)


def test_every_rule_of_tax_says_whose_it_is_and_since_when() -> None:
    assert tax.ROWS
    for row in tax.ROWS:
        assert row.source
        assert 0 < row.bps < 10_000
        assert row.above_major > 0


@pytest.mark.parametrize("row", tax.ROWS, ids=lambda row: row.name)
def test_tax_is_withheld_above_the_threshold_from_its_day_on_in_its_country(row: tax.Withholding) -> None:
    limit = row.above_major * row.currency.minor_per_major
    first = datetime.combine(row.valid_from, time(), row.zone)
    assert tax.row_of(row.country, row.currency, first) is row
    assert tax.row_of(row.country, row.currency, first - timedelta(seconds=1)) is not row
    assert tax.row_of("US", row.currency, first) is None
    assert tax.row_of(row.country, Currency.IDR, first) is None
    assert row.bps_of(Money(limit + 1, row.currency)) == row.bps
    assert row.bps_of(Money(limit, row.currency)) == 0


# by the clock of India: a tax year begins on 1 April, which is 18:30 of 31 March by UTC
YEARS = [
    ("2026-12-28T12:00", 2026),
    ("2027-01-01T12:00", 2026),
    ("2027-03-31T18:29", 2026),
    ("2027-03-31T18:30", 2027),
    ("2027-04-01T00:00", 2027),
]


@pytest.mark.parametrize(("at", "year"), YEARS)
def test_a_tax_year_begins_with_its_country_s_and_by_its_clock(at: str, year: int) -> None:
    moment = datetime.fromisoformat(f"{at}+00:00")
    row = tax.row_of("IN", Currency.INR, moment)
    assert row is not None
    assert row.since(moment) == datetime(year, 4, 1, tzinfo=tax.INDIA)


def test_one_rule_of_tax_follows_another_without_a_gap() -> None:
    for before, after in zip(tax.ROWS, tax.ROWS[1:], strict=False):
        assert before.valid_to + timedelta(days=1) == after.valid_from
    assert tax.ROWS[-1].valid_to == tax.FOR_EVER


@pytest.mark.parametrize(
    "typed", ["http://[chai", "//[::1", "https://chai.example]", "", "localhost", "10.0.0.1"]
)
def test_what_is_no_name_is_no_business_s_website(typed: str) -> None:
    with pytest.raises(WebsiteNotAccepted):
        website.domain_of(typed)


def test_tax_of_india_is_withheld_from_the_first_of_october_2024() -> None:
    above = Money(500_001_00, Currency.INR)
    first = datetime(2024, 10, 1, tzinfo=tax.INDIA)
    row = tax.row_of("IN", Currency.INR, first)
    assert row is not None
    assert row.bps_of(above) == 10
    assert tax.row_of("IN", Currency.INR, first - timedelta(seconds=1)) is None
