"""How a new answer changes an old one, by their kind: a list, pieces of work, a number, a range. Pure."""

from collections.abc import Iterable
from typing import Any

from bots.conversation.forms import Field, Kind, NotUnderstood, Slots
from bots.understanding import changes, numbers, wording
from bots.understanding import pieces as work
from bots.understanding.changes import How

Piece = dict[str, Any]
Spot = tuple[str, str]
"""The kind of a piece, and its own place, empty for the campaign's."""


def is_number(value: Any) -> bool:  # noqa: ANN401  (any slot)
    """Tell whether an answer is a number or a range of two."""
    return (isinstance(value, int) and not isinstance(value, bool)) or _is_range(value)


def is_list(value: Any) -> bool:  # noqa: ANN401  (any slot)
    """Tell whether an answer has several parts."""
    return isinstance(value, list)


def only_number(text: str) -> bool:
    """Tell whether a text is a number and nothing else: "not 5, 6 creators"."""
    return bool(numbers.quantities(wording.normalise(text))) and len(changes.content(text)) == 1


def amended(field: Field, old: Any, value: Any, how: How, slots: Slots) -> tuple[How, Any]:  # noqa: ANN401
    """Return what was done in the end, and the new answer, None where nothing of the old one is left."""
    if _are_pieces(value) and isinstance(old, str):
        old = _parsed(field, old, slots)  # what a button stood for
    if old is None or type(old) is not type(value):
        return How.SET, value
    if _are_pieces(value):
        return _pieces(old, value, how)
    if isinstance(value, list):
        return _list(old, value, how)
    if is_number(value):
        return How.SET, _number(old, value, how)
    return How.SET, value


def named(field: Field, old: Any, text: str, found: Any, slots: Slots) -> Any:  # noqa: ANN401  (any slot)
    """Return which part of an answer a text names, None where it names none."""
    if isinstance(old, str) and field.parse is not None and work.kinds(text.lower()):
        old = _parsed(field, old, slots)
    if _are_pieces(old):
        have = {piece["kind"] for piece in old}
        said = found or [{"kind": kind, "count": 0} for kind in work.kinds(text.lower())]
        return [piece for piece in said if piece["kind"] in have] or None
    if isinstance(old, list):
        stated = {_bare(item) for item in found or []}
        gone = [item for item in old if _bare(item) in stated or is_said(field, item, text, slots)]
        return gone or None
    return found if is_number(old) and is_number(found) else None


def _parsed(field: Field, old: str, slots: Slots) -> Any:  # noqa: ANN401  (any slot)
    try:
        return field.parse(old, slots) if field.parse else old
    except NotUnderstood:
        return old


def _bare(item: object) -> str:
    return str(item).casefold().lstrip("#")


def is_said(field: Field, item: object, text: str, slots: Slots) -> bool:
    """Tell whether a text has one part of an answer in it, as it is shown."""
    whole = field.kind is Kind.CHOICE
    labels = tuple({_bare(item), _bare(field.shown(item if whole else [item], slots))} - {""})
    return wording.has_word(text.casefold(), labels)


def _pieces(old: list[Piece], value: list[Piece], how: How) -> tuple[How, list[Piece] | None]:
    have = {_spot(piece): piece["count"] for piece in old}
    said = {spot: piece["count"] for piece in value for spot in _meant(_spot(piece), have, how)}
    if how is How.ADD:
        merged = {**have, **{spot: have.get(spot, 0) + count for spot, count in said.items()}}
        return How.ADD, _as_pieces(merged)
    if how in {How.REMOVE, How.NOT}:
        left = {spot: n - (said.get(spot, 0) or n) if spot in said else n for spot, n in have.items()}
        return How.SET, _as_pieces(left) or None
    if set(said) < set(have) and how is not How.ONLY:
        return How.SET, _as_pieces({**have, **said})  # the others were not spoken of
    return How.SET, _as_pieces(said) or value


def _spot(piece: Piece) -> Spot:
    return piece["kind"], piece.get("platform", "")


def _meant(spot: Spot, have: Iterable[Spot], how: How) -> list[Spot]:
    """Return which pieces are spoken of where no place is named: the one of the kind, all where they go."""
    alike = [one for one in have if one[0] == spot[0]]
    unsure = spot[1] or not alike or spot in alike
    return [spot] if unsure or (len(alike) > 1 and how not in {How.REMOVE, How.NOT}) else alike


def _as_pieces(counts: dict[Spot, int]) -> list[Piece]:
    return [
        {"kind": kind, "count": count} | ({"platform": place} if place else {})
        for (kind, place), count in counts.items()
        if count > 0
    ]


def _list(old: list[Any], value: list[Any], how: How) -> tuple[How, list[Any] | None]:
    if how is How.ADD:
        return How.ADD, list(dict.fromkeys([*old, *value]))
    if how in {How.REMOVE, How.NOT}:
        return How.REMOVE, [item for item in old if item not in value] or None
    return How.SET, value


def _number(old: Any, value: Any, how: How) -> Any:  # noqa: ANN401  (a number or a range)
    if isinstance(value, int):
        return _moved(old, value, how)
    return {name: _moved(old.get(name, 0), number, how) for name, number in value.items()}


def _moved(old: int, value: int, how: How) -> int:
    up = how is How.ADD or (how is How.RAISE and value <= old)
    down = how is How.REMOVE or (how is How.LOWER and value <= old / 2)
    if up:
        return old + value
    return old - value if down and value < old else value


def _is_range(value: Any) -> bool:  # noqa: ANN401  (any slot)
    return isinstance(value, dict) and bool(value) and set(value) <= {"min", "max"}


def _are_pieces(value: Any) -> bool:  # noqa: ANN401  (any slot)
    return isinstance(value, list) and bool(value) and all(isinstance(p, dict) and "kind" in p for p in value)
