"""Parks, purchases and clawbacks: what the public side builds, buys and takes back, on a company that is known."""

import pytest
from tests.deal.terms.known_company import run, sheet, text
from tests.deal.terms.sheets import document, said

from guanzi.base.core import render
from guanzi.deal.terms import explain, observables_of, read_sheet


def said_of(body, id):
    (clause,) = [c for c in explain(sheet(body)) if c.id == f"incentive.{id}"]
    return render(clause.message)


PARK = """\
incentives:
  works:
    type: park
    from: city
    cost: 400
    start: 2024-04-01
    ready: 2025-02-15
    rent: 8%
    rent_free: 1 year
    years: 2
    resale: 50%
"""


def test_a_park_is_built_in_equal_parts_and_let_after_the_free_years():
    got = run(sheet(PARK), {}, ("works.given", "works.built"))
    spent = [(x[0], x[3]) for x in got.paid("works") if x[1] == "acct.city"]
    rent = [(x[0], x[3]) for x in got.paid("works") if x[2] == "acct.city"]
    # second quarter of 2024 to first of 2025; then a year free, then a year at 32
    assert spent == [(t, 100.0) for t in (1, 2, 3, 4)]
    assert rent == [(t, 8.0) for t in (9, 10, 11, 12)]
    assert got.outputs["works.given"][-1] == 400.0 - 32.0


def test_a_park_comes_back_without_its_tenant():
    got = run(sheet(PARK), {3: {"fails": 1}}, ("clawed.city", "spent.city"))
    assert got.outputs["spent.city"][-1] == 300.0
    assert got.outputs["clawed.city"][-1] == 150.0


def test_a_park_waits_for_its_condition():
    body = PARK.replace("    rent: 8%", "    if: listed\n    rent: 8%")
    got = run(sheet(body), {5: {"listed": 1.0}})
    assert [x[0] for x in got.paid("works") if x[1] == "acct.city"] == [5, 6, 7, 8]
    assert run(sheet(body), {}).paid("works") == []


def test_a_park_says_what_is_built_and_what_is_left_of_it():
    words = said_of(PARK, "works")
    assert "rents it for 2 years at 8 % of the cost a year, with an initial rent-free period of one year" in words
    assert "worth 50 % of what was spent" in words


FLEET = """\
incentives:
  fleet: {type: purchase, from: city, amount: 100 per year, years: 2, start: 2024-05-01, worth: 90%, cost: 70%}
"""


def test_a_purchase_pays_the_price_costs_the_goods_and_is_worth_less_than_it_costs():
    got = run(sheet(FLEET), {}, ("acct.company", "spent.city", "clawed.city"))
    assert [x[0] for x in got.paid("fleet") if x[1] == "acct.city"] == [1, 5]
    assert got.outputs["acct.company"][-1] == pytest.approx(1000.0 + 2 * 30.0)
    assert (got.outputs["spent.city"][-1], got.outputs["clawed.city"][-1]) == pytest.approx((200.0, 180.0))


def test_without_a_stated_cost_the_gross_margin_says_what_the_goods_cost():
    body = FLEET.replace(", cost: 70%", "")
    got = run(sheet(body), {1: {"gross_margin": 0.2}}, ("acct.company",))
    assert got.outputs["acct.company"][4] == pytest.approx(1020.0)
    assert [x.name for x in observables_of(sheet(body))] == ["gross_margin"]
    assert observables_of(sheet(FLEET)) == ()


def test_bought_demand_is_said_to_meet_no_floor():
    assert "The goods do not count towards the units and revenue used in conditions." in said_of(FLEET, "fleet")


RECAPTURE = """\
incentives:
  grant: {type: grant, from: city, amount: 300, start: 2024-01-20}
  land: {type: land, from: province, value: 400, discount: 50%, due: 2024-01-20, buy_back: true}
  back: {type: clawback, on: [grant, land], when: control_changed, recover: 50%, enforced: 100%}
"""
CHANGED = {2: {"control_changed": 1.0}}


def test_a_clawback_takes_its_part_of_all_that_it_names():
    got = run(sheet(RECAPTURE), CHANGED, ("clawed.city", "clawed.province"))
    assert [(x[0], x[2], x[3]) for x in got.paid("back")] == [(2, "acct.city", 150.0), (2, "acct.province", 100.0)]
    # land of which half of the discount was given back is bought back for the other half
    failed = run(sheet(RECAPTURE), CHANGED | {4: {"fails": 1}}, ("clawed.province",))
    assert failed.outputs["clawed.province"][-1] == 200.0


def test_a_clawback_that_meets_an_empty_till_stands_beside_the_creditors():
    poor = {1: {"earns": -1240.0}, 2: {"control_changed": 1.0}, 3: {"ahead": 190.0, "sale": 190.0, "fails": 1}}
    got = run(sheet(RECAPTURE), poor, ("back.due.grant", "clawed.city", "returned.city"))
    # 60 in the till for 150 and 100; the city asks first and gets them; 90 of 190 + 90 + 100 are still its own
    assert got.outputs["back.due.grant"][2] == pytest.approx(90.0)
    assert got.outputs["clawed.city"][2] == pytest.approx(60.0)
    assert got.outputs["clawed.city"][3] == pytest.approx(60.0 + 90.0 * 190.0 / 380.0)
    assert got.outputs["returned.city"][3] == 0.0


def test_a_clawback_that_is_not_enforced_takes_nothing():
    got = run(sheet(RECAPTURE.replace("enforced: 100%", "enforced: 0%")), CHANGED)
    assert got.paid("back") == []


WRONG = [
    (PARK, "ready: 2025-02-15", "ready: 2024-02-15", "ready_before_start", "after construction begins"),
    (PARK, "    resale: 50%\n", "    resale: 150%\n", "not_fraction", "between 0% and 100%"),
    (FLEET, "from: city", "from: founder", "no_such_public_party", "city"),
    (FLEET, ", years: 2", "", "per_year_without_years", "years"),
    (RECAPTURE, "on: [grant, land]", "on: [grant, park]", "no_such_incentive", "grant and land"),
    (RECAPTURE, "on: [grant, land]", "on: [back]", "no_such_incentive", "grant and land"),
]


@pytest.mark.parametrize(("body", "old", "new", "cause", "fix"), WRONG)
def test_what_is_wrong_is_named_with_its_place_and_mend(body, old, new, cause, fix):
    assert body.count(old) == 1
    found = read_sheet(document(text(body.replace(old, new))))
    assert found.sheet is None
    causes = {p.cause.id.removeprefix("terms.sheet."): p for p in found.problems}
    assert list(causes) == [cause]
    assert fix in said(causes[cause])
