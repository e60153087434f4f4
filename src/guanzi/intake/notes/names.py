"""Names of facts in notes as names of the vocabulary: sure ones are taken over, near ones are proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from guanzi.base.core import nearest
from guanzi.intake.importers import items_by_label
from guanzi.intake.notes.mapping import NameRule, tables
from guanzi.record.evidence import UNITS_BY_NAME, looks_ahead, unit_fits

_QUALIFIERS = (
    "reported|stated|announced|total|annual|latest|audited|unaudited|group|consolidated|estimated|approx(?:imate)?"
)
_BEFORE = re.compile(rf"^(?:{_QUALIFIERS}|the|company)_")
_BEHIND = re.compile(
    rf"_(?:{_QUALIFIERS}|of_company|at_decision|at_the_time|by_then|before_decision|value|amount|figure)$"
)
_AHEAD = re.compile(r"^(?:planned|projected|promised|expected|forecast|target(?:ed)?|pledged)_(.+)$")
_AHEAD_BEHIND = re.compile(r"^(.+)_(?:plan|planned|target|goal|promised|promise|forecast|projected|expected|pledged)$")
_LIKE = 0.85
_SHARED = 0.66
"""How alike two names must be: by their letters, as a slip of the pen is, or by the words that they share."""


@dataclass(frozen=True, slots=True)
class NoteName:
    """A name of the vocabulary for one of the notes.

    Attributes:
        name: The name.
        subject: Whom it is about.
        outflow: The number is below nought.
        loss: Name for an amount below nought.
        past: Name for a period that has ended.
        spanned: Name for a sum over several years.
    """

    name: str
    subject: str = "company"
    outflow: bool = False
    loss: str = ""
    past: str = ""
    spanned: str = ""


def sure_name(stem: str, part: str, unit: str, company: str = "") -> NoteName | None:
    """The name that a rule or the vocabulary gives; None when only a guess would.

    Args:
        stem: Name of the notes without its period.
        part: ``facts`` or ``outcome``.
        unit: Unit of the value; of two names, that one which has it.
        company: Name of the company, whose words a name may begin with.

    >>> sure_name("net_income", "facts", "USD m").loss, sure_name("nio_cash", "facts", "CNY m", "NIO Inc.").name
    ('net_loss', 'cash')
    >>> sure_name("sales", "facts", "CNY m").name, sure_name("sales", "facts", "vehicles").name
    ('revenue', 'deliveries')
    >>> sure_name("preorders", "facts", "count") is None
    True
    """
    found = [named for form in _forms(stem, company) for named in _by_rule(form, part)]
    return next((named for named in found if _fits(named.name, unit)), found[0] if found else None)


def near_name(stem: str, unit: str, company: str = "") -> NoteName | None:
    """The name that is proposed for one that nobody knows; it has the unit of the value. None when none is near.

    >>> near_name("preorders", "count").name, near_name("policy_risk", "text").name
    ('orders', 'policy_text')
    >>> near_name("gros_margin", "ratio").name
    'gross_margin'
    >>> near_name("share_of_voice", "ratio") is None
    True
    """
    for form in _forms(stem, company):
        for rule in tables().near:
            if rule.match.fullmatch(form) and unit_fits(rule.name, unit):
                return _named(rule)
        alike = _alike(form, unit)
        if alike is not None:
            return NoteName(alike)
    return NoteName(_topic(stem)) if unit == "text" and _topic(stem) else None


def _forms(stem: str, company: str) -> Iterator[str]:
    """A name, then without the words of the company, then without words that only say where it comes from."""
    seen: list[str] = []
    for form in (stem, *_without_company(stem, company)):
        seen.append(form)
        shorter = form
        while (cut := _BEHIND.sub("", _BEFORE.sub("", shorter))) != shorter:
            shorter = cut
            seen.append(shorter)
    yield from dict.fromkeys(form for form in seen if form)


def _without_company(stem: str, company: str) -> Iterator[str]:
    words = re.findall(r"[a-z0-9]+", company.lower())
    for n in range(len(words), 0, -1):
        head = "_".join(words[:n])
        if stem.startswith(f"{head}_"):
            yield stem.removeprefix(f"{head}_")


def _by_rule(form: str, part: str) -> Iterator[NoteName]:
    yield from (_named(rule) for rule in tables().names if rule.at in ("", part) and rule.match.fullmatch(form))
    if form in UNITS_BY_NAME:
        yield NoteName(form)
    item = items_by_label().get(form.replace("_", " "))
    if item is not None:
        yield NoteName(item.fact, loss=item.loss or "")
    ahead = _AHEAD.match(form) or _AHEAD_BEHIND.match(form)
    if ahead is not None and part == "facts":
        for inner in (ahead[1], *(named.name for named in _by_rule(ahead[1], part))):
            plan = inner if looks_ahead(inner) else f"plan_{inner}"
            if plan in UNITS_BY_NAME:
                yield NoteName(plan)


def _named(rule: NameRule) -> NoteName:
    return NoteName(rule.name, rule.subject, rule.outflow, rule.loss, rule.past, rule.spanned)


def _fits(name: str, unit: str) -> bool:
    return name in UNITS_BY_NAME and (unit_fits(name, unit) or unit_fits(name, f"{unit} m"))


def _alike(form: str, unit: str) -> str | None:
    """The name of the vocabulary that is written alike, or that shares most of its words."""
    fitting = _names_with(unit)
    close = nearest(form, fitting)
    if close is not None and _ratio(form, close) >= _LIKE:
        return close
    mine = _words(form)
    shared = {name: 2 * len(mine & _words(name)) / (len(mine) + len(_words(name))) for name in fitting}
    best = max(shared, key=lambda name: (shared[name], _ratio(form, name), name), default=None)
    return best if best is not None and shared[best] >= _SHARED and len(mine & _words(best)) > 1 else None


@lru_cache(maxsize=256)
def _names_with(unit: str) -> tuple[str, ...]:
    return tuple(name for name in UNITS_BY_NAME if unit_fits(name, unit))


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()


def _words(name: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in name.split("_"))


def _topic(stem: str) -> str:
    words = set(stem.split("_"))
    return next((name for listed, name in tables().topics if words & listed), "")
