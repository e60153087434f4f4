"""What remarks in the data warn of: the words by which vendors and analysts say that a figure is not what it seems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guanzi.base.core import Message
from guanzi.intake.conflicts.finding import Conflict, ConflictKind, conflict
from guanzi.intake.conflicts.readings import SourceReading

#: Words for each kind, in English and Chinese; the terms of the trade, not of any one file.
_WORDS: dict[ConflictKind, tuple[str, ...]] = {
    "shell": (r"\bspac\b", r"\bshell\b", r"blank[- ]check", r"acquisition corp", "壳公司", "空壳", "空白支票"),
    "preliminary": (
        *("preliminary", "unaudited", "provisional", r"as (?:first|originally) filed", "restate", "flash report"),
        *("未经审计", "未审", "业绩快报", "业绩预告", "追溯调整", "追溯重述", "更正前", "重述"),
    ),
    "currency": (
        r"convert\w* (?:in)?to \w+",
        r"\b(?:usd|cny|rmb|eur|hkd|jpy|gbp)\b.{0,20}\b(?:with|as|under|for)\b.{0,8}(?:[$¥€£]|\b(?:usd|cny|rmb|eur|hkd)\b)",
        r"\w/(?:usd|cny|rmb|eur)\b",
        *("wrong currency", r"currency (?:is|was|un)", "convenience translation", "折算", "币种", "换算"),
    ),
    "definition": (
        *(r"\badjusted\b", "non-gaap", r"\bexclud\w+", r"\bexcl\b", r"\bincluding\b", r"\bincl\b", "attributable"),
        *(
            r"(?:loss|income|profit|earnings) before",
            "accretion",
            r"(?:dis)?continu(?:ing|ed) operations",
            "definition",
        ),
        *(r"parent[- ]only", r"(?:reported|company) (?:figure|value)s? differs?", r"differs? from reported"),
        *("扣非", "扣除", "口径", "归属于", "归母", "母公司报表", "持续经营", "终止经营"),
    ),
    "period": (
        *(
            r"\bstub\b",
            "transition period",
            r"\b(?:is|are|as|was) an? (?:quarter|half[- ]year)",
            r"(?:six|nine) months",
        ),
        *(r"\b(?:jan|apr|jul|oct)[a-z]*\s*[-–]\s*(?:mar|jun|sep|dec)", "not a full year", "不足一年", "不满一年"),
        "非完整年度",
    ),
    "stale": (
        r"\brepeats?\b",
        "repeated from",
        "copied from",
        r"same as (?:last|previous|prior) year",
        "stale",
        "沿用上年",
    ),
    "scale": ("wrong scale", r"(?:thousand|million)s? instead of", "单位有误", "单位错"),
    "contradiction": (
        *(r"\bconflicts?\b", "contradict", r"does(?: not|n't) add up", r"look(?:s|ed) wrong", r"\bmixes\b", "disagree"),
        *(r"\d [^.;]{0,20}\bagainst \d", "inconsisten", "矛盾", "不一致", "不符", "勾稽"),
    ),
    "sign": ("wrong sign", r"sign (?:is|was) (?:wrong|reversed)", "符号有误", "正负号"),
}
_PATTERNS = {kind: re.compile("|".join(words), re.IGNORECASE) for kind, words in _WORDS.items()}
_WARNING = re.compile(r"\bcaution\b|\bwarning\b|\bbeware\b|注意|存疑|警示", re.IGNORECASE)


def kinds_of(note: str) -> tuple[ConflictKind, ...]:
    """The kinds of conflict of which a remark speaks; a bare warning is a contradiction.

    >>> kinds_of("PRELIMINARY, before the audit"), kinds_of("rounded to 0.1bn")
    (('preliminary',), ())
    """
    found = tuple(kind for kind, pattern in _PATTERNS.items() if pattern.search(note))
    if not found and _WARNING.search(note):
        return ("contradiction",)
    return found


def warnings_of(readings: Iterable[SourceReading]) -> Iterator[Conflict]:
    """What remarks warn of: one conflict for each remark of a source on a company, and for each kind."""
    groups: dict[tuple[str, str, str], list[SourceReading]] = {}
    for reading in readings:
        if reading.note:
            groups.setdefault((reading.company, reading.source, reading.note), []).append(reading)
    for (company, _, note), group in groups.items():
        for kind in kinds_of(note):
            cause = Message.of(f"conflicts.note.{kind}", company=company, note=note)
            yield conflict(kind, cause, *group, basis="note", mild=True)
