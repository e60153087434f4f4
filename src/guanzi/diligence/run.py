"""Running the checks."""

from __future__ import annotations

from dataclasses import dataclass

from guanzi.core import Finding
from guanzi.diligence.check import Check
from guanzi.diligence.checks import CHECKS
from guanzi.diligence.deal import DealFacts
from guanzi.evidence import View


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the checks rest on facts: ``held`` of ``checks``."""

    held: int
    checks: int

    @property
    def ratio(self) -> float:
        """As a ratio between 0 and 1."""
        return self.held / self.checks


def checks() -> tuple[Check, ...]:
    """All checks, in the order in which a dossier shows them."""
    return CHECKS


def run_checks(view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    """Run every check on what was known at the as-of date.

    Args:
        view: The evidence.
        deal: What the appraisal read from the term sheet; None when there is none.

    Returns:
        The findings in the order of the checks; a check without any of its facts says so with a gap.
    """
    return tuple(finding for check in CHECKS for finding in check.run(view, deal))


def coverage(view: View) -> Coverage:
    """How many of the checks rest on at least one fact."""
    return Coverage(sum(check.has_evidence(view) for check in CHECKS), len(CHECKS))
