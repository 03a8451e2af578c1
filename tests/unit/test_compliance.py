"""Tax numbers, the disclosure linter, and websites that must not be fetched."""

import time

import httpx
import pytest

from core.compliance import disclosure, tax_numbers, website
from core.compliance.disclosure import Level
from core.compliance.errors import TaxNumberNotValid, WebsiteNotAccepted
from core.kit.remarks import Remark

SLOW_SECONDS = 5  # reading it took minutes; the machine may be busy


@pytest.mark.parametrize(
    "number",
    [
        *("27AAPFU0939F1ZV", "29AAGCB7383J1Z4", "38AAPFU0939F1ZS", "97AAPFU0939F1ZO", "27AAPFU0939F1C6"),
        "27AIPFU0939F1ZE",  # a product of exactly 36
        *("9917IRL29003OSG", "9922JPN29001OSU", "27PNEA06819B1DE", "0717UNO00157UNO"),
        *(
            "0718JPN00012NR9",
            "0717DEU00158ONM",
            "29MUMA01234D1C6",
            "07DELA09876C1ZE",
            "9921USA00007OST",
        ),  # not resident, other body, collects, office, abroad
    ],
)
def test_good_gstins(number: str) -> None:
    assert tax_numbers.gstin(f" {number.lower()} ") == number


@pytest.mark.parametrize(
    "number",
    [
        *("27AAPFU0939F1Z1", "36AAPFU0939F1ZV", "", "27AAPFU0939F1Z", "५७AAPFU0939F1ZV"),
        *("9917IRL29003OSH", "27PNEA06819B1DF", "0717UNO00157UNP"),  # the check character is kept
        *(
            "0017UNO00157UN2",
            "3917JPN00012NR4",
            "9817IRL29003OSI",
            "0717UN000157UNC",
            "27PNE006819B1DY",
            "0717IRL29003OST",
            "27PNEA06819B1EC",
        ),
    ],
)
def test_bad_gstins(number: str) -> None:
    with pytest.raises(TaxNumberNotValid):
        tax_numbers.gstin(number)


@pytest.mark.parametrize(
    ("caption", "country", "level"),
    [
        ("#ad My morning chai", "IN", Level.GOOD),
        ("Sponsored: my morning chai", "US", Level.GOOD),
        ("My morning chai", "IN", Level.PROBLEM),
        ("My morning chai #spon", "US", Level.PROBLEM),
        ("#chai #morning #love #ad", "IN", Level.WARNING),
        ("x" * 200 + " ad", "IN", Level.WARNING),
        ("I am glad and had it already", "IN", Level.PROBLEM),
        ("#विज्ञापन मेरी चाय", "IN", Level.GOOD),
    ],
)
def test_the_linter(caption: str, country: str, level: Level) -> None:
    assert disclosure.lint(caption, country)[0].level is level


def test_a_video_needs_its_label_on_screen() -> None:
    assert disclosure.lint("#ad", "IN", video_seconds=60)[-1].remark == Remark("video_seconds", {"n": 20})


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("https://www.Example.com/x", "example.com"),
        ("shop.example.co.in", "shop.example.co.in"),
        ("me@example.com", "example.com"),
    ],
)
def test_what_people_type_as_their_website(typed: str, domain: str) -> None:
    assert website.domain_of(typed) == domain


@pytest.mark.parametrize(
    "typed",
    ["someone@gmail.com", "localhost", "127.0.0.1", "http://10.0.0.1/", "", "co.in", "http://[::1]/", "x\0y"],
)
def test_what_is_no_website_of_a_business(typed: str) -> None:
    with pytest.raises(WebsiteNotAccepted):
        website.domain_of(typed)


def page(words: str) -> httpx.Response:
    """Answer as a server does: in a stream that nobody has read yet."""
    return httpx.Response(200, stream=httpx.ByteStream(words.encode()))


def test_the_code_is_found_in_the_file_or_the_meta_tag_and_the_address_is_pinned() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.path == "/":
            return page('<meta name="nanoinfluencer-verification" content="nano-abc">')
        return httpx.Response(404, stream=httpx.ByteStream(b""))

    transport = httpx.MockTransport(answer)
    found = website.carries_code(
        "example.com", "nano-abc", resolve=lambda _host, _seconds: ["93.184.216.34"], transport=transport
    )
    assert found
    assert {request.url.host for request in seen} == {"93.184.216.34"}
    assert {request.headers["host"] for request in seen} == {"example.com"}
    missing = website.carries_code(
        "example.com", "nano-other", resolve=lambda _host, _seconds: ["93.184.216.34"], transport=transport
    )
    assert not missing
    assert {request.headers["accept-encoding"] for request in seen} == {"identity"}


def test_a_page_of_nothing_but_opened_tags_costs_no_time() -> None:
    """Each opened tag was read to the page's end: 33,000 of them took minutes."""
    words = "<meta " * 33_000 + '<meta name="nanoinfluencer-verification" content="nano-abc">'
    transport = httpx.MockTransport(lambda _: page(words))
    began = time.process_time()
    assert website.carries_code(
        "example.com", "nano-abc", resolve=lambda _host, _seconds: ["93.184.216.34"], transport=transport
    )
    assert time.process_time() - began < SLOW_SECONDS


def test_a_name_that_leads_inside_is_not_called() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise AssertionError("called")

    with pytest.raises(WebsiteNotAccepted):
        website.carries_code("localhost", "nano-abc", transport=httpx.MockTransport(answer))
