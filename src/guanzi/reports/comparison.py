"""The comparison page: one case under several playbooks, for those who decide which model fits their city."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guanzi.advice.appraisal import Comparison, DealData, Figure, PlanEntry, PlaybookColumn, SourceData
from guanzi.render import closed_up, decimals, exact, joint, mark_foreign, number, scale_for, stylesheet
from guanzi.reports import words
from guanzi.reports.chart import PageChart
from guanzi.reports.comparison_chart import DealBar, comparison_picture, legend
from guanzi.reports.figures import format_interval, format_value
from guanzi.reports.pages import plain_environment
from guanzi.reports.tables import ReportTable, TableNumber, cells_in
from guanzi.reports.words import say, tell

COMPARED = (
    "mechanism.total",
    "fund.invested_probability",
    "compare.public_npv",
    "company.failure_probability_5y",
)
"""Figures of the overview."""
ADVICE = ("back", "back_with_conditions", "decline", "insufficient_evidence")


def comparison_html(comparison: Comparison, lang: str = "en") -> str:
    """The page as HTML: one file without script and without outside requests, the same bytes for the same input."""
    page = (
        plain_environment(lang)
        .get_template("comparison.html.j2")
        .render(
            c=comparison,
            lang=lang,
            css=stylesheet(lang),
            title=words.title(comparison.case, lang),
            sentences=tuple(_sentences(comparison, lang)),
            overview=_overview(comparison, lang),
            chart=_chart(comparison, lang),
            draft_plan=_plan(comparison.columns[0].draft.plan, comparison, lang),
            plans={
                column.id: _plan(column.own.plan, comparison, lang) if column.own else None
                for column in comparison.columns
            },
            risks={column.id: _risks(comparison, column, lang) for column in comparison.columns},
            sources=_sources(comparison),
        )
    )
    return mark_foreign(closed_up(page, lang), lang)


def _sentences(comparison: Comparison, lang: str) -> Iterator[str]:
    """What to see first: the advice on the draft, the money, and what can be lost."""
    columns = comparison.columns
    named = {a: tuple(name_of(column, lang) for column in columns if column.draft.advice == a) for a in ADVICE}
    counts = [say(f"compare.count.{a}", lang, n=len(names), names=names) for a, names in named.items() if names]
    yield say("compare.advice", lang, n=len(columns), counts=joint("clause", lang).join(counts))
    deals = [column.own for column in columns if column.own]
    totals = _known(deals, "mechanism.total")
    unit = {"currency": comparison.case.currency}
    if totals:
        draft = columns[0].draft.figures["mechanism.total"].value
        kind = "compare.money" if draft is not None else "compare.money_no_draft"
        yield say(kind, lang, low=min(totals), high=max(totals), draft=draft, **unit)
    values = _known(deals, "compare.public_npv")
    if values:
        found = columns[0].draft.figures.get("compare.public_npv")
        known = None if found is None else found.value
        kind = "compare.value" if known is not None else "compare.value_no_draft"
        yield say(kind, lang, low=min(values), high=max(values), draft=known, **unit)
        failures = _known(deals, "company.failure_probability_5y")
        yield say("compare.failure", lang, low=min(failures), high=max(failures))
    else:
        yield say("compare.no_loss", lang)


def _known(deals: Sequence[DealData], id: str) -> list[float]:
    return [f.value for deal in deals if (f := deal.figures.get(id)) is not None and f.value is not None]


def _overview(comparison: Comparison, lang: str) -> ReportTable:
    """A row for each playbook: the advice on the draft; form, money and risk of its own deal; the advice on that."""
    head = tuple(
        say(f"compare.head.{name}", lang)
        for name in ("playbook", "draft", "form", "money", "chance", "value", "failure", "own")
    )
    rows = []
    for column in comparison.columns:
        own = column.own
        form = say(f"compare.form.{column.form}", lang) if column.form else say("figure.none", lang)
        figures = [_figure(own, id, lang) for id in COMPARED]
        if not any(entry.partners_first for entry in (own.plan if own else ())):
            figures[COMPARED.index("fund.invested_probability")] = TableNumber(
                say("compare.no_partners", lang), mark="words"
            )
        advice = TableNumber(say("figure.none", lang), mark="none")
        if own is not None:
            advice = TableNumber(say(f"advice.{own.advice}", lang), anchor=column.id, mark="words")
        cells = (
            TableNumber(say(f"advice.{column.draft.advice}", lang), anchor=column.id, mark="words"),
            TableNumber(form, mark="words"),
            *figures,
            advice,
        )
        rows.append((name_of(column, lang), cells))
    return ReportTable("", head, tuple(rows))


def _figure(deal: DealData | None, id: str, lang: str) -> TableNumber:
    found = None if deal is None else deal.figures.get(id)
    if found is None or found.value is None:
        return TableNumber(say("figure.none", lang), mark="none")
    return TableNumber(format_value(found, lang), exact(found.value, found.unit, lang))


def name_of(column: PlaybookColumn, lang: str) -> str:
    """The short name of a playbook, as it stands in tables and charts: what its name begins with."""
    return re.split("[:：]", tell(column.name, lang))[0]


def _chart(comparison: Comparison, lang: str) -> PageChart | None:
    """Bars of the draft and of each deal; None where no sum is known."""
    deals = [(say("compare.draft", lang), comparison.columns[0].draft)]
    deals += [(name_of(column, lang), column.own) for column in comparison.columns if column.own]
    bars = []
    for name, deal in deals:
        money, value = deal.figures["mechanism.total"].value, deal.figures.get("compare.public_npv")
        if money is not None:
            bars.append(DealBar(name, money, None if value is None or value.value is None else max(0.0, -value.value)))
    if not bars:
        return None
    unit = f"{comparison.case.currency} m"
    sentence = legend(lang, losses=any(bar.loss is not None for bar in bars))
    scale = scale_for(unit, [bar.money for bar in bars], lang)
    places = decimals([bar.money / scale.divisor for bar in bars], scale)

    cell = cells_in(scale, places, unit, lang)
    head = tuple(say(f"compare.head.{name}", lang) for name in ("deal", "money", "loss_amount"))
    rows = tuple((bar.name, (cell(bar.money), cell(bar.loss))) for bar in bars)
    label = say("compare.picture", lang)
    table = ReportTable(scale.title(lang), head, rows)
    picture = comparison_picture(bars, unit, f"{label}{joint('colon', lang)}{sentence}", lang)
    return PageChart("money", label, sentence, picture, ((table, label),))


def _plan(plan: Sequence[PlanEntry], comparison: Comparison, lang: str) -> ReportTable | None:
    """The tier plan: day, form, what each side pays, and what must be there first."""
    if not plan:
        return None
    unit = f"{comparison.case.currency} m"
    amounts = [amount for entry in plan for amount in (entry.public, entry.partners)]
    scale = scale_for(unit, amounts, lang)
    places = decimals([a / scale.divisor for a in amounts if a], scale)
    names = ["day", "form", "public", *(["partners"] if any(e.partners for e in plan) else []), "waits"]
    rows = []
    for entry in plan:
        sums = [entry.public, *([entry.partners] if "partners" in names else [])]
        cells = (
            TableNumber(say(f"compare.paid_as.{entry.form}", lang), mark="words"),
            *(TableNumber(number(a / scale.divisor, places), exact(a, unit, lang)) for a in sums),
            TableNumber(_waits(entry, lang), mark="words"),
        )
        rows.append((words.day(entry.due, lang), cells))
    return ReportTable(scale.title(lang), tuple(say(f"compare.head.{name}", lang) for name in names), tuple(rows))


def _waits(entry: PlanEntry, lang: str) -> str:
    parts = [say("compare.partners_first", lang)] if entry.partners_first else []
    parts += [tell(name, lang) for name in entry.waits_for]
    return joint("clause", lang).join(parts) if parts else say("compare.calendar", lang)


def _risks(comparison: Comparison, column: PlaybookColumn, lang: str) -> ReportTable:
    """Figures of the draft beside those of the deal as the playbook would structure it."""
    head = tuple(say(f"compare.head.{name}", lang) for name in ("figure", "draft_value", "own_value"))
    rows = []
    for id in comparison.shown:
        found = [deal.figures.get(id) if deal else None for deal in (column.draft, column.own)]
        if all(figure is None or figure.value is None for figure in found):
            continue
        label = next(tell(figure.label, lang) for figure in found if figure is not None)
        rows.append((label, tuple(_with_interval(figure, lang) for figure in found)))
    return ReportTable("", head, tuple(rows))


def _with_interval(figure: Figure | None, lang: str) -> TableNumber:
    if figure is None or figure.value is None:
        return TableNumber(say("figure.none", lang), mark="none")
    interval = format_interval(figure, lang)
    text = format_value(figure, lang) + (joint("clause", lang) + interval if interval else "")
    return TableNumber(text, exact(figure.value, figure.unit, lang))


def _sources(comparison: Comparison) -> list[tuple[str, list[tuple[str, SourceData]]]]:
    """Sources by playbook: those that its statements and changes name."""
    listed = []
    for column in comparison.columns:
        named = {s.source for part in column.governance.values() for s in part} | {p.source for p in column.pilots}
        named |= {change.source for change in column.changes}
        listed.append((column.id, [(id, source) for id, source in column.sources.items() if id in named]))
    return listed
