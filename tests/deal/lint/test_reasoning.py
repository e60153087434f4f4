"""Reasoning about a sheet takes what the sheet is long, and no more than a budget: never a power of its tiers."""

import pytest

from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.lint import reasoning
from guanzi.deal.lint.reasoning import Reasoner
from guanzi.deal.lint.uses import uses
from guanzi.deal.terms import parse_sheet

HEAD = """\
deal: a
currency: CNY
known_on: 2020-02-25
signed: 2020-02-25
parties:
  company: {role: issuer}
  city: {role: public}
tiers:
"""


def sheet(*conditions):
    """A sheet of tiers t0, t1, … with these conditions."""
    text = HEAD + "".join(f'  - {{id: t{n}, when: "{when}"}}\n' for n, when in enumerate(conditions))
    return parse_sheet(parse_yaml(TextFile("a.yaml", text, tuple(text.split("\n")))))


def doubled(count):
    """Each tier names the one before it twice."""
    return sheet("hq_local", *(f"tier('t{n}') and listed or tier('t{n}')" for n in range(count - 1)))


def test_a_tier_that_is_named_twice_is_written_out_once():
    chain = doubled(14)
    reasoner = Reasoner(chain)
    assert reasoner.possible(chain.tiers[-1].when.tree)
    assert reasoner._parts < 200
    assert reasoner.follows(chain.tiers[0].when.tree, chain.tiers[-1].when.tree)


@pytest.mark.parametrize("budget", ["MOST_PARTS", "MOST_PARTS_IN_ALL", "BUDGET_IN_ALL"])
def test_beyond_the_budget_there_is_no_answer(monkeypatch, budget):
    chain = doubled(5)
    monkeypatch.setattr(reasoning, budget, 3)
    reasoner = Reasoner(chain)
    answers = [reasoner.possible(chain.tiers[-1].when.tree) for _ in range(3)]
    assert answers[-1] is None


def test_what_was_asked_before_changes_no_answer():
    chain = doubled(5)
    for _ in range(3):
        assert [Reasoner(chain).possible(tier.when.tree) for tier in chain.tiers] == [True] * 5


@pytest.mark.parametrize(("day", "days"), [("2021-05-15", ("2021-05-15", "2022-12-31")), ("2023-02-15", None)])
def test_a_condition_is_asked_between_days_of_the_sheet_or_not_at_all(day, days):
    text = HEAD.removesuffix("tiers:\n") + f"horizon: 3 years\ncovenants:\n  jobs: {{require: hq_local, from: {day}}}\n"
    asked = uses(parse_sheet(parse_yaml(TextFile("a.yaml", text, tuple(text.split("\n"))))))
    assert [(use.start.isoformat(), use.end.isoformat()) for use in asked] == ([] if days is None else [days])
