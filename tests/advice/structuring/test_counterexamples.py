"""A counterexample is a path that really happens: its money is that of the simulation, and its fix really fixes."""

import numpy as np
import pytest
from tests.sampling import examples

from guanzi.advice.appraisal import generic_model, policy_of
from guanzi.advice.structuring import DealSetting, counterexamples, fix_sheet, make_simulable, runs
from guanzi.advice.structuring.fixes import FIXES
from guanzi.advice.structuring.story import MOST, tell_story
from guanzi.base.core import catalogue_languages, render
from guanzi.deal.lint import RULES, example, lint, whole_sheet
from guanzi.deal.terms import explain, parse_sheet
from guanzi.engine.simulation import Sampler, trace
from guanzi.record.playbooks import load_playbook

PATHS = 256

DEAL = """\
instruments:
  stake:
    type: equity
    issuer: company
    share: 30%
    tranches:
      - {id: t1, amount: 400, due: 2024-06-30}
      - {id: t2, amount: 400, due: 2025-03-31}
  put:
    type: put
    on: stake
    obligors: [company]
    price: {rate: 8%, basis: compound}
    when: "(months_since('t1') > 24 and not listed) or control_changed"
covenants:
  headquarters: {require: hq_local, from: 2025-06-30}
tiers:
  - {id: headquarters, when: hq_local, proof: lease}
incentives:
  support: {type: guarantee, from: city, share: 100%, limit: 500}
  site: {type: land, from: city, value: 400, discount: 50%, due: 2024-06-30}
promises:
  road: {from: city, what: a road to the site, due: 2025-06-30, probability: 60%, cost: 20}
"""


@pytest.fixture(scope="module")
def deal():
    return parse_sheet(whole_sheet("deal.yaml", DEAL))


@pytest.fixture(scope="module")
def policy(deal):
    return policy_of(load_playbook("hefei"), deal.public[0])


@pytest.fixture(scope="module")
def found(deal, policy):
    return counterexamples(DealSetting(deal, generic_model(deal), policy), lint(deal), paths=PATHS, seed=7)


def test_flaws_that_cost_money_have_a_counterexample(found):
    codes = {one.diagnostic.code for one in found}
    assert {"GZ101", "GZ201", "GZ212", "GZ506"} <= codes


def test_the_cost_is_the_difference_of_the_losses_of_both_deals_on_that_path(found, deal, policy):
    sampler = Sampler(("public.npv", "with.failed_step"), paths=PATHS, seed=7)
    model = generic_model(deal)
    drawn = sampler.draw(deal, model, policy)
    base, failed = drawn["public.npv"], drawn["with.failed_step"] >= 0
    one = next(c for c in found if c.diagnostic.code == "GZ201")
    sheet = fix_sheet(deal, one.diagnostic)
    assert sheet is not None
    better = sampler.draw(sheet, model, policy)["public.npv"]
    cost = np.minimum(better, 0.0) - np.minimum(base, 0.0)
    assert one.cost == cost[failed].max() == cost[one.path]
    assert one.mean == pytest.approx((better - base).mean())
    assert one.se == pytest.approx((better - base).std(ddof=1) / PATHS**0.5)
    assert one.share == (cost > 1e-9).mean()


def test_no_path_costs_more_than_the_public_side_could_lose(found):
    for one in found:
        assert 0.0 < one.cost <= 400 + 400 + 500 + 200 + 20
        assert 0.0 < one.share <= 1.0


def test_the_money_of_the_story_is_that_of_the_path(found, deal, policy):
    names = ("fund.paid", "fund.returned", "budget.spent", "budget.clawed")
    drawn = Sampler(names, paths=PATHS, seed=7).draw(deal, generic_model(deal), policy)
    for one in found:
        end = dict(one.lines[-1].params)
        paid, returned, spent, clawed = (float(drawn[name][one.path]) for name in names)
        assert end["paid"] == pytest.approx(paid + spent)
        assert end["back"] == pytest.approx(returned + clawed)


def test_a_story_has_at_most_twelve_lines_and_says_which_path_it_is(found):
    for one in found:
        assert len(one.lines) <= MOST
        for lang in catalogue_languages():
            told = [render(line, lang) for line in one.lines]
            assert str(one.path) in told[0]
            assert all(told)


def test_a_path_is_replayed_by_its_number(found, deal, policy):
    one = found[0]
    entries = trace(deal, generic_model(deal), policy, seed=one.seed, path=one.path)
    assert tell_story(deal, entries, path=one.path, seed=one.seed, saved=one.cost) == one.lines


@pytest.mark.prove
def test_threads_do_not_change_what_is_found(found, deal, policy):
    again = counterexamples(DealSetting(deal, generic_model(deal), policy), lint(deal), paths=PATHS, seed=7, threads=1)
    assert again == found


def test_a_long_story_keeps_what_weighs_most(deal, policy):
    model = generic_model(deal)
    for path in range(examples(20, 4)):
        entries = trace(deal, model, policy, seed=3, path=path)
        lines = tell_story(deal, entries, path=path, seed=3, saved=0.0, stood_for=("jobs_local",))
        assert len(lines) <= MOST
        failed = any(e.subject == "with.solvent" and e.what == "ends" for e in entries)
        assert failed == any("fails" in render(line) for line in lines)


def test_nothing_to_mend_costs_no_simulation(deal, policy):
    assert runs(deal, []) == 0
    assert counterexamples(DealSetting(deal, generic_model(deal), policy), [], paths=PATHS) == ()


def test_the_plant_stands_for_what_the_model_does_not_compute(policy):
    text = DEAL.replace("when: hq_local, proof: lease", 'when: "tax_local >= 30 and hq_local", proof: assessment')
    sheet = parse_sheet(whole_sheet("deal.yaml", text))
    seen, names = make_simulable(sheet, generic_model(sheet))
    assert names == ("tax_local",)
    dear = [flaw for flaw in lint(sheet) if flaw.code == "GZ201"]
    (one,) = counterexamples(DealSetting(sheet, generic_model(sheet), policy), dear, paths=64, seed=7)
    assert "tax_local" in render(one.lines[1])
    assert [t.id for t in seen.tiers] == ["headquarters"]


# -- fixes -------------------------------------------------------------------------------------------------------

SMALLER = {"GZ111"}  # the fix adds another tier; the amount stays larger than what leaving costs


@pytest.mark.parametrize("code", sorted(FIXES))
def test_the_mended_example_is_no_longer_found_fault_with(code):
    shown = example(code)
    sheet = parse_sheet(shown.bad_sheet)
    diagnostic = next(d for d in lint(sheet, shown.context) if d.code == code)
    better = fix_sheet(sheet, diagnostic)
    assert better is not None
    assert better != sheet
    left = [d for d in lint(better, shown.context) if (d.code, d.clause) == (code, diagnostic.clause)]
    assert code in SMALLER or left == []


@pytest.mark.parametrize("code", sorted(FIXES))
def test_a_mended_deal_can_be_explained(code):
    shown = example(code)
    sheet = parse_sheet(shown.bad_sheet)
    better = fix_sheet(sheet, next(d for d in lint(sheet, shown.context) if d.code == code))
    assert better is not None
    assert [render(clause.message) for clause in explain(better)]


def test_every_mend_belongs_to_a_rule():
    assert set(FIXES) <= {rule.code for rule in RULES}


def test_what_only_knowledge_can_mend_has_no_mended_deal(deal):
    shown = example("GZ801")
    sheet = parse_sheet(shown.bad_sheet)
    assert fix_sheet(sheet, next(d for d in lint(sheet) if d.code == "GZ801")) is None
