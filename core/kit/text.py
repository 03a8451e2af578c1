"""Text from outside, made safe to keep: no NUL, no control characters, a limit on everything."""

import json
import math
import unicodedata
from typing import Any

TEXT_CHARACTERS_MAX = 8_000
NESTED_MAX = 32
INTEGER_BITS_MAX = 63  # what a BIGINT keeps beside its sign


class OddValue(Exception):
    """A value from outside that no column of ours can keep."""


def keepable(value: Any, depth: int = 0) -> Any:  # noqa: ANN401  (any JSON)
    """Return JSON from outside with its texts as the database can keep them: no NUL, no lone surrogate.

    Raises:
        OddValue: for nesting deeper than 32, or a number beyond 64 bits.
    """
    if depth > NESTED_MAX:
        message = "nested too deeply"
        raise OddValue(message)
    match value:
        case str():
            return storable(value)
        case dict():
            return {storable(name): keepable(one, depth + 1) for name, one in value.items()}
        case list():
            return [keepable(one, depth + 1) for one in value]
        case int() if value.bit_length() > INTEGER_BITS_MAX:
            message = "a number beyond 64 bits"
            raise OddValue(message)
        case float() if not math.isfinite(value):
            message = "no finite number"
            raise OddValue(message)
    return value


def json_of(raw: bytes) -> Any:  # noqa: ANN401  (any JSON)
    """Return JSON from outside as the database can keep it.

    Raises:
        OddValue: for what is no JSON, is nested deeper than 32, or has numbers beyond 64 bits.
    """
    try:
        return keepable(json.loads(raw, parse_constant=_refuse_constant))
    except (ValueError, RecursionError) as error:
        message = "no JSON we take"
        raise OddValue(message) from error


def _refuse_constant(name: str) -> float:
    raise OddValue(name)


def storable(text: str) -> str:
    """Return `text` without NUL and lone surrogates, otherwise untouched."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


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


def is_blank(text: str) -> bool:
    """Tell whether nothing in a text can be seen: marks without width are nothing."""
    return all(unicodedata.category(character)[0] in "ZC" for character in text)


_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
