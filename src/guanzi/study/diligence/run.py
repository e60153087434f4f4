"""Running the checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guanzi.base.core import Finding, Seam
from guanzi.record.evidence import View
from guanzi.study.diligence.check import Check
from guanzi.study.diligence.checks import CHECKS
from guanzi.study.diligence.checks.unvalidated import OF_SERVICE
from guanzi.study.diligence.deal import DealFacts

_CHECKS: Seam[Check] = Seam("CHECKS", CHECKS, lambda check: check.id)


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
    return tuple(_CHECKS.values())


def run_checks(view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    """Run every check on what was known at the as-of date.

    Args:
        view: The evidence.
        deal: What the appraisal read from the term sheet; None when there is none.

    Returns:
        The findings in the order of the checks; a check without any of its facts says so with a gap, unless the case
        has nothing that it could be asked of: see :func:`unasked`.
    """
    return tuple(finding for check in checks() for finding in check.run(view, deal))


def unasked(findings: Iterable[Finding]) -> frozenset[str]:
    """Codes of the gaps of checks, and of a question on users, that a case has nothing to ask of."""
    found = tuple(findings)
    said, codes = {finding.check for finding in found}, {finding.code for finding in found}
    silent = (gap for check in checks() if check.id not in said for gap in (check.gap_code, *check.gaps))
    return frozenset((*silent, *(() if codes.intersection(OF_SERVICE) else OF_SERVICE)))


def coverage(view: View) -> Coverage:
    """How many of the core checks rest on at least one fact.

    The core checks are the questions that every case must answer before anything can be weighed; limits on the ratio,
    such as the gate of a playbook, were set for them. A new check enters beside them (``core=False``): it brings its
    findings, and a gap when its facts are missing, and leaves the ratio as it was. Most further checks ask for papers
    that only the parties hold, or for a buyer or a partner that a deal may not have; counting them would let a case
    sink because a question does not apply, or pass because minor questions are answered and the accounts are missing.
    A question that cannot be put to a case, such as that of the margin of a company that sells nothing yet, does not
    count. A check becomes core by a decision of method, together with the limits on the ratio.
    """
    asked = [check for check in checks() if check.applies(view)]
    core = [check for check in asked if check.core and check in CHECKS]
    further = [check for check in asked if check not in core]
    return Coverage(
        sum(check.has_evidence(view) for check in core),
        len(core),
        sum(check.has_evidence(view) for check in further),
        len(further),
    )
