"""Every company model keeps the promises on which composing, running and appraising rely."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.machine.test_machine import both
from tests.engine.simulation.examples import POLICY, company, known, sheet
from tests.sampling import examples
from tests.strategies import sheets
from tests.test_messages import sentences

from guanzi.deal.program import Emitter
from guanzi.deal.terms.vocabulary import OBSERVABLES
from guanzi.engine.company import MODELS, Distribution, Streams
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation import simulate
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.run import ThreadRecords, run_leaf

each_model = pytest.mark.parametrize("kind", MODELS.values(), ids=MODELS.keys())
SHEETS = sheets(tuple(sorted(frozenset.intersection(*(company(id).provides() for id in MODELS))))).map(
    lambda terms: replace(terms, step=3)
)
"""Random term sheets on the grid of quarters, over the observables that all models provide."""


@each_model
def test_a_model_is_found_by_its_own_id_and_its_version_begins_with_it(kind):
    assert MODELS[kind.ID] is kind
    assert kind.VERSION.startswith(f"{kind.ID}/")


@each_model
def test_every_parameter_has_a_unit_and_a_meaning_in_words(kind):
    assert tuple(kind.UNITS) == kind.PARAMETERS == tuple(kind.MEANINGS)
    assert all(kind.UNITS.values())
    assert set(kind.MEANINGS.values()) <= set(sentences())


@each_model
def test_a_missing_and_an_unknown_parameter_are_refused(kind):
    with pytest.raises(ValueError, match="parameters missing"):
        kind({})


@each_model
def test_what_a_model_provides_are_words_of_the_condition_language(kind):
    provided = company(kind.ID).provides()
    assert provided <= set(OBSERVABLES)
    assert {"units", "revenue", "gross_margin", "cash", "capacity_local", "solvent"} <= provided


@each_model
@given(terms=SHEETS, seed=st.integers(0, 2**32))
@settings(max_examples=examples(8), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_both_back_ends_agree_exactly_and_conserve_cash(kind, terms, seed):
    policy = replace(POLICY, payers=terms.public[:1])
    both(assemble(compose(terms, company(kind.ID), policy)), seed=seed, paths=3)


@pytest.mark.prove
@each_model
@given(terms=SHEETS)
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_three_hundred_term_sheets_agree_on_sixteen_paths_each(kind, terms):
    policy = replace(POLICY, payers=terms.public[:1])
    both(assemble(compose(terms, company(kind.ID), policy)), seed=1, paths=16)


@each_model
def test_a_company_that_failed_moves_no_money_of_its_own_afterwards(kind):
    program = assemble(compose(sheet(), company(kind.ID), POLICY))
    failed = 0
    for path in range(examples(60, 3)):
        result = run_path(program, 1, path, trace=True)
        ends = {w: result.outputs[program.outputs.index(f"{w}.failed_step")] for w in ("with", "without")}
        for w, end in ends.items():
            if end < 0:
                continue
            failed += 1
            accounts = {f"acct.company.{w}", f"acct.world.{w}", f"acct.market.{w}"}
            late = [x for x in result.trace if x.what == "pays" and x.step > end and x.subject in accounts]
            assert [x for x in late if x.amount != 0.0] == []
    assert failed > 0


@each_model
def test_a_company_fails_only_when_it_cannot_pay_or_by_its_hazards(kind):
    rich: dict[str, Distribution] = {"cash": known(1e9), "other_failure": known(0.0)}
    if kind.ID == "pre-revenue-deep-tech":
        rich |= {f"{stage}_fails": known(0.0) for stage in ("design", "basis", "testing", "production")}
    result = simulate(sheet(), company(kind.ID, Streams(), **rich), POLICY, paths=512)
    assert result.shares["company.failed"][0] == 0
    nothing = {"cash": known(0.0), "equity": known(1.0), "takeover": known(0.0), "exchange": known(0.0)}
    poor = simulate(sheet(), company(kind.ID, Streams(), **nothing), POLICY, paths=512)
    assert poor.shares["company.failed_without"][0] > 256


@each_model
def test_the_funding_window_of_a_hot_market_keeps_more_companies_alive(kind):
    scarce: dict[str, Distribution] = {"regime_window": known(0.9), "hot_ends": known(0.0), "cold_ends": known(0.0)}
    hot, cold = (
        simulate(sheet(), company(kind.ID, Streams(), hot_at_start=known(share), **scarce), POLICY, paths=2048).shares
        for share in (1.0, 0.0)
    )
    assert hot["company.failed_5y_without"][0] < cold["company.failed_5y_without"][0]


@each_model
def test_two_companies_of_a_track_share_its_market_and_nothing_else(kind):
    def draws(streams):
        e = Emitter(streams.own)
        company(kind.ID, streams).declare(e)
        company(kind.ID, streams).market(e, 0)
        e.end_step()
        return {x.out: e.program.constants[x.constants[0]] for x in e.program.steps[0] if x.op in ("NORMAL", "UNIFORM")}

    a, b, elsewhere = (draws(Streams(*names)) for names in (("a", "cars"), ("b", "cars"), ("a", "chips")))
    same = {slot for slot in a if a[slot] == b[slot]}
    assert {"t.sector", "t.second", "t.luck"} <= same
    own = {slot for slot in a if slot.startswith("luck.")}
    assert len(own) >= 11
    assert own.isdisjoint(same)
    assert {slot for slot in a if a[slot] != elsewhere[slot]} == same
    assert all(0 <= stream < 2**31 for stream in a.values())


@each_model
def test_the_shared_market_makes_companies_of_a_track_fail_together(kind):
    harsh: dict[str, Distribution] = {
        "regime_window": known(0.9),
        "hot_at_start": known(0.5),
        "hot_ends": known(0.02),
        "cold_ends": known(0.02),
        "round_shut": known(0.05),
        "sector_part": known(0.8),
        "growth_part": known(0.1),
    }
    if kind.ID == "pre-revenue-deep-tech":
        harsh |= {f"{stage}_fails": known(0.0) for stage in ("design", "basis", "testing", "production")}

    def failures(*names):
        program = assemble(compose(sheet(), company(kind.ID, Streams(*names), **harsh), POLICY))
        out = run_leaf(program, ThreadRecords(program), 1, 0, 2048)
        return out[program.outputs.index("without.failed_step")] >= 0.0

    base = failures("a", "track")
    together = float(np.corrcoef(base, failures("b", "track"))[0, 1])
    apart = float(np.corrcoef(base, failures("b", "another"))[0, 1])
    assert together > 0.1
    assert abs(apart) < 0.08
