"""What is asked first: the question whose answer alone decides what weighs most."""

from dataclasses import replace

import pytest

from guanzi.deal.compliance.asking import questions_to_ask
from guanzi.deal.compliance.judging import Deal, State, judge
from guanzi.deal.compliance.shipped import shipped_packs
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import find_case, load_case

PACKS = shipped_packs()


def asked_of(name):
    case = load_case(find_case(name))
    sheet = parse_sheet(case.sheets[-1].document)
    deal = Deal(case.region.country, case.industry)
    judgement = judge(sheet, PACKS, deal)
    return sheet, deal, judgement, questions_to_ask(judgement, sheet, PACKS, deal)


@pytest.mark.parametrize("name", ["nio-hefei-2020", "intel-magdeburg-2023", "foxconn-wisconsin-2017"])
def test_every_open_question_is_there_and_the_effects_fall(name):
    _, _, judgement, asked = asked_of(name)
    assert {question.name for question in asked} == set(judgement.questions)
    assert [q.effect for q in asked] == sorted((q.effect for q in asked), reverse=True)


@pytest.mark.parametrize("name", ["nio-hefei-2020", "intel-magdeburg-2023"])
def test_an_answer_to_a_question_that_matters_changes_a_verdict_and_to_others_none(name):
    sheet, deal, judgement, asked = asked_of(name)
    before = {v.rule.id for v in judgement.of(State.OPEN)}
    for question in asked:
        states = set()
        for answer in (True, False):
            after = judge(sheet, PACKS, replace(deal, answers={question.name: answer}))
            states |= before - {v.rule.id for v in after.of(State.OPEN)}
        if question.breaks and not question.clears:
            assert not question.matters or question.effect[1] > 0
        assert states <= {*question.breaks, *question.clears}


def test_what_only_informs_weighs_nothing():
    _, _, judgement, asked = asked_of("nio-hefei-2020")
    weighs = {v.rule.id for v in judgement.verdicts if v.at_stake != "info"}
    for question in asked:
        assert question.matters is bool(weighs & {*question.breaks, *question.clears})


def test_a_question_that_opens_nine_rules_comes_before_one_that_decides_one():
    *_, asked = asked_of("intel-magdeburg-2023")
    assert asked[0].name == "gber"
    assert len(asked[0].clears) > 5
