"""The section on the work-streams: an overview, and what a unit costs."""

from __future__ import annotations

from guanzi.advice.appraisal import Appraisal, UnitCostData
from guanzi.reports.break_even_chart import break_even_picture, break_even_table, tornado_table, unit_cost_tornado
from guanzi.reports.chart import PageChart
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.reports.words import say, tell, word

_COLUMNS = ("held", "risks", "assets", "gaps", "answered")


def streams_table(appraisal: Appraisal, lang: str) -> ReportTable:
    """Each work-stream: checks that rest on facts, findings by kind, and questions of the plan that are answered."""
    plan = {row.stream: row for row in appraisal.plan.streams}
    rows = []
    for found in appraisal.streams:
        asked = plan.get(found.stream)
        held = _of(found.held, found.checks, lang)
        answered = _of(asked.answered, asked.questions, lang) if asked else _of(0, 0, lang)
        numbers = (str(n) for n in (found.risks, found.assets, found.gaps))
        cells = (held, *numbers, answered)
        rows.append((word("stream", found.stream, lang), tuple(TableNumber(c) for c in cells)))
    head = (say("table.streams_name", lang), *(say(f"table.streams_{name}", lang) for name in _COLUMNS))
    return ReportTable("", head, tuple(rows))


def _of(k: int, n: int, lang: str) -> str:
    return say("table.streams_of", lang, k=k, n=n) if n else say("table.streams_none", lang)


def unit_cost_charts(appraisal: Appraisal, lang: str) -> list[tuple[UnitCostData, PageChart | None, PageChart | None]]:
    """Unit costs with the picture of their break-even and of what moves it; none where inputs are missing."""
    return [(cost, _chart(cost, lang), _tornado(cost, lang)) for cost in appraisal.unit_costs]


def _chart(cost: UnitCostData, lang: str) -> PageChart | None:
    if not cost.levels:
        return None
    label = tell(cost.label, lang)
    tables = ((break_even_table(cost, lang), label),)
    return PageChart(cost.model, label, tell(cost.sentence, lang), break_even_picture(cost, lang), tables)


def _tornado(cost: UnitCostData, lang: str) -> PageChart | None:
    picture = unit_cost_tornado(cost, lang)
    if picture is None or cost.result is None:
        return None
    result = tell(cost.result, lang)
    return PageChart(f"{cost.model}-tornado", result, result, picture, ((tornado_table(cost, lang), result),))
