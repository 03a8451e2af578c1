"""What is wrong with the platform's own money at a provider: operators are told, nobody else is blamed."""

from uuid import UUID, uuid5

from core.kit.money import Currency
from core.kit.work import Work
from core.operators import tasks
from core.operators.states import Subject

SHORT = "rail_short"
"""The task about a provider that has less of our money than is to be sent."""
PLACES = UUID("5f0c1c60-5a3e-4c3d-9c5a-3b8f7e1d2a40")
"""What a provider and a currency are an id of, as the subject of a task."""


def short(work: Work, rail: str, currency: Currency) -> None:
    """Say that a provider has too little to send; what waits is sent as soon as there is enough."""
    tasks.open_task(work, SHORT, Subject.RAIL, _place(rail, currency), {"rail": rail, "currency": currency})


def enough(work: Work, rail: str, currency: Currency) -> None:
    """Say that a provider sends again."""
    tasks.settle(work, Subject.RAIL, _place(rail, currency), only=[SHORT])


def _place(rail: str, currency: Currency) -> UUID:
    return uuid5(PLACES, f"{rail}:{currency}")
