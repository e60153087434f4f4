"""Tiered binding: the same sum, in parts that wait for steps; what waits already is left alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.simulation.examples import POLICY, model
from tests.sampling import examples
from tests.strategies import sheets

from guanzi.advice.appraisal import prepare, public_money
from guanzi.advice.structuring import bind_to_tiers, make_simulable
from guanzi.deal.program import CompanySlots, Emitter
from guanzi.deal.terms import Call, Equity, Grant, Put
from guanzi.engine.company.models.firm import Firm
from guanzi.engine.simulation import simulate
from guanzi.record.evidence import builtin_cases, find_case, load_case
from guanzi.record.playbooks import load_playbook

HEFEI = load_playbook("hefei")


def deal_of(name):
    found = prepare(load_case(find_case(name)), None, HEFEI)
    return found.sheet, found.model


@pytest.fixture(scope="module")
def bound():
    """Every deal of the library that is simulated, bound to steps."""
    found = {name: deal_of(name) for name in builtin_cases()}
    bound = {name: bind_to_tiers(sheet, model) for name, (sheet, model) in found.items() if model is not None}
    assert len(bound) > 3
    return bound


def test_the_sum_and_everything_but_the_timing_stay_the_same(bound):
    for name, deal in bound.items():
        assert public_money(deal.bound) == pytest.approx(public_money(deal.signed)), name
        assert (deal.bound.of(Put), deal.bound.of(Call), deal.bound.covenants) == (
            deal.signed.of(Put), deal.signed.of(Call), deal.signed.covenants,
        ), name  # fmt: skip
        assert deal.bound.parties == deal.signed.parties, name


def test_a_deal_that_is_bound_again_is_the_same_deal(bound):
    for name, deal in bound.items():
        assert bind_to_tiers(*deal_of(name)) == deal, name


def test_only_the_first_payment_of_each_kind_is_free_of_a_step(bound):
    steps = {f"bound-{n}" for n in (1, 2, 3)}
    for name, deal in bound.items():
        waiting = [x.condition for e in deal.bound.of(Equity) for x in e.tranches if x.id not in deal.kept]
        free = sum(c is None or not any(step in c.text for step in steps) for c in waiting)
        assert free <= len(deal.bound.of(Equity)), name
        for grant in deal.bound.of(Grant):
            if grant.id not in deal.kept and grant.id not in deal.changed:
                assert any(step in grant.condition.text for step in steps), (name, grant.id)


@given(sheets(tuple(sorted(model().provides()))))
@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck), deadline=None)
def test_any_deal_keeps_its_sum_and_each_payment_is_bound_or_kept(drawn):
    deal = bind_to_tiers(drawn, model())
    assert public_money(deal.bound) == pytest.approx(public_money(deal.signed))
    assert not set(deal.changed) & set(deal.kept)
    grants = {g.id for g in deal.signed.of(Grant)}
    assert grants <= {*deal.changed, *deal.kept}


@given(sheets(tuple(sorted(model().provides()))).filter(lambda s: s.moves_money))
@settings(max_examples=examples(8), suppress_health_check=list(HealthCheck), deadline=None)
def test_the_tiered_form_of_any_deal_can_be_simulated(drawn):
    deal = bind_to_tiers(make_simulable(drawn, model())[0], model())
    policy = replace(POLICY, payers=drawn.public[:1])
    assert simulate(replace(deal.bound, step=3), model(), policy, paths=64).paths == 64


@dataclass(frozen=True)
class Waterworks(Firm):
    """A company of a kind of which nobody said what binds it."""

    UNITS: ClassVar[Mapping[str, str]] = {}

    def move(self, e: Emitter, w: str, slots: CompanySlots, t: int, bound: str | None) -> None:
        """It stands still."""


def test_a_company_of_any_other_kind_is_bound_by_its_plant():
    deal = bind_to_tiers(deal_of("evergrande-guangzhou-2019")[0], Waterworks({}))
    assert public_money(deal.bound) == pytest.approx(public_money(deal.signed))
    assert {tier.when.text for tier in deal.bound.tiers if tier.id.startswith("bound-")} == {"plant_local"}


def test_a_single_grant_becomes_four_parts_a_year_apart():
    deal = bind_to_tiers(*deal_of("evergrande-guangzhou-2019"))
    assert [g.start.year for g in deal.bound.of(Grant)] == [2019, 2020, 2021, 2022]
    assert {g.amount for g in deal.bound.of(Grant)} == {1450.0 / 4}


def test_a_deal_whose_money_waits_for_the_company_is_left_alone():
    deal = bind_to_tiers(*deal_of("britishvolt-blyth-2022"))
    assert deal.changed == ()
    assert deal.bound == deal.signed


def test_a_guarantee_cannot_be_bound():
    deal = bind_to_tiers(*deal_of("solyndra-fremont-2009"))
    assert deal.changed == ()
    assert deal.kept == ("guarantee",)
