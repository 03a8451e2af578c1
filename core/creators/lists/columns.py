"""Which column of a list is what: named by us, known from an export, said by the user, or guessed.

What was guessed is shown before anything is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

import regex as re

from core.creators.errors import ListUnreadable
from core.creators.lists import cells, headings, profiles
from core.creators.lists.cells import Unit, Writing
from core.creators.lists.handles import LOWER_WORD, is_handle, of_address
from core.creators.lists.table import FEW, Table, Wrong, refused
from core.kit.text import clean
from core.kit.vocabulary import Platform

SOURCE_CHARACTERS_MAX = 40
LISTS = frozenset({"niches", "languages"})
"""Fields that several columns fill together; of others the first column that says something counts."""
FIGURES = ("followers", "average_views")
SHARES = ("engagement_rate", "like_rate", "comment_rate")
POINT = frozenset({"USD", "INR", "GBP", "AUD", "CAD", "SGD", "JPY", "MXN", "AED"})
SHOWN = 3
MOSTLY = 0.8


@dataclass(slots=True)
class Plan:
    """How a table is read: the columns of each field, how they write figures, what holds for every row."""

    source: str
    columns: dict[str, list[int]] = field(default_factory=dict)
    writings: dict[int, Writing] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    currencies: dict[int, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    guesses: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def plan(
    table: Table,
    name: str,
    *,
    mapping: Mapping[str, str],
    fixed: Mapping[str, str],
    source: str | None = None,
) -> Plan:
    """Plan how to read a table out of a file of that name. Raises ListUnreadable."""
    made = Plan(source_of(PurePath(name).stem if source is None else source), fixed=dict(fixed))
    profile = profiles.recognised(table.headings)
    said = _said(table, mapping)
    _require_ours([*mapping.values(), *fixed])
    for index, heading in enumerate(table.headings):
        given = {**(profile.columns if profile else {}), **said}.get(headings.folded(heading))
        found = headings.field_of(heading) if given is None else given
        if found:
            made.columns.setdefault(found, []).append(index)
            if given is None and not headings.exact(heading):
                made.guesses.append(f"{heading} is {found}")
        elif heading:
            made.left_out.append(heading)
    _drop_row_numbers(table, made)
    _settle_channel(table, made)
    _find_handles(table, made)
    if profile:
        table.remarks.append(f"The columns are those of {profile.name}.")
    _settle_platform(table, name, made, profile.platform if profile else None)
    _write_units(table, made)
    _share_currency(made)
    if not {"id", "name", "handle", "first_name"}.intersection(made.columns) and not _accounts(made):
        raise refused(Wrong.NO_COLUMNS, f"its columns are {', '.join(filter(None, table.headings))[:300]}")
    if table.guessed:
        made.guesses.append(f"the encoding ({table.form})")
    _show(table, made)
    return made


def source_of(name: str) -> str:
    """Return a list's name as its ids begin with it: small letters, no spaces."""
    return "-".join(re.findall(r"[\p{L}\p{M}\p{N}_.]+", clean(name, 200).casefold()))[:SOURCE_CHARACTERS_MAX]


def _said(table: Table, mapping: Mapping[str, str]) -> dict[str, str]:
    known = {headings.folded(heading) for heading in table.headings}
    for theirs in mapping:
        if headings.folded(theirs) not in known:
            raise ListUnreadable(
                why=f"it has no column {theirs!r}; its columns are {', '.join(table.headings)[:300]}"
            )
    return {headings.folded(theirs): ours for theirs, ours in mapping.items()}


def _require_ours(names: Sequence[str]) -> None:
    for name in names:
        platform, _, rest = name.partition("_")
        account = platform in Platform.__members__.values() and rest in headings.ACCOUNT_FIELDS
        if name and not account and name not in headings.OURS | headings.EXTRA:
            raise ListUnreadable(
                why=f"{name!r} is no column of ours; they are {', '.join(sorted(headings.OURS))}"
            )


def _drop_row_numbers(table: Table, made: Plan) -> None:
    """Take no column for handles that only counts the rows; say so of ids that do."""
    counted = [str(number) for number in range(1, len(table.rows) + 1)]
    if len(counted) < FEW:
        return
    for index in list(made.columns.get("handle", ())):
        if table.column(index) == counted:
            made.columns["handle"].remove(index)
            made.columns = {name: indexes for name, indexes in made.columns.items() if indexes}
            made.left_out.append(table.headings[index])
    if any(table.column(index) == counted for index in made.columns.get("id", ())):
        table.remarks.append(
            "The ids only count the rows: in another order the same list would mix people."
            " Another column is taken with --map theirs=id."
        )


def _settle_channel(table: Table, made: Plan) -> None:
    """Read a column called "channel": handles where it holds such, names otherwise."""
    for index, heading in enumerate(table.headings):
        if headings.folded(heading) == "channel" and heading in made.left_out:
            made.left_out.remove(heading)
            found = "handle" if _mostly_handles(table.column(index)) else "name"
            made.columns.setdefault(found, []).append(index)
            made.guesses.append(f"{heading} is {found}")


def _find_handles(table: Table, made: Plan) -> None:
    """Take a column full of @names or addresses of profiles as handles, where no heading names one."""
    if "handle" in made.columns or _accounts(made):
        return
    for index, heading in enumerate(table.headings):
        if heading in made.left_out and _mostly_handles(table.column(index)):
            made.left_out.remove(heading)
            made.columns["handle"] = [index]
            made.guesses.append(f"{heading} is handle")
            return
    for index in made.columns.get("name", ()):
        column = table.column(index)
        if column and sum(bool(LOWER_WORD.fullmatch(cell)) for cell in column) >= MOSTLY * len(column):
            made.columns["handle"] = [index]
            made.guesses.append(f"{table.headings[index]} is handle too")
            return


def _mostly_handles(found: list[str]) -> bool:
    marked = sum(map(is_handle, found))
    return bool(found) and marked >= MOSTLY * len(found)


def _accounts(made: Plan) -> set[str]:
    """Return the platforms that have columns of their own."""
    return {p.value for p in Platform for name in headings.ACCOUNT_FIELDS if f"{p}_{name}" in made.columns}


def _settle_platform(table: Table, name: str, made: Plan, profiled: Platform | None) -> None:
    """Decide of which platform handles and followers are where no column says it."""
    generic = [one for one in headings.ACCOUNT_FIELDS if one in made.columns]
    if "platform" in made.columns or "platform" in made.fixed or not generic:
        return
    own = _accounts(made)
    if len(own) == 1:
        _join(made, own.pop(), generic)
        return
    if profiled:
        made.fixed["platform"] = profiled
        table.remarks.append(
            f"There is no platform column; taken as {profiled}. Say --set platform=… for another."
        )
        return
    if own:
        table.remarks.append(f"{', '.join(generic)} name no platform and are left out.")
        for one in generic:
            made.left_out += [table.headings[i] for i in made.columns.pop(one)]
        return
    guessed = _guessed_platform(table, name, made, generic)
    made.fixed["platform"] = guessed
    made.guesses.append(f"the platform is {guessed} (no column says it; --set platform=… for another)")


def _join(made: Plan, platform: str, generic: list[str]) -> None:
    """Take figures that name no platform as those of the one that other columns name."""
    for one in headings.ACCOUNT_FIELDS:
        own = made.columns.pop(f"{platform}_{one}", [])
        if own or one in generic:
            made.columns[one] = [*own, *made.columns.get(one, [])]
    made.fixed["platform"] = platform


def _guessed_platform(table: Table, name: str, made: Plan, generic: list[str]) -> Platform:
    """Return what addresses, headings, a sheet's or a file's name say; where none does, Instagram."""
    addresses = [of_address(cell) for i in made.columns.get("handle", ()) for cell in table.column(i)]
    addressed = {found[0] for found in addresses if found}
    if len(addressed) == 1:
        return addressed.pop()
    named = {
        word
        for one in generic
        for i in made.columns[one]
        for word in headings.folded(table.headings[i]).split()
    }
    if headings.OF_YOUTUBE & named or "youtuber" in map(headings.folded, table.headings):
        return Platform.YOUTUBE
    words = headings.folded(f"{name} {table.form.partition('sheet')[2]}").split()
    called = {headings.PLATFORMS[word] for word in words if word in headings.PLATFORMS and len(word) > 1}
    return called.pop() if len(called) == 1 else Platform.INSTAGRAM


def _write_units(table: Table, made: Plan) -> None:
    """Let each column decide how it writes figures, and what unit its shares have."""
    comma = "," if "semicolon" in table.form else ""
    for found, indexes in made.columns.items():
        bare = next((found.removeprefix(f"{p}_") for p in Platform if found.startswith(f"{p}_")), found)
        for index in indexes:
            heading, column = table.headings[index], [cells.told(cell) for cell in table.column(index)]
            column = [cell for cell in column if cell]
            noughts = headings.noughts_in(heading) if bare in FIGURES else 0
            default = comma
            if bare.startswith("rate_"):
                made.currencies[index] = headings.currency_in(headings.folded(heading))
                column = [cells.without_currency(cell)[0] for cell in column]
                default = "." if made.currencies[index] in POINT else comma
            if bare in SHARES:
                column = [cell.replace("%", " ").strip() for cell in column]
            made.writings[index] = cells.writing_of(column, default=default, noughts=noughts)
            if bare in SHARES:
                told = [cells.told(cell) for cell in table.column(index)]
                percent = headings.is_percent(heading)
                made.units[index] = cells.unit_of(told, made.writings[index], percent=percent)


def _share_currency(made: Plan) -> None:
    """Let a column of money without a currency have the one that others name in their headings."""
    named = {code for code in made.currencies.values() if code}
    if len(named) == 1 and "currency" not in made.columns and "currency" not in made.fixed:
        made.currencies = dict.fromkeys(made.currencies, named.pop())


def _show(table: Table, made: Plan) -> None:
    for found, indexes in made.columns.items():
        sign = " and " if found in LISTS else ", else "
        named = sign.join(table.headings[i] for i in indexes)
        unit = next((f", read as {made.units[i]}" for i in indexes if i in made.units), "")
        example = "; ".join(cell[:30].replace("\n", " ") for cell in table.column(indexes[0])[:SHOWN])
        made.shown.append(f"{found} ← {named}{unit} ({example})")
    made.shown += [f"{found} = {value} in every row" for found, value in made.fixed.items()]
