"""The portfolio: exposure against binding over the cases that a person can see, calendar, concentration, a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone

from guanzi.base.core import Message, Period, render
from guanzi.deal.terms import money_unit
from guanzi.office.pages.bets import judged_cases
from guanzi.office.pages.cases import STATES
from guanzi.office.pages.drawn import DrawnPicture, amount, drawn
from guanzi.office.pages.rendering import in_language, industry_name, show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.pages.tables import TableAsked, file_asked, list_asked, table_file
from guanzi.office.paying.holdings import (
    HeldDeal,
    MoneySpread,
    calls_of,
    coming_days,
    concentrations_of,
    deals_of,
    sums_of,
)
from guanzi.office.paying.nightly import is_late, last_watch

type CaptionedPicture = tuple[str, DrawnPicture]
"""What a chart shows in words, and the chart."""
type Bar = tuple[str, float, float, float, float | None]
"""A deal: its name, and what the chart draws of it."""
type Called = tuple[str, float, float | None, bool]
"""A quarter: planned, known to be paid, and whether an amount was not seen."""


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The data of a chart as words: the heads, and rows of which the first cell is the name."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


PAGE = 50
BARS = 12
COLUMNS = ("case", "company", "region", "industry", "state", "currency", "planned", "before", "bound", "paid",
           "breached", "warnings", "as_of")  # fmt: skip
_SORTS = ("case", "region", "industry", "state", "planned", "before", "bound", "paid", "breached", "warnings")
_NUMBERS = ("planned", "before", "bound", "paid")


@login_required
def portfolio(request: PersonRequest) -> HttpResponse:
    """The portfolio, or its table as CSV or a workbook."""
    whole = deals_of(request.viewer)
    asked = list_asked(request, "portfolio", _SORTS)
    chosen = asked.sorted(_filtered(asked, whole), _key)
    if kind := file_asked(request):
        heads = [render(Message.of(f"office.portfolio.{name}"), request.speaks) for name in COLUMNS]
        rows = [_row(deal, request.speaks) for deal in chosen]
        return table_file(kind, "portfolio", heads, [[row[name] for name in COLUMNS] for row in rows])
    lang = request.speaks
    sums = sums_of(chosen)
    last = last_watch()
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "portfolio.html.j2",
        last_watch=last,
        watch_late=is_late(last),
        sums=[(one, [(name, amount(getattr(one, name), one.currency, lang)) for name in _NUMBERS]) for one in sums],
        concentrations=[
            (one.currency, [(part, _shares(part, one.currency, lang)) for part in concentrations_of(one)])
            for one in sums[:1]
        ],
        days=coming_days(chosen, timezone.localdate()),
        judged=judged_cases(request.viewer).count(),
        page=page,
        rows=[(deal, _row(deal, lang), _amounts(deal, lang)) for deal in page.object_list],
        asked=asked,
        sorts=_SORTS,
        numbers=(*_NUMBERS, "breached", "warnings"),
        named_states=[(one, render(Message.of(f"office.state.{one}"), lang)) for one in STATES],
        regions=[(one, one) for one in sorted({in_language(deal.case, "region", lang) for deal in whole})],
        industries=[
            (one, industry_name(one, lang)) for one in sorted({d.case.industry for d in whole if d.case.industry})
        ],
    )


@login_required
def charts(request: PersonRequest) -> HttpResponse:
    """The pictures of the portfolio, which take longer than its numbers."""
    lang = request.speaks
    sums = sums_of(_filtered(list_asked(request, "portfolio", _SORTS), deals_of(request.viewer)))
    pictures = []
    for one in sums[:1]:
        greatest = sorted(one.deals, key=lambda deal: (-(deal.number("planned") or 0.0), deal.case.slug))[:BARS]
        bars = tuple(_bar(deal, lang) for deal in greatest)
        calls = tuple((str(quarter), planned, paid, unseen) for quarter, planned, paid, unseen in calls_of(one))
        pictures = [(*_binding(bars, one.currency, lang), _binding_table(bars, one.currency, lang))]
        if calls:
            pictures.append((*_calls(calls, one.currency, lang), _calls_table(calls, one.currency, lang)))
    template = "portfolio_drawn.html.j2" if request.htmx else "portfolio_pictures.html.j2"
    return show(request, template, pictures=pictures)


def _bar(deal: HeldDeal, lang: str) -> Bar:
    before, bound, untold = (deal.number(name) or 0.0 for name in ("before", "bound", "untold"))
    return in_language(deal.case, "title", lang), before, bound, untold, deal.number("paid")


@lru_cache(maxsize=64)
def _binding(bars: tuple[Bar, ...], currency: str, lang: str) -> CaptionedPicture:
    from guanzi.jobs.following import BindingBar, BindingDrawing  # loads late: charts need much

    finding = Message.of("office.portfolio.binding", n=len(bars))
    drawing = BindingDrawing(tuple(BindingBar(*bar) for bar in bars), money_unit(currency, 1e6), finding)
    return render(finding, lang), drawn(drawing.picture(lang))


@lru_cache(maxsize=64)
def _calls(calls: tuple[Called, ...], currency: str, lang: str) -> CaptionedPicture:
    from guanzi.jobs.following import CallBar, CallsDrawing  # loads late: charts need much

    finding = Message.of("office.portfolio.calls")
    bars = tuple(
        CallBar(Period.parse(q), planned, paid, None, None, None, unseen) for q, planned, paid, unseen in calls
    )
    return render(finding, lang), drawn(CallsDrawing(bars, money_unit(currency, 1e6), finding).picture(lang))


def _binding_table(bars: tuple[Bar, ...], currency: str, lang: str) -> ChartTable:
    names = ("case", "before", "bound", "untold", "paid")
    rows = [(name, *(amount(value, currency, lang) for value in values)) for name, *values in bars]
    return ChartTable(tuple(render(Message.of(f"office.portfolio.{name}"), lang) for name in names), tuple(rows))


def _calls_table(calls: tuple[Called, ...], currency: str, lang: str) -> ChartTable:
    """Quarters below their year, whose row is the sum."""
    by_year: dict[str, list[Called]] = {}
    for call in calls:
        by_year.setdefault(str(Period.parse(call[0]).start.year), []).append(call)
    rows = []
    for year, within in by_year.items():
        known = [paid for _, _, paid, _ in within if paid is not None]
        whole = year, sum(one[1] for one in within), sum(known) if known else None, any(one[3] for one in within)
        for name, planned, paid, unseen in (whole, *within):
            told = amount(planned, currency, lang)
            told = render(Message.of("office.portfolio.and_unseen", amount=told), lang) if unseen else told
            called = render(Message.of("office.report.ended", quarter=name), lang)
            rows.append((called, told, amount(paid, currency, lang)))
    heads = ("period", "planned", "paid")
    return ChartTable(tuple(render(Message.of(f"office.portfolio.{name}"), lang) for name in heads), tuple(rows))


def _filtered(asked: TableAsked, deals: list[HeldDeal]) -> list[HeldDeal]:
    words = asked.kept.get("q", "").casefold()
    wanted = {name: asked.kept.get(name, "") for name in ("state", "region", "industry")}

    def fits(deal: HeldDeal) -> bool:
        case = deal.case
        if wanted["state"] and case.state != wanted["state"]:
            return False
        if wanted["region"] and wanted["region"] not in (case.region, case.region_zh):
            return False
        if wanted["industry"] and case.industry != wanted["industry"]:
            return False
        texts = (case.slug, case.title, case.title_zh, case.company, case.company_zh)
        return not words or any(words in text.casefold() for text in texts)

    return [deal for deal in deals if fits(deal)]


def _key(deal: HeldDeal, name: str) -> Any:
    if name in _NUMBERS:
        return deal.number(name)
    case = deal.case
    values = {"case": case.slug, "region": case.region, "industry": case.industry, "state": case.state}
    counts = {"breached": deal.breaches, "warnings": deal.open_warnings}
    return (values | counts)[name]


def _row(deal: HeldDeal, lang: str) -> dict[str, Any]:
    case = deal.case
    return {
        "case": case.slug,
        "company": in_language(case, "company", lang),
        "region": in_language(case, "region", lang),
        "industry": industry_name(case.industry, lang),
        "state": render(Message.of(f"office.state.{case.state}"), lang),
        "currency": deal.currency,
        **{name: deal.number(name) for name in _NUMBERS},
        "breached": deal.breaches,
        "warnings": deal.open_warnings,
        "as_of": "" if deal.as_of is None else deal.as_of.isoformat(),
    }


def _amounts(deal: HeldDeal, lang: str) -> dict[str, str]:
    if not deal.data:
        return dict.fromkeys(_NUMBERS, "–")
    return {name: amount(deal.number(name), deal.currency, lang) for name in _NUMBERS}


def _shares(part: MoneySpread, currency: str, lang: str) -> list[tuple[str, str, float]]:
    names = {
        one: industry_name(one.name, lang) if part.by == "industry" else in_language(one.case, part.by, lang)
        for one in part.shares[:8]
    }
    return [(name, amount(one.amount, currency, lang), one.share) for one, name in names.items()]
