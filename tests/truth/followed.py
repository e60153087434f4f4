"""What is said of a deal after its signing: nothing of a day to come, one answer to a question, debts by their clause.

The facts, the text of the sheet and the data that are published are read here, never what wrote a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tests.truth.arithmetic import near
from tests.truth.faults import Fault
from tests.truth.reading import Reading, params

from guanzi.base.core import Message, Period
from guanzi.record.evidence import ACCOUNTS, View, flow_of
from guanzi.render import Document, Sentence

DEBTS = ("loan", "convertible_note")
LONGEST_DELAY = 60
"""Days after a quarter at the most by which its report is looked for without a usual day of the company's own."""


def untrue(reading: Reading) -> Iterator[Fault]:
    """Faults of monitor, release and fund, on the first day and later."""
    for name, document in reading.documents.items():
        kind, view = name.partition(":")[0].partition("@")[0], reading.view_of(name)
        found = {"monitor": _monitor, "release": _release, "fund": _fund}.get(kind)
        if found is not None:
            yield from found(reading, name, document, view)


def _fault(name: str, kind: str, said: str | Message, against: str) -> Fault:
    return Fault("followed", name, "", said, against, kind)


def _said(reading: Reading, name: str) -> Iterator[Message]:
    return (message for piece, message in reading.messages if piece.document == name)


def _sheet(view: View) -> Mapping[str, Any]:
    return {} if view.sheet is None else view.sheet.document.data


def _clauses(view: View) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for section in ("instruments", "incentives"):
        yield from _sheet(view).get(section, {}).items()


def _day(text: Any) -> date:
    return text if isinstance(text, date) else date.fromisoformat(str(text))


# -- monitor -------------------------------------------------------------------------------------------------------


def _monitor(reading: Reading, name: str, document: Document, view: View) -> Iterator[Fault]:
    published, day = reading.published[name], view.as_of
    for table in document.tables():
        if table.id.startswith("headroom"):
            yield from (
                _fault(name, "figure-of-a-day-to-come", str(row.head.value), f"the page is of {day}")
                for row in table.rows
                if isinstance(row.head.value, date) and row.head.value > day
            )
    for message in _said(reading, name):
        told = params(message)
        if message.id == "reports.monitor.tested_to" and _day(told["day"]) > day:
            yield _fault(name, "tested-after-the-day", message, f"the page is of {day}")
        if message.id == "monitoring.calendar.report" and told["n"] > len(_reports(view)):
            yield _fault(name, "report-twice", message, f"{len(_reports(view))} reports are held")
        if message.id == "reports.monitor.headroom_sentence":
            period = Period.parse(str(params(told["period"])["period"]) if isinstance(told["period"], Message)
                                  else str(told["period"]))  # fmt: skip
            if period.end > day:
                yield _fault(name, "figure-of-a-day-to-come", message, f"the page is of {day}")
        if message.id in ("reports.monitor.signed.framework",) and bool(told["out"]) != bool(_out(view)):
            yield _fault(name, "binds-nobody", message, f"paid before the signing: {_out(view)}")
        if message.id == "reports.monitor.lent.converts":
            notes = [one for _, one in _clauses(view) if one.get("type") == "convertible_note"]
            if len(told["names"]) > len(notes):
                yield _fault(name, "no-note-converts", message, f"{len(notes)} notes can become shares")
    yield from _owed(reading, name, view)
    yield from _asked(name, published, view)
    yield from _awaited(name, published, view)
    stands = published["position"]
    open_ = any(m.id == "reports.monitor.position.outstanding_open" for m in _said(reading, name))
    if stands is not None and stands["outstanding"] is not None and open_ != (stands["returned"] is None):
        yield _fault(name, "nothing-came-back", str(stands["outstanding"]), f"came back: {stands['returned']}")


def _reports(view: View) -> set[tuple[str, date]]:
    """Reports of the company: what one source tells on one day is one."""
    own = (f for f in view.facts if f.subject == "company" and f.period.kind == "quarter")
    return {(f.source, f.known_on) for f in own if flow_of(f.name) in ACCOUNTS}


def _out(view: View) -> list[str]:
    """What the sheet says was paid before the signing."""
    signed = _day(_sheet(view)["signed"])
    return [id for id, one in _clauses(view) if "drawn" in one and _day(one["drawn"]) < signed]


def _asked(name: str, published: Mapping[str, Any], view: View) -> Iterator[Fault]:
    """A condition that is asked for the first time on a day to come has not failed."""
    first = {id: _day(one[key]) for id, one in _clauses(view) for key in ("start", "drawn") if key in one}
    for right in published["rights"]:
        day = first.get(right["id"])
        if right["use"] == "payment" and right["holds"] is False and day is not None and day > view.as_of:
            yield _fault(name, "asked-too-early", f"{right['id']}: no", f"asked on {day}")


def _awaited(name: str, published: Mapping[str, Any], view: View) -> Iterator[Fault]:
    """The next thing is the first of the calendar, and a report that is overdue stands in it."""
    own = [f.period.end for f in view.facts if f.subject == "company" and flow_of(f.name) in ACCOUNTS]
    newest = max((end for end in own if end <= view.as_of), default=None)
    if newest is None:
        return
    rows = [entry for entry in published["calendar"] if entry["kind"] == "report"]
    following = Period.of("quarter", newest).shift(1)
    if following.end <= newest:
        following = following.shift(1)
    overdue = (view.as_of - following.end).days
    if LONGEST_DELAY < overdue < 365 and f"report.{following}" not in {row["id"] for row in rows}:
        yield _fault(name, "overdue-report", f"report.{following}", f"the newest accounts end on {newest}")


def _owed(reading: Reading, name: str, view: View) -> Iterator[Fault]:
    """What is owed to the end is the principal with its interest: as the clause has it paid or added."""
    signed = _day(_sheet(view)["signed"])
    for message in _said(reading, name):
        if not message.id.startswith(("reports.monitor.lent.", "following.fund.lent.")):
            continue
        told = params(message)
        debts = [one for _, one in _clauses(view) if one.get("type") in DEBTS and len(told["names"]) == 1]
        if len(debts) != 1 or "most" not in told:
            continue
        (debt,) = debts
        rate, amount = _most(debt["rate"]), _most(debt["amount"])
        unsure = bool({"years", "repayment", "basis", "amount"} & set(debt.get("assumed", ())))
        unsure |= "unknown" in (debt["rate"] if isinstance(debt["rate"], dict) else {})
        if unsure != message.id.endswith(".assumed"):
            yield _fault(name, "assumed-as-terms", message, f"assumed: {debt.get('assumed')}, rate {debt['rate']}")
        if rate is None or amount is None or "years" not in debt or debt.get("repayment") == "amortising":
            continue
        owed, years = amount, float(str(debt["years"]).split()[0])
        if debt.get("basis") == "compound":
            owed *= (1 + rate) ** years
        else:
            owed += amount * rate * years
        owed *= _sheet_unit(view) / 1e6
        slack = 1e-3 if _day(debt["drawn"]) >= signed else 1e-2
        if message.params and not near(float(told["most"]), owed, slack):
            yield _fault(name, "interest-on-interest", message, f"by the clause {owed:.1f}")


def _sheet_unit(view: View) -> float:
    unit = _sheet(view).get("unit", 1)
    return {"thousand": 1e3, "million": 1e6, "billion": 1e9}.get(unit) or float(unit)


def _most(value: Any) -> float | None:
    """The upper end of a number of a sheet."""
    if isinstance(value, dict):
        held = value.get("unknown") or {}
        value = held.get("assumed", held.get("high")) if isinstance(held, dict) else None
    if value is None or value == "unknown":
        return None
    text = str(value)
    return float(text.rstrip("%")) / 100 if text.endswith("%") else float(text)


# -- release -------------------------------------------------------------------------------------------------------


def _release(reading: Reading, name: str, document: Document, view: View) -> Iterator[Fault]:
    published = reading.published[name]
    said = list(_said(reading, name))
    clause = dict(_clauses(view)).get(published["instrument"], {})
    conditions = {one["id"]: one["holds"] for one in published["conditions"]}
    paid = published["paid_by_facts"]["completed"] is not None
    if paid != any(m.id.endswith((".verdict.paid", ".verdict.forgone.paid")) for m in said):
        yield _fault(name, "paid", str(published["paid_by_facts"]), "what was paid is neither payable nor held back")
    if paid and (published["gates"] or published["demands"] or "condition.unseen" in conditions):
        yield _fault(name, "asked-of-what-is-paid", str(conditions), "nothing is asked of what was paid")
    if clause.get("type") in DEBTS and published["gates"]:
        yield _fault(name, "gates-on-shares", str(published["gates"]), f"it is a {clause['type']}")
    stakes = next(section for section in document.sections if section.id == "stakes")
    words = [block.words for block in stakes.blocks if isinstance(block, Sentence)]
    ended = any(isinstance(w, Message) and w.id == "reports.release.no_losses" for w in words)
    if ended and not [one for block in stakes.blocks for one in getattr(block, "items", ())]:
        yield _fault(name, "no-reason", "reports.release.no_losses", "no reason follows")
    seen = reading.published.get("monitor@later" if "@later" in name else "monitor")
    if seen is not None and "solvent" in conditions:
        failed = next(one["met"] for one in seen["advice"]["triggers"] if one["id"] == "failed")
        if failed is not True and conditions["solvent"] is not (None if failed is None else True):
            yield _fault(name, "solvent", f"solvent: {conditions['solvent']}", f"failed, by the monitor: {failed}")
        gate = any(finding.code == "company_ended" for finding in reading.appraisal.findings)
        if "@later" not in name and conditions["solvent"] is False and not gate:
            yield _fault(name, "solvent", "not solvent", "the dossier of the day knows of no end")


# -- fund ----------------------------------------------------------------------------------------------------------


def _fund(reading: Reading, name: str, document: Document, view: View) -> Iterator[Fault]:
    published, ids = reading.published[name], {message.id for message in _said(reading, name)}
    coming = [one for deal in published["deals"] for one in deal["payments"] if one["due"] > view.as_of.isoformat()]
    if "reports.fund.calls_none" in ids and coming:
        yield _fault(name, "nothing-planned", "reports.fund.calls_none", f"{len(coming)} payments are to come")
    simulated = [deal for deal in published["deals"] if deal["expected_calls"] is not None]
    expected = [call for call in published["calls"] if call["mean"] is not None]
    if expected and not simulated:
        yield _fault(name, "expected-by-plan", str(expected[:1]), "no deal is simulated")
    guessed = [one for one in coming if not one["agreed"] and one["amount"]]
    told = {"reports.fund.lead.running.assumed", "reports.fund.lead.planned_ahead.assumed"} & ids
    if guessed and not simulated and not told and "reports.fund.calls_planned.assumed" not in ids:
        yield _fault(name, "assumed-day-as-plan", str(guessed[:1]), "its day is assumed, and no sentence says so")
    for message in _said(reading, name):
        if message.id == "reports.fund.title.framework" and bool(params(message)["out"]) != bool(_out(view)):
            yield _fault(name, "binds-nobody", message, f"paid before the signing: {_out(view)}")
    yield from _owed(reading, name, view) if len(published["deals"]) == 1 else ()
