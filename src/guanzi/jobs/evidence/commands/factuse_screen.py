"""What of the entered facts the forecast uses, and what not and why: said when a case is imported or checked."""

from __future__ import annotations

from guanzi.base.core import render, wrap
from guanzi.console import say
from guanzi.jobs.evidence import factuse
from guanzi.jobs.shared.show import WIDTH, print_message
from guanzi.record.evidence import Case


def print_fact_use(case: Case, lang: str) -> None:
    """Print how many facts the forecast and the checks use, and the others by the reason why not."""
    found = factuse.fact_use(case)
    if found is None:
        return
    print_message("cli.facts.used", lang, day=case.decision_date.isoformat(), n=found.facts, **found.counts)
    for reason, facts in found.reasons:
        line = say("cli.facts.unused", lang, reason=render(reason, lang), facts=facts)
        print("\n".join(wrap(line, WIDTH, indent="    ", first="  ")))
