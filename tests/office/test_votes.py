"""A sitting decides on the newest evidence, by people without an interest; new evidence makes it void."""

import pytest
from tests.office.committee import MEMBERS, appraised, declare, do, prepared, quick, sign_streams, sit, vote
from tests.office.opened_words import told_words
from tests.office.tiedcase import SLUG, TIES

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, NotThere, perform
from guanzi.office.auditlog.log import office_log, signing_key
from guanzi.office.cases.contents import new_version
from guanzi.office.inbox.committeetasks import committee_waiting
from guanzi.office.inbox.opened import CasesInProgress
from guanzi.office.models import ActionRun, Ballot, OfficeCase, RoleHeld, Sitting
from guanzi.office.pages.log_lines import lines_of
from guanzi.office.people.visibility import Viewer
from guanzi.record.ledger import DecisionEntry, Expected, check_log, entries_of, examine, make_bundle

MORE = b"""\
sources:
  auditor: {publisher: Auditor, title: Letter, date: 2026-03-01, grade: A}
facts:
  - {id: lost, name: net_loss, period: 2025, value: 90, unit: CNY m, known_on: 2026-03-01, source: auditor}
"""
YES = dict.fromkeys(MEMBERS, "back")


@pytest.fixture
def room(committee, monkeypatch):
    quick(monkeypatch)
    return committee


def waits(person):
    return [what.id.rpartition(".")[2] for what, *_ in committee_waiting(CasesInProgress(Viewer(person)))]


def told(action, reader):
    """Entries of an action, in their order."""
    return lines_of(ActionRun.objects.filter(action=action).order_by("entry").values_list("entry", flat=True), reader)


def problems(error):
    return sorted(problem.place.file for problem in error.value.problems)


def test_a_sitting_needs_signed_streams_a_quorum_and_an_appraisal_of_the_newest_version(office, monkeypatch):
    quick(monkeypatch)
    case = prepared(office)
    run = appraised(office)
    new_version(case, {"facts/more.yaml": MORE}, office.lead)
    with pytest.raises(InvalidInput) as error:
        do(office.chair, "vote.open", appraisal=run.pk)
    assert problems(error) == ["appraisal", "stage", "streams"]
    sign_streams(case)
    declare(office)
    for name in MEMBERS[:2]:
        do(office.people[name], "interest.declare", has_interest=True, words="a cousin")
    with pytest.raises(InvalidInput) as error:
        do(office.chair, "vote.open", appraisal=appraised(office).pk)
    assert problems(error) == ["seats"]


def test_nobody_votes_who_has_not_declared_that_he_has_no_interest(room):
    declare(room, *MEMBERS[1:], "chair")
    sitting = sit(room)
    with pytest.raises(InvalidInput) as error:
        vote(room, sitting, member="back")
    assert problems(error) == ["declarations"]
    assert not Sitting.objects.get(pk=sitting).ballots.exists()
    do(room.member, "interest.declare", has_interest=True, words="a cousin")
    with pytest.raises(NotThere):
        vote(room, sitting, member="back")
    declare(room, "member2")
    vote(room, sitting, member2="back")
    assert Sitting.objects.get(pk=sitting).ballots.count() == 1


def test_only_a_chair_opens_and_closes_and_only_who_has_a_voting_seat_votes(room):
    declare(room)
    run = appraised(room)
    for name in ("lead", "member", "finance", "auditor"):
        with pytest.raises(Forbidden):
            do(room.people[name], "vote.open", appraisal=run.pk)
    sitting = sit(room)
    with pytest.raises(Forbidden):
        vote(room, sitting, lead="back")
    with pytest.raises(Forbidden):
        do(room.member, "vote.close", sitting=sitting, reasons="enough")
    stranger = type(room).make("town")
    with pytest.raises(NotThere):
        vote(stranger, sitting, chair="back")
    with pytest.raises(NotThere):
        do(stranger.chair, "vote.close", sitting=sitting, reasons="ours")


def test_a_decision_is_counted_with_weights_recorded_with_dissent_and_stands_in_the_ledger(room):
    declare(room)
    sitting = sit(room)
    vote(room, sitting, **{**YES, "member5": "decline", "chair": "back_with_conditions"})
    assert do(room.chair, "vote.close", sitting=sitting, reasons="a strong plan")["result"] == "back_with_conditions"
    held = Sitting.objects.get(pk=sitting)
    assert held.tally["weights"] == {"back": 4.0, "back_with_conditions": 2.0, "decline": 1.0, "abstain": 0, "veto": 0}
    assert "Member5: member5 finds decline right" in held.dissent
    log = office_log()
    decisions = [h for h in entries_of(log, SLUG) if isinstance(h.entry, DecisionEntry)]
    assert [h.entry.body.decision for h in decisions] == ["back_with_conditions"]
    opened = told_words(decisions[0].entry)
    assert opened["reasons"] == "a strong plan"
    assert "member5 finds decline right" in opened["dissent"]
    assert sorted(v.vote for v in decisions[0].entry.body.votes) == ["against", *["for"] * 5]
    assert check_log(log) == ()
    with pytest.raises(InvalidInput):
        vote(room, sitting, member="decline")
    with pytest.raises(InvalidInput):
        do(room.chair, "vote.close", sitting=sitting, reasons="again")


def test_a_refusal_is_kept_with_the_same_care_and_can_be_taken_up_again(room):
    declare(room)
    sitting = sit(room)
    vote(room, sitting, **{**YES, "chair": "veto"})
    with pytest.raises(InvalidInput):
        do(room.chair, "vote.close", sitting=sitting, reasons="  ")
    assert do(room.chair, "vote.close", sitting=sitting, reasons="the exit is not secured")["result"] == "decline"
    held = Sitting.objects.get(pk=sitting)
    assert held.tally["veto"]
    assert len(held.tally["dissent"]) == 5
    (decision,) = [h.entry for h in entries_of(office_log(), SLUG) if isinstance(h.entry, DecisionEntry)]
    assert (decision.body.decision, len(decision.body.votes)) == ("decline", 6)
    assert OfficeCase.objects.get(slug=SLUG).state == "declined"
    with pytest.raises(InvalidInput):
        do(room.chair, "vote.open", appraisal=held.appraisal_id)
    do(room.chair, "case.reopen", reasons="the owner now gives a guarantee")
    assert do(room.chair, "vote.open", appraisal=held.appraisal_id)["sitting"] != sitting


def test_a_veto_is_the_chairs_alone(room):
    declare(room)
    with pytest.raises(InvalidInput):
        vote(room, sit(room), member="veto")


def test_before_the_quorum_has_voted_a_sitting_is_not_counted_and_afterwards_not_abandoned(room):
    declare(room)
    sitting = sit(room)
    vote(room, sitting, member="back", chair="back")
    with pytest.raises(InvalidInput) as error:
        do(room.chair, "vote.close", sitting=sitting, reasons="few came")
    assert [problem.cause.id for problem in error.value.problems] == ["office.refused.count_quorum"]
    do(room.chair, "vote.abandon", sitting=sitting, reasons="three are ill")
    assert not [h for h in entries_of(office_log(), SLUG) if isinstance(h.entry, DecisionEntry)]
    again = sit(room)
    assert told("vote.open", room.chair)[-1].data["after_state"] == "abandoned"
    vote(room, again, **YES)
    with pytest.raises(InvalidInput) as error:
        do(room.chair, "vote.abandon", sitting=again, reasons="I fear the result")
    assert [problem.cause.id for problem in error.value.problems] == ["office.refused.abandon_quorum"]


def test_one_ballot_a_person_whatever_is_sent_twice_and_a_changed_mind_stands_in_the_log(room):
    declare(room)
    sitting = sit(room)
    asked = {"case": SLUG, "sitting": sitting, "vote": "back", "reason": "good"}
    first = perform(room.member, "vote.cast", asked, "same")
    again = perform(room.member, "vote.cast", asked, "same")
    assert (again.repeated, again.entry) == (True, first.entry)
    assert perform(room.member, "vote.cast", asked | {"vote": "decline"}, "other").answer["changed"]
    assert [ballot.vote for ballot in Ballot.objects.filter(sitting=sitting)] == ["decline"]
    vote(room, sitting, **dict.fromkeys(MEMBERS[1:], "back"))
    do(room.chair, "vote.close", sitting=sitting, reasons="counted")
    assert [line.words.get("vote") for line in told("vote.cast", room.chair)[:2]] == [None, "decline"]


def test_the_chair_decides_whether_new_evidence_makes_an_open_sitting_void_and_a_closed_one_falls(room):
    case = OfficeCase.objects.get(slug=SLUG)
    declare(room)
    first = sit(room)
    vote(room, first, **YES, chair="back")
    new_version(case, {"facts/more.yaml": MORE}, room.lead)
    with pytest.raises(InvalidInput) as error:
        do(room.chair, "vote.close", sitting=first, reasons="all have voted")
    assert [problem.cause.id for problem in error.value.problems] == ["office.refused.count_evidence"]
    assert waits(room.chair) == ["settle"]
    assert waits(room.member) == ["new_in_sitting"]
    with pytest.raises(Forbidden):
        do(room.member, "vote.void", sitting=first, reasons="I would lose")
    do(room.chair, "vote.void", sitting=first, reasons="the loss changes the question")
    case.refresh_from_db()
    assert case.stage == "examining"
    with pytest.raises(InvalidInput) as error:
        vote(room, first, member="back")
    assert "facts/more.yaml" in str(error.value.problems)
    sign_streams(case)
    second = sit(room)
    vote(room, second, **YES)
    do(room.chair, "vote.close", sitting=second, reasons="good")
    case.refresh_from_db()
    new_version(case, {"facts/more.yaml": MORE.replace(b"90", b"95")}, room.lead)
    held = Sitting.objects.get(pk=second)
    assert (held.state, held.result) == ("void", "back")
    assert "facts/more.yaml" in held.void_because
    sign_streams(case)
    assert sit(room) not in (first, second)


def test_a_vote_of_somebody_who_becomes_interested_makes_the_sitting_void(room):
    declare(room)
    sitting = sit(room)
    vote(room, sitting, member="back")
    do(room.member2, "interest.declare", has_interest=True, words="my sister leads their sales")
    assert Sitting.objects.get(pk=sitting).state == "open"
    do(room.member, "interest.declare", has_interest=True, words="I was offered a post")
    held = Sitting.objects.get(pk=sitting)
    assert held.state == "void"
    assert held.void_because[0].startswith("interest.")


def test_who_is_recused_has_no_ballot_no_place_in_the_quorum_and_no_weight(room):
    declare(room)
    sitting = sit(room)
    vote(room, sitting, member="back", member2="back", member3="back", member4="decline")
    do(room.chair, "interest.declare", has_interest=True, words="I hold shares of the owner")
    with pytest.raises(NotThere):
        do(room.chair, "vote.close", sitting=sitting, reasons="I close it all the same")
    with pytest.raises(InvalidInput):
        do(room.lead, "case.give_seat", person=room.member5.username, part="chair")
    stand_in = "the chair has an interest: somebody on the roll closes"
    do(room.lead, "case.give_seat", person=room.member5.username, part="chair", reasons=stand_in)
    vote(room, sitting, member5="back")
    assert do(room.member5, "vote.close", sitting=sitting, reasons="five are there")["result"] == "back"
    held = Sitting.objects.get(pk=sitting)
    assert held.tally["recused"] == [room.chair.pk]
    assert held.tally["present"] == 5
    assert sum(held.tally["weights"].values()) == 5


def test_during_a_sitting_nobody_on_its_roll_loses_a_vote_and_who_is_seated_then_counts_at_the_next(room):
    declare(room)
    sitting = sit(room)
    why = {"reasons": "the bureau sits with us"}
    with pytest.raises(InvalidInput):
        do(room.chair, "case.give_seat", person=room.finance.username, part="member")
    do(room.chair, "case.give_seat", person=room.finance.username, part="member", weight=9, **why)
    with pytest.raises(InvalidInput):
        vote(room, sitting, finance="back")
    for part, weight in (("member", 10), ("reader", 1)):
        with pytest.raises(InvalidInput) as error:
            do(room.chair, "case.give_seat", person=room.member.username, part=part, weight=weight, **why)
        assert problems(error) == ["part"]
    vote(room, sitting, **{**YES, "member2": "decline", "member3": "decline"})
    assert do(room.chair, "vote.close", sitting=sitting, reasons="as it is")["result"] == "decline"
    assert Sitting.objects.get(pk=sitting).tally["weights"]["back"] == 3


def test_a_member_whose_name_stands_on_the_board_is_not_on_the_roll(office, monkeypatch):
    quick(monkeypatch)
    office.member.name = "Xu Dongshi"
    office.member.save()
    prepared(office, TIES)
    declare(office, *MEMBERS[1:], "chair")
    held = Sitting.objects.get(pk=sit(office))
    assert office.member.pk not in [person for person, _, _ in held.tally["roll"]]


def test_more_money_on_a_signed_case_is_a_new_decision(room):
    declare(room)
    with pytest.raises(InvalidInput):
        do(room.chair, "vote.open", appraisal=appraised(room).pk, purpose="add_money", amount=50)
    OfficeCase.objects.filter(slug=SLUG).update(state="signed", stage="paying")
    run = appraised(room)
    with pytest.raises(InvalidInput) as error:
        do(room.chair, "vote.open", appraisal=run.pk, purpose="add_money")
    assert problems(error) == ["amount"]
    sitting = do(room.chair, "vote.open", appraisal=run.pk, purpose="add_money", amount=50)["sitting"]
    vote(room, sitting, **dict.fromkeys(MEMBERS, "decline"))
    assert do(room.chair, "vote.close", sitting=sitting, reasons="not twice")["result"] == "decline"
    assert OfficeCase.objects.get(slug=SLUG).state == "signed"


def test_a_decision_of_the_office_leaves_as_a_bundle_that_anybody_can_verify(office):
    prepared(office)
    declare(office)
    sitting = sit(office)
    vote(office, sitting, **{**YES, "member4": "decline"})
    do(office.chair, "vote.close", sitting=sitting, reasons="four to one")
    log = office_log()
    (held,) = [h for h in entries_of(log, SLUG) if isinstance(h.entry, DecisionEntry)]
    files = make_bundle(log, held, "read me", signing_key())
    assert examine(files, Expected(SLUG)).problems == []
    files["appraisal.json"] += b" "
    assert examine(files, Expected(SLUG)).problems


def test_no_vote_is_opened_at_another_stage_or_where_a_gate_behind_the_case_no_longer_stands(room):
    declare(room)
    run = appraised(room)
    case = OfficeCase.objects.get(slug=SLUG)
    for stage in ("opened", "examining", "judging", "signing"):
        OfficeCase.objects.filter(pk=case.pk).update(stage=stage)
        with pytest.raises(InvalidInput) as error:
            do(room.chair, "vote.open", appraisal=run.pk)
        assert problems(error) == ["stage"], stage
    OfficeCase.objects.filter(pk=case.pk).update(stage="deciding")
    case.panels.all().delete()
    case.streams.filter(stream="chain").update(owner=None)
    case.facts.all().delete()
    case.head.tree = {name: held for name, held in case.head.tree.items() if not name.startswith("documents/")}
    case.head.save()
    with pytest.raises(InvalidInput) as error:
        do(room.chair, "vote.open", appraisal=run.pk)
    assert problems(error) == ["documents", "panel_answered", "seats"]


def test_a_decision_for_the_deal_moves_the_case_on_and_any_other_version_takes_it_back(room):
    declare(room)
    sitting = sit(room)
    vote(room, sitting, **YES)
    do(room.chair, "vote.close", sitting=sitting, reasons="good")
    case = OfficeCase.objects.get(slug=SLUG)
    assert case.stage == "signing"
    with pytest.raises(InvalidInput) as error:  # nobody votes until the result is liked
        do(room.chair, "vote.open", appraisal=Sitting.objects.get(pk=sitting).appraisal_id)
    assert problems(error) == ["stage"]
    new_version(case, {"notes.md": b"a line that no stream rests on"}, room.lead)
    assert (case.stage, Sitting.objects.get(pk=sitting).state) == ("judging", "void")
    assert not case.streams.exclude(state="signed").exists()


def test_nobody_whose_vote_alone_is_the_majority_sits_in_a_committee(room):
    declare(room)
    why = "I carry the case"
    do(room.chair, "case.give_seat", person=room.chair.username, part="chair", weight=10, reasons=why)
    with pytest.raises(InvalidInput) as error:
        sit(room)
    assert [problem.cause.id for problem in error.value.problems] == ["office.refused.sitting_alone"]


def test_no_committee_is_larger_than_that_of_the_playbook(room):
    why = {"part": "member", "reasons": "more heads"}
    do(room.chair, "case.give_seat", person=room.finance.username, **why)
    RoleHeld.objects.create(person=room.analyst, role="member")
    with pytest.raises(InvalidInput) as error:
        do(room.chair, "case.give_seat", person=room.analyst.username, **why)
    assert [problem.cause.id for problem in error.value.problems] == ["office.refused.seats_full"]


def test_once_the_case_shows_its_results_the_lead_seats_no_voter(room):
    with pytest.raises(InvalidInput) as error:
        do(room.lead, "case.give_seat", person=room.finance.username, part="member", reasons="a friend")
    assert [problem.cause.id for problem in error.value.problems] == ["office.refused.committee_stands"]
