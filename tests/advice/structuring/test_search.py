"""The search: toy deals whose optimum is known, limits that are kept, and a draft that cannot be bettered."""

from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.deal.terms.sheets import DEAL, document
from tests.engine.simulation.examples import POLICY, model

from guanzi.advice.structuring import (
    DealSetting,
    Draft,
    Sought,
    figures,
    free_terms,
    outofsample,
    parse_limits,
    search,
)
from guanzi.advice.structuring.limits import MeasureLimit
from guanzi.advice.structuring.linear import Linear
from guanzi.advice.structuring.measures import BY_ID, tail
from guanzi.advice.structuring.objectives import Objective, best
from guanzi.advice.structuring.optimum import optimum
from guanzi.advice.structuring.outofsample import TAIL, VALUE
from guanzi.advice.structuring.search import PARTICIPATION
from guanzi.advice.structuring.trials import Programs, Trials
from guanzi.base.core import InvalidInput
from guanzi.deal.terms import parse_sheet
from guanzi.engine.simulation.programs import clear

MEASURES = (VALUE, TAIL, *PARTICIPATION)


SHORT = DEAL.replace("horizon: 10 years", "horizon: 5 years")


def draft(*free: str, text: str = SHORT) -> Draft:
    written = document(text)
    setting = DealSetting(parse_sheet(written), model(), replace(POLICY, payers=("city",)))
    return Draft(written, setting, free_terms(figures(written), free))


def trials(deal: Draft, paths: int = 1024, seed: int = 1) -> Trials:
    return Trials(Programs(deal), MEASURES, paths=paths, seed=seed, threads=1)


def participation(t: Trials) -> tuple[MeasureLimit, ...]:
    return tuple(MeasureLimit(m, False, t.own.means[m.id], "draft") for m in PARTICIPATION)


UNASKED = parse_limits(["survival>=0%", "company.survival_5y>=0%", "holders.npv>=-100000"])
"""Nobody else must agree."""
NUMBERS = ("stake.share", "stake.t2.amount", "put.price.rate", "put.when:60", "call.portion", "stake.t1.amount.city")


def test_exchanged_constants_give_what_the_text_of_the_variant_gives():
    deal = draft(*NUMBERS)
    programs = Programs(deal)
    generator = np.random.default_rng(3)
    for _ in range(4):
        key = tuple(int(generator.integers(len(t.options))) for t in deal.terms)
        fast = programs.program(key)
        clear()  # as other programs between do: what is kept is bounded, and what is made anew is the same
        slow = programs.compose_text(key)
        assert np.array_equal(fast.code, slow.code)
        assert fast.constants == pytest.approx(slow.constants, rel=1e-8, abs=1e-8)


def test_terms_that_multiply_one_another_are_composed_anew():
    deal = draft("stake.t2.amount", "stake.split.city=40%..80%")
    programs = Programs(deal)
    key = (0, 0)
    assert programs.program(key).constants == pytest.approx(programs.compose_text(key).constants)


def test_days_and_words_have_a_program_of_their_own():
    deal = draft("stake.t1.due=2024-04-15|2025-03-31", "put.price.basis=simple|compound")
    programs = Programs(deal)
    codes = {id(programs.program(key).code) for key in product((0, 1), (0, 1))}
    assert len(codes) >= 2


def test_the_optimum_of_a_small_grid_is_the_one_that_looking_at_all_of_it_finds():
    deal = draft("stake.share=14%..22%/1%", "stake.t2.amount=700|850|1000|1150|1300", "put.price.rate=4%|8.5%|12%")
    everything = trials(deal)
    objective = Objective(
        VALUE, (*participation(everything), MeasureLimit(TAIL, True, everything.own.means[TAIL.id] * 1.02, "level"))
    )
    for key in product(*(range(len(t.options)) for t in deal.terms)):
        everything.trial(key)
    truth = best(everything, objective)
    found = optimum(Linear(trials(deal)), objective, evaluations=120, seed=1)
    assert truth is not None
    assert found is not None
    assert objective.cost(found) == pytest.approx(objective.cost(truth), rel=1e-9)


def test_without_the_other_side_the_harshest_terms_win():
    """What nobody else must agree to is known in closed form: the most share for the least money."""
    deal = draft("stake.share", "stake.t2.amount")
    found = optimum(Linear(trials(deal)), Objective(VALUE, ()), evaluations=60, seed=1)
    share, money = (t.options[i] for t, i in zip(deal.terms, found.key, strict=True))
    assert share == max(deal.terms[0].options)
    assert money == min(deal.terms[1].options)


@pytest.mark.prove
def test_every_variant_that_is_shown_keeps_every_limit():
    deal = draft(*NUMBERS)
    found = search(deal, Sought(parse_limits(["fund.paid<=1250"])), paths=512, evaluations=150, seed=2, threads=1)
    assert found.frontier
    for point in (*found.frontier, *filter(None, (found.suggestion,))):
        by_id = {p.measure.id: p for p in point.results}
        assert all(by_id[m.id].difference.mean >= 0.0 for m in PARTICIPATION)
        assert by_id["fund.paid"].after.mean <= 1250


def test_a_draft_that_cannot_be_bettered_is_left_alone():
    """One share alone: what the public side gains the others lose."""
    found = search(draft("stake.share"), paths=512, evaluations=60, seed=1, threads=1)
    assert found.suggestion is None


def test_a_draft_with_a_plain_waste_is_bettered():
    """The share is the same whatever the second instalment is: what is saved there pays for a smaller first one.

    The first is paid on every path, so that the tail falls with it.
    """
    deal = draft("stake.t1.amount=500..900/100", "stake.t2.amount=500..1000/100")
    everything = trials(deal, paths=512)
    objective = Objective(TAIL, (MeasureLimit(VALUE, False, everything.own.means[VALUE.id], "draft"),))
    for key in product(*(range(len(t.options)) for t in deal.terms)):
        everything.trial(key)
    found = search(deal, Sought(UNASKED), paths=512, evaluations=120, seed=1, threads=1)
    truth, reached = best(everything, objective), everything.trial(found.suggestion.key)
    assert truth is not None
    assert reached is not None
    assert deal.terms[0].options[reached.key[0]] == 500.0
    assert objective.cost(reached) == pytest.approx(objective.cost(truth), abs=found.material)
    assert found.suggestion.pair(TAIL).difference.mean < -200.0
    assert found.suggestion.pair(VALUE).difference.mean > 0.0
    assert found.suggestion.broken == ()


def test_the_price_of_a_limit_that_binds_is_what_the_step_buys():
    """The first instalment is paid on every path, and in the worst futures it is lost.

    So the tail falls by what is not paid, and the least outlay that is asked for costs as much as it is relaxed by.
    """
    deal = draft("stake.t1.amount=500..1300/5")
    limits = (*UNASKED, *parse_limits(["value>=-100000", "fund.paid>=1000"]))
    found = search(deal, Sought(limits), paths=512, evaluations=150, seed=1, threads=1)
    price = next(p for p in found.prices if p.limit.measure.id == "fund.paid")
    assert price.step == 20.0
    assert price.gain.mean == pytest.approx(price.step, abs=3.0 * price.gain.se + 5.0)
    assert price.verdict == "binds"
    others = [p for p in found.prices if p is not price]
    assert {p.verdict for p in others} == {"none"}
    assert all(p.gain.mean == p.gain.se == 0.0 for p in others)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.prove) for seed in (2, 3))])
def test_a_bound_that_is_stated_is_kept_on_draws_that_the_search_has_not_seen(seed):
    """What is paid depends on how often a milestone is reached, so that it differs from sample to sample."""
    deal = draft("stake.t1.amount=500..1300/5")
    limits = (*UNASKED, *parse_limits(["value>=-100000", "fund.paid>=1000"]))
    found = search(deal, Sought(limits), paths=512, evaluations=150, seed=seed, threads=1)
    assert found.suggestion is not None
    assert 1000.0 <= found.suggestion.mean(BY_ID["fund.paid"]) < 1060.0


@pytest.mark.parametrize("goal", ["tail", "value"])
def test_no_price_is_negative(goal):
    found = search(draft(*NUMBERS[:3]), Sought(goal=goal), paths=256, evaluations=80, seed=4, threads=1)
    assert found.prices
    assert all(p.gain.mean >= 0.0 for p in found.prices)
    assert all((p.verdict == "none") == (p.gain.mean == 0.0) for p in found.prices)


def test_what_first_paths_rule_out_all_paths_would_rule_out_too(monkeypatch):
    """The race out of sample leaves out what cannot win: all that is shown is as if every candidate had run whole."""
    deal, sought = draft("stake.t1.amount=500..900/100", "stake.t2.amount=500..1000/100"), Sought(UNASKED)
    sizes = []

    def counted(self, keys):
        found = list(arrays_of(self, keys))
        sizes.extend(len(its[VALUE.id]) for _, its in found)
        yield from found

    arrays_of = Trials.arrays_of
    monkeypatch.setattr(Trials, "arrays_of", counted)
    raced = search(deal, sought, paths=1024, evaluations=60, seed=1, threads=1)
    assert {4096, 8192} <= set(sizes)
    monkeypatch.setattr(outofsample, "FIRST", 1)
    unraced = search(deal, sought, paths=1024, evaluations=60, seed=1, threads=1)
    assert raced.suggestion is not None
    assert (raced.suggestion, raced.frontier, raced.prices) == (unraced.suggestion, unraced.frontier, unraced.prices)


@pytest.fixture
def waste(monkeypatch):
    """A draft two of whose terms cost, step by step, the same on every path: what can be gained is known beforehand.

    The share could be 4 steps higher for 10 each, the instalment 12 steps lower for 5 each; a third term does nothing.
    """
    deal = draft("stake.share=14%..22%/1%", "stake.t2.amount=400..1600/50", "put.price.rate")
    assert [(t.draft, len(t.options)) for t in deal.terms[:2]] == [(4, 9), (12, 25)]

    def arrays_of(self, keys):
        luck = np.random.default_rng(self._sampler.seed).normal(0.0, 300.0, self._sampler.paths)
        for key in keys:
            worth = luck + 10.0 * (key[0] - 4) - 5.0 * (key[1] - 12)
            known = {VALUE: worth, TAIL: tail(-worth), BY_ID["fund.paid"]: np.full(len(luck), 1000.0)}
            yield key, {m.id: known.get(m, np.zeros(len(luck))) for m in self.measures}

    monkeypatch.setattr(Trials, "arrays_of", arrays_of)
    return partial(search, deal, paths=64, evaluations=120, seed=1, threads=1)


@pytest.mark.parametrize("goal", ["tail", "value"])
def test_all_that_a_draft_wastes_is_found_and_no_more(waste, goal):
    found = waste(Sought(goal=goal))
    assert found.suggestion.key[:2] == (8, 0)
    assert found.suggestion.pair(VALUE).difference.mean == pytest.approx(4 * 10.0 + 12 * 5.0)
    assert found.suggestion.pair(TAIL).difference.mean == pytest.approx(-4 * 10.0 - 12 * 5.0)


def test_what_is_less_than_material_is_no_gain(waste):
    assert waste().material == pytest.approx(10.0)  # a hundredth of what is paid
    assert waste(Sought(material=99.99)).suggestion is not None
    assert waste(Sought(material=100.01)).suggestion is None


def test_the_best_are_raced_on_more_paths_within_the_evaluations_allowed():
    found = search(draft("stake.share"), paths=64, evaluations=1000, seed=1, threads=1)
    assert found.race > found.paths
    assert found.evaluations + found.raced * found.race / found.paths <= 1000 + 8 * found.race / found.paths


def test_where_few_evaluations_leave_no_room_for_evolution_all_are_on_more_paths_at_once():
    found = search(draft("stake.share"), paths=64, evaluations=200, seed=1, threads=1)
    assert (found.raced, found.paths) == (0, found.race)
    assert found.race > 64
    assert found.evaluations * found.race / 64 <= 200 + 8 * found.race / 64


def test_a_sample_on_which_nothing_would_be_looked_for_is_not_drawn(monkeypatch):
    sizes, made = [], Trials.__init__

    def noted(self, *args, **kwargs):
        made(self, *args, **kwargs)
        sizes.append(self.paths)

    monkeypatch.setattr(Trials, "__init__", noted)
    found = search(draft("stake.share"), paths=64, evaluations=200, seed=1, threads=1)
    assert set(sizes) == {found.race, found.out_of_sample}
    assert 64 not in sizes


def test_limits_that_no_variant_keeps_together_are_named_with_how_near_they_come():
    deal = draft("stake.t1.amount=500..1300/50")
    found = search(deal, Sought(parse_limits(["fund.paid<=700"])), paths=256, evaluations=60, seed=1, threads=1)
    assert (found.suggestion, found.prices, found.frontier) == (None, (), ())
    paid = next(c for c in found.clashes if c.limit.measure.id == "fund.paid")
    assert paid.reached.mean > 700.0


def test_where_the_draft_breaks_what_is_asked_for_the_best_that_keeps_it_is_suggested():
    deal = draft("stake.t1.amount=500..1300/50")
    limits = (*UNASKED, *parse_limits(["value>=-100000", "fund.paid>=1250"]))
    found = search(deal, Sought(limits), paths=256, evaluations=60, seed=1, threads=1)
    assert found.repaired
    assert found.suggestion is not None
    assert found.suggestion.pair(TAIL).difference.mean > 0.0
    assert 1250.0 <= found.suggestion.mean(BY_ID["fund.paid"]) < 1310.0


@pytest.mark.prove
def test_the_same_question_has_the_same_answer_for_any_number_of_threads():
    deal = draft(*NUMBERS[:3])
    a, b = (search(deal, paths=4500, evaluations=40, seed=5, threads=n) for n in (1, 2))
    assert a.frontier == b.frontier
    assert a.prices == b.prices
    assert a.suggestion == b.suggestion


def test_too_many_days_at_once_are_refused():
    with pytest.raises(InvalidInput) as refused:
        Programs(draft("stake.t1.due=2024-03-15..2030-12-31", "stake.t2.due=2024-03-15..2030-12-31"))
    assert refused.value.problems[0].cause.id == "structuring.search.programs"


def test_two_terms_that_are_one_passage_are_refused():
    with pytest.raises(InvalidInput) as refused:
        Programs(draft("stake.share", "stake.holders.city"))
    assert refused.value.problems[0].cause.id == "structuring.search.overlap"


def test_a_variant_that_is_no_term_sheet_is_passed_over():
    """An instalment that lapses before it is due is no deal."""
    deal = draft("stake.t2.due=2024-12-31|2026-06-30", "stake.t2.amount=800|1000")
    t = trials(deal, paths=64)
    assert t.trial((1, 1)) is None
    assert t.trial((0, 0)) is not None
    assert best(t, Objective(VALUE, participation(t))) is not None


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("cvar<5", "shape"),
        ("cvar", "shape"),
        ("cvra<=5", "no_such"),
        ("xyz>=1", "no_such"),
        ("survival>=13", "no_ratio"),
        ("survival>=-1%", "no_ratio"),
        ("cvar<=5000 cvar>=6000", "contradict"),
        ("value>=10 public.npv<=9", "contradict"),
        ("cvar<=5000 cvar<=6000", "twice"),
    ],
)
def test_what_is_no_limit_is_refused(text, id):
    with pytest.raises(InvalidInput) as refused:
        parse_limits(text.split())
    assert refused.value.problems[0].cause.id == f"structuring.limit.{id}"


def test_limits_have_short_names_and_percentages():
    cvar, survival = parse_limits(["cvar <= 5_000", "company.survival>=12.5%"])
    assert (cvar.measure, cvar.most, cvar.bound) == (BY_ID["public.cvar"], True, 5000.0)
    assert (survival.measure, survival.most, survival.bound) == (BY_ID["company.survival"], False, 0.125)


@given(st.sampled_from(sorted(BY_ID)), st.booleans(), st.floats(0, 1).filter(lambda x: x < 0.999), st.integers(-5, 5))
def test_the_option_of_a_limit_is_read_as_that_limit_and_no_tighter(id, most, share, magnitude):
    measure = BY_ID[id]
    bound = share if measure.unit == "ratio" else (share - 0.5) * 10.0**magnitude
    limit = MeasureLimit(measure, most, bound)
    (read,) = parse_limits([limit.option])
    assert (read.measure, read.most) == (measure, most)
    assert read.slack(bound) >= -1e-12
    assert read.slack(bound) <= (0.001 if measure.unit == "ratio" else 2e-3 * abs(bound)) + 1e-12
