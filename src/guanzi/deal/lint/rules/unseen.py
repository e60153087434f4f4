"""Rules about what was not seen: a reader should know how much of a deal stands in the dark."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import without_stop
from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.terms import TermSheet, explain, unknowns


@rule("GZ801", Level.INFO)
def unknown_clause(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A clause that exists and was not seen."""
    for clause in sheet.unknown:
        text = without_stop(clause.text or clause.id.replace("_", " "))
        yield found(f"unknown.{clause.id}", clause.place, text=text)


@rule("GZ802", Level.WARNING)
def no_bracket(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A value without which nothing can be simulated, and nobody says between what it lies."""
    for gap in unknowns(sheet):
        if not gap.simulated:
            yield found(gap.clause, gap.place, what=gap.what)


@rule("GZ803", Level.INFO)
def assumed(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A value that was not seen and is simulated by a bracket or an assumption."""
    for gap in unknowns(sheet):
        if gap.simulated and not gap.clause.startswith(("unknown.", "covenant.")):
            yield found(gap.clause, gap.place, what=gap.what, assumption=gap.assumption)


@rule("GZ804", Level.INFO)
def no_quote(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A clause of a sheet that was drafted from a contract, and quotes no words of it."""
    if sheet.contract is None:
        return
    quoted = {one.of for one in sheet.quotes}
    for clause in explain(sheet):
        if clause.group not in ("deal", "parties") and clause.place.field not in quoted:
            yield found(clause.id, clause.place, called=sheet.called_clause(clause.id, clause.group))


@rule("GZ805", Level.INFO)
def not_covered(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A sentence of the contract that no clause of the sheet quotes."""
    for line in sheet.contract.uncovered(sheet.quotes) if sheet.contract is not None else ():
        yield found("", line.place, number=line.clause, page=line.page, about=line.about, text=line.text)
