"""Jobs and taxes of the region on every path: what is added up stays added up, and the priors do what they say."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.simulation.examples import POLICY, model, sheet
from tests.sampling import examples

from guanzi.engine.company import Distribution, Effects, Taxes
from guanzi.engine.company.effects import TAX_BASES
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation import simulate
from guanzi.engine.simulation.compose import compose


def triangle(*values):
    return Distribution("triangular", values)


def known(value):
    return Distribution("fixed", (value,))


TAXES = Taxes(
    parts=(("value_added", 0.0, 0.5), ("profit", 0.1, 0.4), ("wages", 0.4, 0.4), ("property", 0.0, 1.0)),
    vat_load=triangle(0.0, 0.02, 0.05),
    vat_plant=triangle(0.2, 0.5, 0.8),
    taxable=triangle(0.4, 0.7, 0.9),
    income_tax=triangle(0.15, 0.15, 0.25),
    profit_head_office=triangle(0.25, 0.5, 1.0),
    profit_plant=triangle(0.0, 0.25, 0.5),
    wage_tax=triangle(0.0, 0.02, 0.08),
    property_tax=triangle(0.0, 0.01, 0.03),
)
EFFECTS = Effects(triangle(0.02, 0.105, 0.25), triangle(0.0, 0.0, 0.5), triangle(0.06, 0.08, 0.15), TAXES)


ALWAYS = replace(EFFECTS, but_for=known(1.0), displacement=None)
BARE, LESS = replace(EFFECTS, displacement=None), replace(EFFECTS, displacement=known(0.25))


@cache
def program(effects=EFFECTS):
    return assemble(compose(sheet(), model(), replace(POLICY, effects=effects)))


@cache
def years():
    return sorted({int(n.rpartition(".")[2]) for n in program().outputs if n.startswith("with.jobs_year.")})


def outputs(path, effects=EFFECTS):
    assembled = program(effects)
    found = run_path(assembled, 1, path).outputs
    return {name: found[row] for row, name in enumerate(assembled.outputs)}


paths = st.integers(0, 10_000)


@settings(max_examples=examples(30), deadline=None)
@given(paths)
def test_what_is_additional_is_with_less_without_in_every_year_of_every_path(path):
    found = outputs(path)
    for name in ("jobs", "payroll", "tax"):
        for year in years():
            gap = found[f"with.{name}_year.{year}"] - found[f"without.{name}_year.{year}"]
            assert found[f"gap.{name}_year.{year}"] == pytest.approx(gap, rel=1e-12, abs=1e-9)


@settings(max_examples=examples(30), deadline=None)
@given(paths)
def test_taxes_are_the_sum_of_what_brings_them_and_stand_once_in_each_account(path):
    found = outputs(path)
    tiers = sum(found[f"net.tax.{tier}"] for tier in TAX_BASES)
    assert found["net.tax"] == pytest.approx(tiers, rel=1e-9, abs=1e-9)
    assert found["account.budget"] == pytest.approx(found["budget.npv"] + found["net.tax"])
    assert found["account.public"] == pytest.approx(found["public.npv"] + found["net.tax"])


@settings(max_examples=examples(20), deadline=None)
@given(paths)
def test_a_deal_that_always_tips_and_displaces_nothing_is_due_all_that_is_one_world_s_or_beyond_the_start(path):
    whole = outputs(path, ALWAYS)
    for name in ("units", "jobs", "tax"):
        due = whole[f"one.{name}"] + whole[f"both.{name}"]
        assert whole[f"net.{name}"] == pytest.approx(due, rel=1e-9, abs=1e-6)


@settings(max_examples=examples(20), deadline=None)
@given(paths)
def test_displacement_takes_its_part_of_everything_and_leaves_the_rest(path):
    bare, less = outputs(path, BARE), outputs(path, LESS)
    for name in ("net.jobs", "net.units", "net.tax", *(f"net.tax.{tier}" for tier in TAX_BASES)):
        assert less[name] == pytest.approx(0.75 * bare[name], rel=1e-9, abs=1e-6)


def test_what_is_drawn_for_the_region_moves_no_figure_of_money():
    with_them = simulate(sheet(), model(), replace(POLICY, effects=EFFECTS), paths=600)
    without = simulate(sheet(), model(), POLICY, paths=600)
    for name, summary in without.scalars.items():
        assert with_them.scalars[name] == summary, name


def test_jobs_that_no_fact_stands_behind_are_not_recorded_and_neither_is_their_tax():
    assembled = program(replace(EFFECTS, jobs=False))
    assert not [n for n in assembled.outputs if "jobs" in n or "payroll" in n or n == "net.tax.wages"]
    assert "net.tax.plant" in assembled.outputs


def test_without_rules_of_tax_no_tax_and_no_account_with_tax_is_put_out():
    assembled = program(replace(EFFECTS, taxes=None))
    assert not [n for n in assembled.outputs if "tax" in n or n.startswith("account.")]
    assert f"with.payroll_year.{years()[0]}" in assembled.outputs


def test_property_tax_is_put_out_only_where_there_is_one():
    assembled = program(replace(EFFECTS, taxes=replace(TAXES, property_tax=None)))
    assert "net.tax.property" in program().outputs
    assert "net.tax.property" not in assembled.outputs


@settings(max_examples=examples(10), deadline=None)
@given(paths)
def test_property_tax_follows_its_rate(path):
    tax = {rate: known(rate) for rate in (0.01, 0.02)}
    once, twice = (outputs(path, replace(EFFECTS, taxes=replace(TAXES, property_tax=rate))) for rate in tax.values())
    assert twice["net.tax.property"] == pytest.approx(2 * once["net.tax.property"], rel=1e-9, abs=1e-9)


def test_losses_of_earlier_years_come_off_profit_first():
    kept = simulate(sheet(), model(), replace(POLICY, effects=EFFECTS), paths=400)
    taxes = replace(TAXES, losses=1e9)
    carried = simulate(sheet(), model(), replace(POLICY, effects=replace(EFFECTS, taxes=taxes)), paths=400)
    assert carried.scalars["net.tax.headquarters"].mean == 0.0
    assert kept.scalars["net.tax.headquarters"].mean != 0.0
