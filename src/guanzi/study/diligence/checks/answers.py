"""Findings from one fact each: a share that should be small, a share that should be large, a yes or no."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, flag, latest
from guanzi.study.diligence.check import Check


def burden(check: Check, view: View, fact: str, name: str, codes: tuple[str, str], high: float) -> list[Finding]:
    """A share or count of something bad: nought is an asset, anything else a risk, high from ``high`` on.

    Args:
        check: The check that asks.
        view: The evidence.
        fact: Name of the fact.
        name: Of the finding; its sentences are ``….some`` and ``….none``.
        codes: Of the risk and of the asset.
        high: From here on the severity is high.
    """
    held = latest(view, fact)
    if held is None:
        return []
    some = held.value > 0
    severity = Severity.HIGH if held.value >= high else Severity.MEDIUM
    return [
        check.finding(
            name,
            Kind.RISK if some else Kind.ASSET,
            severity if some else Severity.LOW,
            codes[0] if some else codes[1],
            held.facts,
            variant="some" if some else "none",
            share=held.value,
            at=str(held.period),
        )
    ]


def strength(check: Check, view: View, fact: str, name: str, codes: tuple[str, str], least: float) -> list[Finding]:
    """A share of something good: an asset from ``least`` on, below it a risk.

    The sentences are ``….enough`` and ``….short``; ``codes`` are those of the risk and of the asset.
    """
    held = latest(view, fact)
    if held is None:
        return []
    enough = held.value >= least
    return [
        check.finding(
            name,
            Kind.ASSET if enough else Kind.RISK,
            Severity.MEDIUM if enough or 2 * held.value >= least else Severity.HIGH,
            codes[1] if enough else codes[0],
            held.facts,
            variant="enough" if enough else "short",
            share=held.value,
            at=str(held.period),
        )
    ]


def yes_or_no(
    check: Check, view: View, fact: str, name: str, codes: tuple[str, str], good: bool, severity: Severity
) -> list[Finding]:
    """A yes or no of which ``good`` is an asset; the sentences are ``….yes`` and ``….no``.

    ``codes`` are those of the risk and of the asset; ``severity`` is that of the risk.
    """
    held = flag(view, fact)
    if held is None:
        return []
    sound = held[0] is good
    return [
        check.finding(
            name,
            Kind.ASSET if sound else Kind.RISK,
            Severity.LOW if sound else severity,
            codes[1] if sound else codes[0],
            held[1],
            variant="yes" if held[0] else "no",
        )
    ]
