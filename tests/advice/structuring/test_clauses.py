"""Two term sheets laid side by side, clause by clause."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from tests.deal.terms.sheets import DEAL, EXAMPLE, document
from tests.sampling import examples
from tests.strategies import sheets

from guanzi.advice.structuring import compare_clauses
from guanzi.advice.structuring.termpaths import same, term_paths
from guanzi.base.core import render
from guanzi.deal.terms import parse_sheet


def change(old: str, new: str, text: str = DEAL):
    assert text.count(old) == 1
    return compare_clauses(sheet(text), sheet(text.replace(old, new)))


def sheet(text: str):
    return parse_sheet(document(text))


@given(sheets(steps=("quarter", "month")))
@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
def test_no_clause_of_a_sheet_differs_from_itself(drawn):
    assert compare_clauses(drawn, drawn) == ()


@given(sheets(), sheets())
@settings(max_examples=examples(15), suppress_health_check=list(HealthCheck))
def test_the_way_back_is_the_mirror_of_the_way_there(a, b):
    there, back = compare_clauses(a, b), compare_clauses(b, a)
    mirror = {"added": "removed", "removed": "added", "changed": "changed"}
    assert {(c.id, c.kind) for c in there} == {(c.id, mirror[c.kind]) for c in back}
    old = {(v.path, repr(v.before), repr(v.after)) for c in there for v in c.values}
    assert old == {(v.path, repr(v.after), repr(v.before)) for c in back for v in c.values}


def test_an_amount_that_grew_is_one_changed_clause_with_its_old_and_new_value():
    (found,) = change("amount: {city: 600, province: 300}", "amount: {city: 750, province: 300}")
    assert (found.id, found.kind) == ("stake.t1", "changed")
    assert [(v.path, v.before, v.after) for v in found.values] == [("stake.t1.amount.city", 600.0, 750.0)]
    assert render(found.values[0].message) == "`stake.t1.amount.city`: 600 → 750"


def test_a_condition_that_is_only_spaced_anew_is_the_same():
    assert change("tier('plant')\", expires", "tier( 'plant' )\", expires") == ()


def test_a_rate_is_said_as_a_percentage_and_a_day_as_a_day():
    (put,) = change("price: {rate: 8.5%, basis: unknown}", "price: {rate: 9.25%, basis: unknown}")
    assert render(put.values[0].message) == "`put.rate`: 8.5 % → 9.3 %"
    (tranche,) = change("expires: 2025-12-31", "expires: 2026-06-30")
    assert render(tranche.values[0].message) == "`stake.t2.expires`: 31 December 2025 → 30 June 2026"


def test_a_value_that_becomes_known_is_said_so():
    (found,) = change("{unknown: {low: 200, high: 400, note: press}}", "300")
    assert render(found.values[0].message) == "`stake.t3.amount.province`: unknown, between 200 and 400 → 300"
    assert "介于200与400之间" in render(found.values[0].message, "zh")


def test_an_instalment_that_goes_is_removed_and_one_that_comes_is_added():
    line = next(x for x in DEAL.splitlines(keepends=True) if "{id: t3" in x)
    there = change(line, "")
    assert ("stake.t3", "removed") in {(c.id, c.kind) for c in there}
    back = compare_clauses(sheet(DEAL.replace(line, "")), sheet(DEAL))
    assert ("stake.t3", "added") in {(c.id, c.kind) for c in back}


def test_where_a_clause_stands_in_the_text_is_no_difference():
    assert compare_clauses(sheet(DEAL), sheet("# a remark\n\n" + DEAL)) == ()


def test_every_value_of_the_large_example_belongs_to_a_clause():
    """A change of any single number is found, and found at one clause."""
    base = sheet(EXAMPLE.read_text("utf-8"))
    paths = term_paths(base)
    assert len(paths) > 60
    assert all(same(v, v) for v in paths.values())


@pytest.mark.parametrize(("field", "value"), [("signed", date(2024, 4, 1)), ("horizon", 8), ("currency", "EUR")])
def test_what_concerns_the_whole_deal_is_told_of_the_deal(field, value):
    base = sheet(DEAL)
    found = compare_clauses(base, replace(base, **{field: value}))
    deal = next(c for c in found if c.id == "deal")
    assert f"deal.{field}" in {v.path for v in deal.values}
