"""What the checks need to know about the deal, handed in as plain data (diligence does not read term sheets)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DealFacts:
    """The deal as far as a check asks for it. Amounts are in millions of the case's currency; None: not known.

    Attributes:
        public_amount: What the public side pays for shares and lends, before the company has done what grants ask.
        granted_amount: What it pays the company in grants, of which nothing has to be repaid.
        given_amount: What it gives in cash beside, once the company has done what is asked.
        company_cash_contribution: Cash that the company moves into the subsidiary; it is not new money.
        instalments: Number of public instalments.
        conditional_instalments: How many of them wait for a condition other than a date or an event.
        awaited_events: Names of the events that the others wait for.
        buys_shares: The public side buys shares, so that a right to sell them is to be asked for; None: no payment was
            seen, so that it may.
        only_gives: Nothing is bought or lent.
        has_put: The public side may sell its stake back; None: a clause that was not seen may say so.
        put_obligors: Names of those who must pay the put; None: not known.
        put_on_company_only: Nobody but the company (or its own subsidiaries) must pay it; None: not known.
        has_call: Somebody may buy part of the public stake at a fixed price.
        co_investors: Names of the private parties that invest beside the public side; other public parties are none.
        covenants_without_remedy: Names of covenants from whose breach nothing follows.
        covenants_remedy_unknown: Names of covenants whose remedy was not seen.
        covenants_unseen: None was seen, and a clause that may hold one was not.
        baseline_tiers: Names of the tiers in force at signing.
        uncounted: Facts on staff that a condition of the deal counts from and that are not held.
        unknown_clauses: Texts of clauses that are known to exist and were not seen.
    """

    public_amount: float | None = None
    granted_amount: float = 0.0
    given_amount: float | None = None
    company_cash_contribution: float | None = None
    instalments: int = 0
    conditional_instalments: int = 0
    awaited_events: tuple[str, ...] = ()
    buys_shares: bool | None = True
    only_gives: bool = False
    has_put: bool | None = False
    put_obligors: tuple[str, ...] | None = None
    put_on_company_only: bool | None = None
    has_call: bool = False
    co_investors: tuple[str, ...] = ()
    covenants_without_remedy: tuple[str, ...] = ()
    covenants_remedy_unknown: tuple[str, ...] = ()
    covenants_unseen: bool = False
    baseline_tiers: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()
    unknown_clauses: tuple[str, ...] = ()
