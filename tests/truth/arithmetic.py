"""Property 5: totals are their parts, a share is its count, a figure is the same in every document.

Everything is computed again from the tables, figures and facts that a reader sees.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import chain, pairwise

from tests.naive_money import naive
from tests.truth.answers import says_unknown
from tests.truth.clauses import clauses_of
from tests.truth.faults import Fault
from tests.truth.reading import BESIDE, Reading, key_figures

from guanzi.advice.appraisal import Figure, budget_parties
from guanzi.deal.terms import CASH, PLANNED
from guanzi.render import Cell, Measurement, Table

COUNTED = ("ahead", "paid_in_full", "survival", "loss_probability", "failure_probability_5y")
"""Ends of the ids of figures that are a count of paths over all of them."""
BANDS = ("p5", "p25", "p50", "p75", "p95")


def near(a: float, b: float, tolerance: float = 1e-6) -> bool:
    """Whether two figures are one, to rounding of floats."""
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-6)


def sums(reading: Reading) -> Iterator[Fault]:
    """Faults of sums, shares, bands and figures told twice."""
    yield from _shares(reading)
    yield from _bands(reading)
    yield from _same_everywhere(reading)
    for name, document in reading.documents.items():
        for table in document.tables():
            yield from _table(name, table)
    yield from _promised(reading)
    yield from _planned(reading)
    yield from _of_payer(reading)
    yield from _counted(reading)
    yield from _watched(reading)


def _fault(document: str, place: str, kind: str, said: str, against: str) -> Fault:
    return Fault("arithmetic", document, place, said, against, kind)


def _shares(reading: Reading) -> Iterator[Fault]:
    """A probability is its count by its total; none lies outside nought and one."""
    for id, figure in reading.appraisal.figures.items():
        if figure.value is None:
            continue
        counted = not id.startswith("additionality.") and id.rpartition(".")[2].removesuffix("_without") in COUNTED
        if counted and not -1e-9 <= figure.value <= 1 + 1e-9:
            yield _fault("dossier", id, "share-beyond-whole", f"{id} = {figure.value}", "a share of futures")
        if counted and figure.sample is not None and reading.appraisal.versions.weights == "none":
            k, n = figure.sample
            if not near(figure.value, k / n):
                yield _fault("dossier", id, "share-of-count", f"{id} = {figure.value}", f"{k} of {n}")


def _bands(reading: Reading) -> Iterator[Fault]:
    """Bands lie within one another; a middle outside its band says so."""
    for id, figure in reading.appraisal.figures.items():
        if figure.value is None or figure.low is None or figure.high is None:
            continue
        if figure.low > figure.high:
            yield _fault("dossier", id, "band-reversed", f"{id}: {figure.low} to {figure.high}", "low above high")
        if not (_within(figure) or figure.note is not None):
            kind = "middle-outside-band"
            yield _fault("dossier", id, kind, f"{id} = {figure.value}", f"band {figure.low} to {figure.high}, unsaid")
    fans = {**reading.appraisal.fans, **{f"yearly.{k}": v for k, v in reading.appraisal.yearly.items()}}
    for name, fan in fans.items():
        for row in zip(*(getattr(fan, band) for band in BANDS), strict=True):
            held = [value for value in row if not math.isnan(value)]
            if any(low > high + 1e-9 * max(1, abs(high)) for low, high in pairwise(held)):
                yield _fault("dossier", f"fan-{name}", "fan-crossed", str(row), "quantiles do not rise")
                break


def _within(figure: Figure) -> bool:
    value, low, high = figure.value, figure.low, figure.high
    if value is None or low is None or high is None:
        return True
    slack = 1e-9 * max(1.0, abs(value))
    return low - slack <= value <= high + slack


def _same_everywhere(reading: Reading) -> Iterator[Fault]:
    """A figure that is shown under its id has the value of the appraisal, in every document."""
    figures = reading.appraisal.figures
    for name, document in reading.documents.items():
        if name in BESIDE:
            continue
        for key in key_figures(document):
            yield from _agrees(name, "key-figures", key.value, key.rests, figures)
        for table in document.tables():
            for row in table.rows:
                id = row.id.removeprefix("figure:") if row.id.startswith("figure:") else ""
                for cell in row.cells:
                    rests = (f"figure:{id}",) if id in figures else cell.rests
                    if isinstance(cell.value, Measurement):
                        yield from _agrees(name, table.id, cell.value, rests, figures)


def _agrees(
    document: str, place: str, shown: Measurement, rests: tuple[str, ...], figures: dict[str, Figure]
) -> Iterator[Fault]:
    ids = [rest.removeprefix("figure:") for rest in rests if rest.startswith("figure:")]
    if len(ids) != 1 or ids[0] not in figures:
        return
    figure = figures[ids[0]]
    told, held = shown.value, figure.value
    same = (told is None) == (held is None) and (told is None or held is None or near(told, held))
    if not same or (shown.unit != figure.unit and told is not None):
        said = f"{ids[0]} = {told} {shown.unit}"
        yield _fault(document, place, "figure-told-twice", said, f"the appraisal has {held} {figure.unit}")


def _table(document: str, table: Table) -> Iterator[Fault]:
    """What a table says of itself: cumulative columns, sums of columns, shares of a whole, money by year."""
    columns = [column.id for column in table.columns]
    rows = [dict(zip(columns, (row.head, *row.cells), strict=False)) for row in table.rows]
    if {"amount", "cumulative"} <= set(columns):
        total = 0.0
        for row in rows:
            total += _number(row["amount"]) or 0.0
            told = _number(row["cumulative"])
            if told is not None and not near(told, total):
                yield _fault(document, table.id, "cumulative", f"{told}", f"amounts add up to {total}")
    if document == "money" and table.id == "years":
        parts = [id for id in columns if id.startswith("p") and id[1:].isdigit()]
        for row in rows:
            told, values = _number(row["all"]), [_number(row[id]) for id in parts]
            known = [value for value in values if value is not None]
            if told is not None and not near(told, sum(known)):
                yield _fault(document, table.id, "row-sum", f"{told}", f"parties add up to {sum(known)}")
    if table.id.startswith("shares-"):
        shares = [value for row in rows if (value := _number(row["share"])) is not None]
        if shares and not near(sum(shares), 1.0, 1e-4) and sum(shares) > 1.0:
            yield _fault(document, table.id, "shares-beyond-whole", f"{shares}", f"sum {sum(shares)}")
    for low, high in pairwise([id for id in columns if id in BANDS]):
        for row in rows:
            a, b = _number(row[low]), _number(row[high])
            if a is not None and b is not None and a > b + 1e-9 * max(1.0, abs(b)):
                yield _fault(document, table.id, "quantiles-crossed", f"{low} {a}", f"{high} {b}")
                break


def _number(cell: Cell) -> float | None:
    value = cell.value
    if isinstance(value, Measurement):
        value = value.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return None if math.isnan(value) else float(value)


def _promised(reading: Reading) -> Iterator[Fault]:
    """Jobs that are promised stand beside those that are forecast, as facts and clauses have them."""
    planned = {f.number for f in reading.view.facts if f.name == "plan_jobs" and not isinstance(f.value, str)}
    data = "" if reading.sheet is None or reading.view.sheet is None else str(reading.view.sheet.document.data)
    asked = max(map(float, re.findall(r"\bjobs_local *[<>]=? *(\d+)", data)), default=None)
    for id, held in (("planned", planned), ("asked", set() if asked is None else {asked})):
        figure = reading.appraisal.figures.get(f"cluster.jobs_{id}")
        said = None if figure is None else figure.value
        if (said is None) != (not held) or (held and said not in held):
            yield _fault("dossier", f"cluster.jobs_{id}", "promised-jobs", f"{said}", f"promised: {sorted(held)}")


def _planned(reading: Reading) -> Iterator[Fault]:
    """What all parties plan is what the terms say; what the examined party plans is one sum in each table by year."""
    if reading.sheet is None or reading.view.sheet is None or "money" not in reading.documents:
        return
    parties = reading.sheet.public
    payers = budget_parties(reading.sheet, reading.view)
    years = _by_year(reading, "money", "years", "all")
    if years:
        book, data = sum(years.values()), reading.view.sheet.document.data
        said = _by_terms(reading, *PLANNED)
        if not near(book, said, 1e-4) and not (book < said and says_unknown(data)):
            yield _fault("money", "planned", "planned-money", f"all: {book}", f"the terms say {said}")
    each = [_by_year(reading, "money", "years", f"p{parties.index(party)}") for party in payers]
    own = {year: sum(one.get(year, 0.0) for one in each) for year in {*chain(*each)}}
    last = str(reading.sheet.signed.year + reading.sheet.horizon)
    for name, table, column in (("memorandum", "money", "planned"), ("dossier", "cash-by-year", "planned")):
        told = _by_year(reading, name, table, column)
        for year in {*told, *(year for year, planned in own.items() if planned and year <= last)} if told else ():
            if year == last and told.get(year) is None:
                continue  # it is computed to a day of its last year; what falls due later is in the workbook alone
            if not near(told.get(year, 0.0), own.get(year, 0.0), 1e-4):
                differs = f"{payers} in {year}: {told.get(year)}"
                yield _fault(name, "planned", "planned-money", differs, f"workbook: {own.get(year)}")


def _by_terms(reading: Reading, *natures: str) -> float:
    """The most of some natures by the terms, in millions."""
    assert reading.sheet is not None
    assert reading.view.sheet is not None
    sums = naive({"instruments": {}, "incentives": {}, "promises": {}} | reading.view.sheet.document.data)
    return sum(amount for _, nature, _, amount in sums if nature in natures) * reading.sheet.unit / 1e6


def _by_year(reading: Reading, document: str, table_id: str, column: str) -> dict[str, float]:
    """A column by the years at the head of the rows; empty where there is no such table."""
    for table in reading.documents[document].tables():
        if table.id == table_id:
            at = [c.id for c in table.columns].index(column)
            return {str(row.head.value): _number((row.head, *row.cells)[at]) or 0.0 for row in table.rows}
    return {}


def _of_payer(reading: Reading) -> Iterator[Fault]:
    """The largest payment of the budget rests on clauses that name its party, or no public one, and on no other's."""
    figure, sheet, file = reading.appraisal.figures.get("budget.worst_planned"), reading.sheet, reading.view.sheet
    payers = () if sheet is None else budget_parties(sheet, reading.view)
    if figure is None or file is None or sheet is None or not payers:
        return
    for clause in figure.parents:
        text = " ".join(str(one) for id in clause.split(".")[1:] for one in clauses_of(file.document.data, id))
        named = {id for id in sheet.public if re.search(rf"\b{re.escape(id)}\b", text)}
        if named and not named & {*payers}:
            yield _fault("dossier", figure.id, "part-of-another", clause, f"{payers} pay nothing under it")


def _counted(reading: Reading) -> Iterator[Fault]:
    """So many facts from so many sources: a source of terms alone gives no fact."""
    for piece, message in reading.messages:
        if message.id == "reports.intro.evidence":
            facts, told = reading.appraisal.facts, dict(message.params)
            held = len(facts), len({fact.source for fact in facts})
            if (told["n"], told["sources"]) != held:
                yield _fault(piece.document, piece.section, "facts-and-sources", f"{told}", f"{held}")


def _watched(reading: Reading) -> Iterator[Fault]:
    """Monitor, fund and release of one day tell the same money, and quarters and deals add up to it."""
    for mark in ("", "@later"):
        seen, fund = (reading.published.get(f"{name}{mark}") for name in ("monitor", "fund"))
        if seen is None or fund is None:
            continue
        place, (deal, *others) = f"fund{mark}", fund["deals"]
        position = seen["position"] or deal
        told = {key: (deal[key], position.get(key)) for key in ("paid", "returned")}
        for what, (a, b) in told.items():
            if not others and (a is None) != (b is None):
                yield _fault(place, what, "watched-money", f"{what}: {a}", f"elsewhere {b}: unknown is no figure")
        released = [one for name, one in reading.published.items() if name.startswith(f"release{mark}:")]
        for n, end in enumerate(("least", "most")):
            told |= {f"{end} {one['tranche']}": (deal[end], one["all_instalments"][n]) for one in released}
        if reading.view.sheet is not None:
            told["binding"] = (deal["binding"], reading.view.sheet.document.data["status"] == "definitive")
        told["middle"] = (2 * deal["planned"], deal["least"] + deal["most"])
        told |= {f"received {one['tranche']}": (deal["paid"], one["received_by_facts"]) for one in released}
        told["calls"] = (deal["planned"], sum(call["planned"] for call in fund["calls"]))
        told["binding"] = (deal["planned"], sum(deal[part] for part in ("before", "bound", "untold")))
        told["open"] = (deal["open"], max(deal["due"] - (deal["paid"] or 0.0), 0.0))
        told["payments"] = (deal["planned"], sum(one["amount"] or 0.0 for one in deal["payments"]))
        told |= {f"shares by {one['by']}": (1.0, sum(s for _, s in one["shares"]) or 1.0) for one in fund["shares"]}
        if not others and reading.view.sheet is not None and not says_unknown(reading.view.sheet.document.data):
            called, most = deal["expected_calls"] or 0.0, _by_terms(reading, *CASH)
            if called > most and not near(called, most, 1e-4):
                yield _fault(place, "calls", "called-beyond-cash", f"expected: {called}", f"in cash at most {most}")
        for what, (a, b) in told.items() if not others else ():
            if a is None or b is None:
                if a is not b:
                    yield _fault(place, what, "unknown-as-number", f"{what}: {a}", f"elsewhere {b}")
            elif not near(a, b):
                yield _fault(place, what, "watched-money", f"{what}: {a}", f"elsewhere {b}")
