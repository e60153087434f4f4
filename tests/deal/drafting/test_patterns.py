"""Patterns of contracts are data with names, and each name is used."""

import re
from pathlib import Path

import pytest

import guanzi.deal.drafting as drafting
from guanzi.deal.drafting.patterns import one_of, shipped
from guanzi.deal.drafting.subjects import subject_of
from guanzi.deal.terms import SUBJECTS
from guanzi.deal.terms.vocabulary import OBSERVABLES
from guanzi.intake.contracts import ContractSentence

CODE = [path.read_text("utf-8") for path in Path(drafting.__file__).parent.glob("*.py")]


def test_every_named_pattern_is_used_and_every_used_name_exists():
    used = {name for text in CODE for name in re.findall(r'(?<!def )\bwords\("(\w+)"\)', text)}
    assert used == set(shipped().words)


def test_every_alternative_fits_something_and_none_fits_the_empty_text():
    of = shipped()
    lists = [*of.kinds.values(), *of.roles.values(), *of.words.values(), *(one.words for one in of.metrics)]
    for alternatives in lists:
        assert len(set(alternatives)) == len(alternatives)
        for one in alternatives:
            assert one_of([one]).search("") is None, one


def test_metrics_are_observables_of_the_language():
    assert {one.name for one in shipped().metrics} <= set(OBSERVABLES)


def test_subjects_are_those_of_the_language():
    assert {"heading", "other", *shipped().subjects} == set(SUBJECTS)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("This Agreement is governed by the laws of Singapore.", "law"),
        ("本协议适用中华人民共和国法律。", "law"),
        ("The Company may not assign this Agreement without consent of the County.", "governance"),
        ("The Company shall submit a report by March 1 of each year.", "report"),
        ("乙方应于每年3月1日前报送上一年度经营情况。", "report"),
        ("ARTICLE V UNDERTAKINGS", "heading"),
        ("WHEREAS, the County wishes to attract industry;", "recital"),
        ("甲方:江城市人民政府", "parties"),
        ("Whereas the County pays $5,000.00 for each job;", "jobs"),
        ("项目总投资6.5亿元以上,其中设备投资1.4亿元以上。", "investment"),
        ("The parties met in May.", "other"),
    ],
)
def test_what_a_sentence_is_about_and_no_amount_is_called_a_formality(text, subject):
    assert subject_of(ContractSentence("1", text, ((0, 1),))) == subject
