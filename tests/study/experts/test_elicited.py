"""From answers to distributions: pools by hand and by a slow oracle, dispersion, change, weights and their refusals."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.questionnaire.questionnaires import panel, seed

from guanzi.base.reading import TextFile, parse_yaml
from guanzi.intake.questionnaire import elicitation_text
from guanzi.record.evidence import AnswerEntry, ExpertEntry, QuestionEntry, RoundEntry, parse_elicitation
from guanzi.study.experts.classical import half_cut, performance
from guanzi.study.experts.density import assessments
from guanzi.study.experts.dispersion import change, dispersion
from guanzi.study.experts.elicited import elicit, feedback, panel_of_round
from guanzi.study.experts.panel import seeds_of

P = (0.05, 0.5, 0.95)
triples = st.lists(
    st.lists(st.integers(-50, 50), min_size=3, max_size=3, unique=True).map(sorted), min_size=1, max_size=5
)


def slow_cdf(said, expert, x):
    """Share of one expert's probability up to x, summed over the pieces of his or her distribution."""
    knots, levels = said.knots(expert), said.levels
    total = 0.0
    for a, b, p in zip(knots[:-1], knots[1:], np.diff(levels), strict=True):
        total += p if x >= b else p * (x - a) / (b - a) if x > a else 0.0
    return total


@given(triples, st.data())
def test_a_linear_pool_is_the_weighted_mean_of_the_distributions_everywhere(values, data):
    said = assessments(np.array(values, float), np.array(P))
    weights = np.array(data.draw(st.lists(st.integers(0, 5), min_size=len(values), max_size=len(values))), float)
    if not weights.sum():
        weights[:] = 1.0
    pooled = said.pool(weights)
    for x in np.linspace(said.low, said.high, 37):
        wanted = sum(w * slow_cdf(said, e, x) for e, w in enumerate(weights)) / weights.sum()
        u = np.interp(x, pooled.values, pooled.levels)
        assert u == pytest.approx(wanted, abs=1e-7)
    assert np.all(np.diff(pooled.quantile(np.linspace(0, 1, 53))) >= 0)


@given(triples)
def test_a_pool_of_one_has_the_quantiles_that_the_one_gave(values):
    said = assessments(np.array(values[:1], float), np.array(P))
    assert said.pool(np.ones(1)).quantile(np.array(P)) == pytest.approx(values[0])
    assert said.average(np.ones(1)).quantile(np.array(P)) == pytest.approx(values[0])


def test_quantile_averaging_averages_quantiles_and_is_narrower_than_the_linear_pool():
    said = assessments(np.array([[0.0, 1.0, 2.0], [10.0, 11.0, 12.0]]), np.array(P))
    averaged = said.average(np.array([1.0, 3.0])).quantile(np.array(P))
    assert averaged == pytest.approx([7.5, 8.5, 9.5])
    pooled = said.pool(np.ones(2)).quantile(np.array(P))
    assert pooled[2] - pooled[0] > 5 * (averaged[2] - averaged[0])


def test_on_a_logarithmic_scale_everything_happens_to_logarithms():
    plain = assessments(np.log([[10.0, 100.0, 1000.0], [20.0, 30.0, 40.0]]), np.array(P)).pool(np.ones(2))
    logs = assessments(np.array([[10.0, 100.0, 1000.0], [20.0, 30.0, 40.0]]), np.array(P), log=True).pool(np.ones(2))
    u = np.linspace(0, 1, 21)
    assert logs.quantile(u) == pytest.approx(np.exp(plain.quantile(u)))


def test_bounds_cut_the_range_and_a_quantile_on_a_bound_is_an_atom():
    said = assessments(np.array([[0.0, 0.2, 0.5]]), np.array(P), least=0.0, most=1.0)
    assert said.low == 0.0
    pooled = said.pool(np.ones(1))
    assert pooled.quantile(np.array([0.0, 0.05])) == pytest.approx([0.0, 0.0], abs=1e-9)
    assert pooled.quantile(np.array([1.0]))[0] == pytest.approx(0.55)


def test_moments_are_those_of_many_draws():
    said = assessments(np.array([[1.0, 4.0, 5.0], [2.0, 3.0, 9.0]]), np.array(P))
    draws = np.array([said.pool(np.eye(2)[e]).quantile((np.arange(200_000) + 0.5) / 200_000) for e in range(2)])
    means, variances = said.moments()
    assert means == pytest.approx(draws.mean(axis=1), rel=1e-4)
    assert variances == pytest.approx(draws.var(axis=1), rel=1e-3)


def test_overlap_is_one_for_the_same_answer_none_for_strangers_and_by_hand_in_between():
    same = assessments(np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]), np.array(P))
    assert same.overlap(0, 1) == pytest.approx(1.0)
    assert dispersion(same).between == pytest.approx(0.0)
    far = assessments(np.array([[0.0, 1.0, 2.0], [1000.0, 1001.0, 1002.0]]), np.array(P))
    assert far.overlap(0, 1) < 0.11  # only the tails meet
    assert dispersion(far).between > 0.9
    assert (dispersion(far).apart, dispersion(far).pairs) == (1, 1)
    said = assessments(np.array([[1.0, 2.0, 3.0], [2.0, 2.5, 4.0]]), np.array(P))
    grid = np.linspace(said.low, said.high, 400_001)
    density = [np.diff([slow_cdf(said, e, x) for x in grid[::100]]) for e in range(2)]
    assert said.overlap(0, 1) == pytest.approx(np.minimum(*density).sum(), abs=2e-3)


def test_a_change_counts_who_moved_and_how_far():
    before = assessments(np.array([[0.0, 5.0, 10.0], [0.0, 5.0, 10.0]]), np.array(P))
    after = assessments(np.array([[0.0, 5.0, 10.0], [2.0, 6.0, 7.0]]), np.array(P))
    found = change(before, after)
    assert (found.experts, found.moved) == (2, 1)
    assert found.shift == pytest.approx(0.5 / 10.0)
    assert found.width == pytest.approx(0.5**0.5)
    assert found.after.overlap < found.before.overlap == pytest.approx(1.0)


# -- weights -------------------------------------------------------------------------------------------------------


def elicitation(seeds=8, experts=4, rounds=1, weights="performance", rng=3):
    draw = np.random.default_rng(rng)
    truths = draw.normal(50, 5, seeds)
    questions = [QuestionEntry(id=f"s{i}", text="?", unit="km", seed=seed(float(t))) for i, t in enumerate(truths)]
    questions.append(QuestionEntry(id="target", text="?", unit="km", parameter="learning"))
    ids = [f"e{e + 1}" for e in range(experts)]
    entries = []
    for r in range(rounds):
        answers = []
        for e, id in enumerate(ids):
            for q in questions:
                truth = q.seed.value if q.seed else 50.0
                middle = truth + draw.normal(0, 1 if e == 0 else 12)
                width = 2.0 if e else 1.7
                values = (middle - width, middle, middle + width)
                answers.append(AnswerEntry(expert=id, question=q.id, values=tuple(map(float, values))))
        entries.append(RoundEntry(round=r + 1, known_on=date(2020, 1 + r, 1), answers=tuple(answers)))
    form = panel(*questions, experts=tuple(ExpertEntry(id=i) for i in ids), rounds=tuple(entries), weights=weights)
    return parsed(form)


def parsed(form):
    text = elicitation_text(form)
    return parse_elicitation(parse_yaml(TextFile("p.yaml", text, tuple(text.split("\n")))))


def test_weights_are_those_of_the_classical_model_with_the_half_cut():
    asked = elicitation()
    found = elicit(asked)
    seeds = seeds_of(panel_of_round(asked, 0))
    wanted = half_cut([performance(e, seeds) for e in seeds.values])
    assert found.weighting == "performance"
    assert [e.weight for e in found.experts] == pytest.approx(wanted)
    assert found.experts[0].weight > 0.9
    target = found.questions[-1]
    assert target.weighted.quantile(np.array([0.5]))[0] == pytest.approx(
        np.exp(target.assessments.quantiles[0, 1]) if target.assessments.log else target.assessments.quantiles[0, 1],
        abs=1.0,
    )


@pytest.mark.parametrize(
    ("given", "why"),
    [({"seeds": 6}, "few_seeds"), ({"experts": 2}, "few_experts"), ({"weights": "equal"}, "asked_equal")],
)
def test_where_nobody_can_be_weighed_all_count_alike_and_it_is_said(given, why):
    found = elicit(elicitation(**given))
    assert found.weighting == why
    assert len({e.weight for e in found.experts}) == 1
    target = found.questions[-1]
    assert target.weighted.quantile(np.array(P)) == pytest.approx(target.equal.quantile(np.array(P)))


def test_who_answered_the_first_round_only_is_named_and_not_pooled():
    asked = elicitation(rounds=2)
    last = asked.form.rounds[1]
    kept = tuple(a for a in last.answers if a.expert != "e4")
    rounds = (asked.form.rounds[0], last.model_copy(update={"answers": kept}))
    found = elicit(parsed(asked.form.model_copy(update={"rounds": rounds})))
    assert found.left == ("e4",)
    assert [e.id for e in found.experts] == ["e1", "e2", "e3"]
    assert found.questions[-1].changes[0].experts == 3


def test_feedback_has_every_answer_and_no_expert():
    asked = elicitation()
    said = feedback(asked)
    assert len(said) == len(asked.form.questions)
    answers = {a.values for a in asked.form.rounds[0].answers if a.question == "target"}
    assert {values for _, values, _ in said[-1].answers} == answers
    assert [mark for mark, _, _ in said[-1].answers] == ["1", "2", "3", "4"]
    medians = [values[1] for _, values, _ in said[-1].answers]
    assert medians == sorted(medians)


def test_a_pool_of_very_many_keeps_its_quantiles_with_fewer_knots():
    draw = np.random.default_rng(1)
    said = assessments(np.sort(draw.normal(size=(200, 3)), axis=1), np.array(P))
    whole = said.pool(np.ones(200))
    thin = whole.with_knots(400, np.array(P))
    assert len(whole.levels) > 400 >= len(thin.levels)
    assert thin.quantile(np.array(P)) == pytest.approx(whole.quantile(np.array(P)))
    u = np.linspace(0.01, 0.99, 99)
    assert thin.quantile(u) == pytest.approx(whole.quantile(u), abs=0.01)
    assert whole.with_knots(10_000, np.array(P)) is whole
