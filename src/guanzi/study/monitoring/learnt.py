"""What became known since a deal was signed, and whether it says that the company has come to its end."""

from __future__ import annotations

from guanzi.record.evidence import WATCHED, Fact, View, end_of
from guanzi.study.monitoring.warning_rules import WarningRules

INSOLVENT = "insolvency_opened"
QUARTER_DAYS = 92
"""Days of the longest quarter."""


def learnt_since(view: View) -> tuple[Fact, ...]:
    """Facts of the time after signing, in the order in which they became known; without corrected ones."""
    corrected = {fact.supersedes for fact in view.facts}
    found = (f for f in view.facts if f.place.file.startswith(f"{WATCHED}/") and f.id not in corrected)
    return tuple(sorted(found, key=lambda f: (f.known_on, f.id)))


def silent_since(view: View, rules: WarningRules) -> Fact | None:
    """The newest fact on a company that is silent: for longer than a quarter with its delay nothing became known."""
    known = [fact for fact in view.facts if fact.subject == "company"]
    last = max(known, key=lambda fact: (fact.known_on, fact.id), default=None)
    allowed = QUARTER_DAYS + int(rules.reporting.quarter_days.value)
    return last if last is not None and (view.as_of - last.known_on).days > allowed else None


def ends_of(view: View, rules: WarningRules) -> tuple[Fact, ...]:
    """Facts by which the company has come to its end, in the order in which they became known.

    They are those that count as a failure where the rules of early warning are scored: an insolvency that was opened,
    operations that were suspended, a project that was given up. A later rescue undoes them.
    """
    if end_of(view) is None:
        return ()
    corrected = {fact.supersedes for fact in view.facts}
    found = (
        f
        for name in rules.counting.failure_facts
        for f in view.named(name)
        if f.value is True and f.id not in corrected
    )
    return tuple(sorted(found, key=lambda f: (f.known_on, f.id)))


def goes_on(view: View, rules: WarningRules) -> bool | None:
    """Whether a company is solvent as far as facts say: none says that it is not; None: it is silent.

    The gate of a playbook on a company that has ended and the test before money is released ask the same facts.
    """
    if any(fact.name == INSOLVENT for fact in ends_of(view, rules)):
        return False
    return None if silent_since(view, rules) is not None else True
