"""Amounts of a case are said in its own currency."""

import json

import pytest

from guanzi.advice.appraisal import appraise, to_json
from guanzi.advice.appraisal.currency import in_currency
from guanzi.base.core import render
from guanzi.record.evidence import find_case, load_case


@pytest.fixture(scope="module")
def nikola():
    return appraise(load_case(find_case("nikola-arizona-2020")), paths=200, with_sensitivity=False)


def test_no_amount_of_a_case_in_dollars_is_in_yuan(nikola):
    data = json.loads(to_json(nikola))
    del data["facts"]
    assert "CNY m" not in json.dumps(data)
    assert nikola.figures["budget.worst_year"].unit == "USD m"


def test_sentences_say_dollars(nikola):
    said = " ".join(render(text.model_dump()) for text in nikola.summary.sentences)
    assert "yuan" not in said


def test_facts_keep_the_unit_in_which_they_were_stated(nikola):
    case = load_case(find_case("nikola-arizona-2020"))
    stated = {fact.id: fact.unit for fact in case.facts}
    assert all(stated[fact.id] == fact.unit for fact in nikola.facts)


def test_a_case_in_yuan_is_untouched():
    appraisal = appraise(load_case(find_case("boe-hefei-2008")), paths=200, with_sensitivity=False)
    assert in_currency(appraisal) is appraisal
