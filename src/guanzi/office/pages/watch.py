"""A signed deal watched: warnings, covenants with their headroom, milestones, instalments, calendar, and reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import Http404, HttpResponse
from django.utils import timezone

from guanzi.base.core import InvalidInput, Message, Problem, render
from guanzi.deal.terms import money_unit, payouts
from guanzi.jobs.following import OF_MONEY, CovenantTest, monitoring, reporting, unit_of
from guanzi.office.cases.folders import lay_out
from guanzi.office.cases.termsheets import signed_folder
from guanzi.office.models import (
    FigureCorrection,
    FigureOwed,
    OfficeCase,
    SheetRun,
    TrancheRelease,
    Verification,
    WarningSeen,
)
from guanzi.office.pages.alone import alone
from guanzi.office.pages.cases import case_of
from guanzi.office.pages.company import figure_fields, figure_words
from guanzi.office.pages.drawn import amount
from guanzi.office.pages.permissions import allowed
from guanzi.office.pages.rendering import show
from guanzi.office.pages.requests import PersonRequest
from guanzi.office.paying.afterwards import monitored
from guanzi.office.paying.nightly import is_late, last_watch
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.releasing import TrancheTest, try_tranche
from guanzi.office.paying.reported import quarter_of, reported_figures
from guanzi.record.evidence import Fact, label_of, read_index
from guanzi.render import format_amount

_ACTIONS = (
    "watch.report",
    "watch.correct",
    "watch.confirm_correction",
    "watch.refuse_correction",
    "watch.upload_report",
    "watch.look",
    "warning.answer",
    "milestone.report",
    "milestone.verify",
    "milestone.return",
    "figure.verify",
    "money.ask",
    "money.release",
    "money.refuse",
    "money.stake",
)


_GONE = ("seen_by", "withdrawn_by__asked_by", "withdrawn_by__answered_by")
AHEAD = timedelta(days=400)
"""How far ahead payments are shown that nobody has asked for."""


@dataclass(frozen=True, slots=True)
class TrancheShown:
    """A payment on the page: its test, what was asked and answered, and what is at stake."""

    test: TrancheTest
    amount: str
    called: str
    requests: tuple[TrancheRelease, ...]
    run: SheetRun | None
    stakes: tuple[tuple[str, str, date, str, str], ...]
    known_paid: tuple[str, date] | None

    @property
    def id(self) -> str:
        """Its id in the deal."""
        return str(self.test.payout.id)

    @property
    def asked(self) -> str:
        """What was asked for, where it was; else what the deal says."""
        return self.called or self.amount

    @property
    def standing(self) -> TrancheRelease | None:
        """The request that counts."""
        return next((row for row in self.requests if row.state in ("asked", "released")), None)


@dataclass(frozen=True, slots=True)
class CorrectionShown:
    """A correction that waits, or was answered; of each figure its name, what was reported, and what is right."""

    row: FigureCorrection
    figures: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure that decides a payment: what it says, and what verifies it."""

    row: FigureOwed
    label: str
    value: str
    given: Verification | None
    fell: Verification | None


@login_required
def watch(request: PersonRequest, slug: str) -> HttpResponse:
    """The watch of a case."""
    case = case_of(request, slug)
    if not hasattr(case, "signing"):
        return show(request, "watch_unsigned.html.j2", case=case, tab="watch")
    today, deal = timezone.localdate(), DealNow(case)
    found: monitoring.Result | None = None
    problems: Sequence[Problem] = ()
    tranches: tuple[TrancheShown, ...] = ()
    try:
        found = monitored(case, today)
        tranches = tuple(_tranches(request, deal, found, today))
    except InvalidInput as error:
        problems = error.problems
    last = last_watch()
    warnings, gone = _warnings(case)
    return show(
        request,
        "watch.html.j2",
        case=case,
        tab="watch",
        signing=case.signing,
        problems=problems,
        found=found,
        last_watch=last,
        watch_late=is_late(last),
        tranches=tranches,
        position=() if found is None else _position(found, request.speaks),
        later=0 if found is None else sum(one.due > today + AHEAD for one in payouts(found.watched.sheet)),
        warnings=warnings,
        gone=gone,
        corrections=[] if found is None else list(_corrections(deal, found, request.speaks)),
        headroom=[] if found is None else list(_headroom(found, request.speaks)),
        milestones=[] if found is None else [one for one in found.milestones if one.kind not in OF_MONEY],
        reports=deal.reports,
        fell=deal.fallen,
        figures=[] if found is None else list(_figures(deal, found, request.speaks)),
        documents=read_index(lay_out(case.slug, case.tree)),
        calendar=[] if found is None else [one for one in found.calendar if one.day >= today and not one.done],
        fields=figure_fields(case, request.speaks),
        reported=[] if found is None else _reported(deal, found),
        allowed=allowed(request, case, *_ACTIONS),
    )


@login_required
def monitor(request: PersonRequest, slug: str) -> HttpResponse:
    """The page of the monitor as the command line writes it: a document of its own."""
    from guanzi.render import document_html  # loads late: charts need much

    page = document_html(monitoring.document_of(_of(request, slug)[1]), request.speaks)
    return alone(
        page, [(f"/cases/{slug}/watch/", render(Message.of("office.tab.watch"), request.speaks))], request.speaks
    )


@login_required
def calendar(request: PersonRequest, slug: str) -> HttpResponse:
    """The calendar of the deal for other programs."""
    from guanzi.jobs.following import calendar_text  # loads late: charts need much

    case, found = _of(request, slug)
    answer = HttpResponse(
        calendar_text(monitoring.study_of(found), request.speaks), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{case.slug}.ics"'
    return answer


@login_required
def form(request: PersonRequest, slug: str) -> HttpResponse:
    """The workbook of the next quarter that is not reported."""
    case, _ = _of(request, slug)
    with TemporaryDirectory() as folder:
        out = Path(folder) / "report.xlsx"
        asked = reporting.TemplateRequest(str(signed_folder(case)), None, out, request.speaks)
        content = reporting.write_template(asked).read_bytes()
    answer = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = f'attachment; filename="{case.slug}-report.xlsx"'
    return answer


def _of(request: PersonRequest, slug: str) -> tuple[OfficeCase, monitoring.Result]:
    case = case_of(request, slug)
    if not hasattr(case, "signing"):
        raise Http404
    try:
        return case, monitored(case, timezone.localdate())
    except InvalidInput as error:
        raise Http404 from error


def _reported(deal: DealNow, found: monitoring.Result) -> list[tuple[str, str]]:
    """The quarters that were reported, the newest first, as a choice."""
    reported = reported_figures(deal, found.watched)
    quarters = sorted({quarter_of(one.fact) for one in reported.values()}, reverse=True)
    return [(str(quarter), str(quarter)) for quarter in quarters]


def _warnings(case: OfficeCase) -> tuple[list[WarningSeen], list[WarningSeen]]:
    """Warnings that stand, those first that nobody has taken up, and those that have gone, the last first."""
    found = list(case.warnings.select_related(*_GONE).order_by(F("seen_at").asc(nulls_first=True), "-as_of"))
    gone = [(row.gone_at, row.as_of, row) for row in found if row.gone_at is not None]
    last_first = sorted(gone, key=lambda one: one[:2], reverse=True)
    return [row for row in found if row.gone_at is None], [row for _, _, row in last_first]


def _figures(deal: DealNow, found: monitoring.Result, lang: str) -> Iterator[FigureShown]:
    facts, fallen = {fact.id: fact for fact in found.watched.case.facts}, deal.fallen
    for row in FigureOwed.objects.filter(case=deal.case).order_by("period", "name"):
        fact = facts.get(row.fact)
        label = label_of(row.name)
        name = row.name if label is None else render(label, lang)
        value = "–" if fact is None else figure_words(_plain(fact), fact.unit, lang)
        yield FigureShown(row, name, value, deal.standing.get((row.fact, row.digest)), fallen.get(row.fact))


def _corrections(deal: DealNow, found: monitoring.Result, lang: str) -> Iterator[CorrectionShown]:
    """Corrections, the newest first, with what was reported and what is right."""
    case = deal.case
    rows = FigureCorrection.objects.filter(case=case).select_related("asked_by", "answered_by").order_by("-asked_at")
    facts = {fact.id: fact for fact in found.watched.case.facts}
    stands = {
        (str(quarter_of(one.fact)), one.fact.name): one.fact
        for one in (reported_figures(deal, found.watched).values() if rows else ())
    }
    for row in rows:
        told = []
        for name, value in row.figures.items():
            old = facts.get(row.corrected.get(name, "")) if row.state == "done" else stands.get((row.quarter, name))
            label, unit = label_of(name), unit_of(name, case.currency)
            was = "–" if old is None else figure_words(_plain(old), old.unit, lang)
            told.append((name if label is None else render(label, lang), was, figure_words(value, unit, lang)))
        yield CorrectionShown(row, tuple(told))


def _position(found: monitoring.Result, lang: str) -> tuple[tuple[str, str], ...]:
    """What is known to be paid, returned, and to come from a sale of the stake at the price that was last recorded."""
    held, sheet = found.position, found.watched.sheet
    if held is None:
        return ()
    sale = None if held.proceeds is None else held.proceeds[1]
    amounts = (("paid", held.paid), ("returned", held.returned), ("sale", sale))
    unit, unknown = money_unit(sheet.currency, sheet.unit), render(Message.of("office.unknown"), lang)
    return tuple((name, unknown if value is None else format_amount(value, unit, lang)) for name, value in amounts)


def _plain(fact: Fact) -> float | bool:
    return fact.value if isinstance(fact.value, bool) else fact.number


def _tranches(request: PersonRequest, deal: DealNow, found: monitoring.Result, day: date) -> Iterator[TrancheShown]:
    case, sheet = deal.case, found.watched.sheet
    lang = request.speaks
    requests: dict[str, list[TrancheRelease]] = {}
    for row in deal.releases:
        requests.setdefault(row.tranche, []).append(row)
    settled = {one.id: one.settled for one in found.milestones if one.kind in OF_MONEY}
    runs = {row.tranche: row for row in SheetRun.objects.filter(case=case).exclude(tranche="").order_by("asked_at")}
    for one in payouts(sheet):
        if one.due > day + AHEAD and one.id not in requests:
            continue
        test = try_tranche(deal, one.id, day)
        run = runs.get(one.id)
        shown = amount(test.amount, sheet.currency, lang)
        rows = tuple(requests.get(one.id, ()))
        called = amount(rows[0].amount, sheet.currency, lang) if test.called and rows else ""
        money = settled.get(one.id)
        known = None
        if money is not None and money.begun is not None:
            known = format_amount(money.paid, money_unit(sheet.currency, sheet.unit), lang), money.begun
        yield TrancheShown(test, shown, called, rows, run, tuple(_losses_given_failure(run, lang)), known)


def _losses_given_failure(run: SheetRun | None, lang: str) -> Iterator[tuple[str, str, date, str, str]]:
    if run is None or run.state != "done" or run.result is None:
        return
    unit = money_unit(run.result["currency"], run.result["unit"])
    for row in run.result["at_stake"]:
        ends = [None if row[end] is None else format_amount(row[end], unit, lang) for end in ("median", "p95")]
        yield row["deal"], row["curve"], date.fromisoformat(row["day"]), ends[0] or "–", ends[1] or "–"


def _headroom(found: monitoring.Result, lang: str) -> Iterator[tuple[CovenantTest, list[dict[str, Any]]]]:
    """Each covenant with its limits: the last figure that is known, and the room that is left."""
    sheet = found.watched.sheet
    money = money_unit(sheet.currency, sheet.unit)
    for covenant in found.examined.covenants:
        limits = []
        for limit in covenant.headroom:
            unit = money if limit.unit == "money" else limit.unit
            told: dict[str, Any] = {"words": limit.words, "value": None, "room": None, "past": False, "end": None}
            for t, value in enumerate(limit.values):
                if value is not None and (room := limit.room(t)) is not None:
                    apart = "ratio points" if unit == "ratio" else unit
                    told["value"], told["room"] = (
                        format_amount(value, unit, lang),
                        format_amount(abs(room), apart, lang),
                    )
                    told["past"], told["end"] = room < 0, found.examined.seen.end_of(t)
            limits.append(told)
        yield covenant, limits
