"""The deal as far as the checks of diligence ask for it."""

from __future__ import annotations

from guanzi.advice.appraisal.commitments import instalments
from guanzi.advice.appraisal.deal import MILLION, add, bracket, events_in
from guanzi.advice.appraisal.promises import not_held
from guanzi.base.core import without_stop
from guanzi.deal.terms import Call, Equity, Grant, TermSheet, Unknown, payments
from guanzi.record.evidence import View
from guanzi.study.diligence import DealFacts


def deal_facts(sheet: TermSheet, view: View) -> DealFacts:
    """The deal as far as the checks of diligence ask for it."""
    planned = instalments(sheet, "invested", "lent")
    given = instalments(sheet, "given")
    granted = {f"terms.incentive.{grant.id}" for grant in sheet.of(Grant) if grant.kind == "grant"}
    drawn = {flow.id for flow in sheet.flows() if flow.already}
    ahead = [i for i in planned if i.id not in drawn]
    free = {i.id for i in ahead if not i.conditional}
    awaited = (id for one in payments(sheet, "invested", "lent") if one.id in free for id in events_in(one.condition))
    names = {party.id: party.name or party.id for party in sheet.parties}
    issuers = {party.id for party in sheet.parties if party.role == "issuer"}
    obligors = [put.obligors for put in sheet.public_puts]
    named = tuple(dict.fromkeys(o for some in obligors if some is not None for o in some))
    seen = bool(obligors) and None not in obligors
    stakes = {equity.id for equity in sheet.public_stakes}
    private = {party.id for party in sheet.parties if party.role == "holder"}
    beside = dict.fromkeys(f.payer for f in sheet.flows() if f.nature == "invested" and f.payer in private)
    scale = sheet.unit / MILLION
    cash = [bracket(amount, scale) for e in sheet.of(Equity) for c in e.contributions for _, amount in c.cash]
    return DealFacts(
        public_amount=add(i.amount for i in planned).mid if planned else None,
        granted_amount=add(i.amount for i in given if i.clause in granted).mid or 0.0,
        given_amount=add(i.amount for i in given).mid if given else None,
        company_cash_contribution=add(cash).mid if cash else None,
        instalments=len(ahead),
        conditional_instalments=sum(i.conditional for i in ahead),
        awaited_events=tuple(sheet.called(f"event.{id}") for id in dict.fromkeys(awaited)),
        buys_shares=sheet.buys_shares,
        only_gives=sheet.only_gives,
        has_put=sheet.sells_back,
        put_obligors=tuple(names.get(o, o) for o in named) if seen else None,
        put_on_company_only=set(named) <= issuers if seen else None,
        has_call=any(call.on in stakes and (call.of is None or call.of in sheet.public) for call in sheet.of(Call)),
        co_investors=tuple(names[payer] for payer in beside),
        covenants_without_remedy=tuple(sheet.called(f"covenant.{c.id}") for c in sheet.covenants if c.remedy is None),
        covenants_remedy_unknown=tuple(
            sheet.called(f"covenant.{c.id}") for c in sheet.covenants if isinstance(c.remedy, Unknown)
        ),
        covenants_unseen=not sheet.covenants and sheet.covenants_unseen,
        baseline_tiers=tuple(sheet.called(f"tier.{tier.id}") for tier in sheet.tiers if tier.baseline),
        uncounted=not_held(sheet, view),
        unknown_clauses=tuple(without_stop(c.text or c.id.replace("_", " ")) for c in sheet.unknown),
    )
