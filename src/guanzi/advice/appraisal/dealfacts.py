"""The deal as far as the checks of diligence ask for it."""

from __future__ import annotations

from guanzi.advice.appraisal.commitments import instalments
from guanzi.advice.appraisal.deal import MILLION, add, bracket, budget_party
from guanzi.advice.appraisal.promises import not_held
from guanzi.base.core import without_stop
from guanzi.deal.terms import Call, Equity, Put, TermSheet, Unknown
from guanzi.record.evidence import View
from guanzi.study.diligence import DealFacts


def deal_facts(sheet: TermSheet, view: View) -> DealFacts:
    """The deal as far as the checks of diligence ask for it."""
    planned = instalments(sheet, "invested", "lent")
    names = {party.id: party.name or party.id for party in sheet.parties}
    issuers = {party.id for party in sheet.parties if party.role == "issuer"}
    own = budget_party(sheet, view)
    obligors = [put.obligors for put in sheet.of(Put)]
    named = tuple(dict.fromkeys(o for some in obligors if some is not None for o in some))
    seen = bool(obligors) and None not in obligors
    scale = sheet.unit / MILLION
    cash = [bracket(amount, scale) for e in sheet.of(Equity) for c in e.contributions for _, amount in c.cash]
    return DealFacts(
        public_amount=add(i.amount for i in planned).mid if planned else None,
        city_amount=add(a for i in planned for p, a in i.by_party if p == own).mid if planned else None,
        company_cash_contribution=add(cash).mid if cash else None,
        instalments=len(planned),
        conditional_instalments=sum(i.conditional for i in planned),
        buys_shares=bool(sheet.of(Equity)) or not sheet.moves_money,
        only_gives=sheet.only_gives,
        has_put=bool(sheet.of(Put)),
        put_obligors=tuple(names.get(o, o) for o in named) if seen else None,
        put_on_company_only=set(named) <= issuers if seen else None,
        has_call=bool(sheet.of(Call)),
        co_investors=tuple(names[p] for p in sheet.public if p != own),
        covenants_without_remedy=tuple(c.called for c in sheet.covenants if c.remedy is None),
        covenants_remedy_unknown=tuple(c.called for c in sheet.covenants if isinstance(c.remedy, Unknown)),
        baseline_tiers=tuple(tier.name or tier.id for tier in sheet.tiers if tier.baseline),
        uncounted=not_held(sheet, view),
        unknown_clauses=tuple(without_stop(c.text or c.id.replace("_", " ")) for c in sheet.unknown),
    )
