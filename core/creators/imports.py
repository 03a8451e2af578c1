"""Reads creators from CSV or JSON Lines: each row is taken whole or refused with its line and reason.

Columns (docs/import.md): id, name, platform, handle, followers, engagement_rate, average_views, bio, niches,
languages, city, country, currency, rate_<kind>, available. Other names are mapped: text is a bio, category
niches, views average_views, language languages, like_rate + comment_rate an engagement rate by views.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from core.creators.errors import RowRefused
from core.creators.schemas import (
    FOLLOWERS_MAX,
    RATE_MINOR_MAX,
    ImportReport,
    ImportRow,
    Refusal,
    SaveProfile,
    SocialAccountView,
)
from core.kit import names
from core.kit.money import Currency, Money
from core.kit.text import clean
from core.kit.vocabulary import NICHES, DeliverableKind, Platform

KNOWN = frozenset(
    [
        "id",
        "name",
        "platform",
        "handle",
        "followers",
        "engagement_rate",
        "average_views",
        "bio",
        "niches",
        "languages",
        "city",
        "country",
        "currency",
        "available",
    ]
) | {f"rate_{kind}" for kind in DeliverableKind}
ALIASES = {
    "text": "bio",
    "description": "bio",
    "category": "niches",
    "niche": "niches",
    "language": "languages",
    "views": "average_views",
    "username": "handle",
    "follower_count": "followers",
    "like_rate": "like_rate",
    "comment_rate": "comment_rate",
}
YOUTUBE_CATEGORIES: dict[str, tuple[str, ...]] = {
    "autos & vehicles": ("automotive",),
    "comedy": ("comedy",),
    "education": ("education",),
    "entertainment": ("entertainment",),
    "film & animation": ("film",),
    "gaming": ("gaming",),
    "howto & style": ("beauty", "diy", "fashion", "food", "home"),
    "music": ("music",),
    "news & politics": ("news",),
    "nonprofits & activism": ("causes",),
    "people & blogs": ("lifestyle", "parenting"),
    "pets & animals": ("pets",),
    "science & technology": ("tech",),
    "sports": ("sports", "fitness"),
    "travel & events": ("travel",),
}
YOUTUBE_MARKS = frozenset({"category", "views", "like_rate", "comment_rate"})
ID_CHARACTERS_MAX = 120
COUNT_MAX = 10**12
CELL_CHARACTERS_MAX = 100_000
TRUE_WORDS, FALSE_WORDS = frozenset({"1", "true", "yes", "y"}), frozenset({"0", "false", "no", "n"})
LISTS = "|;"
NAMELESS = "creator"

Cells = dict[str, str]


def rows(
    path: Path, report: ImportReport, *, mapping: Mapping[str, str], fixed: Mapping[str, str]
) -> Iterator[ImportRow]:
    """Yield the rows of a file that can be taken, in order; the rest goes into the report.

    `mapping` renames columns (theirs to ours), `fixed` sets columns for every row. A second row of one id
    is refused. The file is read once, row by row.
    """
    seen: dict[str, int] = {}
    lines = _json_lines(path, report) if path.suffix in {".jsonl", ".ndjson"} else _csv(path, report)
    renamed = {**ALIASES, **mapping}
    unknown: set[str] = set()
    youtube: bool | None = None
    for line, raw in lines:
        if youtube is None:
            youtube = set(raw) >= YOUTUBE_MARKS and "platform" not in {*raw, *fixed}
            if youtube:
                report.remarks.append(
                    "There is no platform column and the columns are YouTube's, so these are taken as"
                    " YouTube channels; say --set platform=… for another."
                )
        cells = {renamed.get(name, name): value for name, value in raw.items() if value}
        unknown |= set(cells) - KNOWN - {"like_rate", "comment_rate"}
        cells = {**cells, **fixed, **({"platform": "youtube"} if youtube else {})}
        try:
            row = _row(line, cells)
            _require_new(row, seen)
        except RowRefused as refusal:
            report.refused.append(Refusal(line, str(refusal.facts["why"])))
            continue
        seen[row.external_id] = line
        yield row
    report.unknown_columns = sorted(unknown)


def _require_new(row: ImportRow, seen: Mapping[str, int]) -> None:
    if row.external_id in seen:
        raise RowRefused(why=f"id {row.external_id!r} is in line {seen[row.external_id]} already")


def _csv(path: Path, report: ImportReport) -> Iterator[tuple[int, Cells]]:
    csv.field_size_limit(min(CELL_CHARACTERS_MAX, sys.maxsize))
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.DictReader(line.replace("\0", "") for line in file)
        while True:
            try:
                raw = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                report.refused.append(Refusal(reader.line_num, f"not readable: {error}"))
                continue
            if None in raw:
                report.refused.append(Refusal(reader.line_num, "more cells than columns"))
                continue
            yield reader.line_num, {k.strip(): (v or "").strip() for k, v in raw.items() if k}


def _json_lines(path: Path, report: ImportReport) -> Iterator[tuple[int, Cells]]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, text in enumerate(file, 1):
            if not text.strip():
                continue
            try:
                body = json.loads(text.replace("\0", ""))
            except (ValueError, RecursionError):
                report.refused.append(Refusal(number, "not JSON that can be read"))
                continue
            if not isinstance(body, dict):
                report.refused.append(Refusal(number, "not an object"))
                continue
            yield number, {str(k): _flat(v) for k, v in body.items() if v is not None}


def _flat(value: Any) -> str:  # noqa: ANN401  (a JSON value)
    if isinstance(value, list):
        return "|".join(map(str, value))
    return str(value).strip()


def _row(line: int, cells: Cells) -> ImportRow:
    external_id = clean(cells.get("id", ""), ID_CHARACTERS_MAX)
    if not external_id:
        raise RowRefused(why="there is no id")
    currency = _currency(cells.get("currency", ""))
    rates = {
        kind: _rate(cells[f"rate_{kind}"], f"rate_{kind}", currency)
        for kind in DeliverableKind
        if cells.get(f"rate_{kind}")
    }
    account = _account(cells, external_id)
    profile = SaveProfile(
        name=_public_name(cells),
        bio=clean(cells.get("bio", ""), 4_000),
        niches=_niches(cells.get("niches", "")),
        languages=tuple(clean(part, 8).lower() for part in _parts(cells.get("languages", ""))),
        city=clean(cells.get("city", ""), 120),
        country=_country(cells.get("country", "")),
        currency=currency,
        available=_flag(cells.get("available", "")),
        accounts=(account,) if account else (),
        rates=rates,
    )
    return ImportRow(line, external_id, profile)


def _public_name(cells: Cells) -> str:
    """Return what brands see: the first of these of which something may stand in a name."""
    found = (names.tamed(cells.get(column, ""), 120) for column in ("name", "handle", "id"))
    return next(filter(None, found), NAMELESS)


def _account(cells: Cells, external_id: str) -> SocialAccountView | None:
    name = cells.get("platform", "").lower()
    if not name:
        return None
    try:
        platform = Platform({"twitter": "x"}.get(name, name))
    except ValueError:
        raise RowRefused(why=f"platform {name!r} is none of {', '.join(Platform)}") from None
    engagement = _ratio(cells.get("engagement_rate", ""), "engagement_rate")
    if engagement is None and cells.get("like_rate"):
        likes = _ratio(cells["like_rate"], "like_rate") or 0
        engagement = likes + (_ratio(cells.get("comment_rate", ""), "comment_rate") or 0)
    return SocialAccountView(
        platform,
        clean(cells.get("handle", external_id), 120).lstrip("@"),
        _count(cells.get("followers", ""), "followers", FOLLOWERS_MAX),
        None if engagement is None else round(engagement * 10_000),
        _count(cells.get("average_views", ""), "average_views"),
    )


def _count(text: str, column: str, most: int = COUNT_MAX) -> int | None:
    if not text:
        return None
    try:
        count = int(float(text.replace(",", "")))
    except (ValueError, OverflowError):
        raise RowRefused(why=f"{column} {text[:40]!r} is not a number") from None
    if not 0 <= count <= most:
        raise RowRefused(why=f"{column} {text[:40]!r} is out of range")
    return count


def _ratio(text: str, column: str) -> float | None:
    if not text:
        return None
    try:
        ratio = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise RowRefused(why=f"{column} {text[:40]!r} is not a ratio") from None
    if not 0 <= ratio <= 10:  # noqa: PLR2004  (a post can have more engagements than followers)
        raise RowRefused(why=f"{column} {text[:40]!r} is not between 0 and 10")
    return ratio


def _rate(text: str, column: str, currency: Currency) -> Money:
    try:
        amount = Money.of(text.replace(",", ""), currency)
    except (ValueError, OverflowError):
        raise RowRefused(why=f"{column} {text[:40]!r} is not an amount") from None
    if not 0 < amount.minor <= RATE_MINOR_MAX:
        raise RowRefused(why=f"{column} {text[:40]!r} is out of range")
    return amount


def _currency(text: str) -> Currency:
    try:
        return Currency(text.upper() or "USD")
    except ValueError:
        raise RowRefused(why=f"currency {text[:10]!r} is none of {', '.join(Currency)}") from None


def _country(text: str) -> str:
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):  # noqa: PLR2004  (ISO 3166)
        raise RowRefused(why=f"country {text[:20]!r} is not a two-letter code")
    return text.upper()


def _flag(text: str) -> bool:
    typed = text.lower()
    if typed and typed not in TRUE_WORDS | FALSE_WORDS:
        raise RowRefused(why=f"available {text[:20]!r} is neither true nor false")
    return typed not in FALSE_WORDS


def _niches(text: str) -> tuple[str, ...]:
    known = YOUTUBE_CATEGORIES.get(text.strip().lower())
    if known is not None:
        return known
    found: Iterable[str] = (part.strip().lower() for part in _parts(text))
    return tuple(dict.fromkeys(niche for niche in found if niche in NICHES))


def _parts(text: str) -> list[str]:
    for separator in LISTS:
        text = text.replace(separator, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
