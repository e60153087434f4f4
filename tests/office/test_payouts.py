"""Whatever pays money out is released by two people and once: shares, loans, notes, grants, purchases, guarantees."""

import pytest
from tests.office.once import played_once
from tests.office.small import FILES, QUOTES, SHEET, act, proved, sign_small, verified

from guanzi.advice.appraisal import commitments
from guanzi.base.core import InvalidInput
from guanzi.deal.terms import KINDS, parse_sheet, payouts
from guanzi.office.models import OfficeCase, TrancheRelease
from guanzi.office.paying.afterwards import watched_deal
from guanzi.record.evidence import builtin_cases, find_case, load_case

MORE = """\
  loan: {type: loan, lender: city, borrower: company, amount: 50, drawn: 2026-07-31, rate: 4%, years: 5,
    if: "event('closing')"}
  note: {type: convertible_note, lender: city, issuer: company, amount: 30, drawn: 2026-07-31, rate: 4%, years: 2}
  share: {type: revenue_share, investor: city, issuer: company, of: revenue, rate: 1%, years: 5, drawn: 2026-07-31,
    amount: 20}
  later: {type: earn_out, from: city, to: company, amount: 15, when: "event('closing')"}
  option: {type: warrant, holder: city, issuer: company, share: 2%, strike: 500}
  back: {type: call, on: stake, holder: fund, portion: 50%, price: {rate: 6%, basis: simple}, when: "event('closing')"}
incentives:
  support: {type: grant, from: city, amount: 12 per year, years: 2, start: 2026-07-31, if: "event('closing')"}
  tax: {type: rebate, from: city, amount: 5, start: 2026-07-31}
  ground: {type: land, from: city, value: 90, discount: 50%, due: 2026-07-31}
  behind: {type: guarantee, from: city, share: 80%, limit: 60}
  hall: {type: park, from: city, cost: 40, start: 2026-07-31, ready: 2027-07-31, rent: 5%, years: 10, resale: 50%}
  buses: {type: purchase, from: city, amount: 8, start: 2026-07-31, worth: 100%}
"""
PLANNED = {
    "t1": 400.0,
    "loan": 50.0,
    "note": 30.0,
    "share": 20.0,
    "support.2026": 12.0,
    "hall.2026": 16.0,
    "buses": 8.0,
}
CALLED = {"later": 15.0, "option": 10.0, "back": None}
NOTHING = {"land", "rebate", "put", "ratchet", "clawback"}
"""Instruments that pay nothing out: given without a payment, taken in, or shares alone."""


def files():
    terms = FILES[SHEET].replace("  put:\n", MORE.partition("incentives:")[0] + "  put:\n", 1)
    terms = terms.replace("covenants:", "incentives:" + MORE.partition("incentives:")[2] + "covenants:", 1)
    terms = terms.replace(
        "  city: {role: public, name: Riverton}\n",
        "  city: {role: public, name: Riverton}\n  fund: {role: public, name: Fund of Riverton}\n",
    )
    terms = terms.replace("share: 24%", "share: 24%\n    holders: {city: 24%}")
    return {**FILES, SHEET: terms}


@played_once
def signed(office):
    sign_small(office, files())
    return office


def released(office, id, **asked):
    row = act(office.manager, "money.ask", tranche=id, words="asked for on its day", **asked)["release"]
    with pytest.raises(InvalidInput, match="own_request"):
        _by_who_asked(office, row)
    act(office.finance, "money.release", release=row)
    return TrancheRelease.objects.get(pk=row)


def _by_who_asked(office, row):
    from guanzi.office.models import RoleHeld

    RoleHeld.objects.get_or_create(person=office.manager, role="chair")
    act(office.manager, "money.release", release=row)


def test_every_planned_payment_is_released_by_two_people_after_its_milestone_and_once(signed):
    for id in ("t1", "loan", "support.2026"):
        with pytest.raises(InvalidInput, match="barred"):
            act(signed.manager, "money.ask", tranche=id, words="please")
    verified(signed)
    for id, amount in PLANNED.items():
        assert released(signed, id).amount == amount
        with pytest.raises(InvalidInput, match="tranche_released"):
            act(signed.manager, "money.ask", tranche=id, words="again")
    with pytest.raises(InvalidInput, match="barred"):
        act(signed.manager, "money.ask", tranche="support.2027", words="too early")
    watched = watched_deal(OfficeCase.objects.get(), OfficeCase.objects.get().standing.as_of)
    assert {one.id for one in payouts(watched.sheet)} >= {*PLANNED, *CALLED, "behind"}


def test_what_is_called_is_paid_as_called_and_up_to_what_the_deal_allows(signed):
    verified(signed)
    with pytest.raises(InvalidInput, match="amount_called"):
        act(signed.manager, "money.ask", tranche="later", words="due")
    with pytest.raises(InvalidInput, match="amount_above"):
        act(signed.manager, "money.ask", tranche="later", words="due", amount=16)
    with pytest.raises(InvalidInput, match="called_why"):
        act(signed.manager, "money.ask", tranche="later", amount=5)
    with pytest.raises(InvalidInput, match="amount_fixed"):
        act(signed.manager, "money.ask", tranche="t1", words="more", amount=5)
    for id, most in CALLED.items():
        assert released(signed, id, amount=most or 7).amount == (most or 7)


def test_a_guarantee_is_called_once_the_company_has_failed(signed):
    with pytest.raises(InvalidInput, match="barred"):
        act(signed.manager, "money.ask", tranche="behind", words="the bank calls", amount=20)
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=9000, insolvency_opened=True)
    with pytest.raises(InvalidInput, match="figure_unverified"):  # a word is no proof that it failed
        act(signed.lead, "money.ask", tranche="behind", words="the bank calls", amount=20)
    proved(signed.analyst2, "report-2026q3-insolvency-opened", QUOTES["insolvency"])
    with pytest.raises(InvalidInput, match="own_figures"):  # who says that it failed does not call for the money
        act(signed.manager, "money.ask", tranche="behind", words="the bank calls", amount=20)
    row = act(signed.lead, "money.ask", tranche="behind", words="the bank calls", amount=20)["release"]
    assert act(signed.finance, "money.release", release=row)["amount"] == 20.0


def test_the_page_offers_every_payment(signed, client):
    verified(signed)
    client.force_login(signed.manager)
    page = client.get("/cases/riverton/watch/").content.decode()
    assert "office.watch." not in page
    for id in (*PLANNED, *CALLED, "behind"):
        assert f'value="{id}"' in page or f">{id}" in page, id
    assert 'name="amount"' in page


def test_every_instrument_pays_out_or_is_known_to_pay_nothing():
    sheet = parse_sheet_of(files()[SHEET])
    paying = {one.instrument for one in payouts(sheet)}
    silent = {kind.types[0] for kind, item in sheet.items() if item.id not in paying}
    unheld = {kind.types[0] for kind in KINDS if not sheet.of(kind.data)}
    assert silent | unheld <= NOTHING | {"grant"}
    assert {item.id for kind, item in sheet.items() if kind.types[0] not in NOTHING} - paying == {"tax"}


@pytest.mark.parametrize("name", builtin_cases())
def test_the_payments_of_a_deal_are_what_it_commits_to_in_cash(name):
    for file in load_case(find_case(name)).sheets:
        sheet = parse_sheet(file.document)
        promised = {promise.id for promise in sheet.promises}
        cash = [one for one in commitments(sheet) if one.cash and one.id not in promised]
        planned = [one for one in payouts(sheet) if one.kind == "planned"]
        assert sorted((one.id, one.due) for one in planned) == sorted((one.id, one.due) for one in cash)


def parse_sheet_of(text):
    from guanzi.office.cases.termsheets import sheet_of

    return sheet_of(SHEET, text)
