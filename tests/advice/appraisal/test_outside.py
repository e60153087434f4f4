"""The outside view of an appraisal: only what was settled by the day, and never the own city or company."""

import json
from datetime import date

import yaml

from guanzi.advice.appraisal.bet import instruments_of, outside_of
from guanzi.advice.appraisal.outside import INDUSTRIES
from guanzi.advice.backtest import load_library, precedents_text
from guanzi.record.evidence import Precedent, builtin_cases, builtin_precedents, find_case, load_case

NIO = load_case(find_case("nio-hefei-2020"))


def test_it_sees_what_was_settled_by_the_day_elsewhere():
    found = outside_of(NIO.view(date(2020, 4, 29)), ())
    seen = set(found.nested[0].cases)
    by_id = {p.case: p for p in builtin_precedents()}
    assert seen
    assert all(by_id[id].settled <= date(2020, 4, 29) for id in seen)
    assert not {id for id in seen if by_id[id].region == "hefei" or by_id[id].company == "nio"}


def test_before_anything_was_settled_it_says_nothing():
    found = outside_of(NIO.view(date(2006, 1, 1)), ())
    assert found.nested[0].n == 0
    assert found.rate == 0.5


def test_the_shipped_precedents_are_those_of_the_shipped_outcomes():
    cases, problems = load_library()
    assert not problems
    made = yaml.safe_load(precedents_text(cases, date(2026, 1, 1)))["precedents"]
    assert tuple(Precedent.model_validate_json(json.dumps(one, default=str)) for one in made) == builtin_precedents()


def test_every_industry_of_the_library_has_a_name():
    industries = {load_case(find_case(name)).industry for name in builtin_cases()}
    assert industries <= INDUSTRIES


def test_a_deal_that_is_not_known_has_no_instruments():
    assert instruments_of(None) == ()
