"""How much public money there is: one answer, wherever it is asked, and no kind of instrument is forgotten."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.advice.appraisal.money_figures import EXAMPLES, FIGURES, WHY_NOT, counted, deal
from tests.engine.simulation.examples import POLICY, model
from tests.naive_money import naive
from tests.sampling import examples
from tests.strategies import sheet_data, sheet_of

from guanzi.advice.appraisal.commitments import at_most, commitments, contingent
from guanzi.deal.compliance.money_in_sheet import aid_total, public_total
from guanzi.deal.lint import lint
from guanzi.deal.terms import CASH, KINDS, NATURES, least_and_most, payouts, public_flows
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation.compose import compose

QUIET = list(HealthCheck)
WORDS = tuple(word for kind in KINDS for word in kind.types)
NAMES = tuple(sorted(model().provides()))


def most(value):
    found = least_and_most(value)[1]
    assert found is not None
    return found


def total(values):
    found = list(values)
    assert None not in found
    return sum(found, 0.0)


# -- the table: every kind, every figure ---------------------------------------------------------------------------


def test_each_figure_counts_a_nature_or_says_why_not():
    for name, figure in FIGURES.items():
        left_out = {nature for of, nature in WHY_NOT if of == name}
        assert set(figure.natures) | left_out == set(NATURES), name
        assert not set(figure.natures) & left_out, name
    assert {name for name, _ in WHY_NOT} <= FIGURES.keys()


def test_there_is_an_example_of_every_word_by_which_a_sheet_names_an_instrument():
    assert set(EXAMPLES) == {*WORDS, "promise", "contribution"}


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("word", EXAMPLES)
def test_every_kind_counts_in_every_figure_of_its_nature(word, name):
    example, figure = EXAMPLES[word], FIGURES[name]
    without, with_it = figure.of(deal()), figure.of(deal(word))
    wanted = sum(amount for nature, amount in example.sums if counted(figure, example, nature))
    assert with_it - without == pytest.approx(wanted)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.types[0])
def test_what_moves_money_of_the_public_side_has_a_flow(kind):
    for word in kind.types:
        flows = {flow.word for flow in public_flows(deal(word))}
        assert (word in flows) == bool(EXAMPLES[word].sums), word


# -- one sheet of the issue ----------------------------------------------------------------------------------------


def test_an_earn_out_a_guarantee_and_a_park_are_eighteen_hundred_everywhere():
    sheet = deal("earn_out", "guarantee", "park", amounts={"earn_out": 500, "guarantee": 300, "park": 1000})
    everything = [name for name, figure in FIGURES.items() if set(figure.natures) == set(NATURES)]
    assert len(everything) >= 5
    assert {name: FIGURES[name].of(sheet) - FIGURES[name].of(deal()) for name in everything} == pytest.approx(
        dict.fromkeys(everything, 1800.0)
    )


# -- random sheets -------------------------------------------------------------------------------------------------


@given(sheet_data(NAMES))
@settings(max_examples=examples(40), deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_each_figure_is_the_sum_that_anybody_would_write_down(data):
    sheet = sheet_of(data)
    sums: defaultdict[str, float] = defaultdict(float)
    for _, nature, _, amount in naive(data):
        sums[nature] += amount
    for nature in NATURES:
        assert sum(most(flow.amount) for flow in public_flows(sheet, nature)) == pytest.approx(sums[nature])
    planned = sum(amount for nature, amount in sums.items() if nature != "contingent")
    assert total(i.amount.high for i in commitments(sheet)) == pytest.approx(planned)
    assert total(amount.high for _, amount in contingent(sheet)) == pytest.approx(sums["contingent"])
    by_party: defaultdict[str, float] = defaultdict(float)
    for i in commitments(sheet):
        for party, part in i.by_party:
            by_party[party] += part.high or 0.0
    split = [name for name, item in data["instruments"].items() if "split" in item]
    if not split:
        wanted: defaultdict[str, float] = defaultdict(float)
        for _, nature, payer, amount in naive(data):
            if nature != "contingent":
                wanted[payer] += amount
        assert {p: x for p, x in by_party.items() if x} == pytest.approx({p: x for p, x in wanted.items() if x})


@given(sheet_data(NAMES))
@settings(max_examples=examples(40), deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_the_figures_fit_one_another(data):
    sheet = sheet_of(data)
    planned = total(i.amount.high for i in commitments(sheet))
    called = total(amount.high for _, amount in contingent(sheet))
    whole = at_most(sheet)
    everything = 0.0 if whole is None else whole[0].high
    least = 0.0 if whole is None else whole[0].low
    assert planned + called == pytest.approx(everything)
    seen = aid_total(replace(sheet, unknown=())).value
    assert isinstance(seen, tuple)
    certain, aid = seen
    assert certain <= aid + 1e-9
    assert aid == pytest.approx(everything)
    paid = public_total(replace(sheet, unknown=())).value
    assert isinstance(paid, tuple)
    assert paid == pytest.approx((least, everything))
    public = set(sheet.public)
    internal = sum(most(f.amount) for f in sheet.flows() if {f.payer, f.payee} <= public)
    cash = sum(most(f.amount) for f in public_flows(sheet, *CASH) if f.nature != "works")
    assert total(one.high for one in payouts(sheet)) == pytest.approx(cash + internal)


@given(sheet_data(NAMES), st.data())
@settings(max_examples=examples(40), deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_no_figure_falls_when_a_clause_is_added(data, draw):
    sheet = sheet_of(data)
    named = {id for kind, item in sheet.items() for id in (getattr(item, "on", ()) or ())} | {"stake"}
    free = [item for item in sheet.instruments if item.id not in named]
    if not free:
        return
    gone = draw.draw(st.sampled_from(free))
    less = replace(sheet, instruments=tuple(item for item in sheet.instruments if item is not gone))
    for name, figure in FIGURES.items():
        assert figure.of(less) <= figure.of(sheet) + 1e-6, (name, gone.id)


@given(sheet_data(NAMES, ("quarter", "month")))
@settings(max_examples=examples(12), deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_on_no_path_does_the_public_side_pay_more_than_it_can_at_most(data):
    check_paths(sheet_of(data))


@pytest.mark.prove
@given(sheet_data(NAMES, ("quarter", "month")))
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_on_no_path_of_300_deals_does_the_public_side_pay_more_than_it_can_at_most(data):
    check_paths(sheet_of(data))


def check_paths(sheet, paths=3):
    """What leaves the accounts of public parties on a path under each clause is no more than its flows."""
    accounts = {f"acct.{party}" for party in sheet.public}
    limits: defaultdict[str, float] = defaultdict(float)
    for flow in public_flows(sheet):
        limits[flow.instrument] += most(flow.amount)
    owners = {flow.clause: flow.instrument for flow in sheet.flows()} | {item.id: item.id for item in sheet.instruments}
    owners |= {f"events.{promise.id}": promise.id for promise in sheet.promises}
    program = assemble(compose(sheet, model(), replace(POLICY, payers=sheet.public[:1])))
    for path in range(paths):
        spent: defaultdict[str, float] = defaultdict(float)
        for step in run_path(program, 1, path, trace=True).trace:
            if step.what == "pays" and step.subject in accounts and step.object not in accounts:
                spent[owners.get(step.clause, step.clause)] += step.amount
        for item, amount in spent.items():
            assert amount <= limits[item] * (1 + 1e-9) + 1e-6, (item, amount, limits[item])


NEVER = "revenue > 5 and revenue < 3"
WAITING = [word for kind in KINDS for word in kind.types if {"if", "when"} & kind.form["properties"].keys()]


@pytest.mark.parametrize("word", [*WAITING, "equity"])
def test_a_condition_that_contradicts_itself_is_found_on_every_kind(word):
    text = EXAMPLES[word].text
    key = "when" if "when" in next(k for k in KINDS if word in k.types).form["properties"] else "if"
    if word == "equity":
        bad = text.replace("due: 2024-06-30}", f'due: 2024-06-30, if: "{NEVER}"}}')
    else:
        bad = re.sub(r", when: [^,}]+", "", text)[:-1] + f', {key}: "{NEVER}"}}'
    found = {one.clause for one in lint(deal(word, texts={word: bad})) if one.code == "GZ401"}
    assert len(found) == 1
    assert any(word.replace("_", "-") in clause for clause in found)


def test_a_park_beyond_a_limit_is_found():
    sheet = deal("park", amounts={"park": 9000}, limit=3000)
    assert "GZ701" in {found.code for found in lint(sheet)}
    assert "GZ701" not in {found.code for found in lint(deal("park", amounts={"park": 2000}, limit=3000))}
