"""A fund on the screen: each deal in a line or two, and the tail."""

from __future__ import annotations

from pathlib import Path

from guanzi.base.core import Message, render
from guanzi.cli.show import show_json, show_line, tell
from guanzi.cli.speech import say
from guanzi.desk import fund


def run_fund(request: fund.Request, out: Path | None, lang: str, *, as_json: bool) -> None:
    """Add deals up, write their page and data, print what to see first (or the JSON alone)."""
    result = fund.hold(request)
    page = fund.write(result, out, lang)
    if as_json:
        show_json(fund.data(result))
        return
    found = result.found

    def money(amount: float) -> str:
        return render(Message.of_money(found.currency, "cli.fund.money", amount=amount), lang)

    tell("cli.fund.title", lang, n=len(found.rows), day=result.as_of.isoformat())
    for row in found.rows:
        planned, before = money(row.planned), money(row.before)
        show_line(say("cli.fund.deal", lang, deal=row.title, planned=planned, before=before))
        if row.paid is None or row.returned is None:
            show_line(say("cli.fund.unpaid", lang), "    ")
        else:
            show_line(say("cli.fund.paid", lang, paid=money(row.paid), back=money(row.returned)), "    ")
        for why in row.why:
            show_line(say("cli.fund.why", lang, why=why), "    ")
    if found.tail is not None:
        apart, together = money(found.tail.apart.worst), money(found.tail.together.worst)
        tell("cli.fund.tail", lang, apart=apart, together=together)
        if found.tail.common is not None:
            tell("cli.fund.common", lang, common=money(found.tail.common.worst))
    for note in found.notes:
        show_line(render(note, lang))
    print(say("cli.fund.page", lang, page=str(page)))
