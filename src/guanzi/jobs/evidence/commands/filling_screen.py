"""Filling a case from a register of filings on the screen: what is proposed, and what was left out."""

from __future__ import annotations

from guanzi.base.core import render
from guanzi.console import say
from guanzi.jobs.evidence import filling
from guanzi.jobs.shared.show import show_json
from guanzi.record.evidence import label_of

_SHOWN = 6
"""Documents that are named of those that were filed."""


def fill(request: filling.Request, lang: str, *, as_json: bool) -> None:
    """Show what the register states by the day, what it states later, and what was entered."""
    result = filling.fill(request)
    if as_json:
        show_json(filling.data(result))
        return
    day = result.as_of.isoformat()
    print(say("cli.fill.head", lang, company=result.company, day=day, n=len(result.proposals)))
    for one in result.proposals:
        draft, label = one.draft, label_of(one.draft.name)
        name = render(label, lang) if label is not None else draft.name
        told = {"id": draft.id, "name": name, "period": draft.period, "day": draft.known_on.isoformat()}
        line = say("cli.fill.row", lang, value=f"{draft.value:,.15g} {draft.unit}", **told)
        if one.held is not None:
            kind = "contradicts" if one.contradicts else "held"
            line += " " + say(f"cli.fill.{kind}", lang, fact=one.held.id, value=str(one.held.value))
        print(line)
    for filings, kind in ((result.filings, "filings"), (result.later_filings, "later_filings")):
        if filings:
            named = tuple(f"{one.form} {one.filed.isoformat()}" for one in filings[:_SHOWN])
            print(say(f"cli.fill.{kind}", lang, n=len(filings), day=day, named=named))
    print(say("cli.fill.later", lang, n=len(result.later), day=day))
    for remark in result.remarks:
        print(say("cli.evidence.remark", lang, remark=remark))
    if result.written is None:
        print(say("cli.fill.unconfirmed", lang))
    else:
        print(say("cli.fill.written", lang, n=result.entered, file=str(result.written)))
