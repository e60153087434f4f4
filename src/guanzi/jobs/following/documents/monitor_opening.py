"""The first screen of a signed deal: the news in one picture, whether to hold, what would change that, what next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from guanzi.advice.following import HoldingAdvice, behind_of, flows_of
from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet, money_unit
from guanzi.jobs.following.documents.follow_chart import CovenantStrip, FollowDrawing, Stand
from guanzi.jobs.shared.documents.cited import rests
from guanzi.jobs.shared.documents.words import message
from guanzi.record.evidence import View
from guanzi.render import Chart, FirstScreen, KeyFigure, Measurement, NextStep, Sentence, Tone
from guanzi.study.monitoring import CalendarEntry, CovenantTest, Examined, Position

_TONES: Mapping[str, Tone] = {
    "hold": "good", "stop": "risk", "exit": "risk", "failed": "risk", "warned": "caution", "leave": "caution",
}  # fmt: skip
_AT_ONCE = ("stop", "failed", "warned")
"""What is to be done on the day itself."""
_FIGURES = ("paid", "returned", "proceeds")


def monitor_opening(
    sheet: TermSheet,
    view: View,
    advice: HoldingAdvice,
    examined: Examined,
    stands: Position | None,
    calendar: tuple[CalendarEntry, ...],
) -> FirstScreen:
    """The first screen of a deal on the day of a view."""
    breached = any(trigger.id == "breach" and trigger.met for trigger in advice.triggers)
    course = "breached" if advice.course == "stop" and breached else advice.course
    finding = message("parts_said", parts=tuple(_news(sheet, stands, examined)))
    return FirstScreen(
        message(f"monitor.verdict.{course}"),
        _TONES.get(advice.course, "unknown"),
        (),
        _picture(sheet, view, stands, examined, finding),
        tuple(_figures(sheet, view, stands)),
        tuple(_changes(advice)) or (Sentence(message("monitor.turn.nothing"), tone="unknown"),),
        _step(advice, view.as_of, calendar),
    )


def _news(sheet: TermSheet, stands: Position | None, examined: Examined) -> Iterator[Message]:
    """What was paid, what came back, what the stake would bring, and how the covenants stand."""
    unit = money_unit(sheet.currency, 1e6)
    if stands is None or stands.paid is None:
        yield message("follow.news.unpaid")
    else:
        paid = Measurement(stands.paid, unit)
        back = None if stands.returned is None else Measurement(stands.returned, unit)
        yield (
            message("follow.news.paid", paid=paid)
            if back is None
            else message("follow.news.both", paid=paid, back=back)
        )
    if stands is not None and stands.proceeds is not None:
        yield message("follow.news.held", held=Measurement(stands.proceeds[1], unit))
    n = len(examined.covenants)
    if n:
        breached = sum(c.state == "breached" for c in examined.covenants)
        unseen = sum(c.state in ("unknown", "no_text") for c in examined.covenants)
        yield message("follow.news.covenants", n=n, breached=breached, unseen=unseen)


def _picture(
    sheet: TermSheet, view: View, stands: Position | None, examined: Examined, finding: Message
) -> Chart | Sentence:
    flows = tuple(flow for flow in flows_of(sheet, view) if flow.day <= view.as_of)
    strips = tuple(strip for strip in (_strip(c, examined, view.as_of) for c in examined.covenants) if strip.quarters)
    held = None
    valued = behind_of(view).get("value")
    if stands is not None and stands.proceeds is not None and valued:
        held = (view.fact(valued[-1]).period.end, stands.proceeds[1])
    if not (flows or strips or held):
        return Sentence(message("follow.nothing"), tone="unknown")
    begun = (strip.quarters[0][0] for strip in strips)
    first = min([sheet.signed, *(flow.day for flow in flows), *begun])
    drawing = FollowDrawing(finding, money_unit(sheet.currency, 1e6), flows, held, strips, first, view.as_of)
    behind = rests(fact for flow in flows for fact in flow.facts)
    return Chart("follow", message("follow.title"), Sentence(finding, behind), drawing, legend=message("follow.legend"))


def _strip(covenant: CovenantTest, examined: Examined, day: date) -> CovenantStrip:
    """A covenant in each quarter from the day on which it is in force."""
    seen, found, since = examined.seen, [], examined.seen.grid.first_day(0)
    truths = () if covenant.verdict is None else covenant.verdict.truths
    for t in range(seen.until + 1):
        if not seen.grid.closes(t):
            continue
        end = min(seen.end_of(t), day)
        if t >= covenant.since and since < end:
            truth = truths[t] if t < len(truths) else None
            stand: Stand = "unknown" if truth is None else "breached" if truth else "kept"
            found.append((since, end, stand))
        since = end
    return CovenantStrip(covenant.name, tuple(found))


def _figures(sheet: TermSheet, view: View, stands: Position | None) -> Iterator[KeyFigure]:
    """Paid, recovered, what the stake would bring, and the multiple of both; what is not known stands as a gap."""
    if stands is None:
        return
    unit, behind, of = money_unit(sheet.currency, 1e6), behind_of(view), message(f"deal.{sheet.status}")
    values = (stands.paid, stands.returned, None if stands.proceeds is None else stands.proceeds[1])
    for name, value in zip(_FIGURES, values, strict=True):
        facts = behind.get("value" if name == "proceeds" else name, ())
        yield KeyFigure(message(f"follow.figure.{name}"), Measurement(value, unit), of, rests(facts[-1:]))
    if stands.realised is not None:
        yield KeyFigure(message("follow.figure.tvpi"), Measurement(stands.realised.tvpi, "x"), of)


def _changes(advice: HoldingAdvice) -> Iterator[Sentence]:
    """Each reason that would change the advice if it came or went, with the advice then."""
    for trigger, course in advice.turns():
        kind = "came" if trigger.met else "went"
        what = message(f"monitor.trigger.{trigger.id}")
        becomes = message(f"monitor.verdict.{course}")
        yield Sentence(message(f"monitor.turn.{kind}", what=what, becomes=becomes))


def _step(advice: HoldingAdvice, day: date, calendar: tuple[CalendarEntry, ...]) -> NextStep:
    """What the advice asks for on the day; else what comes next in the calendar."""
    owner = message("owner.watch")
    if advice.course in _AT_ONCE:
        return NextStep(message(f"monitor.step.{advice.course}"), owner, day)
    if advice.course in ("exit", "leave"):
        return NextStep(message(f"monitor.step.{advice.course}"), owner, None)
    coming = next((entry for entry in calendar if entry.day >= day and not entry.done), None)
    if coming is None:
        return NextStep(message("monitor.step.ask"), owner, None)
    kind = "report" if coming.kind == "report" else "check"
    return NextStep(message(f"monitor.step.{kind}", text=coming.text), owner, coming.day)
