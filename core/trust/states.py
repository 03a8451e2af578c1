"""What is observed about people's work: words only."""

from enum import StrEnum


class Observation(StrEnum):
    """Something that went well or not, seen by the deal process."""

    DRAFT_ON_TIME = "draft_on_time"
    POST_ON_TIME = "post_on_time"
    POST_STAYED = "post_stayed"
    APPROVED_FIRST_ROUND = "approved_first_round"
    DECIDED_BY_PERSON = "decided_by_person"
    DEAL_KEPT = "deal_kept"


class Side(StrEnum):
    """Who reviews."""

    BRAND = "brand"
    CREATOR = "creator"
