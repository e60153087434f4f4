"""Findings from one fact each: a share that should be small or large, a yes or no, with words beside it or without."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, flag, latest, words
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


def described(
    check: Check,
    view: View,
    facts: tuple[str, ...],
    name: str,
    codes: tuple[str, str, str],
    severities: tuple[Severity, Severity, Severity],
    variants: tuple[str, str],
) -> list[Finding]:
    """A yes, which is an asset, or a no; where only words are held, a gap, since a person must read them.

    Args:
        check: The check that asks.
        view: The evidence.
        facts: Name of the fact, and of those that may hold words on it, the first that does counting.
        name: Of the finding; its sentences are ``….<variant>``, with ``-text`` where there are words.
        codes: Of the risk, of the asset and of the gap.
        severities: Likewise.
        variants: Of the risk and of the asset.
    """
    held = flag(view, facts[0])
    text = next((found for found in (words(view, fact) for fact in facts[1:]) if found is not None), None)
    if held is None:
        return [] if text is None else [check.gap("described", severities[2], codes[2], facts=text[1], text=text[0])]
    kind, at = (Kind.ASSET, 1) if held[0] else (Kind.RISK, 0)
    return [
        check.finding(
            name,
            kind,
            severities[at],
            codes[at],
            held[1] + (text[1] if text else ()),
            variant=f"{variants[at]}{'-text' if text else ''}",
            text=text[0] if text else "",
        )
    ]
