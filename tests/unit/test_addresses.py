"""Which web addresses can be led to."""

import pytest

from core.kit.addresses import ADDRESS_CHARACTERS_MAX, is_web_address


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/tea",
        "http://shop.example.co.uk:8080/a?b=c#d",
        "https://xn--bcher-kva.example/",
        "https://bücher.example/",
        "HTTPS://EXAMPLE.COM",
        "https://a1-b.example.",
    ],
)
def test_full_addresses_of_named_hosts(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com",
        "ftp://example.com",
        "javascript:alert(1)",
        "https://[your-shop].com/tea",
        "https://[::1]/",
        "https://[",
        "https://your-shop/",
        "https://your shop.com",
        "https://user:pw@example.com",
        "https://example.com@evil.test",
        "https://example.com:99999/",
        "https://example.com:port/",
        "https://127.0.0.1/",
        "https://-a.example",
        "https://a..example",
        "https://exa\u200bmple.com",
        "https://example.com/\n",
        "https://" + "a" * 64 + ".com",
        "https://example.com/" + "a" * ADDRESS_CHARACTERS_MAX,
        "https://{{shop}}.com",
        "https://<shop>.com",
    ],
)
def test_what_leads_nowhere(text: str) -> None:
    assert not is_web_address(text)
