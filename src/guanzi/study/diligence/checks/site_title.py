"""Title to the site: does the plant stand on land that the company can keep?

No thresholds: land that another can take back puts everything built on it at that other's mercy.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import View, flag, words
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import TITLE


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    owned, text = flag(view, "site_owned"), words(view, "land_text")
    if owned is None:
        return () if text is None else (check.gap("described", Severity.MEDIUM, "gap_site_title", text=text[0]),)
    return (
        check.finding(
            "title",
            Kind.ASSET if owned[0] else Kind.RISK,
            Severity.LOW if owned[0] else Severity.HIGH,
            "site_owned" if owned[0] else "site_not_owned",
            owned[1] + (text[1] if text else ()),
            variant=f"{'own' if owned[0] else 'others'}{'-text' if text else ''}",
            text=text[0] if text else "",
        ),
    )


SITE_TITLE = Check(
    id="site-title",
    stream="legal",
    needs=(Need("site_owned"), Need("land_text")),
    literature=TITLE,
    conclude=_conclude,
    silence=Severity.MEDIUM,
)
