"""Licence to produce: may the company build and sell its product in its own name?

No thresholds: the law asks for a licence or certificate, and the company has it or not. What is said in words about an
application is not read as a licence.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, flag, words
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import LICENCE_LAW


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    held = flag(view, "production_licence")
    text = words(view, "licence_text") or words(view, "production_licence")
    if held is None:
        return () if text is None else (check.gap("described", Severity.HIGH, "gap_licence", text=text[0]),)
    return (
        check.finding(
            "licence",
            Kind.ASSET if held[0] else Kind.RISK,
            Severity.MEDIUM if held[0] else Severity.HIGH,
            "licence_held" if held[0] else "no_licence",
            held[1] + (text[1] if text else ()),
            variant=f"{'held' if held[0] else 'missing'}{'-text' if text else ''}",
            text=text[0] if text else "",
        ),
    )


LICENCE = Check(
    id="licence",
    stream="legal",
    needs=(Need("production_licence"), Need("licence_text")),
    literature=LICENCE_LAW,
    conclude=_conclude,
    silence=Severity.MEDIUM,
)
