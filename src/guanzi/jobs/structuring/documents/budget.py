"""One year's budget and several candidates as a document: what to sign, what it displaces, what waiting is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guanzi.advice.structuring import BudgetChoice, BudgetStudy, Estimate, Swap
from guanzi.base.core import Message, Parameter
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.jobs.structuring.documents.deal_figures import deal_document, part
from guanzi.render import UNDATED, Block, Bullets, Cell, Document, Measurement, Row, Section, Sentence, Table


def budget_document(found: BudgetStudy) -> Document:
    """The document of a budget and its candidates."""
    unit = f"{found.currency} m"
    budget = Measurement(found.budget, unit)
    title = message("budget.title", n=len(found.candidates), budget=budget, paths=found.paths, seed=found.seed)
    parts = [_summary(found, unit)]
    parts += [part(message(f"budget.next.{c.next_year}"), *_choice(c, unit), id=c.next_year) for c in found.choices]
    tables = (_candidates(found, unit), _later(found, unit))
    parts.append(part(message("budget.candidates"), *tables, _notes(found), id="candidates"))
    return deal_document("budget", title, UNDATED, parts)


def _summary(found: BudgetStudy, unit: str) -> Section:
    """What the budget pays for, in few sentences."""
    first, second = found.choices
    same = first.names == second.names
    lines = [Sentence(message("budget.same" if same else "budget.depends", **_set(first, unit, found.budget)))]
    if not same:
        lines.append(Sentence(message("budget.otherwise", **_set(second, unit, found.budget))))
    for choice in found.choices:
        names = tuple(one.label for one in choice.swaps if one.possible and one.verdict == "open")
        if names:
            lines.append(Sentence(message(f"budget.open.{choice.next_year}", names=names), tone="unknown"))
    return part(message("budget.summary"), Bullets(tuple(lines)), id="summary")


def _set(choice: BudgetChoice, unit: str, budget: float) -> dict[str, Parameter]:
    return {
        "names": choice.names or (message("budget.nobody"),),
        "cost": Measurement(choice.cost, unit),
        "left": Measurement(budget - choice.cost, unit),
    }


def _choice(choice: BudgetChoice, unit: str) -> Iterator[Block]:
    """The best set, what each candidate displaces, and the sets that come next."""
    value, cvar = _measured(choice.value, unit), _measured(choice.cvar, unit)
    yield Bullets(
        (
            Sentence(message("budget.set", names=choice.names or (message("budget.nobody"),))),
            *_waiting(choice),
            Sentence(message("budget.worth", **value)),
            Sentence(message("budget.tail", **cvar)),
        )
    )
    columns = heads("budget.head", "candidate", "in", "added", "removed", "difference", "error", "verdict")
    rows = tuple(Row(Cell(one.label), _swap(one), f"{choice.next_year}:{one.label}") for one in choice.swaps)
    yield Table(f"{choice.next_year}_swaps", message("budget.swaps"), columns, rows, unit)
    if choice.rivals:
        columns = heads("budget.head", "set", "money", "difference", "error", "verdict")
        rows = tuple(
            Row(
                Cell(_names(one.names)),
                (
                    Cell(one.cost),
                    Cell(one.difference.mean),
                    Cell(one.difference.se),
                    Cell(message(f"budget.verdict.{one.verdict}")),
                ),
            )
            for one in choice.rivals
        )
        yield Table(f"{choice.next_year}_rivals", message("budget.rivals"), columns, rows, unit)


def _waiting(choice: BudgetChoice) -> Iterator[Sentence]:
    if choice.waiting:
        yield Sentence(message("budget.waiting", names=choice.waiting))


def _swap(one: Swap) -> tuple[Cell, ...]:
    chosen = Cell(message(f"budget.in.{'yes' if one.chosen else 'no'}"))
    if not one.possible:
        return (chosen, Cell(""), Cell(""), Cell(""), Cell(""), Cell(message("budget.verdict.impossible")))
    told = Cell(message(f"budget.verdict.{one.verdict}"), tone="unknown" if one.verdict == "open" else "plain")
    figures = (Cell(one.difference.mean), Cell(one.difference.se))
    return (chosen, Cell(_names(one.added)), Cell(_names(one.removed)), *figures, told)


def _names(names: Sequence[str]) -> Message | str:
    return Message.of("structuring.value.names", names=tuple(names)) if names else "–"


def _measured(one: Estimate, unit: str) -> dict[str, Measurement]:
    return {"mean": Measurement(one.mean, unit), "se": Measurement(one.se, unit)}


def _candidates(found: BudgetStudy, unit: str) -> Table:
    """Each candidate by itself: what it asks of budgets, and what it is worth."""
    rows = []
    for one in found.candidates:
        after = Cell(message("budget.unknown"), tone="unknown") if one.after is None else Cell(one.after)
        cells = (Cell(one.cost), after, Cell(one.value.mean), Cell(one.value.se))
        rows.append(Row(Cell(one.label), cells, f"candidate:{one.label}"))
    columns = heads("budget.head", "candidate", "money", "after", "value", "error")
    return Table("candidates", message("budget.asked"), columns, tuple(rows), unit)


def _later(found: BudgetStudy, unit: str) -> Table:
    """Each candidate a year later: what it is then worth, and what waiting gains."""
    rows = []
    for one in found.candidates:
        wait = one.waiting
        told = Cell(message(f"budget.wait.{wait.verdict}"), tone="unknown" if wait.verdict == "open" else "plain")
        cells = (Cell(wait.survives), Cell(wait.later.mean), Cell(wait.gain.mean), Cell(wait.gain.se), told)
        rows.append(Row(Cell(one.label), cells, f"later:{one.label}"))
    columns = heads("budget.head", "candidate", "survives", "later", "gain", "error", "verdict", survives="ratio")
    return Table("later", message("budget.later"), columns, tuple(rows), unit)


def _notes(found: BudgetStudy) -> Block:
    """What must be known to read the figures."""
    lines = [message("budget.note.value"), message("budget.note.money"), message("budget.note.waiting"), *found.notes]
    return Bullets(tuple(map(Sentence, lines)))
