"""What became known since a deal was signed, and whether it says that the company has come to its end."""

from __future__ import annotations

from guanzi.record.evidence import WATCHED, Fact, View
from guanzi.study.monitoring.warning_rules import WarningRules


def learnt_since(view: View) -> tuple[Fact, ...]:
    """Facts of the time after signing, in the order in which they became known; without corrected ones."""
    corrected = {fact.supersedes for fact in view.facts}
    found = (f for f in view.facts if f.place.file.startswith(f"{WATCHED}/") and f.id not in corrected)
    return tuple(sorted(found, key=lambda f: (f.known_on, f.id)))


def ends_of(view: View, rules: WarningRules) -> tuple[Fact, ...]:
    """Facts by which the company has come to its end, in the order in which they became known.

    They are those that count as a failure where the rules of early warning are scored: an insolvency that was opened,
    operations that were suspended, a project that was given up.
    """
    corrected = {fact.supersedes for fact in view.facts}
    found = (
        f
        for name in rules.counting.failure_facts
        for f in view.named(name)
        if f.value is True and f.id not in corrected
    )
    return tuple(sorted(found, key=lambda f: (f.known_on, f.id)))
