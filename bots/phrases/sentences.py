"""Every sentence the bots say, by key, in the language spoken now."""

from string import Formatter
from typing import Any

from babel.numbers import format_decimal

from bots.phrases import accounts, brand, briefs, common, creator, faq, gifts, notices
from bots.phrases.languages import locale, translated

CATALOGUE: dict[str, str] = {
    **common.SENTENCES,
    **brand.SENTENCES,
    **briefs.SENTENCES,
    **creator.SENTENCES,
    **notices.SENTENCES,
    **accounts.SENTENCES,
    **faq.SENTENCES,
    **gifts.SENTENCES,
}


WRITTEN = frozenset(
    {
        "name",
        "other",
        "brand",
        "workspace",
        "title",
        "caption",
        "reason",
        "note",
        "answer",
        "goods",
        "gift",
        "address",
        "tracking",
    }
)
"""Facts that are people's own words."""


class Counting(Formatter):
    """Fills facts in; `{count:offer|offers}` becomes "1 offer" or "3 offers" by the language's own rule."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401  (any fact)
        """Return one fact as text; whole numbers with a sign for thousands, others with one for decimals."""
        one, bar, many = format_spec.partition("|")
        if bar and isinstance(value, int):
            word = one if locale().plural_form(value) == "one" else many
            return f"{format_decimal(value, locale=locale())} {word}"
        if format_spec == "," or isinstance(value, float):
            return str(format_decimal(value, locale=locale()))
        return str(super().format_field(value, format_spec))


_COUNTING = Counting()


def say(key: str, **facts: object) -> str:
    """Return a sentence with its facts filled in. Raises KeyError for a key or fact that is missing.

    What people wrote marks nothing in it.
    """
    written = {name: unmarked(value) for name, value in facts.items() if name in WRITTEN}
    return filled(CATALOGUE[key], **{**facts, **written})


def unmarked(value: object) -> object:
    """Return what somebody wrote so that it reads the same, and none of it is our mark for bold words."""
    return value.replace("**", "*\u2060*") if isinstance(value, str) else value


def unheard(kind: str) -> str:
    """Say why we can't take what somebody sent, by its kind."""
    key = f"unheard.{kind}"
    return say(key if key in CATALOGUE else "unheard.unsupported")


def filled(english: str, **facts: object) -> str:
    """Return English words of ours in the language spoken now, with their facts filled in."""
    return _COUNTING.vformat(translated(english), (), facts)
