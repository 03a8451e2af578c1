"""Creators out of a list: each row is taken whole or refused with its line and reason (docs/import.md).

`read` tells the file's kind by its content, `plan` says which column is what and what was guessed of it,
`rows` takes the rows by that plan.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from core.creators.errors import RowRefused
from core.creators.lists import cells as cell
from core.creators.lists import handles, headings, reading, words
from core.creators.lists.cells import Unit, Writing
from core.creators.lists.columns import Plan, plan
from core.creators.lists.table import Table
from core.creators.schemas import (
    FOLLOWERS_MAX,
    NANO_FOLLOWERS,
    RATE_MINOR_MAX,
    ImportReport,
    ImportRow,
    Refusal,
    SaveProfile,
    SocialAccountView,
)
from core.kit import names
from core.kit.money import OFFERED, Currency, Money
from core.kit.text import clean
from core.kit.vocabulary import NICHES, DeliverableKind, Platform

__all__ = ["plan", "read", "rows"]

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
ID_CHARACTERS_MAX = 120
COUNT_MAX = 10**12
TRUE_WORDS = frozenset({"1", "true", "yes", "y", "sí", "si", "sim", "ja", "हाँ", "हां"})
FALSE_WORDS = frozenset({"0", "false", "no", "n", "não", "nao", "nein", "नहीं"})
LISTS = "|;/•\n"
NAMELESS = "creator"
SAY_NOTHING = frozenset({"id", "platform", "currency", "available"})
"""Columns that alone make nobody."""
NAMED_IN_REMARKS = 8


def read(raw: bytes, *, encoding: str = "", sheet: str = "") -> Table:
    """Return the table in a file, whatever it is called. Raises ListUnreadable."""
    return reading.read(raw, headings.is_known, encoding=encoding, sheet=sheet)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Who reads words that need more than a table: topics in any language, a city's English name."""

    topics: Callable[[str], Iterable[str]]
    city: Callable[[str, str], str]


def rows(
    table: Table, made: Plan, report: ImportReport, vocabulary: Vocabulary | None = None
) -> Iterator[ImportRow]:
    """Yield the rows of a table that can be taken, in order; the rest goes into the report.

    A second row of one id is refused. Without a vocabulary only our own words are topics.
    """
    report.unknown_columns = sorted(made.left_out)
    report.refused += [Refusal(line, why) for line, why in table.broken]
    reader, seen = _Reader(made, vocabulary), dict[str, int]()
    for line, texts in table.rows:
        if not any(texts):
            continue
        try:
            row = reader.row(line, texts)
            _require_new(row, seen)
        except RowRefused as refusal:
            report.refused.append(Refusal(line, str(refusal.facts["why"])))
            continue
        seen[row.external_id] = line
        yield row
    report.refused.sort(key=lambda refusal: refusal.line)
    report.remarks += [*table.remarks, *reader.remarks()]


def _require_new(row: ImportRow, seen: Mapping[str, int]) -> None:
    if row.external_id in seen:
        raise RowRefused(why=f"id {row.bare_id!r} is in line {seen[row.external_id]} already")


@dataclass(slots=True)
class _Reader:
    """Reads rows by a plan, and notes what is to be said of them together."""

    made: Plan
    vocabulary: Vocabulary | None
    noted: dict[str, Counter[str]] = field(default_factory=dict)
    known_topics: dict[str, tuple[str, ...]] = field(default_factory=dict)
    own: list[Platform] = field(init=False)

    def __post_init__(self) -> None:
        """Note which platforms have columns of their own."""
        fields = headings.ACCOUNT_FIELDS
        self.own = [p for p in Platform if any(f"{p}_{name}" in self.made.columns for name in fields)]

    def remarks(self) -> list[str]:
        """Return what was noted, a sentence each."""
        return [
            f"{what}: {sum(counts.values())} ({', '.join(list(counts)[:NAMED_IN_REMARKS])}"
            f"{', …' if len(counts) > NAMED_IN_REMARKS else ''})."
            for what, counts in self.noted.items()
        ]

    def row(self, line: int, texts: list[str]) -> ImportRow:
        """Return the row of a line. Raises RowRefused."""
        one = _Cells(self.made, texts)
        accounts = self._accounts(one)
        handle = next((account.handle for account in accounts if account.handle), "")
        name = one.text("name") or f"{one.text('first_name')} {one.text('last_name')}".strip()
        bare = clean(one.text("id"), ID_CHARACTERS_MAX) or handle or clean(name, ID_CHARACTERS_MAX)
        if not bare:
            raise RowRefused(why="there is no id, handle or name")
        city, country = self._place(one)
        currency = _currency(one.text("currency"))
        shown = names.tamed(name, 120)
        profile = SaveProfile(
            name=shown or None,
            bio=clean(one.text("bio"), 4_000) or None,
            niches=self._topics(one.every("niches")) or None,
            languages=self._languages(one.every("languages")) or None,
            city=city or None,
            country=country or None,
            currency=currency,
            available=_flag(one.text("available")),
            accounts=accounts or None,
            rates=self._rates(one, currency) or None,
        )
        external_id = _id_in(self.made.source, bare)
        empty = not any(one.text(column) for column in self.made.columns if column not in SAY_NOTHING)
        return ImportRow(
            line, external_id, profile, bare_id=bare, called=shown or _called(handle, bare), empty=empty
        )

    def _note(self, what: str, which: str) -> None:
        self.noted.setdefault(what, Counter())[which[:40]] += 1

    def _accounts(self, one: "_Cells") -> tuple[SocialAccountView, ...]:
        found: dict[Platform, SocialAccountView] = {}
        typed = one.text("handle")
        address = handles.of_address(typed)
        platform = self._platform(one)
        if address and platform and "platform" in self.made.columns and address[0] is not platform:
            raise RowRefused(why=f"the platform is {platform} and the address is of {address[0]}")
        platform = address[0] if address else platform
        if platform:
            found[platform] = self._account(one, platform, "", typed)
        for each in self.own:
            typed = one.text(f"{each}_handle")
            account = self._account(one, each, f"{each}_", typed)
            if each not in found and (account.handle or account.followers is not None):
                found[each] = account
        return tuple(found.values())

    def _platform(self, one: "_Cells") -> Platform | None:
        name = " ".join(one.text("platform").casefold().split())
        if not name:
            return None
        known = headings.PLATFORMS.get(name)
        inside = [
            headings.PLATFORMS[word] for word in headings.folded(name).split() if word in headings.PLATFORMS
        ]
        if known is None and not inside:
            raise RowRefused(why=f"platform {name[:40]!r} is none of {', '.join(Platform)}")
        if known is None and len(set(inside)) > 1:
            self._note("Rows that name several platforms, taken with the first", name)
        return known or inside[0]

    def _account(self, one: "_Cells", platform: Platform, before: str, typed: str) -> SocialAccountView:
        address = handles.of_address(typed)
        handle = address[1] if address else handles.of_word(typed)
        if typed and not handle:
            what = (
                "Cells for a handle that hold an e-mail, left empty"
                if "@" in typed[1:]
                else "Cells for a handle that hold none, left empty"
            )
            self._note(what, "…" if "@" in typed[1:] else typed)
        followers = self._count(one, f"{before}followers", FOLLOWERS_MAX)
        if followers is not None and not NANO_FOLLOWERS[0] <= followers <= NANO_FOLLOWERS[1]:
            low, high = NANO_FOLLOWERS
            self._note(f"Follower counts outside {low:,} to {high:,}, taken all the same", f"{followers:,}")
        engagement = self._share(one, f"{before}engagement_rate", followers)
        if engagement is None and not before:
            likes = self._share(one, "like_rate", followers)
            comments = self._share(one, "comment_rate", followers)
            engagement = None if likes is None else likes + (comments or 0)
        return SocialAccountView(
            platform,
            clean(handle, 120),
            followers,
            None if engagement is None else round(engagement * 10_000),
            self._count(one, f"{before}average_views", COUNT_MAX),
        )

    def _count(self, one: "_Cells", column: str, most: int) -> int | None:
        text, writing, _ = one.figure(column)
        if not text:
            return None
        count = cell.figure(text, writing, whole=column.endswith("followers"))
        if count is None:
            raise RowRefused(why=f"{column} {text[:40]!r} is not a number")
        if not 0 <= count <= most:
            raise RowRefused(why=f"{column} {text[:40]!r} is out of range")
        if column.endswith("followers") and count != round(count):
            raise RowRefused(why=f"{column} {text[:40]!r} is no whole number; are they thousands?")
        return round(count)

    def _share(self, one: "_Cells", column: str, followers: int | None) -> float | None:
        text, writing, unit = one.figure(column)
        if not text:
            return None
        bare = text.replace("%", " ").strip()
        value = cell.figure(bare, writing)
        if value is None:
            raise RowRefused(why=f"{column} {text[:40]!r} is not a ratio")
        if unit is Unit.COUNT and "%" not in text:
            return value / followers if followers else None
        ratio = value / 100 if "%" in text or unit is Unit.PERCENT else value
        if not 0 <= ratio <= 10:  # noqa: PLR2004  (a post can have more engagements than followers)
            raise RowRefused(why=f"{column} {text[:40]!r} is not between 0 and 10 (1,000 %)")
        return ratio

    def _rates(self, one: "_Cells", currency: Currency | None) -> dict[DeliverableKind, Money]:
        found = {}
        for kind in DeliverableKind:
            text, writing, _ = one.figure(f"rate_{kind}")
            if text:
                found[kind] = self._rate(
                    text, f"rate_{kind}", writing, one.currency(f"rate_{kind}"), currency
                )
        return found

    def _rate(
        self, text: str, column: str, writing: Writing, headed: str, currency: Currency | None
    ) -> Money:
        bare, named = cell.without_currency(text)
        amount = cell.figure(bare, writing, whole=True)
        if amount is None:
            raise RowRefused(why=f"{column} {text[:40]!r} is not an amount")
        its = _currency(named) or _currency(headed) or currency
        if its is None:
            self._note("Amounts without a currency, taken as USD (say --set currency=…)", text)
        money = Money.of(amount, its or Currency.USD)
        if not 0 < money.minor <= RATE_MINOR_MAX:
            raise RowRefused(why=f"{column} {text[:40]!r} is out of range")
        return money

    def _place(self, one: "_Cells") -> tuple[str, str]:
        """Return city and country; a location is "city, country" or one of the two."""
        city, country = clean(one.text("city"), 120), ""
        for text in one.every("country"):
            found = words.country(text)
            if found is None:
                raise RowRefused(why=f"country {text[:40]!r} is none that I know")
            country = country or found
        parts = [part for part in map(str.strip, one.text("location").split(",")) if part]
        if parts:
            last = words.country(parts[-1])
            country = country or last or ""
            city = city or clean(parts[0] if last is None or len(parts) > 1 else "", 120)
        known = self.vocabulary.city(city, country) if self.vocabulary and city else ""
        return known or city, country

    def _topics(self, texts: list[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for text in texts:
            if text not in self.known_topics:
                self.known_topics[text] = tuple(self._topics_in(text))
            found |= dict.fromkeys(self.known_topics[text])
        return tuple(found)

    def _topics_in(self, text: str) -> Iterator[str]:
        for part in [text] if text.casefold() in YOUTUBE_CATEGORIES else _parts(text):
            word = part.casefold()
            known = YOUTUBE_CATEGORIES.get(word) or ((word,) if word in NICHES else ())
            known = known or tuple(self.vocabulary.topics(part) if self.vocabulary else ())
            if not known:
                self._note("Topics that are none of ours, left out", part)
            yield from known

    def _languages(self, texts: list[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for part in (part for text in texts for part in _parts(text)):
            code = words.language(part)
            if code is None:
                self._note("Languages that are none, left out", part)
            else:
                found[code] = None
        return tuple(found)


@dataclass(slots=True)
class _Cells:
    """One row's cells by the fields of a plan."""

    made: Plan
    texts: list[str]

    def every(self, name: str) -> list[str]:
        """Return what the columns of a field say, those that say something; what is fixed comes first."""
        if name in self.made.fixed:
            return [self.made.fixed[name]]
        found = [cell.told(self.texts[i]) for i in self.made.columns.get(name, ()) if i < len(self.texts)]
        return [text for text in found if text]

    def text(self, name: str) -> str:
        """Return what the first column of a field says."""
        return next(iter(self.every(name)), "")

    def figure(self, name: str) -> tuple[str, Writing, Unit]:
        """Return a field's first figure as it is written, and how its column writes."""
        if name not in self.made.fixed:
            for i in self.made.columns.get(name, ()):
                text = cell.told(self.texts[i]) if i < len(self.texts) else ""
                if text:
                    return text, self.made.writings.get(i, Writing()), self.made.units.get(i, Unit.RATIO)
        return self.made.fixed.get(name, ""), Writing(), Unit.RATIO

    def currency(self, name: str) -> str:
        """Return the currency that a field's heading names."""
        return next((self.made.currencies.get(i, "") for i in self.made.columns.get(name, ())), "")


def _id_in(source: str, bare: str) -> str:
    """Return the key of an id in its list; a long one ends in its digest, so that it is no other's."""
    whole = f"{source}:{bare}" if source else bare
    if len(whole) <= ID_CHARACTERS_MAX:
        return whole
    return f"{whole[: ID_CHARACTERS_MAX - 17]}~{sha256(whole.encode()).hexdigest()[:16]}"


def _called(handle: str, bare: str) -> str:
    return names.tamed(handle, 120) or names.tamed(bare, 120) or NAMELESS


def _currency(text: str) -> Currency | None:
    if not text:
        return None
    name = cell.CURRENCIES.get(text.casefold().strip("."), text.upper())
    try:
        its = Currency(name)
    except ValueError:
        its = None
    if its not in OFFERED:
        raise RowRefused(why=f"currency {text[:10]!r} is none of {', '.join(sorted(OFFERED))}")
    return its


def _flag(text: str) -> bool | None:
    typed = text.casefold()
    if typed and typed not in TRUE_WORDS | FALSE_WORDS:
        raise RowRefused(why=f"available {text[:20]!r} is neither true nor false")
    return typed not in FALSE_WORDS if typed else None


def _parts(text: str) -> list[str]:
    for separator in LISTS:
        text = text.replace(separator, ",")
    return [part.strip().lstrip("#").strip(" []'\"") for part in text.split(",") if part.strip(" []'\"")]
