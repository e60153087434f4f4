"""Promises of the public side: late or broken with a probability, and what follows."""

import pytest
from tests.deal.terms.known_company import run, sheet, text
from tests.deal.terms.sheets import document, said

from guanzi.base.core import render
from guanzi.deal.terms import explain, read_sheet
from guanzi.deal.terms.validation import MOST_DRAWN

BODY = """\
instruments:
  stake:
    type: equity
    issuer: company
    share: 20%
    holders: {city: 20%}
    tranches: [{id: t1, amount: {city: 200}, due: 2024-01-20}]
  put: {type: put, on: stake, obligors: [company], price: {rate: 0%, basis: simple}, when: listed}
covenants:
  headquarters: {require: hq_local, from: 2024-07-01, remedy: put}
promises:
  site:
    {from: city, what: land, due: 2024-04-01, probability: 0%, penalty: 40 per year, suspends: [headquarters]}
"""
POOR = {1: {"mark": 10.0}}
"""The stake is worth little, so that the put is exercised as soon as it is open."""


def test_a_promise_that_is_late_costs_its_penalty_step_by_step():
    got = run(sheet(BODY))
    late = [(t, x) for t, payer, _, x in got.paid("events.site") if payer == "acct.city"]
    assert late == [(t, 10.0) for t in range(1, 20)]
    kept = run(sheet(BODY.replace("probability: 0%", "probability: 100%")))
    assert kept.paid("events.site") == []


def test_a_promise_that_is_late_suspends_the_covenant_of_the_company():
    assert run(sheet(BODY), POOR).paid("put") == []
    kept = run(sheet(BODY.replace("probability: 0%", "probability: 100%")), POOR)
    assert [t for t, *_ in kept.paid("put")] == [2]
    alone = run(sheet(BODY.replace(", suspends: [headquarters]", "")), POOR)
    assert [t for t, *_ in alone.paid("put")] == [2]


@pytest.mark.parametrize(("broken", "kept"), [("0%", 1.0), ("100%", 0.0)])
def test_a_broken_promise_is_never_kept(broken, kept):
    body = BODY.replace("probability: 0%", f"probability: 100%, broken: {broken}")
    assert run(sheet(body), {}, ("event.site",)).outputs["event.site"][-1] == kept


def test_a_promise_says_what_follows_when_it_is_late():
    body = BODY.replace("penalty", "broken: 10%, penalty")
    (words,) = [render(c.message) for c in explain(sheet(body)) if c.id == "promise.site"]
    assert "; it is never kept with a probability of 10 %." in words
    assert words.endswith(
        "While it is late, Riverton owes the company 40 m yuan a year. "
        "While it is late, the company is not bound by headquarters."
    )


@pytest.mark.parametrize(
    ("old", "new", "cause", "fix"),
    [
        ("penalty: 40 per year", "penalty: 40", "not_per_year", "40 per year"),
        ("suspends: [headquarters]", "suspends: [headquarter]", "no_such_covenant", "did you mean headquarters?"),
    ],
)
def test_what_is_wrong_with_a_promise_is_named_with_its_place_and_mend(old, new, cause, fix):
    found = read_sheet(document(text(BODY.replace(old, new))))
    (problem,) = [p for p in found.problems if p.severity == "error"]
    assert problem.cause.id == f"terms.sheet.{cause}"
    assert fix in said(problem)


# One slip, one problem


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("holders: {city: 20%}", "holders: {citty: 20%}", "no_such_holder"),
        ("type: equity", "type: equty", "not_choice"),
        ("type: put", "type: putt", "not_choice"),
        ("amount: {city: 200}", "amount: {cty: 200}", "no_such_holder"),
        ("share: 20%", "share: 20.%%", "not_ratio"),
    ],
)
def test_one_slip_is_one_problem(old, new, cause):
    assert BODY.count(old) == 1
    found = read_sheet(document(text(BODY.replace(old, new))))
    assert [p.cause.id for p in found.problems if p.severity == "error"] == [f"terms.sheet.{cause}"]


def test_more_events_than_have_random_numbers_are_refused():
    events = "events:\n" + "".join(f"  e{n}: {{due: 2024-06-30, probability: 50%}}\n" for n in range(129))
    found = read_sheet(document(text(BODY + events)))
    assert [p.cause.id for p in found.problems] == ["terms.sheet.too_many_events"]
    assert read_sheet(document(text(BODY + events[: events.index("  e127")]))).problems == ()


@pytest.mark.parametrize("most", [20, pytest.param(MOST_DRAWN, marks=pytest.mark.prove)])
def test_no_more_values_are_drawn_than_have_random_numbers(monkeypatch, most):
    monkeypatch.setattr("guanzi.deal.terms.validation.MOST_DRAWN", most)
    monkeypatch.setattr("guanzi.deal.terms.reading.MOST_CLAUSES", 2_000)
    bracket = "{unknown: {low: 1, high: 2, note: judgement}}"
    grants = "".join(
        f"  g{n}: {{name: g{n}, type: grant, from: city, amount: {bracket}, start: 2024-06-30}}\n"
        for n in range(most + 1)
    )
    found = read_sheet(document(text("incentives:\n" + grants)))
    assert [p.cause.id for p in found.problems] == ["terms.sheet.too_many_unknown"]
