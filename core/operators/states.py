"""What operators' tasks may be about: data only."""

from enum import StrEnum


class Subject(StrEnum):
    """The kind of thing that a task is about."""

    DEAL = "deal"
    CAMPAIGN = "campaign"
    WORKSPACE = "workspace"
    CREATOR = "creator"
    PERSON = "person"
    FUNDING = "funding"
    PAYOUT = "payout"
    REFUND = "refund"
    CHARGEBACK = "chargeback"
    LEDGER = "ledger"
    PROMISE = "promise"
