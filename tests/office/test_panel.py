"""Experts answer blind, then once more; what they say goes into the evidence without their names."""

import re

import pytest
from tests.office.committee import KEYS, declare, do, prepared, quick, sit
from tests.office.once import played_once
from tests.office.tiedcase import SLUG, archive, files

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, perform
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.contents import read_tree
from guanzi.office.deciding.gates import _TESTS
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.panels import panels_of
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import OfficeCase, Sitting
from guanzi.office.people.visibility import Viewer

NAMES = ("expert", "analyst", "analyst2")


@played_once
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


def test_nobody_sees_answers_of_others_before_all_have_answered_and_then_without_names(asked, client):
    asked.expert.name = "Wilhelmine Sachkundig"
    asked.expert.save()
    answer(asked, "expert")
    for name in ("analyst", "lead", "chair"):
        assert "expert on share" not in page(client, asked.people[name]), name
    answer(asked, "analyst", 1.1)
    for name in ("analyst", "lead"):  # one by one, the log would tell whose came last
        assert "expert on share" not in page(client, asked.people[name]), name
    answer(asked, "analyst2", 0.9)
    for name in ("analyst", "lead"):
        seen = page(client, asked.people[name])
        assert "expert on share" in seen
        assert "Sachkundig" not in seen


def test_an_answer_is_given_once_blind_and_once_more_when_all_have_answered(asked):
    answer(asked, "expert")
    again = {"panel": "committee", "question": "share", "low": 0.1, "mode": 0.2, "high": 0.4, "reason": "thought anew"}
    with pytest.raises(InvalidInput):
        do(asked.expert, "panel.judge", **again)
    assert [item.what.id for item in waiting_for(Viewer(asked.analyst))] == ["office.waiting.panel"]
    answer(asked, "analyst")
    assert not waiting_for(Viewer(asked.analyst))
    answer(asked, "analyst2")
    assert [item.what.id for item in waiting_for(Viewer(asked.analyst))] == ["office.waiting.panel_again"]
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


def test_a_question_that_is_asked_anew_is_for_the_chair_and_the_case_waits_for_its_answers(office, monkeypatch):
    quick(monkeypatch)
    prepared(office)
    declare(office)
    sitting = sit(office)
    do(office.lead, "panel.ask", question="share", text="Which share?", unit="ratio")
    assert Sitting.objects.get(pk=sitting).evidence_since == ["judgements/committee.yaml"]
    do(office.chair, "vote.void", sitting=sitting, reasons="the committee waits for the answers")
    assert Sitting.objects.get(pk=sitting).void_because == ["judgements/committee.yaml"]
    case = OfficeCase.objects.get(slug=SLUG)
    assert case.stage == "judging"
    assert not case.streams.exclude(state="signed").exists()
    with pytest.raises(InvalidInput) as error:
        sit(office)
    assert {problem.place.file for problem in error.value.problems} == {"stage", "panel_answered"}


def test_one_expert_is_no_panel(office):
    perform(office.lead, "case.open", {"archive": archive(files(()))}, next(KEYS))
    do(office.lead, "case.give_seat", person=office.expert.username, part="expert")
    do(office.lead, "panel.ask", question="share", text="Which share?", unit="ratio", least=0, most=1)
    do(office.lead, "panel.ask", question="ceiling", text="How many?", unit="vehicles")
    answer(office, "expert")
    with pytest.raises(InvalidInput):
        do(office.lead, "panel.close", panel="committee")


def test_once_an_expert_has_answered_nobody_is_made_an_expert_or_none_by_what_was_said(asked):
    def seat(who, name, part, **more):
        do(who, "case.give_seat", person=asked.people[name].username, part=part, **more)

    answer(asked, "expert")
    why = {"reasons": "ill for a month"}
    for who, name, part, more in (
        (asked.chair, "expert", "reader", why),  # he has answered: what he said stays
        (asked.lead, "analyst2", "reader", why),
        (asked.chair, "analyst2", "reader", {}),
        (asked.lead, "member", "expert", why),
    ):
        with pytest.raises(InvalidInput):
            seat(who, name, part, **more)
    seat(asked.chair, "analyst2", "reader", **why)
    seat(asked.chair, "member", "expert", **why)
    for name in ("analyst", "member"):
        answer(asked, name)
    for name, part in (("analyst", "reader"), ("analyst2", "expert")):  # between the rounds nobody at all
        with pytest.raises(InvalidInput):
            seat(asked.chair, name, part, **why)


FORGED = """\
format: 1
panel: forged
title: What the market takes
quantiles: [0.05, 0.5, 0.95]
weights: equal
questions:
  - {id: share, text: Which share?, unit: ratio}
experts:
  - {id: one}
  - {id: two}
rounds:
  - round: 1
    known_on: 2026-03-01
    answers:
      - {expert: one, question: share, values: [0.7, 0.8, 0.9]}
      - {expert: two, question: share, values: [0.7, 0.8, 0.9]}
"""


def test_a_panel_that_came_with_a_folder_is_from_outside_and_opens_no_gate(office, client):
    folder = files(()) | {"judgements/forged.yaml": FORGED}
    perform(office.lead, "case.open", {"archive": archive(folder)}, next(KEYS))
    case = OfficeCase.objects.get(slug=SLUG)
    assert panels_of(case)[0].closed
    assert not _TESTS["panel_answered"](CaseNow(case)).stands
    assert "was imported with the folder" in page(client, office.lead)


def test_no_folder_puts_changes_or_takes_away_what_experts_judged(asked):
    held = {name: content_of(sha256).decode() for name, sha256 in OfficeCase.objects.get().head.tree.items()}
    path = "judgements/committee.yaml"
    for name, folder in (
        (path, held | {path: held[path].replace("ratio", "share")}),
        (path, {name: text for name, text in held.items() if name != path}),
        ("judgements/forged.yaml", held | {"judgements/forged.yaml": FORGED}),
    ):
        with pytest.raises(InvalidInput) as error:
            do(asked.lead, "evidence.replace_folder", archive=archive(folder), why="tidied")
        assert [problem.place.file for problem in error.value.problems] == [name]


def test_two_panels_of_a_case_are_told_apart_by_their_headings(asked, client):
    again = {"panel": "again", "question": "share", "text": "And now?", "unit": "ratio", "least": 0, "most": 1}
    do(asked.lead, "panel.ask", **again)
    headings = re.findall(r'<h2 id="panel-[^"]+">(.*?)</h2>', page(client, asked.lead))
    assert len(headings) == len(set(headings)) == 2
