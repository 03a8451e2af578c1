"""Text from outside, made safe to keep: no NUL, no control characters, a limit on everything."""

import unicodedata

TEXT_CHARACTERS_MAX = 8_000


def clean(text: str, limit: int = TEXT_CHARACTERS_MAX) -> str:
    """Return `text` in NFC without control characters (new lines and tabs stay), cut to `limit`.

    Bidirectional marks stay, since right-to-left languages need them; embeddings and overrides that
    could reorder our own words around a name are dropped.
    """
    kept = (
        character
        for character in unicodedata.normalize("NFC", text[: limit * 4])
        if character in "\n\t"
        or (unicodedata.category(character) not in {"Cc", "Cs"} and character not in _OVERRIDES)
    )
    return "".join(kept).strip()[:limit]


_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
