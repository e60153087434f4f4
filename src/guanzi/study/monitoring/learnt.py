"""What became known since a deal was signed, and whether it says that the company has come to its end."""

from __future__ import annotations

from guanzi.record.evidence import WATCHED, Fact, View, end_of, silent_since
from guanzi.study.monitoring.warning_rules import WarningRules

INSOLVENT = "insolvency_opened"


def learnt_since(view: View) -> tuple[Fact, ...]:
    """Facts of the time after signing, in the order in which they became known; without corrected ones."""
    corrected = {fact.supersedes for fact in view.facts}
    found = (f for f in view.facts if f.place.file.startswith(f"{WATCHED}/") and f.id not in corrected)
    return tuple(sorted(found, key=lambda f: (f.known_on, f.id)))


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
    """Whether a company is solvent and at work, and its project goes on: no fact says otherwise; None: it is silent.

    The gate of a playbook on a company that has ended and the test before money is released ask the same facts.
    """
    if ends_of(view, rules):
        return False
    return None if silent_since(view) is not None else True


def is_insolvent(view: View, rules: WarningRules) -> bool | None:
    """Whether a company is insolvent, as a guarantee asks; None: it has stopped otherwise, or is silent."""
    going = goes_on(view, rules)
    if going is False:
        return True if any(fact.name == INSOLVENT for fact in ends_of(view, rules)) else None
    return None if going is None else False
