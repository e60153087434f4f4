"""Money that reached the company is assigned to payments as the page says: claimed payments first, then by due date."""

from datetime import date
from itertools import product

import pytest
from tests.deal.terms.sheets import document
from tests.study.diligence.views import fact, view_of

from guanzi.base.core import catalogue
from guanzi.deal.terms import parse_sheet
from guanzi.study.monitoring import settlements

SHEET = """\
deal: d
title: D
status: definitive
currency: CNY
unit: 1e6
known_on: 2018-03-01
signed: 2018-03-15
horizon: 10 years
parties:
  company: {role: issuer, name: C}
  city: {role: public, name: City}
instruments:
  stake:
    type: equity
    issuer: company
    share: 20%
    tranches:
      - {id: t1, amount: 100, due: 2018-06-30}
      - {id: t2, amount: 200, due: 2019-06-30}
      - {id: t3, amount: 300, due: 2020-03-31}
"""
PLANNED = {"t1": 100.0, "t2": 200.0, "t3": 300.0}


@pytest.mark.parametrize("claims", list(product(("", "reported", "verified"), repeat=3)))
@pytest.mark.parametrize("received", [50.0, 250.0, 450.0, 600.0])
def test_claimed_payments_are_covered_first_and_each_group_by_due_date(claims, received):
    said = dict(zip(PLANNED, claims, strict=True))
    stated = [
        fact(f"milestone_{stand}", date(2020, 1, 31), True, "flag", subject=id) for id, stand in said.items() if stand
    ]
    money = fact("public_cash_received", date(2020, 1, 31), received)
    found = settlements(parse_sheet(document(SHEET)), view_of(money, *stated))
    left, expected = received, {}
    for id in sorted(PLANNED, key=lambda id: (not said[id], id)):
        part = min(left, PLANNED[id])
        left -= part
        expected[id] = PLANNED[id] if said[id] == "verified" else part
    assert {id: found[id].paid for id in PLANNED} == pytest.approx(expected)


@pytest.mark.parametrize(("lang", "claimed", "order"), [("en", "verifies or reports", "due"), ("zh", "已报告", "到期")])
def test_the_sentence_names_both_steps(lang, claimed, order):
    """A release once named the order of due dates alone, beside a payment that came before an earlier one."""
    text = catalogue("reports", lang)["reports.release.received"]
    assert text.index(claimed) < text.rindex(order)
