"""Amounts of a case carry its own currency, from the first figure to the last sentence."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.advice.appraisal.one_case_in_two_currencies import Telling, tell

from guanzi.advice.appraisal import appraise, lint_context, prepare, to_json
from guanzi.base.core import Message, catalogue, render
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

TELLS_AMOUNTS = re.compile(r":(money|price|exact_money)}")


@pytest.fixture(scope="module")
def foxconn():
    return appraise(load_case(find_case("foxconn-wisconsin-2017")), paths=200)


def messages(data: Any) -> Iterator[dict[str, Any]]:
    """Every message within plain data, nested ones too."""
    if isinstance(data, dict):
        if set(data) == {"id", "params"}:
            yield data
        for value in data.values():
            yield from messages(value)
    elif isinstance(data, list):
        for value in data:
            yield from messages(value)


def tells_amounts(message: dict[str, Any]) -> bool:
    sentence = catalogue(message["id"].split(".")[0]).get(message["id"]) or ""
    return TELLS_AMOUNTS.search(sentence) is not None


def test_no_amount_of_a_case_in_dollars_is_in_yuan(foxconn):
    data = json.loads(to_json(foxconn))
    del data["facts"]
    assert "CNY m" not in json.dumps(data)
    assert foxconn.figures["budget.worst_year"].unit == "USD m"


def test_every_sentence_that_tells_an_amount_names_the_currency_of_the_case(foxconn):
    telling = {m["id"]: m["params"].get("currency") for m in messages(json.loads(to_json(foxconn))) if tells_amounts(m)}
    assert len(telling) > 8
    assert {id for id, currency in telling.items() if currency != "USD"} == set()


def test_a_heading_names_no_currency(foxconn):
    headings = [m for m in messages(json.loads(to_json(foxconn))) if m["id"].startswith("appraisal.column.")]
    assert headings
    assert not any("currency" in m["params"] for m in headings)


def test_sentences_say_dollars(foxconn):
    said = " ".join(render(text.model_dump()) for text in foxconn.summary.sentences)
    assert "yuan" not in said


def test_facts_keep_the_unit_in_which_they_were_stated(foxconn):
    case = load_case(find_case("foxconn-wisconsin-2017"))
    stated = {fact.id: fact.unit for fact in case.facts}
    assert all(stated[fact.id] == fact.unit for fact in foxconn.facts)


def test_a_message_that_names_its_own_currency_keeps_it():
    wage = Message.of("appraisal.effect.wage.average", value=0.04, currency="EUR")
    assert wage.counted_in("USD") is wage


def test_what_the_linter_is_told_of_other_frameworks_is_in_the_currency_of_the_case(tmp_path):
    """A framework of 4 billion dollars elsewhere was said to be one of 4 billion yuan."""
    framework = {
        "id": "elsewhere",
        "name": "public_framework_elsewhere",
        "value": 4000,
        "unit": "USD m",
        "subject": "company",
        "period": 2025,
        "known_on": date(2026, 2, 27),
        "source": "annual-report",
    }
    case = tell(tmp_path / "riverton", Telling("USD", "USD", {"USD": 8.0}), (framework,))
    prepared = prepare(case, None, load_playbook("hefei"))
    assert prepared.sheet is not None
    told = lint_context(prepared.view, prepared.sheet, prepared.playbook).elsewhere
    assert told is not None
    (text,) = told
    assert isinstance(text, Message)
    assert "dollars" in render(text)
