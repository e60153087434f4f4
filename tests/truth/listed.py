"""A table that lists has a row of each thing that is listed, and a sentence that counts says how many there are.

What is counted is counted again in the published data and in the case.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.truth.arithmetic import near
from tests.truth.faults import Fault
from tests.truth.reading import Reading, pieces, within

from guanzi.advice.appraisal import commitments
from guanzi.base.core import Message, Period
from guanzi.deal.terms import Equity
from guanzi.jobs.appraisal.documents.front import unsaid
from guanzi.render import Bullets, Document, Measurement, Table

ROOT = Path(__file__).resolve().parents[2]
type Counted = Callable[[Reading, str, Mapping[str, Any]], Mapping[str, Any]]


SERIES = ("signed-", "fresh-", "learnt-")
"""Tables of one forecast each, of the same days."""


def miscounted(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Tables that lack a row or have one too many, rows of time that do not go on, and counts that are not so."""
    tables = tuple(document.tables())
    for table in tables:
        told = _length(reading, name, table)
        if told is not None and told != len(table.rows):
            yield _fault(name, table.id, f"rows:{table.id}", f"{len(table.rows)} rows", f"there are {told}")
        yield from _days(name, table)
        yield from _quarters(name, table)
    yield from _series(name, tables)
    yield from _fund(reading, name, tables)
    yield from _book(reading, name, tables)
    yield from _shown(reading, name, tables)
    yield from _beside(reading, name, tables)
    yield from _verdicts(reading, name, document)
    for piece in pieces(document, name):
        for message in within(piece.words):
            for counted in _counting(message.id):
                values = dict(message.params)
                yield from _counts(name, message, values, counted(reading, name, values))


def _fault(document: str, place: str, kind: str, said: str | Message, against: str) -> Fault:
    return Fault("grounded", document, place, said, against, kind)


def _length(reading: Reading, name: str, table: Table) -> int | None:
    if table.id == "hashes" and name in ("memorandum", "minutes"):
        return len(("appraisal", "view", "method", "playbook"))
    if table.id == "tail" and name.startswith("fund") and table.rows:
        return 1 if _one_deal(reading, name) else len(("together", "apart", "common"))
    if table.id == "counts" and name.startswith("monitor"):
        return len(("the day", "late milestones", "figures below their limits"))
    if table.id == "years" and name == "brief":
        return min(MOST_YEARS, sum(bool(year.planned or year.high) for year in reading.appraisal.accounts.years))
    return None


def _days(name: str, table: Table) -> Iterator[Fault]:
    """Rows of the ends of quarters, half-years or years stand equally far apart."""
    days = [row.head.value for row in table.rows]
    if len(days) < 3 or not table.id.startswith(SERIES) or not all(isinstance(day, date) for day in days):
        return
    months = [day.year * 12 + day.month for day in days if isinstance(day, date)]
    if len({b - a for a, b in pairwise(months)}) > 1:
        yield _fault(name, table.id, f"days-apart:{table.id}", str(days), "not equally far apart")


def _quarters(name: str, table: Table) -> Iterator[Fault]:
    """The first and the last day of a quarter are its own."""
    columns = [column.id for column in table.columns]
    for row in table.rows:
        cells = dict(zip(columns, (row.head, *row.cells), strict=False))
        period = cells["quarter"].value if "quarter" in cells else None
        if isinstance(period, Period) and "first" in cells and "last" in cells:
            ends = (cells["first"].value, cells["last"].value)
            if ends != (period.start, period.end):
                yield _fault(name, table.id, f"quarter:{table.id}", f"{period}: {ends}", "days of another quarter")


def _series(name: str, tables: tuple[Table, ...]) -> Iterator[Fault]:
    """Forecasts of one day are of the same days."""
    for start in SERIES:
        days = {table.id: tuple(row.head.value for row in table.rows) for table in tables if table.id.startswith(start)}
        if len(set(days.values())) > 1:
            yield _fault(name, start, f"series:{start}", str({k: len(v) for k, v in days.items()}), "other days")


MOST_YEARS, MOST_GAPS = 6, 2
"""Years of payment that a brief shows, and gaps before its conditions."""


def _fund(reading: Reading, name: str, tables: tuple[Table, ...]) -> Iterator[Fault]:
    """What a fund plans is the sum of its payments, and each of its headline figures stands there."""
    held = {table.id: table for table in tables}
    if not name.startswith("fund") or "deals" not in held or "payments" not in held:
        return
    planned, paid = _column(held["deals"], "planned"), _column(held["payments"], "amount")
    if held["payments"].rows and abs(sum(planned) - sum(paid)) > 1e-6 * max(1.0, abs(sum(planned))):
        yield _fault(name, "payments", "fund-planned", f"planned {sum(planned)}", f"payments {sum(paid)}")
    for row in _cells(held["headline"]):
        if (
            isinstance(row["formula"], float)
            and isinstance(row["says"], float)
            and not near(row["formula"], row["says"])
        ):
            yield _fault(name, "headline", "fund-formula", str(row["formula"]), f"it says {row['says']}")
    heads = {m.id.rpartition("row.")[2] for row in held["headline"].rows for m in within(row.head.value)}
    asked = {"as_of", "planned", "before", "bound", "untold", "due"}
    for group in TOGETHER:
        asked |= group if group & heads else set()
    if _one_deal(reading, name):
        asked = {{"loss_exceeded": "alone.exceeded", "loss_worst": "alone.worst"}.get(one, one) for one in asked}
    for share in reading.published[name]["shares"]:
        asked |= {f"{what}.{share['by']}" for what in ("herfindahl", "effective")} if share["shares"] else set()
    if missing := sorted(asked - heads):
        yield _fault(name, "headline", "fund-headline", str(missing), "a headline figure is missing")


def _beside(reading: Reading, name: str, tables: tuple[Table, ...]) -> Iterator[Fault]:
    """Figures that are laid to a cause, the advice of another playbook on its own deal, and parts of a variance."""
    held, published = {table.id: table for table in tables}, reading.published.get(name) or {}
    if name == "changes" and "causes" in held:
        moved = [_laid_to(one) for one in _figures_changed(published)]
        counts = sorted(n for cause in set().union(*moved) if (n := sum(cause in one for one in moved)))
        said = sorted(x for x in _column(held["causes"], "figures") if x)
        if [x for x in said if x not in counts]:
            yield _fault(name, "causes", "cause-figures", str(said), f"causes move {counts}")
    if name == "comparison" and "overview" in held:
        advice = {f"playbook:{one['id']}": (one["own"] or {}).get("advice") for one in published["columns"]}
        for row, cells in zip(held["overview"].rows, _cells(held["overview"]), strict=True):
            own, held_to = cells.get("own"), advice[row.id]
            if not isinstance(own, Message) or held_to is None:
                continue
            if own.id.startswith("reports.advice.") and own.id.rpartition(".")[2] != held_to:
                yield _fault(name, "overview", "own-advice", own, f"{row.id}: {held_to}")
    found = (published.get("sensitivity") or {}) if name == "sensitivity" else {}
    for id in ("assumptions", "leading") if found else ():
        for n, told in enumerate(_cells(held[id]) if id in held else ()):
            for part in ("total", "first"):
                most = min(1.0, max(0.0, found["swings"][n][part]))
                if part in told and abs(told[part] - most) > 0.0006:
                    yield _fault(name, id, "part-of-variance", f"{part} of row {n + 1}: {told[part]}", f"it is {most}")


def _laid_to(one: dict[str, Any]) -> set[str]:
    """What a figure is laid to: of one that is measured, what has a part in it or moves it alone or by its absence."""
    if one["change"] is None:
        return {*one["because"]["causes"]}
    apart = (pair for amounts in (one["alone"], one["without"]) for pair in (amounts or {}).items())
    return {part["cause"] for part in one["parts"]} | {id for id, x in apart if abs(x) > 1e-12}


def _figures_changed(published: dict[str, Any]) -> list[dict[str, Any]]:
    """Differences of figures between two appraisals."""
    return [one for one in published["differences"] if one["kind"] == "figure"]


def _one_deal(reading: Reading, name: str) -> bool:
    """Whether a fund tells the losses of a single deal, which fails together with no other."""
    tail = reading.published[name]["tail"]
    return tail is not None and len(tail["deals"]) == 1


TOGETHER = (
    {"ahead_mean", "ahead_planned", "dearest"},
    {"returned", "outstanding"},
    {"loss_mean", "loss_exceeded", "loss_worst"},
    {"bound_share", "herfindahl.company"},
)
"""Headline figures of a fund of which all stand there or none."""


def _book(reading: Reading, name: str, tables: tuple[Table, ...]) -> Iterator[Fault]:
    """The workbook of money: each year is the sum of its payments, and its present value that of its flows."""
    held = {table.id: table for table in tables}
    if name != "money" or "years" not in held:
        return
    paid: dict[str, float] = {}
    if "payments" in held:
        for row in _cells(held["payments"]):
            if isinstance(row["due"], date) and isinstance(row["amount"], float):
                year = str(row["due"].year)
                paid[year] = paid.get(year, 0.0) + row["amount"]
    rates = [row["value"] for row in _cells(held["assumptions"])] if "assumptions" in held else []
    years = list(_cells(held["years"]))
    if missing := sorted(set(paid) - {str(row["year"]) for row in years}):
        yield _fault(name, "years", "book-years", str(missing), "years with payments that have no row")
    told = (
        {str(year.year) for year in reading.appraisal.accounts.years}
        if rates and years and "out" in years[0]
        else set()
    )
    if missing := sorted(told - {str(row["year"]) for row in years}):
        yield _fault(name, "years", "book-years", str(missing), "years of the accounts that have no row")
    numbers = [int(str(row["year"])) for row in years if str(row["year"]).isdigit()]
    if told and numbers != list(range(numbers[0], numbers[-1] + 1)):
        yield _fault(name, "years", "book-gap", str(numbers), "years do not go on")
    forecast = {str(day.year) for fan in ("payments", "receipts") for day in _fan_days(reading, fan)}
    if silent := [
        str(row["year"]) for row in years if ("late" in row and row["late"] != "") != (str(row["year"]) in forecast)
    ]:
        yield _fault(name, "years", "book-forecast", str(silent), f"years of the forecast: {sorted(forecast)}")
    for one, other in pairwise([row for row in years if row.get("late", "") != ""][1:-1]):
        if not (near(other["late"] - one["late"], 1.0) and near(other["early"] - one["early"], 1.0)):
            yield _fault(name, "years", "book-times", f"{one['year']}: {one['late']}", "a year is a year later")
    for row in years:
        year = str(row["year"])
        if paid and not near(float(row["all"] or 0.0), paid.get(year, 0.0)):
            yield _fault(name, "years", "book-sum", f"{year}: {row['all']}", f"payments: {paid.get(year, 0.0)}")
        if not rates or row.get("low", "") == "":
            continue
        early, late = ((1 + rates[0]) ** -row[key] for key in ("early", "late"))
        for key, value in (
            ("low", row["back"] * late - row["out"] * early),
            ("high", row["back"] * early - row["out"] * late),
        ):
            if not near(row[key], value):
                yield _fault(name, "years", f"book-{key}", f"{year}: {row[key]}", f"its flows: {value}")
    for row in _cells(held["headline"]) if "headline" in held else ():
        values = [row[key] for key in ("formula", "says", "difference")]
        if all(isinstance(value, int | float) for value in values) and not near(values[2], values[0] - values[1]):
            yield _fault(name, "headline", "book-difference", str(row), "formula less what is said")


def _fan_days(reading: Reading, name: str) -> tuple[date, ...]:
    fan = reading.appraisal.yearly.get(name)
    return tuple(fan.dates) if fan is not None else ()


def _cells(table: Table) -> Iterator[dict[str, Any]]:
    """Rows by column, numbers without their units."""
    for row in table.rows:
        values = (cell.value for cell in (row.head, *row.cells))
        plain = (value.value if isinstance(value, Measurement) else value for value in values)
        yield dict(zip((column.id for column in table.columns), plain, strict=False))


def _column(table: Table, id: str) -> list[float]:
    n = [column.id for column in table.columns].index(id)
    cells = [(row.head, *row.cells)[n].value for row in table.rows]
    values = [cell.value if isinstance(cell, Measurement) else cell for cell in cells]
    return [float(value) for value in values if isinstance(value, int | float)]


def _shown(reading: Reading, name: str, tables: tuple[Table, ...]) -> Iterator[Fault]:
    """A monitor shows each fact that it publishes."""
    if name not in reading.published or not name.startswith("monitor"):
        return
    rows = {row.id.removeprefix("fact:") for table in tables if table.id in ("facts", "unread") for row in table.rows}
    for id in sorted(set(reading.published[name]["learnt"]) - rows):
        yield _fault(name, "facts", "dropped-fact", id, "a fact that became known since signing")
    for id in sorted(set(reading.published[name]["facts"]) - rows):
        yield _fault(name, "facts", "dropped-fact", id, "a fact that the published data rest on")


def _verdicts(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Verdicts of a monitor and a release are those that are published; instalments fall due on their days."""
    told = reading.published.get(name, {})
    due = {paid.due.isoformat() for paid in commitments(reading.sheet)} if reading.sheet else set()
    for piece in pieces(document, name):
        for message in within(piece.words):
            stem, _, end = message.id.rpartition(".")
            against = ""
            if stem == "reports.brief.conditions":
                against = reading.appraisal.advice
            elif stem == "reports.monitor.course" and end != "add":
                against = str(told["advice"]["course"])
            elif stem == "reports.release.verdict" and end not in ("breached", "demands"):
                against = "paid" if told["paid_by_facts"]["completed"] else str(told["answer"])
            if against and against != end:
                yield _fault(name, "verdict", f"verdict:{message.id}", message, f"the data say {against}")
            day = dict(message.params).get("due")
            if name == "lint" and isinstance(day, str) and due and day not in due:
                yield _fault(name, "lint", f"due:{message.id}", message, f"payments fall due on {sorted(due)}")
    called = {f"finding:{one.id}": f"{one.kind} {one.severity}" for one in reading.appraisal.findings}
    for sentence in document.sentences():
        ends = [
            m.id.rpartition(".")[2] for m in within(sentence.name) if m.id.startswith(("reports.kind", "reports.sev"))
        ]
        if name == "dossier" and ends and sentence.id in called and " ".join(ends) != called[sentence.id]:
            yield _fault(name, sentence.id, "called", " ".join(ends), f"the finding is {called[sentence.id]}")
        kind = "reports.release.truth."
        names = [m.id for m in within(sentence.name) if m.id.startswith(kind)]
        tones = {"yes": "good", "no": "risk", "unknown": "unknown", "none": "quiet"}
        for one in names:
            if tones[one.removeprefix(kind)] != sentence.tone:
                yield _fault(name, "truth", "truth", one, f"it is shown as {sentence.tone}")


# -- sentences that count ------------------------------------------------------------------------------------------


def _counts(name: str, message: Message, told: Mapping[str, Any], counted: Mapping[str, Any]) -> Iterator[Fault]:
    for key, value in counted.items():
        said = told.get(key)
        said = said.value if isinstance(said, Measurement) else said
        if isinstance(value, str):
            if said != value:
                yield _fault(name, key, f"count:{message.id}.{key}", message, f"{key} is {value}")
        elif said is not None and abs(float(said) - float(value)) > 1e-6 * max(1.0, abs(float(value))):
            yield _fault(name, key, f"count:{message.id}.{key}", message, f"{key} is {value}")


def _evidence(reading: Reading, _: str, __: Mapping[str, Any]) -> Mapping[str, Any]:
    view = reading.view
    return {"n": len(view.facts)}


def _certainty(reading: Reading, _: str, __: Mapping[str, Any]) -> Mapping[str, Any]:
    a, view = reading.appraisal, reading.view
    names = 0 if reading.sheet is None else 1 + len(reading.sheet.parties)  # the title and the parties say nothing
    return {
        "clauses": len(a.clauses) - names,
        "unseen": sum(clause.state != "known" for clause in a.clauses),
        "gaps": sum(finding.kind == "gap" for finding in a.findings),
        "facts": len(view.facts),
        "good": sum(view.source(fact.source).grade in "AB" for fact in view.facts),
    }


def _deciding(outcome: str) -> Counted:
    """Rows that decided with one outcome; the two sentences leave out no row that did."""

    def counted(reading: Reading, _: str, __: Mapping[str, Any]) -> Mapping[str, Any]:
        outcomes = [str(row.outcome) for row in reading.appraisal.rows if row.decided]
        assert {*outcomes} <= {"fail", "no_evidence"}, outcomes
        return {"n": outcomes.count(outcome)}

    return counted


def _found(reading: Reading, _: str, __: Mapping[str, Any]) -> Mapping[str, Any]:
    """Findings, and of each kind how many."""
    kinds = [finding.kind for finding in reading.appraisal.findings]
    return {"n": len(kinds), **{f"{kind}s": kinds.count(kind) for kind in ("risk", "asset", "gap")}}


def _most(reading: Reading, _: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Gaps of the named work-stream, where no other has more of them."""
    gaps = Counter(finding.stream for finding in reading.appraisal.findings if finding.kind == "gap")
    named = told["stream"].id.rpartition(".")[2] if isinstance(told["stream"], Message) else told["stream"]
    return {"n": gaps[named] if gaps[named] == max(gaps.values()) else 0}


def _used(reading: Reading, _: str, __: Mapping[str, Any]) -> Mapping[str, Any]:
    uses = [fact.used_for for fact in reading.appraisal.facts]
    return {"n": len(uses), **{use: uses.count(use) for use in ("forecast", "check", "nothing")}}


def _signs(reading: Reading, name: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
    told = reading.published[name]
    n, quiet, unseen = (len(told[key]) for key in ("signs", "quiet", "unseen"))
    return {"n": n, "quiet": quiet, "unseen": unseen, "of": n + quiet + unseen}


def _signs_before(reading: Reading, name: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
    """The rules as they stood on an earlier day: triggered, not triggered, and not looked at."""
    held = reading.published[name]["before"]
    counts = {"n": "signs", "quiet": "quiet", "unseen": "blind"}
    return {"day": held["day"]} | {key: len(held[of]) for key, of in counts.items()}


def _stones(*kinds: str) -> Callable[[Reading, str, Mapping[str, Any]], Mapping[str, Any]]:
    """Milestones of some kinds with a day: agreed, assumed, promised, reported or reached."""
    reached = ("verified", "paid", "implied")

    def counted(reading: Reading, name: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
        day = reading.view_of(name).as_of.isoformat()
        dated = [
            stone
            for stone in reading.published[name]["milestones"]
            if stone["kind"] in kinds
            and (stone["due"] or stone["assumed"] or stone["state"] in reached
                 or any(claim["reached"] for claim in (*stone["reported"], *stone["verified"])))
        ]  # fmt: skip
        states = [stone["state"] for stone in dated]
        guessed = [stone for stone in dated if not stone["due"] and stone["assumed"]]
        past = [stone for stone in guessed if stone["assumed"] < day and stone["state"] == "open"]
        return {
            "n": len(dated), "guessed": len(guessed), "met": sum(state in reached for state in states),
            "late": states.count("late"), "untold": states.count("untold") + len(past),
        }  # fmt: skip

    return counted


def _record(_: Reading, __: str, ___: Mapping[str, Any]) -> Mapping[str, Any]:
    from guanzi.study.monitoring import RECORD

    rates = {"years": round(RECORD.years, 1), "alarms": round(RECORD.alarms, 2), "later": round(RECORD.later_alarms, 2)}
    return {name: getattr(RECORD, name) for name in ("failed", "warned", "fresh", "lived")} | rates


def _replayed(_: Reading, __: str, ___: Mapping[str, Any]) -> Mapping[str, Any]:
    scores = json.loads((ROOT / "benchmarks/results/replay.json").read_text("utf-8"))["scores"]
    ((n, within),) = {(one["n"], one["within_90"]) for one in scores if one["method"] == "signed"}
    return {"cases": 1, "figures": n, "within": within}


def _named(_: Reading, __: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    names = told.get("names")
    return {"n": len(names)} if isinstance(names, tuple) else {}


def _whole(reading: Reading, name: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
    told = reading.published[name]
    return {"paid": sum(told["paid_and_verified"]) / 2, "whole": sum(told["all_instalments"]) / 2}


def _silent(reading: Reading, name: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
    view = reading.view_of(name)
    last = max(fact.known_on for fact in view.facts if fact.subject == "company")
    return {"n": (view.as_of - last).days, "day": last.isoformat()}


def _receipts(reading: Reading, _: str, __: Mapping[str, Any]) -> Mapping[str, Any]:
    years = reading.appraisal.accounts.years
    return {"value": sum(year.receipts_mean for year in years), "first": years[0].year, "last": years[-1].year}


def _deals(reading: Reading, name: str) -> Mapping[str, Any]:
    return {"n": len(reading.published[name]["deals"])}


def _grounds(reading: Reading, name: str, told: Mapping[str, Any]) -> Mapping[str, Any]:
    called = reading.sheet.called if reading.sheet is not None else str
    right = next(one for one in reading.published[name]["rights"] if called(one["id"]) == told["right"])
    return {"n": len(right["grounds"]), "unknown": sum(one["holds"] is None for one in right["grounds"])}


def _loose(reading: Reading, name: str) -> Mapping[str, Any]:
    return {"loose": sum(not deal["binding"] for deal in reading.published[name]["deals"])}


def _money(reading: Reading, name: str, *columns: str) -> Mapping[str, Any]:
    deals = reading.published[name]["deals"]
    return {column: sum(deal[column] or 0.0 for deal in deals) for column in columns}


def _causes(causes: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    idle = sum(cause["idle"] for cause in causes)
    return {"n": len(causes), "moving": len(causes) - idle, "idle": idle}


def _grades(gaps: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    grades = [gap["grade"] for gap in gaps]
    return {"n": len(grades), **{grade: grades.count(grade) for grade in GRADES}}


GRADES = ("present", "planned", "missing", "no_evidence")


def _spread(by: str) -> Counted:
    def counted(reading: Reading, name: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
        one = next(share for share in reading.published[name]["shares"] if share["by"] == by)
        return {"index": one["herfindahl"], "effective": one["effective"], "n": len(one["shares"])}

    return counted


STANDS = {
    "kept": ("kept",),
    "broken": ("breached", "failed", "curing"),
    "untested": ("unknown", "no_text"),
    "waiting": ("not_yet",),
}
"""How a covenant stands, by its state."""


def _stands(how: str) -> Counted:
    def counted(reading: Reading, name: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"n": sum(one["state"] in STANDS[how] for one in reading.published[name]["covenants"])}

    return counted


def _assumed(reading: Reading, name: str, _: Mapping[str, Any]) -> Mapping[str, Any]:
    """Points that were not seen: what and what instead stand after the sentence, two a point."""
    said = [sentence.words for sentence in reading.documents[name].sentences()]
    at = next(n for n, words in enumerate(said) if isinstance(words, Message) and words.id == ASSUMED)
    return {"n": (len(said) - at - 1) / 2}


ASSUMED = "cli.explain.assumptions"


def _together(reading: Reading, name: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Figures that act together are counted among those of a table."""
    sizes = {len(table.rows) for table in reading.documents[name].tables()}
    return {"n": min(told["n"], told["of"]), "of": told["of"] if told["of"] in sizes else sorted(sizes)}


def _unmet(reading: Reading, name: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Requirements of a payment that are not met, of which the data tell each."""
    return {"n": sum(demand["met"] is False for demand in reading.published[name]["demands"])}


def _left_out(reading: Reading, name: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Conditions, and before a vote the first gaps that no reason names, that have no room on the page."""
    made = reading.appraisal
    (part,) = (section for section in reading.documents[name].sections if section.id == "conditions")
    shown = sum(len(block.items) for block in part.blocks if isinstance(block, Bullets))
    gaps = unsaid(made, made.summary.gaps)[:MOST_GAPS] if made.advice == "insufficient_evidence" else ()
    return {"n": len(gaps) + len(made.demands) - shown}


def _opens(reading: Reading, _: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """A right that opens late: after the last payment for its stake, on the first day of a month."""
    assert reading.sheet is not None
    on = {put.on for put in reading.sheet.public_puts}
    lasts = {
        max(part.due for part in one.tranches).isoformat()
        for one in reading.sheet.of(Equity)
        if one.id in on and one.tranches
    }
    late = told["opens"].endswith("-01") and told["opens"] > told["paid"]
    return {"paid": told["paid"] if told["paid"] in lasts else "", "opens": told["opens"] if late else ""}


COUNTS: Mapping[str, Counted] = {
    "lint.GZ211": _opens,
    "reports.chain.lead.unchecked": lambda _, __, told: {"n": len(told["links"])},
    **{f"reports.release.verdict.{kind}unknown.unmet": _unmet for kind in ("", "forgone.")},
    "reports.changes.together": _together,
    ASSUMED: _assumed,
    "reports.intro.evidence": _evidence,
    "reports.facts.used": _used,
    "reports.facts.usable": _used,
    "reports.summary.certainty": _certainty,
    **{f"reports.summary.decided.{outcome}": _deciding(outcome) for outcome in ("fail", "no_evidence")},
    "reports.chart.streams_found": _found,
    "reports.chart.streams_most": _most,
    "reports.brief.more_conditions": _left_out,
    "reports.brief.no_risks": lambda r, name, told: {"n": _certainty(r, name, told)["gaps"]},
    "reports.monitor.lead.signs": _signs,
    "reports.monitor.lead.before": _signs_before,
    **{f"reports.monitor.milestones_sentence{end}": _stones("tier", "event", "promise") for end in ("", ".assumed")},
    **{f"reports.monitor.payments_sentence{end}": _stones("instalment", "payment") for end in ("", ".assumed")},
    "reports.monitor.signs_record": _record,
    "reports.fan.replayed": _replayed,
    "reports.monitor.lead.covenants": lambda r, name, _: {"n": len(r.published[name]["covenants"])},
    **{f"reports.monitor.covenants.{how}": _stands(how) for how in STANDS},
    "reports.monitor.lead.breached": _named,
    "reports.monitor.lead.late": _named,
    "reports.monitor.lead.untold": _named,
    "reports.monitor.lead.unread": lambda r, name, _: {"n": len(set(r.published[name]["learnt"]) - _cited(r, name))},
    "reports.monitor.lead.silent": _silent,
    "reports.brief.receipts": _receipts,
    **{f"reports.release.{paid}": _whole for paid in ("paid", "paid_none")},
    "reports.changes.lead.count": lambda r, name, _: _causes(r.published[name]["causes"]),
    **{
        f"reports.changes.lead.count.{which}": lambda r, name, _: {"n": len(r.published[name]["causes"])}
        for which in ("every", "idle", "none")
    },
    "reports.changes.all": lambda r, name, _: {"n": len(_figures_changed(r.published[name]))},
    "reports.changes.idle": lambda r, name, _: {"n": _causes(r.published[name]["causes"])["idle"]},
    "reports.compare.count.*": _named,
    "reports.compare.advice": lambda r, name, _: {"n": len(r.published[name]["columns"])},
    "reports.chain.lead.counts": lambda r, name, _: _grades(r.published[name]["gaps"]),
    "reports.chain.lead.single": lambda r, name, _: {"n": sum(gap["single"] for gap in r.published[name]["gaps"])},
    "reports.page.footer": lambda r, _, __: {"seed": r.appraisal.versions.seed},
    "reports.sensitivity.footer": lambda r, _, __: {"seed": r.appraisal.versions.seed},
    "reports.paper.terms": lambda r, _, __: {"sheet": r.appraisal.sheet_title or r.appraisal.sheet},
    "reports.monitor.grounds": _grounds,
    "reports.fund.title": lambda r, name, _: _deals(r, name),
    "reports.fund.title.loose": lambda r, name, _: _deals(r, name) | _loose(r, name),
    "reports.fund.lead.planned": lambda r, name, _: _deals(r, name) | _money(r, name, "planned", "before"),
    "reports.fund.lead.planned.untold": lambda r, name, _: _money(r, name, "planned", "before", "untold"),
    "reports.fund.lead.forgone": lambda r, name, _: _money(r, name, "forgone"),
    "reports.fund.lead.open": lambda r, name, _: _money(r, name, "open"),
    "reports.fund.lead.open.assumed": lambda r, name, _: _money(r, name, "open", "guessed"),
    "reports.fund.lead.awaits": lambda r, name, _: _money(r, name, "awaits"),
    "reports.fund.lead.paid": lambda r, name, _: {"of": _deals(r, name)["n"]} | _money(r, name, "paid"),
    **{f"reports.fund.spread.{by}": _spread(by) for by in ("company", "industry", "region")},
}
"""By the id of a message: its numbers, counted again."""


@cache
def _counting(id: str) -> tuple[Counted, ...]:
    """What counts the numbers of a message again."""
    return tuple(counted for pattern, counted in COUNTS.items() if fnmatchcase(id, pattern))


def _cited(reading: Reading, name: str) -> set[str]:
    """Facts that a table of the monitor reads; the others that became known are listed apart."""
    tables = reading.documents[name].tables()
    return {row.id.removeprefix("fact:") for table in tables if table.id == "facts" for row in table.rows}
