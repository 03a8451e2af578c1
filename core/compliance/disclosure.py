"""The disclosure linter: is an advertisement recognisable as one?

Rules are data with a jurisdiction, a validity and a source. A finding never blocks; it is shown to the
creator before sending and to the brand before approving.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.kit.remarks import Remark

UPFRONT_CHARACTERS = 125  # what the apps show before "more"


class Level(StrEnum):
    """How much a finding matters."""

    GOOD = "good"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a caption, with the rule it rests on."""

    level: Level
    remark: Remark
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Which words disclose in a jurisdiction, and which only pretend to."""

    jurisdiction: str
    valid_from: date
    source: str
    labels: tuple[str, ...]
    weak: tuple[str, ...] = ()


ASCI = Rule(
    jurisdiction="IN",
    valid_from=date(2021, 6, 14),
    source="ASCI guidelines for influencer advertising (2021, amended 2023)",
    labels=(
        "advertisement",
        "ad",
        "sponsored",
        "collaboration",
        "partnership",
        "employee",
        "free gift",
        "विज्ञापन",
    ),
    weak=("collab", "spon", "sp", "ambassador"),
)
FTC = Rule(
    jurisdiction="US",
    valid_from=date(2023, 7, 26),
    source="FTC, Disclosures 101 and 16 CFR 255",
    labels=("advertisement", "ad", "sponsored", "paid partnership", "promoted", "paid ad"),
    weak=("spon", "sp", "partner", "collab", "ambassador", "thanks to"),
)
RULES: dict[str, Rule] = {rule.jurisdiction: rule for rule in (ASCI, FTC)}
DEFAULT_JURISDICTION = "US"


def lint(caption: str, country: str, *, video_seconds: int | None = None) -> list[Finding]:
    """Return what there is to say about a caption; one GOOD finding when all is well.

    The FTC's rules serve where a country has none of its own here: they are the strictest on words.
    """
    rule = RULES.get(country, RULES[DEFAULT_JURISDICTION])
    place = _first_label(caption, rule.labels)
    findings: list[Finding] = []
    if place is None:
        weak = _first_label(caption, rule.weak)
        facts = {"word": rule.labels[1].capitalize(), "tag": f"#{rule.labels[1]}"}
        remark = Remark("label_weak" if weak is not None else "label_missing", facts)
        findings.append(Finding(Level.PROBLEM, remark, rule.source))
    elif place > UPFRONT_CHARACTERS:
        findings.append(Finding(Level.WARNING, Remark("label_late"), rule.source))
    elif _buried(caption, place):
        findings.append(Finding(Level.WARNING, Remark("label_buried"), rule.source))
    if video_seconds is not None:
        findings.append(_video_finding(rule, timedelta(seconds=video_seconds)))
    return findings or [Finding(Level.GOOD, Remark("label_clear"), rule.source)]


def label_for(country: str) -> str:
    """Return the label to begin a caption with."""
    return f"#{RULES.get(country, RULES[DEFAULT_JURISDICTION]).labels[1]}"


def disclosed(caption: str, country: str) -> bool:
    """Tell whether a published caption carries a label at all."""
    rule = RULES.get(country, RULES[DEFAULT_JURISDICTION])
    return _first_label(caption, rule.labels) is not None


def _first_label(caption: str, labels: tuple[str, ...]) -> int | None:
    places = [
        found.start()
        for label in labels
        if (found := re.search(rf"(?<!\w)#?{re.escape(label)}(?!\w)", caption, re.IGNORECASE))
    ]
    return min(places, default=None)


def _buried(caption: str, place: int) -> bool:
    before = re.findall(r"#\w+", caption[:place])
    return len(before) >= 2  # noqa: PLR2004  (the third hashtag or later)


def _video_finding(rule: Rule, length: timedelta) -> Finding:
    seconds = length.total_seconds()
    if seconds <= 15:  # noqa: PLR2004  (ASCI's three bands: 3 seconds, a third, the whole)
        remark = Remark("video_seconds", {"n": 3})
    elif seconds <= 120:  # noqa: PLR2004
        remark = Remark("video_seconds", {"n": round(seconds / 3)})
    else:
        remark = Remark("video_whole")
    return Finding(Level.WARNING, remark, rule.source)
