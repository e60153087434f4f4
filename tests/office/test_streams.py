"""Work-streams: given to those who work on a case, signed on what was read, void when that changes; stages by gates."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.office.evidence_of import open_small
from tests.office.once import played_once

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, perform
from guanzi.office.deciding.gates import _TESTS, hindered, needs_of
from guanzi.office.deciding.now import CaseNow
from guanzi.office.deciding.plans import questions_of
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import OfficeCase, Sitting, Workstream

LEFT = "Nothing is held on the rest; the price allows for it."
OPINION = "The accounts are audited and hold what they say."
FACT = {
    "case": "small",
    "name": "cash",
    "period": "2025",
    "value": "12",
    "unit": "CNY m",
    "known_on": "2026-05-02",
    "source": "report",
}


@played_once
def case(office):
    return open_small(office)


def give(office, stream, name="analyst"):
    asked = {"case": "small", "stream": stream, "person": office.people[name].username}
    return perform(office.lead, "streams.assign", asked, f"give-{stream}-{name}")


def sign(office, stream, name="analyst", version=None, key="sign"):
    version = version or OfficeCase.objects.get(slug="small").head.number
    asked = {"case": "small", "stream": stream, "opinion": OPINION, "version": version, "left_open": LEFT}
    return perform(office.people[name], "streams.sign", asked, f"{key}-{stream}-{version}")


def owner_of(stream):
    """Three streams an owner."""
    ids = [rule.id for rule in workflow().streams]
    return ("analyst", "expert")[ids.index(stream) % 2]


def row(stream):
    return Workstream.objects.get(case__slug="small", stream=stream)


def refusals(caught):
    return {problem.cause.id for problem in caught.value.problems}


def test_a_stream_is_given_begun_and_signed_with_the_hashes_of_its_evidence(office, case):
    give(office, "finance")
    perform(office.analyst, "streams.begin", {"case": "small", "stream": "finance"}, "begin")
    assert row("finance").state == "working"
    sign(office, "finance")
    signed = row("finance")
    assert (signed.state, signed.signed_by.username) == ("signed", office.analyst.username)
    assert signed.basis["facts/company.yaml"] == case.head.tree["facts/company.yaml"]
    assert set(signed.basis) == {"case.yaml", "facts/company.yaml", "facts"}


def test_nobody_signs_what_belongs_to_somebody_else(office, case):
    give(office, "finance")
    with pytest.raises(Forbidden):
        sign(office, "finance", "expert")
    to_himself = {"case": "small", "stream": "market", "person": office.analyst.username}
    with pytest.raises(Forbidden):
        perform(office.analyst, "streams.assign", to_himself, "x")


def test_who_has_no_seat_owns_no_stream(office, case):
    with pytest.raises(InvalidInput) as caught:
        give(office, "finance", "analyst2")
    assert refusals(caught) == {"office.refused.no_worker"}


def test_a_stream_has_no_day_after_the_decision(office, case):
    late = (case.due + timedelta(days=1)).isoformat()
    asked = {"case": "small", "stream": "market", "person": office.analyst.username, "due": late}
    with pytest.raises(InvalidInput) as caught:
        perform(office.lead, "streams.assign", asked, "x")
    assert refusals(caught) == {"office.refused.due_late"}


def test_nobody_signs_a_version_that_he_has_not_read(office, case):
    give(office, "finance")
    perform(office.expert, "evidence.add_fact", FACT, "fact")
    with pytest.raises(InvalidInput) as caught:
        sign(office, "finance", version=1)
    assert refusals(caught) == {"office.refused.version_read"}


def test_a_stream_waits_for_that_which_comes_before_it(office, case):
    give(office, "finance")
    give(office, "legal", "expert")
    with pytest.raises(InvalidInput) as caught:
        sign(office, "legal", "expert")
    assert refusals(caught) == {"office.refused.stream_waits"}
    sign(office, "finance")
    sign(office, "legal", "expert")
    with pytest.raises(InvalidInput) as caught:
        sign(office, "legal", "expert", key="twice")
    assert refusals(caught) == {"office.refused.stream_signed"}


def test_a_sign_off_that_new_evidence_made_void_is_signed_again_on_the_new_evidence(office, case):
    give(office, "finance")
    give(office, "market")
    sign(office, "finance")
    sign(office, "market")
    before = row("finance").basis
    perform(office.expert, "evidence.add_fact", FACT, "fact")
    assert (row("finance").state, row("finance").void_because) == ("void", ["fact:cash-2025"])
    assert row("market").state == "signed"
    sign(office, "finance")
    assert (row("finance").state, row("finance").void_because) == ("signed", [])
    assert row("finance").basis["facts"] != before["facts"]


def test_every_need_of_the_workflow_is_tested():
    named = {need for stage in workflow().stages for need in stage.needs}
    assert named == set(_TESTS)
    assert {need for act in workflow().acts for need in act.needs} <= named


def test_a_case_moves_on_when_what_its_stage_needs_stands(office, case):
    def advance(stage, key):
        return perform(office.lead, "case.advance", {"case": "small", "stage": stage}, key).answer["stage"]

    with pytest.raises(InvalidInput) as caught:
        advance("opened", "a")
    assert refusals(caught) == {"office.need.documents", "office.need.seats"}
    for rule in workflow().streams:
        give(office, rule.id, owner_of(rule.id))
    for year in ("2023", "2024"):
        perform(office.analyst, "evidence.add_fact", FACT | {"period": year}, year)
    source = {"case": "small", "id": "bank", "publisher": "Bank", "title": "Letter", "grade": "B"}
    perform(office.analyst, "evidence.add_source", source, "bank")
    perform(office.analyst, "evidence.add_fact", FACT | {"source": "bank"}, "f")
    assert advance("opened", "b") == "examining"
    with pytest.raises(InvalidInput) as caught:
        advance("opened", "c")
    assert refusals(caught) == {"office.refused.stage"}
    for rule in sorted(workflow().streams, key=lambda rule: len(rule.after)):
        sign(office, rule.id, owner_of(rule.id))
    assert advance("examining", "d") == "judging"
    with pytest.raises(InvalidInput) as caught:
        advance("judging", "e")
    assert refusals(caught) == {"office.need.panel_answered", "office.need.appraisal"}


def test_a_decision_that_new_evidence_made_void_does_not_open_the_signing(office, case):
    from guanzi.office.models import AppraisalRun

    run = AppraisalRun.objects.create(
        case=case,
        version=case.head,
        as_of=case.decision_date,
        playbook="hefei",
        paths=1,
        asked_by=office.lead,
        asked_at=timezone.now(),
        state="done",
    )
    Sitting.objects.create(
        case=case, appraisal=run, opened_by=office.chair, opened_at=timezone.now(), state="closed", result="back"
    )
    case.stage = "signing"
    case.save()
    stands = lambda: {need.id: need.stands for need in needs_of(CaseNow(OfficeCase.objects.get(slug="small")))}  # noqa: E731
    assert stands() == {"sheet_approved": False, "signed": False}
    perform(office.analyst, "evidence.add_fact", FACT, "fact")
    held = OfficeCase.objects.get(slug="small")
    assert held.stage == "opened"
    assert [problem.place.file for problem in hindered(CaseNow(held), "sign")] == [
        "stage",
        "decided_for",
        "sheet_approved",
    ]


def test_questions_of_the_plan_are_answered_by_the_same_facts_as_in_the_appraisal(office):
    from guanzi.office.cases.contents import read_tree
    from guanzi.record.playbooks import plan_for
    from guanzi.study.diligence import answers

    perform(office.lead, "case.open", {"builtin": "nio-hefei-2020"}, "open")
    case = OfficeCase.objects.get(slug="nio-hefei-2020")
    read = read_tree(case.slug, case.head.tree)
    corrected = {fact.supersedes for fact in read.facts}
    last = max(fact.known_on for fact in read.facts)
    held = answers(plan_for(read.model), read.view(last, include_doubtful=True))
    expected = {a.question.id: len([f for f in a.facts if f not in corrected]) for a in held}
    mine = [one for stream in questions_of(case, read.model).values() for one in stream]
    assert {one.question.id: len(one.facts) + one.more for one in mine} == expected
    assert any(not one.facts for one in mine)


def test_nobody_examines_a_case_alone_and_the_lead_leaves_most_of_it_to_others(office, case):
    for stream in ("finance", "market"):
        give(office, stream, "lead")
    with pytest.raises(InvalidInput) as caught:
        give(office, "chain", "lead")
    assert refusals(caught) == {"office.refused.lead_streams"}
    for stream in ("chain", "technology", "legal"):
        give(office, stream)
    with pytest.raises(InvalidInput) as caught:
        give(office, "fiscal")
    assert refusals(caught) == {"office.refused.person_streams"}


def test_a_stream_that_was_signed_and_given_away_still_counts_for_whoever_signed_it(office, case):
    for stream in ("finance", "market"):
        give(office, stream, "lead")
        sign(office, stream, "lead")
        give(office, stream)
    with pytest.raises(InvalidInput) as caught:
        give(office, "chain", "lead")
    assert refusals(caught) == {"office.refused.lead_streams"}


def test_whoever_has_more_streams_than_he_may_since_his_seat_changed_signs_none_and_opens_no_gate(office, case):
    for stream in ("finance", "market", "chain"):
        give(office, stream)
    seat = {"case": "small", "person": office.analyst.username, "part": "lead"}
    perform(office.lead, "case.give_seat", seat, "seat")
    with pytest.raises(InvalidInput) as caught:
        sign(office, "finance")
    assert refusals(caught) == {"office.refused.person_streams"}
    assert not _TESTS["seats"](CaseNow(case)).stands


def test_a_stream_with_open_questions_is_signed_with_a_reason_or_not_at_all(office, case):
    give(office, "finance")
    asked = {"case": "small", "stream": "finance", "opinion": OPINION, "version": case.head.number}
    for left in ({}, {"left_open": "because"}):
        with pytest.raises(InvalidInput) as caught:
            perform(office.analyst, "streams.sign", asked | left, f"sign-{len(left)}")
        assert refusals(caught) == {"office.refused.questions_open"}
    assert row("finance").state != "signed"
    sign(office, "finance")
    assert row("finance").opinion.endswith(LEFT)
    unanswered = sum(not one.facts for one in questions_of(case, "scale-up-manufacturer")["finance"])
    assert unanswered > 0
    assert dict(_TESTS["streams_signed"](CaseNow(case)).words.params)["open"] == unanswered
