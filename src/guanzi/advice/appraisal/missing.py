"""What is not known, by what its answer is worth: could it turn the advice, or is it immaterial?

Every row without evidence waits for something: an answer to a question, a term of the deal, the revenue of the budget.
What waits for one thing is closed together, once well and once badly, and the table is read again. What alone could
turn the advice, or could once all else that is missing came out well, is material; everything else is immaterial, and
no reason to put off a decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guanzi.advice.appraisal.advice_data import Missing
from guanzi.advice.appraisal.book import FigureBook, text
from guanzi.advice.appraisal.sensitivity_data import SensitivityData
from guanzi.base.core import Finding, Message
from guanzi.record.playbooks import ADVICE_ORDER, Decision, FigureTest, Outcome, TableRow, leaves, outcome, read

REVENUE = "known.budget_revenue"
AMOUNT = "public.amount"
TERMS = "terms.deal"
WAITED = {
    "appraisal.gap.implausible": "company.forecast",
    "appraisal.gap.self_funded": "public.worth",
    "appraisal.gap.untold_condition": "terms.untold",
    "appraisal.gap.untold_condition.out": "terms.untold",
}
"""Why a figure has no value, and what is waited for."""
NAMED = {"runway.with-deal": "gap_runway.with_deal"}
"""Gaps that ask for less than others of their code: their id, and what they are called."""
FEW = 3
"""So many facts are named that are to be fetched first."""
LACKING = {
    "appraisal.gap.no_staff": "appraisal.missing.staff",
    "appraisal.gap.no_tax_rule": "appraisal.missing.tax_rule",
    "appraisal.gap.no_tax_rate": "appraisal.missing.tax_rule",
    "appraisal.gap.no_wage": "appraisal.missing.wage",
}
"""Why a figure has no value, and the facts that would give it one."""
ASKED = "odds."
"""Beginning of the ids of open questions of the register: each has an answer of its own."""
MOVED = "fund.loss_probability"
MOVED_RESULT = "appraisal.sensitivity.result"
"""The figure that the sensitivity analysis moves, and what it calls it."""
OF_FINDINGS = "trend."
"""Beginning of figures that stand beside a finding: where there is none, the gap that the check found is waited for."""
OF_BUDGET = ("_share", "_to_budget")
"""Endings of figures that are parts of the budget's revenue."""


def missing(
    table: Sequence[TableRow], decision: Decision, book: FigureBook, findings: Sequence[Finding]
) -> tuple[Missing, ...]:
    """What is missing, material things first, then by how many rows wait for it.

    Args:
        table: Rows of the playbook, as far as they apply.
        decision: The table as applied.
        book: The figures.
        findings: What the checks concluded.
    """
    held: dict[str, Outcome] = {row.id: row.outcome for row in decision.rows}
    waits: dict[str, tuple[Message, list[str]]] = {}
    for row in table:
        if held[row.id] == "no_evidence":
            for id, message in _waits_for(row, book, findings):
                waits.setdefault(id, (message, []))[1].append(row.id)
    well = _closed(held, (id for id, how in held.items() if how == "no_evidence"), "pass")
    best = read(table, well)[0]
    conditions = {row.id: row.condition for row in table}
    found = []
    for id, (message, rows) in waits.items():
        alone = read(table, _closed(held, rows, "fail"))[0]
        last, deciding = read(table, _closed(well, rows, "fail"))
        adds = tuple(dict.fromkeys(c for r in rows if r in deciding and (c := conditions[r]) is not None))
        found.append(
            Missing(
                id=id,
                text=text(message),
                rows=tuple(rows),
                material=alone != decision.advice or last != best,
                if_well=best,
                if_badly=alone,
                adds=adds if last == "back_with_conditions" else (),
            )
        )
    places = {row.id: n for n, row in enumerate(table)}
    return tuple(sorted(found, key=lambda m: (not m.material, m.if_badly != "decline", _order(m, places))))


def assumed(
    table: Sequence[TableRow], decision: Decision, book: FigureBook, moved: SensitivityData | None
) -> tuple[Missing, ...]:
    """Assumptions of the model that could turn the advice.

    Each is set to its 10 % and its 90 % quantile; a figure that then crosses the number of its row changes how the row
    comes out, and the table is read again.
    """
    value = book.value(MOVED)
    if moved is None or value is None or moved.result.id != MOVED_RESULT:
        return ()
    held: dict[str, Outcome] = {row.id: row.outcome for row in decision.rows}
    found = []
    for bar in moved.swings:
        if not bar.parameter or bar.at_low is None or bar.at_high is None:
            continue
        ends = [value + at - moved.mean for at in (bar.at_low, bar.at_high)]
        crossed, rows = [], dict[str, None]()
        for end in ends:
            other = {r.id: outcome(r.test, {**book.values(), MOVED: end}, ()) for r in table if _asks(r, held[r.id])}
            rows |= dict.fromkeys(id for id, how in other.items() if how != held[id])
            crossed.append(read(table, {**held, **other})[0])
        if set(crossed) != {decision.advice}:
            good, bad = sorted(crossed, key=ADVICE_ORDER.index, reverse=True)
            found.append(
                Missing(id=bar.parameter, text=bar.label, rows=tuple(rows), material=True, if_well=good, if_badly=bad)
            )
    return tuple(found)


def _asks(row: TableRow, how: Outcome) -> bool:
    return how in ("pass", "fail") and all(isinstance(t, FigureTest) and t.figure == MOVED for t in leaves(row.test))


def fetch_first(found: Sequence[Missing]) -> tuple[Missing, ...]:
    """The facts to fetch before all others: open questions, then one for each set of rows that waits."""
    named: list[Missing] = []
    for item in found:
        waited = {row for other in named for row in other.rows}
        if item.material and (item.id.startswith(ASKED) or not set(item.rows) <= waited):
            named.append(item)
    return tuple(named[:FEW])


def _order(found: Missing, places: Mapping[str, int]) -> tuple[int, int]:
    return -len(found.rows), min(places[row] for row in found.rows)


def _closed(held: Mapping[str, Outcome], rows: Sequence[str] | Iterator[str], how: Outcome) -> dict[str, Outcome]:
    return {**held, **dict.fromkeys(rows, how)}


def _waits_for(row: TableRow, book: FigureBook, findings: Sequence[Finding]) -> Iterator[tuple[str, Message]]:
    """Each thing that a row without evidence waits for, once."""
    named: dict[str, Message] = {}
    for leaf in leaves(row.test):
        if isinstance(leaf, FigureTest):
            if book.value(leaf.figure) is None and not leaf.figure.startswith(OF_FINDINGS):
                cause = _cause(leaf.figure, book)
                named.setdefault(cause, _fact_behind(cause, book) or _label(cause))
        else:
            for finding in findings:
                if finding.code in leaf.unknown_if:
                    what = Message.of(f"playbooks.code.{NAMED.get(finding.id, finding.code)}")
                    named.setdefault(
                        finding.id, Message.of("appraisal.missing.in_words", what=what) if finding.facts else what
                    )
    yield from named.items()


def _cause(figure: str, book: FigureBook) -> str:
    """What stands behind a figure without a value: the amount, the revenue, or another part of the terms."""
    silent = book.figures().get(figure) or book.figures().get("company.survival")
    if silent is not None and silent.note is not None and silent.note.id in WAITED:
        return WAITED[silent.note.id]
    simulated = book.value("company.survival") is not None
    if figure.startswith(("evidence.", "mechanism.")) or (simulated and not figure.endswith(OF_BUDGET)):
        return figure
    if figure.endswith(OF_BUDGET) and book.value(AMOUNT) is not None and book.value(REVENUE) is None:
        return REVENUE
    alone = book.figures().get("company.survival")
    unforecast = None if alone is None or alone.note is None else WAITED.get(alone.note.id)
    return AMOUNT if book.value(AMOUNT) is None else unforecast or TERMS


def _fact_behind(figure: str, book: FigureBook) -> Message | None:
    """The facts for want of which a figure has no value, as its note says; None where it names none."""
    found = book.figures().get(figure)
    if found is None or found.note is None:
        return None
    message, country = LACKING.get(found.note.id), found.note.params.get("country")
    if message is None:
        return None
    return Message.of(message) if country is None else Message.of(message, country=country)


def _label(cause: str) -> Message:
    return (
        Message.of(f"appraisal.missing.{cause}")
        if cause in (REVENUE, AMOUNT, TERMS, *WAITED.values())
        else _figure(cause)
    )


def _figure(id: str) -> Message:
    return Message.of(f"playbooks.figure.{id}")
