"""The portfolio: exposure against binding over the cases that a person can see, calendar, concentration, a table."""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode

from guanzi.base.core import Message, Period, render
from guanzi.deal.terms import money_unit
from guanzi.office.holdings import HeldDeal, calls_of, coming_days, concentrations_of, deals_of, sums_of
from guanzi.office.nightly import is_late, last_watch
from guanzi.office.pages.drawn import amount, drawn
from guanzi.office.pages.rendering import in_language, show

PAGE = 50
BARS = 12
COLUMNS = ("case", "company", "region", "industry", "state", "currency", "planned", "before", "bound", "paid",
           "breached", "warnings", "as_of")  # fmt: skip
_SORTS = ("case", "region", "industry", "state", "planned", "before", "bound", "paid", "breached", "warnings")
_NUMBERS = ("planned", "before", "bound", "paid")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@login_required
def portfolio(request: HttpRequest) -> HttpResponse:
    """The portfolio, or its table as CSV or a workbook."""
    whole = deals_of(request.user)
    chosen = _sorted(request, _filtered(request, whole))
    kind = request.GET.get("format", "")
    if kind in ("csv", "xlsx"):
        return _exported(kind, [_row(deal, request.speaks) for deal in chosen], request.speaks)
    lang = request.speaks
    sums = sums_of(chosen)
    last = last_watch()
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    kept = {name: value for name in ("q", "state", "region", "industry", "sort") if (value := request.GET.get(name))}
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
        page=page,
        rows=[(deal, _row(deal, lang), _amounts(deal, lang)) for deal in page.object_list],
        sorts=_SORTS,
        sort=request.GET.get("sort", ""),
        kept=kept,
        query=urlencode(kept),
        unsorted=urlencode({name: value for name, value in kept.items() if name != "sort"}),
        states=sorted({deal.case.state for deal in whole}),
        regions=sorted({in_language(deal.case, "region", lang) for deal in whole}),
        industries=sorted({deal.case.industry for deal in whole if deal.case.industry}),
    )


@login_required
def charts(request: HttpRequest) -> HttpResponse:
    """The pictures of the portfolio, which take longer than its numbers."""
    lang = request.speaks
    sums = sums_of(_filtered(request, deals_of(request.user)))
    pictures = []
    for one in sums[:1]:
        greatest = sorted(one.deals, key=lambda deal: (-(deal.number("planned") or 0.0), deal.case.slug))[:BARS]
        bars = tuple(
            (in_language(deal.case, "title", lang), deal.number("before"), deal.number("bound"), deal.number("paid"))
            for deal in greatest
        )
        calls = tuple((str(quarter), planned, paid, unseen) for quarter, planned, paid, unseen in calls_of(one))
        pictures = [_binding(bars, one.currency, lang), *([_calls(calls, one.currency, lang)] if calls else [])]
    template = "portfolio_drawn.html.j2" if request.htmx else "portfolio_pictures.html.j2"
    return show(request, template, pictures=pictures)


@lru_cache(maxsize=64)
def _binding(bars: tuple[tuple[str, float, float, float | None], ...], currency: str, lang: str) -> Any:
    from guanzi.reports import BindingBar, binding_picture  # loads late: charts need much

    sentence = render(Message.of("office.portfolio.binding", n=len(bars)), lang)
    return sentence, drawn(
        binding_picture([BindingBar(*bar) for bar in bars], money_unit(currency, 1e6), sentence, lang)
    )


@lru_cache(maxsize=64)
def _calls(calls: tuple[tuple[str, float, float | None, bool], ...], currency: str, lang: str) -> Any:
    from guanzi.reports import CallBar, calls_picture  # loads late: charts need much

    sentence = render(Message.of("office.portfolio.calls"), lang)
    bars = [CallBar(Period.parse(q), planned, paid, None, None, None, unseen) for q, planned, paid, unseen in calls]
    return sentence, drawn(calls_picture(bars, money_unit(currency, 1e6), sentence, lang))


def _filtered(request: HttpRequest, deals: list[HeldDeal]) -> list[HeldDeal]:
    words = request.GET.get("q", "").strip().casefold()
    wanted = {name: request.GET.get(name, "") for name in ("state", "region", "industry")}

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


def _sorted(request: HttpRequest, deals: list[HeldDeal]) -> list[HeldDeal]:
    """By the column that is asked for; a minus before its name turns the order. What is not known stands last."""
    asked = request.GET.get("sort", "")
    name, down = asked.removeprefix("-"), asked.startswith("-")
    if name not in _SORTS:
        return deals
    keys = {id(deal): _key(deal, name) for deal in deals}
    known = [deal for deal in deals if keys[id(deal)] is not None]
    rest = [deal for deal in deals if keys[id(deal)] is None]
    return sorted(known, key=lambda deal: keys[id(deal)], reverse=down) + rest


def _key(deal: HeldDeal, name: str) -> Any:
    if name in _NUMBERS:
        return deal.number(name)
    case = deal.case
    values = {"case": case.slug, "region": case.region, "industry": case.industry, "state": case.state}
    counts = {"breached": len(deal.data.get("breached", ())), "warnings": deal.open_warnings}
    return (values | counts)[name]


def _row(deal: HeldDeal, lang: str) -> dict[str, Any]:
    case = deal.case
    return {
        "case": case.slug,
        "company": in_language(case, "company", lang),
        "region": in_language(case, "region", lang),
        "industry": case.industry,
        "state": render(Message.of(f"office.state.{case.state}"), lang),
        "currency": deal.currency,
        **{name: deal.number(name) for name in _NUMBERS},
        "breached": len(deal.data.get("breached", ())),
        "warnings": deal.open_warnings,
        "as_of": "" if deal.as_of is None else deal.as_of.isoformat(),
    }


def _amounts(deal: HeldDeal, lang: str) -> dict[str, str]:
    if not deal.data:
        return dict.fromkeys(_NUMBERS, "–")
    return {name: amount(deal.number(name), deal.currency, lang) for name in _NUMBERS}


def _shares(part: Any, currency: str, lang: str) -> list[tuple[str, str, float]]:
    names = {
        one: one.name if part.by == "industry" else in_language(one.case, part.by, lang) for one in part.shares[:8]
    }
    return [(name, amount(one.amount, currency, lang), one.share) for one, name in names.items()]


def _exported(kind: str, rows: list[dict[str, Any]], lang: str) -> HttpResponse:
    heads = [render(Message.of(f"office.portfolio.{name}"), lang) for name in COLUMNS]
    if kind == "csv":
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(heads)
        writer.writerows([_plain(row[name]) for name in COLUMNS] for row in rows)
        answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(
            _book(heads, rows), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    answer["Content-Disposition"] = f'attachment; filename="portfolio.{kind}"'
    return answer


def _plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _book(heads: list[str], rows: list[dict[str, Any]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for number, row in enumerate(rows, start=1):
            for column, name in enumerate(COLUMNS):
                value = row[name]
                if value is not None:
                    sheet.write(number, column, value)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    return out.getvalue()
