"""Names stand in the language of the reader, and facts by what they are called, not by their keys alone."""

import re
from pathlib import Path

import pytest

from guanzi.advice.appraisal import appraise
from guanzi.base.core import catalogue, render
from guanzi.jobs.appraisal.documents.dossier import under_title
from guanzi.jobs.evidence.factuse import fact_use
from guanzi.record.evidence import builtin_cases, find_case, load_case
from guanzi.render import localise

APPLE = Path(__file__).parent / "cases" / "apple-waukee-2017"
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_the_head_of_a_page_names_company_and_region_once_in_its_language():
    appraisal = appraise(load_case(APPLE), paths=64)
    english = [localise(words, "en") for words in under_title(appraisal)]
    chinese = [localise(words, "zh") for words in under_title(appraisal)]
    assert len(english) == len(set(english)) == 4
    assert not [words for words in english if HAN.search(words)]
    assert [bool(HAN.search(words)) for words in chinese] == [True] * 4


def test_no_shipped_source_has_a_chinese_publisher_on_an_english_page():
    sources = [s for name in builtin_cases() for s in load_case(find_case(name)).sources]
    assert len(sources) > 400
    assert [s.id for s in sources if HAN.search(localise(s.publisher, "en"))] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_fact_that_is_not_used_is_called_by_its_name(lang):
    found = fact_use(load_case(APPLE))
    assert found is not None
    facts = [fact for _, named in found.reasons for fact in named]
    assert facts
    for fact in facts:
        words, key = render(fact, lang), dict(fact.params)["id"]
        assert words.replace(f"`{key}`", "").strip(" ()（）")
        assert fact.id == "desk.facts.named"


def test_no_rule_that_is_told_as_not_met_denies_a_fact():
    """“Not met: No fact says that the company is insolvent” has to be read twice."""
    rules = [text for id, text in catalogue("playbooks", "en").items() if id.startswith("playbooks.rule.")]
    assert len(rules) > 5
    assert [rule for rule in rules if rule.startswith("No fact")] == []
