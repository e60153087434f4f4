"""The outside view of an appraisal: only what was settled by the day, and never the own city or company."""

import json
from dataclasses import replace
from datetime import date

import yaml

from guanzi.advice.appraisal.bet import instruments_of, outside_of, profile_of
from guanzi.advice.appraisal.outside import outside_table
from guanzi.advice.backtest import load_library, precedents_text
from guanzi.base.core import LANGUAGES, Message, localised, render
from guanzi.record.evidence import Precedent, builtin_cases, builtin_precedents, called, find_case, load_case
from guanzi.study.precedents import outside_view

NIO = load_case(find_case("nio-hefei-2020"))


def test_it_sees_what_was_settled_by_the_day_elsewhere():
    found = outside_of(NIO.view(date(2020, 4, 29)), None)
    seen = set(found.nested[0].cases)
    by_id = {p.case: p for p in builtin_precedents()}
    assert seen
    assert all(by_id[id].settled <= date(2020, 4, 29) for id in seen)
    assert not {id for id in seen if by_id[id].region == "hefei" or by_id[id].company == "nio"}


def test_before_anything_was_settled_it_says_nothing():
    found = outside_of(NIO.view(date(2006, 1, 1)), None)
    assert found.nested[0].n == 0
    assert found.rate == 0.5


def test_the_shipped_precedents_are_those_of_the_shipped_outcomes():
    cases, problems = load_library()
    assert not problems
    made = yaml.safe_load(precedents_text(cases, date(2026, 1, 1)))["precedents"]
    assert tuple(Precedent.model_validate_json(json.dumps(one, default=str)) for one in made) == builtin_precedents()


def test_every_industry_of_the_library_has_a_name():
    for name in builtin_cases():
        case = load_case(find_case(name))
        told = called(case.view(case.decision_date), "industry")
        said = {render(told, lang) if isinstance(told, Message) else localised(told, lang) for lang in LANGUAGES}
        assert len(said) == len(LANGUAGES), name


def test_a_deal_that_is_not_known_has_no_instruments():
    assert instruments_of(None) == ()


WIDER = {"industry": "model", "model": "all", "country": "all", "instrument": "all", "all": ""}
"""What the caption says: the class at whose rate four more bets are counted; of all it is one half."""


def test_each_rate_of_the_table_counts_four_more_bets_at_the_rate_that_its_caption_names():
    view = NIO.view(date(2024, 12, 31))
    every = replace(profile_of(view, None), instruments=("debt", "equity", "grant", "guarantee"))
    table = outside_table(view, outside_view(every, builtin_precedents(), as_of=view.as_of))
    caption = render(table.label.model_dump())
    assert "Four extra bets are added to each rate: for an industry at the rate of its company model" in caption
    rates = {row[0].id.split(".")[3]: row[3] for row in table.rows} | {"": 0.5}
    assert {*rates} == {*WIDER, ""}
    for label, n, successes, rate, *_ in table.rows:
        assert abs(rate - (successes + 4 * rates[WIDER[label.id.split(".")[3]]]) / (n + 4)) < 1e-12


def test_what_is_let_off_is_of_the_class_that_names_it():
    """A rebate was told as a bet of the class “grants”."""
    for lang, words in (("en", "tax waived"), ("zh", "税收减免")):
        assert words in render({"id": "appraisal.outside.instrument.grant"}, lang)
