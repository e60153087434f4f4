"""Experts answer blind, then once more; what they say goes into the evidence without their names."""

import pytest
from tests.office.committee import KEYS, declare, do, prepared, quick, sign_streams, sit
from tests.office.tiedcase import SLUG, archive, files

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, perform
from guanzi.office.contents import read_tree
from guanzi.office.models import OfficeCase, Sitting
from guanzi.office.panels import panels_of
from guanzi.office.waiting import waiting_for

NAMES = ("expert", "analyst", "analyst2")


@pytest.fixture
def asked(office):
    perform(office.lead, "case.open", {"archive": archive(files(()))}, next(KEYS))
    for name in NAMES:
        do(office.lead, "case.give_seat", person=office.people[name].username, part="expert")
    do(
        office.lead,
        "panel.ask",
        question="ceiling",
        text="How many a quarter in the end?",
        unit="vehicles",
        scale="log",
    )
    do(office.lead, "panel.ask", question="share", text="Which share?", unit="ratio", least=0, most=1)
    return office


def answer(office, name, factor=1.0):
    for question, values in (("ceiling", (1000, 3000, 9000)), ("share", (0.1, 0.2, 0.3))):
        low, mode, high = (value * factor for value in values)
        given = {"low": low, "mode": mode, "high": high, "reason": f"{name} on {question}"}
        do(office.people[name], "panel.judge", panel="committee", question=question, **given)


def page(client, person):
    client.force_login(person)
    return client.get(f"/cases/{SLUG}/panel/").content.decode()


def test_nobody_sees_answers_of_others_before_his_own_and_then_without_names(asked, client):
    asked.expert.name = "Wilhelmine Sachkundig"
    asked.expert.save()
    answer(asked, "expert")
    for name in ("analyst", "lead", "chair"):
        assert "expert on share" not in page(client, asked.people[name]), name
    answer(asked, "analyst", 1.1)
    seen = page(client, asked.analyst)
    assert "expert on share" in seen
    assert "Sachkundig" not in seen
    assert "analyst on share" not in page(client, asked.lead)
    answer(asked, "analyst2", 0.9)
    assert "analyst on share" in page(client, asked.lead)


def test_an_answer_is_given_once_blind_and_once_more_when_all_have_answered(asked):
    answer(asked, "expert")
    again = {"panel": "committee", "question": "share", "low": 0.1, "mode": 0.2, "high": 0.4, "reason": "thought anew"}
    with pytest.raises(InvalidInput):
        do(asked.expert, "panel.judge", **again)
    assert [item.what.id for item in waiting_for(asked.analyst)] == ["office.waiting.panel"]
    answer(asked, "analyst")
    assert not waiting_for(asked.analyst)
    answer(asked, "analyst2")
    assert [item.what.id for item in waiting_for(asked.analyst)] == ["office.waiting.panel_again"]
    assert do(asked.expert, "panel.judge", **again)["round"] == 2
    with pytest.raises(InvalidInput):
        do(asked.expert, "panel.judge", **again)


@pytest.mark.parametrize(
    "values", [(0.3, 0.2, 0.1), (0.2, 0.2, 0.2), (0.1, 0.5, 1.2), (float("nan"), 0.5, 0.6)], ids=str
)
def test_an_answer_that_is_none_is_refused(asked, values):
    low, mode, high = values
    with pytest.raises(InvalidInput):
        do(asked.expert, "panel.judge", panel="committee", question="share", low=low, mode=mode, high=high, reason="x")


def test_only_experts_answer_only_the_lead_closes_and_questions_stay_once_answered(asked):
    given = {"panel": "committee", "question": "share", "low": 0.1, "mode": 0.2, "high": 0.3, "reason": "x"}
    with pytest.raises(Forbidden):
        do(asked.lead, "panel.judge", **given)
    with pytest.raises(InvalidInput) as error:
        do(asked.lead, "panel.close", panel="committee")
    assert "Expert" in str(error.value.problems)
    answer(asked, "expert")
    with pytest.raises(InvalidInput):
        do(asked.lead, "panel.ask", question="late", text="And this?", unit="ratio")
    with pytest.raises(Forbidden):
        do(asked.expert, "panel.close", panel="committee")


def test_a_closed_panel_is_evidence_that_appraisals_read_and_holds_no_name(asked, client):
    for n, name in enumerate(NAMES):
        answer(asked, name, 1 + n / 10)
    do(asked.expert, "panel.judge", panel="committee", question="share", low=0.2, mode=0.3, high=0.5, reason="moved")
    assert do(asked.lead, "panel.close", panel="committee")["rounds"] == 2
    case = OfficeCase.objects.get(slug=SLUG)
    (panel,) = read_tree(SLUG, case.head.tree).judgements
    last = [a for a in panel.form.rounds[-1].answers if a.question == "share"]
    assert sorted(a.values[1] for a in last) == pytest.approx([0.22, 0.24, 0.3])
    assert len([a for a in panel.form.rounds[-1].answers if a.question == "ceiling"]) == 3
    assert not any(expert.name for expert in panel.form.experts)
    (held,) = panels_of(case)
    assert held.closed
    assert "moved" in page(client, asked.lead)
    with pytest.raises(InvalidInput):
        answer(asked, "expert")


def test_an_expert_with_an_interest_has_no_answer_in_the_pool(asked):
    for name in NAMES:
        answer(asked, name)
    do(asked.analyst2, "interest.declare", has_interest=True, words="a stake")
    do(asked.lead, "panel.close", panel="committee")
    case = OfficeCase.objects.get(slug=SLUG)
    (panel,) = read_tree(SLUG, case.head.tree).judgements
    assert len(panel.form.experts) == 2


def test_a_parameter_that_the_company_model_has_not_is_refused_with_the_nearest(asked):
    with pytest.raises(InvalidInput) as error:
        do(asked.lead, "panel.ask", panel="model", question="q", text="?", unit="ratio", parameter="margn")
    assert "margin" in str(error.value.problems)


def test_closing_a_panel_makes_a_sitting_void(office, monkeypatch):
    quick(monkeypatch)
    case = prepared(office)
    declare(office)
    do(office.lead, "case.give_seat", person=office.expert.username, part="expert")
    do(office.lead, "panel.ask", question="share", text="Which share?", unit="ratio")
    sign_streams(case)
    given = {"panel": "committee", "question": "share", "low": 0.1, "mode": 0.2, "high": 0.3, "reason": "x"}
    do(office.expert, "panel.judge", **given)
    sitting = sit(office)
    do(office.lead, "panel.close", panel="committee")
    assert Sitting.objects.get(pk=sitting).void_because == ["judgements/committee.yaml"]
