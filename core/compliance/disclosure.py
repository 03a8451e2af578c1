"""The disclosure linter: is an advertisement recognisable as one?

Rules are data (`core.compliance.labels`). A finding never blocks; it is shown to the creator before sending
and to the brand before approving. A label counts wherever it stands alone, with or without #, in any case,
with or without accents; one that is taken back ("not an ad", "keine Werbung") is none.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache, lru_cache

import regex

from core.compliance.labels import BETWEEN, NOT_ATTACHED, NOT_BEFORE, NOT_BEHIND, RULES, TAGS, Rule
from core.kit.remarks import Remark

UNSEEN = regex.compile(r"[\p{Cf}\ufe00-\ufe0f]")
LATIN_BEGINS = r"(?<![\p{Latin}\p{N}\p{Han}_])"
LATIN_ENDS = r"(?![\p{Latin}\p{M}\p{N}\p{Han}_])"
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


DEFAULT_JURISDICTION = "US"


def lint(caption: str, country: str, *, video_seconds: int | None = None) -> list[Finding]:
    """Return what there is to say about a caption; one GOOD finding when all is well.

    The FTC's rules serve where a country has none of its own here: they are the strictest on words.
    """
    rule = RULES.get(country, RULES[DEFAULT_JURISDICTION])
    place = _first(_labels(rule), caption)
    findings: list[Finding] = []
    if place is None:
        weak = _first(_weak(rule), caption)
        facts = {"word": rule.tag[:1].upper() + rule.tag[1:], "tag": f"#{rule.tag}"}
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
    return f"#{RULES.get(country, RULES[DEFAULT_JURISDICTION]).tag}"


def disclosed(caption: str, country: str) -> bool:
    """Tell whether a published caption carries a label at all."""
    rule = RULES.get(country, RULES[DEFAULT_JURISDICTION])
    return _first(_labels(rule), caption) is not None


def _first(pattern: regex.Pattern[str], caption: str) -> int | None:
    """Return where the first label stands that is not taken back."""
    found = (m for m in pattern.finditer(_folded(caption)) if m["before"] is None and m["behind"] is None)
    return next((m.start("label") for m in found), None)


@cache
def _labels(rule: Rule) -> regex.Pattern[str]:
    return _pattern((*rule.labels, *rule.translated, *rule.also), (*rule.hashed, *TAGS))


@cache
def _weak(rule: Rule) -> regex.Pattern[str]:
    return _pattern(rule.weak, ())


def _pattern(labels: tuple[str, ...], hashed: tuple[str, ...]) -> regex.Pattern[str]:
    """Return the pattern of a label, with what takes it back before (`before`) and behind it (`behind`)."""
    alone = [_alone(label) for label in sorted(labels, key=len, reverse=True)]
    tagged = [f"#{_words(tag)}{LATIN_ENDS}" for tag in hashed]
    between = rf"(?:(?:{_any(BETWEEN)})\s+){{0,3}}"
    no = rf"(?P<before>(?<![\p{{L}}\p{{M}}])(?:{_any(NOT_BEFORE)})\s+{between})?"
    late = rf"\s+{between}(?:{_any(NOT_BEHIND)})(?:\s+(?:hai|hain|h|है|हैं|आहे|e))?\s*(?=$|[^\w\s])"
    whole = rf"{no}(?P<label>{'|'.join((*tagged, *alone))})(?P<behind>{NOT_ATTACHED}|{late})?"
    return regex.compile(whole, regex.IGNORECASE)


def _alone(label: str) -> str:
    """Return the pattern of a label that is no part of a longer word, as its script parts words."""
    if regex.search(r"[\p{Han}\p{Katakana}]", label):
        return rf"(?<![\p{{Han}}\p{{Katakana}}])#?{_words(label)}(?![\p{{Han}}\p{{Katakana}}ー])"
    if regex.search(r"\p{Hangul}", label):
        return rf"(?<!\p{{Hangul}})#?{_words(label)}"
    if regex.search(r"\p{Latin}", label):
        return rf"{LATIN_BEGINS}#?{_words(label)}{LATIN_ENDS}"
    return rf"(?<![\p{{L}}\p{{M}}\p{{N}}_])#?{_words(label)}(?![\p{{L}}\p{{M}}\p{{N}}_])"


def _any(words: tuple[str, ...]) -> str:
    return "|".join(_words(word) for word in sorted(words, key=len, reverse=True))


def _words(label: str) -> str:
    """Return a label's pattern; within a hashtag its words are written together."""
    return r"[\s_]*".join(regex.escape(word) for word in _folded(label).split())


def _folded(text: str) -> str:
    """Return a text as labels are compared: small letters without accents, of the same length as composed."""
    return "".join(map(_plain, UNSEEN.sub("", unicodedata.normalize("NFC", text))))


@lru_cache(maxsize=4_096)
def _plain(character: str) -> str:
    """Return a letter without its accent and its style; a syllable of Hangul or an Indian sign as it is."""
    first = "'" if character == "\u2019" else unicodedata.normalize("NFKD", character)[0]
    return first.lower()[0] if first.isascii() and not first.isspace() else character


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
