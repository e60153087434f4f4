"""Money goes out by the signed deal alone: on a decision, after a verified milestone, by two people, and once."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.office.once import played_once
from tests.office.small import QUOTES, SHEET, act, approve, decided, open_small, sign_small, verified

from guanzi.base.core import InvalidInput, render
from guanzi.office.actions import Forbidden
from guanzi.office.auditlog.blobs import keep_blob
from guanzi.office.auditlog.log import office_log
from guanzi.office.cases.termsheets import text_of
from guanzi.office.inbox.moneytasks import money_waiting
from guanzi.office.inbox.opened import CasesInProgress
from guanzi.office.models import CaseVersion, MilestoneReport, OfficeCase, Signing, Sitting, TrancheRelease
from guanzi.office.people.visibility import Viewer
from guanzi.record.ledger import check_log


@played_once
def signed(office):
    sign_small(office)
    return office


def case():
    return OfficeCase.objects.select_related("head").get()


def refused(kind):
    return pytest.raises(InvalidInput, match=kind)


def released(office, tranche="t1"):
    row = act(office.manager, "money.ask", tranche=tranche, words="the figures are not due yet")["release"]
    return act(office.finance, "money.release", release=row)


def test_a_deal_is_signed_on_a_decision_and_an_approved_sheet(office):
    small = open_small(office)
    with refused("no(t_approved| such)"):
        act(office.chair, "deal.sign", path=SHEET)
    approve(office)
    with refused("no_decision"):
        act(office.chair, "deal.sign", path=SHEET)
    decided(office, small, "decline")
    with refused("decision_decline"):
        act(office.chair, "deal.sign", path=SHEET)
    decided(office, small, "back")
    act(office.chair, "deal.sign", path=SHEET)
    assert (case().state, case().stage) == ("signed", "paying")


def test_chair_and_finance_are_told_that_an_approved_deal_can_be_signed(office):
    def told(person):
        return [what.id.rpartition(".")[2] for what, *_ in money_waiting(CasesInProgress(Viewer(person)))]

    small = open_small(office)
    decided(office, small)
    assert told(office.finance) == ["approval"]
    approve(office)
    assert (told(office.chair), told(office.finance), told(office.lead)) == (["sign"], ["sign"], [])
    act(office.chair, "deal.sign", path=SHEET)
    assert "sign" not in told(office.chair)


def test_a_void_sitting_signs_nothing(office):
    small = open_small(office)
    decided(office, small)
    act(office.lead, "sheet.save", path=SHEET, text=text_of(small.head.tree[SHEET]).replace("600", "500"))
    approve(office)
    assert Sitting.objects.get().state == "void"
    with refused("no_decision|decision_void"):
        act(office.chair, "deal.sign", path=SHEET)


def test_the_committee_decides_on_the_text_that_is_signed(office):
    small = open_small(office)
    sitting = decided(office, small)
    act(office.lead, "sheet.save", path=SHEET, text=text_of(small.head.tree[SHEET]).replace("600", "500"))
    Sitting.objects.filter(pk=sitting.pk).update(state="closed")
    approve(office)
    with refused("other_sheet"):
        act(office.chair, "deal.sign", path=SHEET)


def test_a_draft_is_not_signed(office):
    small = open_small(office)
    text = text_of(small.head.tree[SHEET]).replace("status: definitive", "status: draft")
    act(office.lead, "sheet.save", path=SHEET, text=text)
    decided(office, small)
    approve(office)
    with refused("draft"):
        act(office.chair, "deal.sign", path=SHEET)


def test_facts_after_signing_leave_the_decision_standing(signed):
    verified(signed)
    assert Sitting.objects.get().state == "closed"
    assert case().head.changed == ["monitoring/office-verified-closing-3.yaml"]
    assert check_log(office_log()) == ()


def test_who_reported_a_milestone_does_not_verify_it(signed):
    act(signed.lead, "milestone.report", milestone="closing", reached_on="2026-07-20")
    proof = {"milestone": "closing", "document": "certificate", "page": 1, "quote": QUOTES["closing"]}
    with refused("own_report"):
        act(signed.lead, "milestone.verify", **proof)
    act(signed.manager, "milestone.verify", **proof)
    assert MilestoneReport.objects.get().verified_by == signed.manager
    with refused("verified_already"):
        act(signed.finance, "milestone.verify", **proof)


@pytest.mark.parametrize(
    ("proof", "kind"),
    [({"document": "none"}, "no_document"), ({"quote": "it was never written"}, "quote"), ({"page": 7}, "page")],
)
def test_a_proof_stands_in_the_evidence_room_where_it_is_said_to_stand(signed, proof, kind):
    act(signed.manager, "milestone.report", milestone="closing", reached_on="2026-07-20")
    asked = {"milestone": "closing", "document": "certificate", "page": 1, "quote": QUOTES["closing"]} | proof
    with refused(kind):
        act(signed.lead, "milestone.verify", **asked)
    assert MilestoneReport.objects.get().verified_by is None
    assert CaseVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"milestone": "closin"}, "no_milestone"),
        ({"milestone": "t1"}, "no_milestone"),
        ({"reached_on": "2099-01-01"}, "day_ahead"),
        ({"reached_on": "2026-06-01"}, "before_signing"),
    ],
)
def test_what_cannot_be_reported_is_refused(signed, asked, kind):
    with refused(kind):
        act(signed.manager, "milestone.report", **({"milestone": "closing", "reached_on": "2026-07-20"} | asked))
    assert not MilestoneReport.objects.exists()


def test_a_returned_milestone_can_be_reported_again_and_verified(signed):
    act(signed.manager, "milestone.report", milestone="closing", reached_on="2026-07-20")
    act(signed.lead, "milestone.return", milestone="closing", words="the papers are not signed")
    with refused("barred"):
        act(signed.manager, "money.ask", tranche="t1", words="please")
    with refused("not_reached_by"):
        act(signed.manager, "milestone.report", milestone="closing", reached_on="2026-07-20")
    verified(signed, day="2026-08-20")
    assert released(signed)["amount"] == 400.0


def test_no_money_without_a_verified_milestone(signed):
    with refused("barred"):
        act(signed.manager, "money.ask", tranche="t1", words="please")
    act(signed.manager, "milestone.report", milestone="closing", reached_on="2026-07-20")
    with refused("barred"):
        act(signed.manager, "money.ask", tranche="t1", words="please")


def test_two_people_release_an_instalment_of_the_amount_of_the_deal(signed):
    verified(signed)
    row = act(signed.manager, "money.ask", tranche="t1", words="the figures are not due yet")
    assert row["amount"] == 400.0
    with pytest.raises(Forbidden):
        act(signed.manager, "money.release", release=row["release"])
    act(signed.chair, "money.release", release=row["release"])
    with refused("answered"):
        act(signed.finance, "money.release", release=row["release"])
    with refused("tranche_released"):
        act(signed.manager, "money.ask", tranche="t1", words="again")
    held = TrancheRelease.objects.get()
    assert held.proof == MilestoneReport.objects.get().proof
    assert held.asked_by != held.answered_by


def test_who_asked_does_not_release_even_as_chair(signed):
    from guanzi.office.models import RoleHeld

    RoleHeld.objects.create(person=signed.manager, role="chair")
    verified(signed)
    row = act(signed.manager, "money.ask", tranche="t1", words="the figures are not due yet")["release"]
    for id, more in (("money.release", {}), ("money.refuse", {"words": "no"})):
        with refused("own_request"):
            act(signed.manager, id, release=row, **more)


def test_no_money_goes_on_the_request_of_somebody_with_an_interest(signed):
    verified(signed)
    row = act(signed.manager, "money.ask", tranche="t1", words="the figures are not due yet")["release"]
    act(signed.manager, "interest.declare", has_interest=True, words="his brother leads the company")
    with refused("asked_with_interest"):
        act(signed.finance, "money.release", release=row)
    act(signed.finance, "money.refuse", release=row, words="somebody else asks")
    row = act(signed.lead, "money.ask", tranche="t1", words="the figures are not due yet")["release"]
    act(signed.finance, "money.release", release=row)


def test_what_is_not_known_is_answered_in_words_before_it_is_asked(signed):
    verified(signed)
    with refused("refused.open"):
        act(signed.manager, "money.ask", tranche="t1")


def test_a_refused_request_can_be_asked_again(signed):
    verified(signed)
    row = act(signed.manager, "money.ask", tranche="t1", words="now")["release"]
    with refused("tranche_asked"):
        act(signed.lead, "money.ask", tranche="t1", words="now")
    act(signed.finance, "money.refuse", release=row, words="the account is not open")
    assert released(signed)["tranche"] == "t1"


@pytest.mark.parametrize("tranche", ["t3", "", "T1", "stake"])
def test_an_instalment_that_the_deal_does_not_have_is_not_paid(signed, tranche):
    with refused("no_tranche|missing"):
        act(signed.manager, "money.ask", tranche=tranche, words="more money")


def test_a_sheet_that_is_edited_after_signing_pays_nothing_more(signed):
    verified(signed)
    text = text_of(case().head.tree[SHEET]).replace("amount: 400", "amount: 4000")
    act(signed.lead, "sheet.save", path=SHEET, text=text)
    assert released(signed)["amount"] == 400.0


def test_more_money_takes_a_decision_of_its_own(signed):
    text = text_of(case().head.tree[SHEET]).replace("amount: 600", "amount: 900")
    act(signed.lead, "sheet.save", path=SHEET, text=text)
    approve(signed)
    with refused("new_decision"):
        act(signed.chair, "deal.amend", path=SHEET)
    old = decided(signed, case(), purpose="add_money", amount=500.0)
    Sitting.objects.filter(pk=old.pk).update(closed_at=Signing.objects.get().at - timedelta(days=1))
    with refused("new_decision"):
        act(signed.chair, "deal.amend", path=SHEET)
    decided(signed, case(), purpose="add_money", amount=200.0)
    with refused("more_than_decided"):
        act(signed.chair, "deal.amend", path=SHEET)
    decided(signed, case(), purpose="add_money", amount=300.0)
    act(signed.chair, "deal.amend", path=SHEET)
    assert Signing.objects.get().sha256 == case().head.tree[SHEET]


def test_the_database_itself_refuses_a_second_release(signed):
    row = {"case": case(), "tranche": "t1", "amount": 400.0, "proof": "0" * 64, "test": {}, "state": "released"}
    row |= {"asked_by": signed.manager, "asked_at": timezone.now()}
    TrancheRelease.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrancheRelease.objects.create(**row)


def test_the_last_instalment_brings_the_case_to_be_watched(signed):
    verified(signed)
    released(signed)
    verified(signed, "headquarters", "2026-09-01")
    assert released(signed, "t2")["amount"] == 600.0
    assert case().stage == "watching"


def backed_on_conditions(office, *ids):
    """A decision on an appraisal that demands these."""
    open_small(office)
    approve(office)
    sitting = decided(office, case(), "back_with_conditions")
    demands = [{"id": id, "text": {"id": f"playbooks.demand.{id.replace('-', '_')}", "params": {}}} for id in ids]
    sitting.appraisal.files = {"appraisal.json": keep_blob(json.dumps({"demands": demands}).encode())}
    sitting.appraisal.save()
    return sitting


def test_a_text_that_lacks_what_the_decision_demands_is_not_signed(office):
    backed_on_conditions(office, "exit-right", "stage-money")
    for _ in range(2):
        with pytest.raises(InvalidInput) as caught:
            act(office.chair, "deal.sign", path=SHEET)
        assert [p.cause.id for p in caught.value.problems] == ["office.refused.condition"] * 2
        assert not any("{" in render(p.cause) for p in caught.value.problems)  # the condition is told in words
    assert case().state == "open"


def test_a_decision_with_conditions_of_its_members_alone_is_not_signed_unchanged(office):
    backed_on_conditions(office)
    with refused("refused.condition"):
        act(office.chair, "deal.sign", path=SHEET)
    act(office.chair, "condition.waive", condition="reasons", reason="The price is that which the members asked for.")
    act(office.finance, "condition.agree", condition="reasons")
    act(office.chair, "deal.sign", path=SHEET)
    assert case().state == "signed"


def test_a_condition_is_waived_by_two_people_with_a_reason(office):
    backed_on_conditions(office, "exit-right")
    asked = {"condition": "exit-right", "reason": "The province buys the stake at cost."}
    with pytest.raises(InvalidInput):
        act(office.chair, "condition.waive", condition="exit-right", reason="why not")
    with refused("no_condition"):
        act(office.chair, "condition.waive", **asked | {"condition": "better-price"})
    with refused("condition_not_asked"):
        act(office.finance, "condition.agree", condition="exit-right")
    act(office.chair, "condition.waive", **asked)
    with refused("condition_asked"):
        act(office.finance, "condition.waive", **asked)
    with refused("own_waiver"):
        act(office.chair, "condition.agree", condition="exit-right")
    with refused("refused.condition"):
        act(office.chair, "deal.sign", path=SHEET)
    act(office.finance, "condition.agree", condition="exit-right")
    with refused("condition_not_asked"):
        act(office.finance, "condition.agree", condition="exit-right")
    act(office.chair, "deal.sign", path=SHEET)
    assert case().state == "signed"


def test_who_asked_before_a_new_decision_has_waived_nothing_of_it(office):
    backed_on_conditions(office, "exit-right")
    act(office.chair, "condition.waive", condition="exit-right", reason="The province buys the stake at cost.")
    newer = decided(office, case(), "back_with_conditions")
    newer.appraisal.files = case().sittings.order_by("pk").first().appraisal.files
    newer.appraisal.save()
    with refused("condition_not_asked"):
        act(office.finance, "condition.agree", condition="exit-right")
