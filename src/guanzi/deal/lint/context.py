"""What a rule may know beyond the term sheet: plain data that the floor above derives from the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from guanzi.base.core import Message


@dataclass(frozen=True, slots=True)
class LintContext:
    """Figures and circumstances that the text of a deal does not hold.

    None means that nobody said so; the rules that need it are then not judged (:func:`guanzi.deal.lint.unjudged`).
    An empty mapping or tuple says that there is none.

    Attributes:
        last_actual: Observable to its last full-year value (flows) or last value (stocks), in the sheet's unit.
        at_signing: Observable to what it is on the day of signing, as far as it is known.
        revenue: The public party whose playbook it is, to its yearly revenue, in the sheet's unit.
        sharing: The public parties that pay from the budget of that one, itself first.
        revenue_share: Largest part of a year's revenue that one deal may take, from the playbook.
        year_share: Largest part of a year's revenue that one deal may take in one year, from the playbook.
        single_name: Public party to the largest amount in one company that its playbook allows, in the sheet's unit.
        debt_room: Public party to what it may still borrow, in the sheet's unit.
        years_to_profit: The industry's usual time from signing to profit, least and most, in years.
        closed_exits: Way out (``listing``, ``sale``, ``transfer``) to the day until which it is closed; None: no end.
        related_buyers: Names of parties who are related to the company and could buy what it sells.
        elsewhere: Things that are pledged, or promised by the company, in another region, in words.
        hurdle: Yearly return that the fund asks for, from the playbook.
    """

    last_actual: Mapping[str, float] | None = None
    at_signing: Mapping[str, float | bool] | None = None
    revenue: Mapping[str, float] | None = None
    sharing: tuple[str, ...] = ()
    revenue_share: float | None = None
    year_share: float | None = None
    single_name: Mapping[str, float] | None = None
    debt_room: Mapping[str, float] | None = None
    years_to_profit: tuple[float, float] | None = None
    closed_exits: Mapping[str, date | None] | None = None
    related_buyers: tuple[str | Message, ...] | None = None
    elsewhere: tuple[str | Message, ...] | None = None
    hurdle: float | None = None

    def has(self, name: str) -> bool:
        """Whether something is known under a name."""
        return getattr(self, name) is not None


FACTS = tuple(f.name for f in fields(LintContext))
"""What a rule can need."""
