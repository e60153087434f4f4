"""Running the checks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from guanzi.base.core import Finding, InvalidInput, Message, Place, Problem, brought
from guanzi.record.evidence import View
from guanzi.study.diligence.check import Check
from guanzi.study.diligence.checks import CHECKS
from guanzi.study.diligence.deal import DealFacts


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the core checks rest on facts: ``held`` of ``checks``; and how many of the further ones.

    Attributes:
        held, checks: Of the core checks; these make the ratio.
        further_held, further: Of the others; said beside it, and not in the ratio.
    """

    held: int
    checks: int
    further_held: int = 0
    further: int = 0

    @property
    def ratio(self) -> float:
        """Of the core checks, as a ratio between 0 and 1."""
        return self.held / self.checks


def checks() -> tuple[Check, ...]:
    """All checks in the order in which a dossier shows them: the shipped ones, then those that extensions bring.

    Raises:
        InvalidInput: An extension brings a check whose id is taken.
    """
    found = (*CHECKS, *brought("CHECKS"))
    taken = [id for id, n in Counter(check.id for check in found).items() if n > 1]
    if taken:
        mend = Message.of("diligence.taken.mend")
        raise InvalidInput([Problem(Message.of("diligence.taken", id=id), Place(""), mend) for id in taken])
    return found


def run_checks(view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    """Run every check on what was known at the as-of date.

    Args:
        view: The evidence.
        deal: What the appraisal read from the term sheet; None when there is none.

    Returns:
        The findings in the order of the checks; a check without any of its facts says so with a gap.
    """
    return tuple(finding for check in checks() for finding in check.run(view, deal))


def coverage(view: View) -> Coverage:
    """How many of the core checks rest on at least one fact.

    The core checks are the questions that every case must answer before anything can be weighed; limits on the ratio,
    such as the gate of a playbook, were set for them. A new check enters beside them (``core=False``): it brings its
    findings, and a gap when its facts are missing, and leaves the ratio as it was. Most further checks ask for papers
    that only the parties hold, or for a buyer or a partner that a deal may not have; counting them would let a case
    sink because a question does not apply, or pass because minor questions are answered and the accounts are missing.
    A check becomes core by a decision of method, together with the limits on the ratio.
    """
    core = [check for check in CHECKS if check.core]
    further = [check for check in checks() if check not in core]
    return Coverage(
        sum(check.has_evidence(view) for check in core),
        len(core),
        sum(check.has_evidence(view) for check in further),
        len(further),
    )
