"""What limits a statement goes with it: the ends of a figure that may lie between two, and the age of old accounts.

Ends are read from the figures of the appraisal; that a figure is old, from the facts and the day alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from tests.truth.faults import Fault
from tests.truth.pool import canonical
from tests.truth.reading import BESIDE, Piece, Reading, key_figures, within

from guanzi.advice.appraisal import Figure, budget_parties
from guanzi.base.core import Message, Period
from guanzi.jobs.shared.documents.words import of_text
from guanzi.record.evidence import Fact, View, prior_of
from guanzi.render import Measurement

OF_THE_CASE = ("dossier", "brief", "memorandum", "minutes")
BALANCES = {
    "equity": ("equity",), "debt": ("total_debt",), "assets": ("total_assets",), "liabilities": ("total_liabilities",),
    "due": ("current_liabilities",), "current": ("current_assets",), "cash": ("cash",),
    "liquid": ("cash_and_short_term_investments",),
}  # fmt: skip
FLOWS = {
    "result": ("net_loss", "net_profit", "net_loss_to_date"), "revenue": ("revenue", "revenue_to_date"),
    "deliveries": ("deliveries", "deliveries_to_date"), "operating": ("operating_cash_flow", "free_cash_flow"),
}  # fmt: skip
"""What accounts tell of a day and over a time, by the names under which it is entered."""
FLOWS_NAMED = {name for names in FLOWS.values() for name in names}
OF_THE_PAST = ("plan-kept", "trend", "margin", "unvalidated")
"""Beginnings of the ids of findings that look at what was."""


def unqualified(reading: Reading) -> Iterator[Fault]:
    """Figures without the ends between which they lie, and conclusions from old accounts that do not say so."""
    figures = reading.appraisal.figures.values()
    bounded = [
        f for f in figures if f.bounds and f.value is not None and (f.low, f.high) not in ((0, 1), (f.value,) * 2)
    ]
    exact = {canonical(of_text(f.label)): f.value for f in figures if not f.bounds and f.value is not None}
    for piece in reading.pieces:
        if piece.document in OF_THE_CASE and isinstance(piece.words, Message):
            others = _others(piece.words, exact)
            alone = [
                figure
                for figure in bounded
                if _alone(piece.words, figure) and not _of_industry(figure) and not _says(others, figure.value)
            ]
            whole = {figure.value for figure in bounded if _both(piece.words, figure)}
            yield from (_fault(piece, figure) for figure in alone if figure.value not in whole)
    for name, document in reading.documents.items():
        shown = () if name in BESIDE else (key.value for key in key_figures(document) if _of(key.rests, bounded))
        for value in shown:
            if isinstance(value, Measurement) and not (value.bounds and value.low is not None):
                yield Fault("qualified", name, "key-figures", str(value), "the appraisal holds both ends", "key-figure")
    yield from _unaged(reading)
    yield from _unfit(reading)
    yield from _unranged(reading)
    yield from _one_end(reading, bounded)
    yield from _later_method(reading)
    yield from _assumed_days(reading)


def _one_end(reading: Reading, bounded: list[Figure]) -> Iterator[Fault]:
    """A table of the budget tells the upper end of a figure that lies between two as the figure; nought is no end.

    Tables of what is simulated name their upper end as one; rates of precedents are of no figure of the case.
    """
    for name, document in reading.documents.items():
        tables = document.tables() if name in OF_THE_CASE else ()
        for table in (table for table in tables if table.id.startswith("table-") and table.id != "table-outside"):
            cells = [(row, n, cell.value) for row in table.rows for n, cell in enumerate(row.cells, 1)]
            for row, n, value in cells:
                unit = table.columns[n].unit or table.unit
                for figure in bounded:
                    of_case = unit == figure.unit and not _of_industry(figure)
                    if type(value) is float and of_case and _is_upper(value, figure):
                        against = f"{figure.id} lies between {figure.low} and {figure.high}"
                        yield Fault("qualified", name, table.id, f"{row.head.value}: {value}", against, "one-end")


def _is_upper(value: float, figure: Figure) -> bool:
    return bool(figure.low) and figure.high is not None and math.isclose(value, figure.high, rel_tol=1e-9)


def _later_method(reading: Reading) -> Iterator[Fault]:
    """A range that judges the model stands among the figures, and says where it was published after the day."""
    told = [piece for piece in reading.pieces if isinstance(piece.words, Message) and piece.document in OF_THE_CASE]
    for reason in reading.appraisal.implausible:
        id = reason.id.split(".")
        figure = reading.appraisal.figures.get(f"range.{id[2]}") if id[1] == "implausible" else None
        if id[1] == "implausible" and (figure is None or not all(map(prior_of, figure.parents))):
            yield Fault("qualified", "dossier", "figures-all", of_text(reason), "no figure holds its range", "range")
        priors = [prior for prior in map(prior_of, figure.parents if figure else ()) if prior is not None]
        published = max((prior.known_on for prior in priors), default=date.min)
        for piece in told if published > reading.view.as_of else ():
            ids = {one.id for one in within(piece.words)}
            if reason.id in ids and "appraisal.range.later" not in ids:
                yield Fault("qualified", piece.document, piece.section, piece.words, str(published), "later-range")


DAYS = frozenset({"start", "drawn", "due"})
"""Fields of a clause that say when it is paid."""


def _assumed_days(reading: Reading) -> Iterator[Fault]:
    """A table of what is planned by year says that days, or a spread over years, are assumed, where they are."""
    sheet = reading.sheet
    if sheet is None:
        return
    assumed = {id for id, fields in sheet.assumed.items() if DAYS & {*fields}}
    for table in reading.appraisal.fiscal:
        if table.id == "calls":
            payers = budget_parties(sheet, reading.view)
            own = {flow.instrument for flow in sheet.flows() if flow.payer in payers and not flow.already}
        else:
            own = {parent.removeprefix("terms.incentive.") for parent in table.parents}
        of = assumed & own if table.id in ("calls", "abatements", "commitments") else set()
        told = {one.id for one in within(of_text(table.sentence))}
        even = {id for id in of if "spread" in sheet.assumed[id]}
        for what, ids in (("days", of), ("spread", even)):
            if ids and f"appraisal.note.assumed_{what}" not in told:
                against = f"{what} of {sorted(ids)} are assumed"
                yield Fault(
                    "qualified", "dossier", f"fiscal-{table.id}", of_text(table.sentence), against, f"assumed-{what}"
                )


def _unranged(reading: Reading) -> Iterator[Fault]:
    """A finding that tells the middle of a fact of which the ends alone are known tells both."""
    facts = {fact.id: fact.value for fact in reading.view.facts if isinstance(fact.value, tuple)}
    for finding in reading.appraisal.findings:
        text = of_text(finding.text)
        told = [value for message in within(text) for _, value in message.params if isinstance(value, int | float)]
        for id in set(finding.facts) & facts.keys():
            if sum(facts[id]) / 2 in told and any(end not in told for end in facts[id]):
                yield Fault("qualified", "dossier", finding.id, text, f"{id}: {facts[id]}", "ends-of-a-fact")


def _of(rests: tuple[str, ...], figures: list[Figure]) -> bool:
    return any(f"figure:{figure.id}" in rests for figure in figures)


def _fault(piece: Piece, figure: Figure) -> Fault:
    against = f"{figure.id} lies between {figure.low} and {figure.high}"
    return Fault("qualified", piece.document, piece.section, piece.words, against, f"ends:{figure.id}")


def _alone(words: Message, figure: Figure) -> bool:
    """Whether a sentence says the value of a figure and not both its ends."""
    return _says(_told(words), figure.value) and not _both(words, figure)


def _others(words: Message, exact: Mapping[str, float]) -> list[float]:
    """Values of figures without two ends that a sentence names, and an upper end that it calls so."""
    told = list(within(words))
    named = [exact[label] for one in told if (label := canonical(one)) in exact]
    ends = (value for one in told if one.id == UPPER for key, value in one.params if key == "share")
    return named + [value for value in ends if isinstance(value, float)]


UPPER = "reports.chart.cash_sentence"
"""A sentence that calls the upper end of a year's payments so, as a share of a budget."""


def _of_industry(figure: Figure) -> bool:
    """Whether a figure is the range of an industry, whose end a figure of the company may equal by chance."""
    return figure.id.startswith("range.")


def _both(words: Message, figure: Figure) -> bool:
    """Whether a sentence says both ends of a figure; an end that is a whole number counts as it is."""
    told = _told(words)
    return all(end is not None and any(math.isclose(one, end, rel_tol=1e-9) for one in told) for end in _ends(figure))


def _ends(figure: Figure) -> tuple[float | None, float | None]:
    return figure.low, figure.high


def _told(words: Message) -> list[float]:
    return [value for message in within(words) for _, value in message.params if isinstance(value, float)]


def _says(told: list[float], value: float | None) -> bool:
    return value is not None and any(math.isclose(one, value, rel_tol=1e-9) and one % 1 for one in told)


def _unaged(reading: Reading) -> Iterator[Fault]:
    """A finding on the company's newest accounts, of which newer ones are due, says so wherever it is told."""
    view = reading.view
    due = {fact.id: day for fact in view.facts if (day := due_after(view, fact)) is not None and day <= view.as_of}
    for finding in reading.appraisal.findings:
        old = [id for id in finding.facts if id in due]
        if not old or finding.check.startswith(OF_THE_PAST):
            continue
        text = of_text(finding.text)
        if text.id == "diligence.no_conclusion":  # it lists what the check looked for, and concludes nothing
            continue
        if "diligence.stale" not in {one.id for one in within(text)}:
            yield Fault("qualified", "dossier", finding.id, text, f"{old[0]} is old since {due[old[0]]}", "unaged")
            continue
        said = next(canonical(value) for key, value in text.params if key == "said" and isinstance(value, Message))
        for piece in reading.pieces:
            if isinstance(piece.words, Message) and piece.document in OF_THE_CASE:
                told = {canonical(one) for one in within(piece.words)}
                if said in told and canonical(text) not in told:
                    against = f"{old[0]} is old since {due[old[0]]}"
                    yield Fault("qualified", piece.document, piece.section, piece.words, against, "age-left-out")


def _unfit(reading: Reading) -> Iterator[Fault]:
    """A finding on a figure that is more than one of a longer time that holds it says that both are doubtful."""
    own = [one for one in reading.view.facts if one.subject == "company" and isinstance(one.value, int | float)]
    odd = {
        id
        for part in own
        for whole in own
        if (part.name, part.unit) == (whole.name, whole.unit) and part.name in FLOWS_NAMED
        if part.period != whole.period and whole.period.contains(part.period)
        if min(_months(part.period), _months(whole.period)) > 0 and 0 < whole.number < 0.99 * part.number
        if not {part.id, whole.id} & {one.supersedes for one in own}
        for id in (part.id, whole.id)
    }
    for finding in reading.appraisal.findings:
        text = of_text(finding.text)
        told = {one.id for one in within(text)}
        quiet = finding.id == "unvalidated.parts" or text.id == "diligence.no_conclusion"
        if odd & set(finding.facts) and not quiet and "diligence.doubted" not in told:
            against = f"{', '.join(sorted(odd & set(finding.facts)))}: a part is more than its whole"
            yield Fault("qualified", "dossier", finding.id, text, against, "doubt-left-out")


def due_after(view: View, fact: Fact) -> date | None:
    """The first day on which what replaces the newest figure of its kind is late; None: it is another's, or not newest.

    A balance is followed by another after as many months as the longest account of the company up to its day covers, at
    the most half a year; the report is out 60 days after half a year or less, else 120 days. Of parts of a year that
    end on one day the first that is replaced replaces all; more than half a year is replaced by the year.
    """
    names = next((names for names in (*BALANCES.values(), *FLOWS.values()) if fact.name in names), ())
    own = [one for one in view.facts if one.subject == "company"]
    alike = [one for one in own if one.name in names]
    if fact not in alike or fact.period.end < max(one.period.end for one in alike):
        return None
    flows = [one for one in own if any(one.name in names for names in FLOWS.values())]
    if fact.name in FLOWS_NAMED:
        longest = max(_months_of(one) for one in alike if one.period.end == fact.period.end)
        beside = [n for one in flows if one.period.end == fact.period.end and 3 <= (n := _months_of(one)) < 12]
        lengths = [longest] if longest >= 12 else [longest, *beside]
    else:
        ending = (_months_of(one) for one in flows if one.period.end == fact.period.end)
        lengths = [min(max(ending, default=6) or 6, 6)]
    return min(_replaced(fact.period.end, min(max(months, 3), 12)) for months in lengths)


def _replaced(end: date, months: int) -> date:
    first = end + timedelta(days=1)
    further = 12 - months if 6 < months < 12 else months
    year, month = divmod(12 * first.year + first.month - 1 + further, 12)
    return date(year, month + 1, first.day) + timedelta(days=60 if months <= 6 else 120)


def _months_of(fact: Fact) -> int:
    """The months that an account over a time covers: one of a year to a day those that have passed of the year."""
    to_date = fact.name.endswith("_to_date") and fact.period.kind == "day"
    return fact.period.end.month if to_date else _months(fact.period)


def _months(period: Period) -> int:
    last = period.end + timedelta(days=1)
    return 12 * (last.year - period.start.year) + last.month - period.start.month
