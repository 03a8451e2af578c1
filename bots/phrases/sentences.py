"""Every sentence the bots say, by key. Catalogues by language come behind the same function."""

from string import Formatter
from typing import Any

from bots.phrases import brand, common, creator, notices

CATALOGUE: dict[str, str] = {
    **common.SENTENCES,
    **brand.SENTENCES,
    **creator.SENTENCES,
    **notices.SENTENCES,
}


class Counting(Formatter):
    """Fills facts in; `{count:offer|offers}` becomes "1 offer" or "3 offers"."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401  (any fact)
        """Return one fact as text."""
        one, bar, many = format_spec.partition("|")
        if bar and isinstance(value, int):
            return f"{value:,} {one if value == 1 else many}"
        return str(super().format_field(value, format_spec))


_COUNTING = Counting()


def say(key: str, **facts: object) -> str:
    """Return a sentence with its facts filled in. Raises KeyError for a key or fact that is missing."""
    return _COUNTING.vformat(CATALOGUE[key], (), facts)
