"""Rules about size and time: against means, limits, and the years that an industry needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Level
from guanzi.deal.lint.money import amount, name, outright, planned, total
from guanzi.deal.lint.registry import Found, found, rule
from guanzi.deal.terms import DealParty, TermSheet, in_a_year, least_and_most, owed_by


def _by_party(sheet: TermSheet, sharing: Sequence[str] = (), *, a_year: bool = False) -> dict[str, float | None]:
    """Public party to the most it may have to pay, give or answer for, under whatever clause.

    Args:
        sheet: The deal.
        sharing: Parties that pay from one budget: under the first of them stands what all do.
        a_year: To be held against a year's revenue: tax that is let off counts by its heaviest year.
    """
    owed = {party: owed_by(sheet, *_payers(party, sharing)) for party in sheet.public}
    chosen = {party: in_a_year(flows) if a_year else flows for party, flows in owed.items() if flows}
    return {party: total([flow.high for flow in flows]) for party, flows in chosen.items()}


def _payers(party: str, sharing: Sequence[str]) -> Sequence[str]:
    return sharing if party in sharing[:1] else (party,)


def _exceeded(
    sheet: TermSheet, limits: Mapping[str, float | None], sharing: Sequence[str] = (), *, a_year: bool = False
) -> Iterator[tuple[DealParty, float, float]]:
    """Parties of a deal whose most is above their limit, with both; what is not known is not above."""
    committed = _by_party(sheet, sharing, a_year=a_year)
    for party in sheet.parties:
        most, limit = committed.get(party.id), limits.get(party.id)
        if most is not None and limit is not None and most > limit:
            yield party, most, limit


@rule("GZ701", Level.ERROR)
def over_own_limit(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A public party commits more than its own limit."""
    own = {party.id: party.limits.get("total") for party in sheet.parties if party.role == "public"}
    for party, most, limit in _exceeded(sheet, own):
        yield found(f"party.{party.id}", party.place, "limits", party=name(sheet, party.id), most=amount(sheet, most),
                    limit=amount(sheet, limit))  # fmt: skip


@rule("GZ702", Level.ERROR, needs=("revenue", "revenue_share"))
def over_budget(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """The deal takes a larger part of a year's revenue than the playbook allows."""
    allowed, revenue = context.revenue_share or 0.0, {p: r for p, r in (context.revenue or {}).items() if r}
    limits = {id: allowed * year for id, year in revenue.items()}
    for party, most, _ in _exceeded(sheet, limits, context.sharing, a_year=True):
        yield found(f"party.{party.id}", party.place, party=name(sheet, party.id), most=amount(sheet, most),
                    share=most / revenue[party.id], allowed=allowed)  # fmt: skip


@rule("GZ703", Level.ERROR, needs=("single_name",))
def over_single_name(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A party puts more into one company than its playbook allows."""
    for party, most, limit in _exceeded(sheet, context.single_name or {}, context.sharing):
        yield found(f"party.{party.id}", party.place, party=name(sheet, party.id), most=amount(sheet, most),
                    limit=amount(sheet, limit))  # fmt: skip


@rule("GZ704", Level.ERROR, needs=("debt_room",))
def over_debt_room(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """More than the party may still borrow."""
    for party, most, room in _exceeded(sheet, context.debt_room or {}, context.sharing):
        yield found(f"party.{party.id}", party.place, party=name(sheet, party.id), most=amount(sheet, most),
                    room=amount(sheet, room))  # fmt: skip


@rule("GZ705", Level.WARNING, needs=("years_to_profit",))
def too_short(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """The deal is looked at for less time than the industry needs to make a profit."""
    low, high = context.years_to_profit or (0.0, 0.0)
    if sheet.horizon < high:
        yield found("deal", sheet.place, "horizon", horizon=sheet.horizon, low=low, high=high)


@rule("GZ706", Level.WARNING, needs=("revenue", "year_share"))
def one_heavy_year(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A calendar year carries more than a year's allowed part of revenue; told of the heaviest, with how many do."""
    allowed = context.year_share or 0.0
    years: dict[str, dict[int, list[float | None]]] = defaultdict(lambda: defaultdict(list))
    for payment in planned(sheet):
        for party, value in payment.amounts.items():
            years[context.sharing[0] if party in context.sharing else party][payment.due.year].append(
                least_and_most(value)[1]
            )
    for party, by_year in years.items():
        revenue = (context.revenue or {}).get(party)
        if not revenue:
            continue
        sums = {year: most for year, parts in by_year.items() if (most := total(parts)) is not None}
        heavy = [year for year, most in sums.items() if most > allowed * revenue]
        if heavy:
            worst, place = (
                max(heavy, key=lambda year: sums[year]),
                next(p.place for p in sheet.parties if p.id == party),
            )
            yield found(f"party.{party}", place, party=name(sheet, party), year=str(worst), n=len(heavy),
                        most=amount(sheet, sums[worst]), share=sums[worst] / revenue, allowed=allowed)  # fmt: skip


@rule("GZ707", Level.WARNING)
def paid_under_framework(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Money that is due under an agreement that binds nobody."""
    for payment in outright(sheet) if sheet.status == "framework" else ():
        yield found(payment.clause, payment.place, id=payment.id)


@rule("GZ708", Level.WARNING)
def no_limit(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """Commitments whose sum nobody can state, because an amount was not seen."""
    for party, most in _by_party(sheet).items():
        if most is None:
            place = next(p.place for p in sheet.parties if p.id == party)
            yield found(f"party.{party}", place, party=name(sheet, party))
