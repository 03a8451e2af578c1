"""Every sentence the bots say, by key. Catalogues by language come behind the same function."""

from bots.phrases import brand, common, creator, notices

CATALOGUE: dict[str, str] = {
    **common.SENTENCES,
    **brand.SENTENCES,
    **creator.SENTENCES,
    **notices.SENTENCES,
}


def say(key: str, **facts: object) -> str:
    """Return a sentence with its facts filled in. Raises KeyError for a key or fact that is missing."""
    return CATALOGUE[key].format(**facts)
