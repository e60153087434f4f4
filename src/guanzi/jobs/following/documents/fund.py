"""A fund on a day as a document: exposure against binding, calls, what comes back, concentration, and the tail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guanzi import __version__
from guanzi.advice.appraisal import outlying
from guanzi.advice.following import FundShares, FundTail, PlannedPayment
from guanzi.base.core import Message, Period
from guanzi.jobs.following.documents.fund_charts import BindingBar, BindingDrawing, CallBar, CallsDrawing
from guanzi.jobs.following.documents.fund_headline import headline_table
from guanzi.jobs.following.documents.fund_opening import fund_opening
from guanzi.jobs.following.documents.fund_tables import (
    AHEAD,
    FundStudy,
    calls_table,
    deals_table,
    losses_table,
    payments_table,
    proceeds_table,
    returns_table,
    shares_table,
    tail_table,
    tiers_table,
    views_table,
)
from guanzi.jobs.shared.documents.cited import rests
from guanzi.jobs.shared.documents.words import code_words, message
from guanzi.render import Block, Bullets, Chart, Document, Measurement, Section, Sentence, Words

BEFORE, AFTER = 8, 24
"""Quarters before and after the day that the picture of calls shows; the table has all."""


def fund_document(study: FundStudy) -> Document:
    """The document of many signed deals on a day."""
    found = study.found
    loose = [row for row in found.rows if not row.binding]
    names = tuple(name for row in loose for name in row.drawn)
    out = Message.of("terms.explain.but_out", ids=names) if names else ""
    return Document(
        id="fund",
        kicker=message("fund.kicker"),
        title=_title(len(found.rows), len(loose), out),
        under=(
            message("page.as_of", day=study.as_of.isoformat()),
            message("fund.how", paths=study.paths, currency=code_words("currency", found.currency)),
        ),
        dated=study.as_of,
        sections=tuple(_sections(study)),
        footer=message("fund.footer", version=__version__),
    )


def _title(deals: int, loose: int, out: Words) -> Message:
    """How many deals, and how many of them bind nobody."""
    if not loose:
        return message("fund.title", n=deals)
    return (
        message("fund.title.loose", n=deals, loose=loose, out=out)
        if deals > 1
        else message("fund.title.framework", out=out)
    )


def _sections(study: FundStudy) -> Iterator[Section]:
    found = study.found
    yield from fund_opening(study, _exposure(study)).sections()
    yield _section("lead", Bullets(tuple(_lead(study))), headline_table(study), first=True)
    exposed: tuple[Block, ...] = (*_awaited(study), deals_table(study), payments_table(study))
    yield _section("exposure", *exposed, first=True)
    tiers = tiers_table(study)
    if tiers.rows:
        yield _section("tiers", tiers)
    yield _section("calls", _calls(study))
    came = returns_table(study)
    realised = (came, _note("fund.returns_note")) if came.rows else ()
    yield _section("proceeds", proceeds_table(study), _note("fund.proceeds_note"), *realised)
    yield _section("shares", *_shares(study))
    if found.tail is None:
        yield _section("tail", _unknown("fund.tail_none"))
    else:
        tables = tail_table(study, found.tail), losses_table(study, found.tail)
        yield _section("tail", *tables, _note("fund.tail_note.alone" if found.tail.alone else "fund.tail_note"))
    missing = tuple(
        Sentence(message("parts", parts=row.why), name=row.title) for row in found.rows if row.expected_calls is None
    )
    if missing:
        yield _section("unsimulated", Bullets(missing), first=True)
    if found.notes:
        yield _section("notes", Bullets(tuple(Sentence(note) for note in found.notes)), first=True)
    yield _section("views", views_table(study))


def _section(id: str, *blocks: Block, first: bool = False) -> Section:
    return Section(id, message("monitor.section.lead" if id == "lead" else f"fund.section.{id}"), blocks, first)


def _note(id: str) -> Sentence:
    return Sentence(message(id), tone="quiet")


def _unknown(id: str) -> Sentence:
    return Sentence(message(id), tone="unknown")


def _with_currency(
    study: FundStudy, id: str, counts: Mapping[str, int], facts: Sequence[str] = (), **money: float
) -> Sentence:
    """A sentence with its amounts."""
    amounts = {name: Measurement(value, study.unit) for name, value in money.items()}
    return Sentence(message(f"fund.lead.{id}", **counts, **amounts), rests(facts))


def _lead(study: FundStudy) -> Iterator[Sentence]:
    """What to see first: what is planned, paid and back, called next, and lost in the worst futures."""
    rows, tail, sums = study.found.rows, study.found.tail, study.found.sums
    if sums["planned"] > 0.0:
        names = ("before", *(("untold",) if sums["untold"] > 0.0 else ()))
        money = {name: Measurement(sums[name], study.unit) for name in names}
        money["planned"] = Measurement(sums["planned"], study.unit, sums["least"], sums["most"], bounds=True)
        id = "planned.untold" if sums["untold"] > 0.0 else "planned"
        yield Sentence(message(f"fund.lead.{id}", n=len(rows), **money))
    else:
        yield _unknown("fund.exposure_none")
    yield from _awaited(study)
    if sums["forgone"] > 0.0:
        yield _with_currency(study, "forgone", {}, forgone=sums["forgone"])
    known = [row for row in rows if row.paid is not None]
    if known:
        told = [row.returned for row in known if row.returned is not None]
        flows = {"paid": sum(row.paid or 0.0 for row in known)} | ({"back": sum(told)} if told else {})
        facts = tuple(fact for row in known for fact in row.facts)
        yield _with_currency(
            study, "paid" if told else "paid_alone", {"n": len(known), "of": len(rows)}, facts, **flows
        )
    else:
        yield Sentence(message("fund.lead.none_paid", n=len(rows)), tone="unknown")
    if sums["open"] > 0.0:
        if sums["guessed"] > 0.0:
            yield _with_currency(study, "open.assumed", {}, open=sums["open"], guessed=sums["guessed"])
        else:
            yield _with_currency(study, "open", {}, open=sums["open"])
    running = Period.of("quarter", study.as_of)
    yield from _coming(study, "running", *study.planned_between(study.as_of, running.end))
    ahead = [call for call in study.found.calls if call.mean is not None][:AHEAD]
    if ahead:
        mean, plan = sum(call.mean or 0.0 for call in ahead), sum(call.planned for call in ahead)
        yield _with_currency(study, "ahead", {}, mean=mean, planned=plan)
    else:
        yield from _coming(study, "planned_ahead", *study.planned_ahead())
    if tail is not None:
        yield _tail(study, tail)
    if left := sum(row.expected_calls is None for row in rows):
        yield _with_currency(study, "unsimulated", {"n": left}, planned=study.found.outside)


def _coming(study: FundStudy, id: str, planned: float, guessed: float) -> Iterator[Sentence]:
    """What is planned, with how much of it stands on days that no deal sets."""
    if guessed > 0.0:
        yield _with_currency(study, f"{id}.assumed", {}, planned=planned, guessed=guessed)
    elif planned > 0.0:
        yield _with_currency(study, id, {}, planned=planned)


def _awaited(study: FundStudy) -> Iterator[Sentence]:
    """What waits for no new commitment, and for something else."""
    if study.found.sums["awaits"] > 0.0:
        yield _with_currency(study, "awaits", {}, awaits=study.found.sums["awaits"])


def _tail(study: FundStudy, tail: FundTail) -> Sentence:
    """What the worst futures cost, or bring: a loss below nought is told as the gain that it is."""
    apart, together = tail.apart.worst, tail.together.worst
    gains = ".gain" if together < 0.0 else ".apart" if apart < 0.0 else ""
    if tail.alone:
        return _with_currency(study, f"tail_one{gains}", {}, worst=abs(together))
    return _with_currency(study, f"tail{gains}", {"n": len(tail.deals)}, apart=abs(apart), together=abs(together))


def _exposure(study: FundStudy) -> Chart | Sentence:
    rows = study.found.rows
    sums, finding = study.found.sums, message("fund.exposure_none")
    if sums["planned"] > 0.0:
        names = ("before", "bound", *(("untold",) if sums["untold"] > 0.0 else ()))
        told = {name: Measurement(sums[name], study.unit) for name in names}
        finding = message(f"fund.exposure_sentence{'.untold' if 'untold' in told else ''}", **told)
    bars = tuple(
        BindingBar(row.title, row.before, row.bound, row.untold, row.paid) for row in rows if row.planned or row.paid
    )
    if not bars:
        return _unknown("fund.exposure_none")
    drawing, legend = BindingDrawing(bars, study.unit, finding), message("fund.exposure_legend")
    return Chart("exposure", message("fund.section.exposure"), Sentence(finding), drawing, legend=legend)


def _calls(study: FundStudy) -> Block:
    calls = study.found.calls
    if not calls:
        return _unknown("fund.calls_empty")
    today = Period.of("quarter", study.as_of)
    shown = [call for call in calls if today.shift(-BEFORE) <= call.period <= today.shift(AFTER)]
    bars = tuple(CallBar(c.period, c.planned, c.paid, c.mean, c.low, c.high, c.unknown > 0) for c in shown or calls)
    finding = _heaviest(study)
    drawing, legend = CallsDrawing(bars, study.unit, finding), message("fund.calls_legend")
    title = message("fund.section.calls")
    return Chart("calls", title, Sentence(finding), drawing, (calls_table(study),), legend)


def _heaviest(study: FundStudy) -> Message:
    """The quarter ahead in which most is expected to be called, else for which most is planned."""
    ahead = [(call.mean, call) for call in study.found.calls if call.mean is not None]
    coming = [p for row in study.found.rows for p in row.payments if p.due > study.as_of]
    if not ahead and coming:
        return _planned(study, coming)
    if not ahead:
        left = {name: Measurement(study.found.sums[name], study.unit) for name in ("open", "guessed")}
        if study.found.sums["guessed"] > 0.0:
            return message("fund.calls_open.assumed", **left)
        return message("fund.calls_open", open=left["open"]) if study.found.sums["open"] else message("fund.calls_none")
    mean, call = max(ahead, key=lambda one: (one[0], one[1].planned))
    expected, high = Measurement(mean, study.unit), Measurement(call.high or 0.0, study.unit)
    told = message("fund.calls_sentence", quarter=str(call.period), mean=expected, high=high)
    outside = outlying(mean, call.low, call.high)
    return told if outside is None else message("parts_said", parts=(told, outside))


def _planned(study: FundStudy, coming: Sequence[PlannedPayment]) -> Message:
    """The quarter for which most is planned after the day, where nothing is expected by simulation."""
    sums: dict[Period, float] = {}
    for one in coming:
        quarter = Period.of("quarter", one.due)
        sums[quarter] = sums.get(quarter, 0.0) + (one.amount or 0.0)
    quarter = max(sums, key=lambda one: (sums[one], -one.start.toordinal()))
    if not sums[quarter]:
        return message("fund.calls_unseen", n=len(coming))
    kind = "fund.calls_planned" if all(p.agreed for p in coming) else "fund.calls_planned.assumed"
    return message(kind, quarter=str(quarter), planned=Measurement(sums[quarter], study.unit))


def _shares(study: FundStudy) -> Iterator[Block]:
    known = [part for part in study.found.shares if part.shares]
    if not known:
        yield _unknown("fund.exposure_none")
        return
    yield Bullets(tuple(Sentence(_spread(part)) for part in known))
    yield from (shares_table(study, part) for part in known)


def _spread(part: FundShares) -> Message:
    if part.herfindahl is None or part.effective is None:
        return message("fund.no_amounts")
    if len(part.shares) == 1:
        return message("fund.spread.one", by=message(f"fund.head.{part.by}"))
    return message(f"fund.spread.{part.by}", index=part.herfindahl, effective=part.effective)
